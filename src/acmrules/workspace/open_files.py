"""Files while an editor changes some of them: on disk, in the editor, and those that were read."""

from __future__ import annotations

import os

from acmrules.syntax.source import InputError, Source
from acmrules.workspace import files
from acmrules.workspace.files import Disk
from acmrules.workspace.other_texts import encoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acmrules.workspace.files import Files


class KnownDisk(Disk):
    """The files on disk, each read once until it is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, bytes | InputError] = {}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        if path not in self._known:
            try:
                self._known[path] = super().read(path)
            except InputError as error:
                self._known[path] = error.with_traceback(None)
        found = self._known[path]
        if isinstance(found, InputError):
            raise found
        return found

    def forget(self, path: str) -> None:
        """Read a file again when it is needed, and the module that it belongs to."""
        self._known.pop(path, None)
        folder = os.path.dirname(path)
        for known in [
            each for each in self._modules if os.path.normpath(each or ".") == (folder or ".")
        ]:
            del self._modules[known]


class OpenTexts:
    """Files, with the texts of open ones, by normalized path; these may be new."""

    def __init__(self, below: Files, texts: Mapping[str, str]) -> None:
        self._below = below
        self._texts = texts
        self._folders = {os.path.dirname(path) for path in texts}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, or of its open text; raises `InputError`."""
        text = self._texts.get(os.path.normpath(path))
        return self._below.read(path) if text is None else encoded(path, text)

    def module(self, folder: str) -> Iterable[Source | InputError]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        found = self._below.module(folder)
        normal = os.path.normpath(folder) if folder else ""
        normal = "" if normal == os.curdir else normal
        if normal not in self._folders:
            return found
        own: dict[str, Source | InputError] = {each.name: each for each in found}
        for path in self._texts:
            above, name = os.path.split(path)
            if above == normal and files.is_of_module(name):
                shown = os.path.join(folder, name)
                (own[shown],) = files.sources((shown,), self.read)
                # The folder of a new file need not exist.
                own.pop(folder, None)
        return [own[name] for name in sorted(own)]


class Tracked:
    """Files, and the normalized paths of those that were read."""

    def __init__(self, below: Files) -> None:
        self._below = below
        self.read_paths: set[str] = set()

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        self.read_paths.add(os.path.normpath(path))
        return self._below.read(path)

    def module(self, folder: str) -> Iterable[Source | InputError]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        return self._below.module(folder)
