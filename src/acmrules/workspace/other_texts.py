"""Files with other texts than on disk: new ones, standard input, or a string."""

from __future__ import annotations

import os

from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.workspace import files
from acmrules.workspace.files import Disk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.workspace.files import Files

_NOT_READ = "is not read, because only the given texts are checked"


class Overlay:
    """Files, with new texts for some of them, by name."""

    def __init__(self, below: Files, texts: Mapping[str, str]) -> None:
        self._below = below
        self._texts = texts

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, or of its new text; raises `InputError`."""
        text = self._texts.get(path)
        return self._below.read(path) if text is None else text.encode()

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the files of a folder that Terraform itself loads, sorted by name."""
        for found in self._below.module(folder):
            text = self._texts.get(found.name)
            yield found if text is None else Source(found.name, text)


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
        return self._below.read(path) if text is None else _encoded(path, text)

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
                own[shown] = _decoded(shown, self)
                # The folder of a new file need not exist.
                own.pop(folder, None)
        return [own[name] for name in sorted(own)]


def _encoded(path: str, text: str) -> bytes:
    """Return the bytes of an open text; raises `InputError`."""
    data = text.encode(errors="surrogatepass")
    if len(data) > files.MAX_BYTES:
        raise InputError(path, files.TOO_LARGE)
    return data


def _decoded(path: str, below: Files) -> Source | InputError:
    """Return the source of a file, or the error."""
    try:
        return files.decode(path, below.read(path))
    except InputError as error:
        return error.with_traceback(None)


class WithStandardInput(Disk):
    """The files on disk, with standard input as the text of a file, which may be new."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._replaced = os.path.abspath(name)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        is_replaced = os.path.abspath(path) == self._replaced
        return super().read(STANDARD_INPUT if is_replaced else path)

    def module(self, folder: str) -> tuple[Source | InputError, ...]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        found = super().module(folder)
        above, name = os.path.split(self._replaced)
        if not files.is_of_module(name) or os.path.abspath(folder) != above:
            return found
        path = os.path.join(folder, name)
        try:
            own: Source | InputError = files.decode(path, self.read(path))
        except InputError as error:
            own = InputError(path, error.fault, error.position)
        # The folder of a new file need not exist.
        others = (each for each in found if each.name not in {path, folder})
        return tuple(sorted((own, *others), key=lambda each: each.name))


class OnlyTexts:
    """Strings as the texts of the only files that there are, by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {
            os.path.normpath(name): text.encode(errors="surrogatepass")
            for name, text in texts.items()
        }

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the strings; raises `InputError` for any other path."""
        data = self._texts.get(os.path.normpath(path))
        if data is None:
            raise InputError(path, _NOT_READ)
        if len(data) > files.MAX_BYTES:
            raise InputError(path, files.TOO_LARGE)
        return data

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the texts that Terraform loads from a folder of their names, sorted by name."""
        found = sorted(path for path in self._texts if os.path.dirname(path) == folder)
        if not found:
            yield InputError(folder, _NOT_READ)
        for path in found:
            if files.is_of_module(os.path.basename(path)):
                try:
                    yield files.decode(path, self.read(path))
                except InputError as error:
                    yield error.with_traceback(None)
