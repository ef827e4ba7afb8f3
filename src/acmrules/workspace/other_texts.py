"""Files with other texts than on disk: fixed ones, standard input, or strings."""

from __future__ import annotations

import os

from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.workspace import files
from acmrules.workspace.files import Disk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


class WithStandardInput(Disk):
    """The files on disk, with standard input as the text of a file, which may be new."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._replaced = os.path.abspath(name)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        if os.path.abspath(path) != self._replaced:
            return super().read(path)
        try:
            return super().read(STANDARD_INPUT)
        except InputError as error:
            raise InputError(path, error.fault, error.position) from None

    def module(self, folder: str) -> tuple[Source | InputError, ...]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        found = super().module(folder)
        above, name = os.path.split(self._replaced)
        if not files.is_of_module(name) or os.path.abspath(folder) != above:
            return found
        path = os.path.join(folder, name)
        # The folder of a new file need not exist.
        others = (each for each in found if each.name not in {path, folder})
        own = files.sources((path,), self.read)
        return tuple(sorted((*own, *others), key=lambda each: each.name))


class OnlyTexts:
    """Strings as the texts of the only files that there are, by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {os.path.normpath(name): text for name, text in texts.items()}

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the strings; raises `InputError` for any other path."""
        text = self._texts.get(os.path.normpath(path))
        if text is None:
            raise InputError(path, _NOT_READ)
        return encoded(path, text)

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the texts that Terraform loads from a folder of their names, sorted by name."""
        found = sorted(path for path in self._texts if os.path.dirname(path) == folder)
        if not found:
            yield InputError(folder, _NOT_READ)
        of_module = (path for path in found if files.is_of_module(os.path.basename(path)))
        yield from files.sources(of_module, self.read)


def encoded(path: str, text: str) -> bytes:
    """Return the bytes of the text of a file; raises `InputError`."""
    data = text.encode(errors="surrogatepass")
    if len(data) > files.MAX_BYTES:
        raise InputError(path, files.TOO_LARGE)
    return data
