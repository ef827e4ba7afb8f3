"""The directories that the server reads, and the files in them."""

from __future__ import annotations

import os

from acmrules.errors import AcmRulesError
from acmrules.messages import counted, printable, quoted
from acmrules.syntax.source import STANDARD_INPUT, InputError
from acmrules.workspace.files import Disk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acmrules.syntax.source import Source

MOST_BYTES = 10 * 1024 * 1024
"""The most bytes of all texts of a call."""

_OF_FILES = ("baseline", "var-files")
"""The settings whose values are files."""

_OUTSIDE = "is outside the directories of the server"


class Refused(AcmRulesError):  # noqa: N818  (a call is refused)
    """The error for arguments that the server does not accept, as one sentence."""


class Roots:
    """The directories that the server reads; links are resolved before a path is compared."""

    def __init__(self, folders: Iterable[str]) -> None:
        self._folders = tuple(map(os.path.realpath, folders))

    def includes(self, path: str) -> bool:
        """Return whether a path is one of the directories, or below one of them."""
        try:
            real = os.path.realpath(path)
        except ValueError:  # A null byte is in no path.
            return False
        return any(os.path.join(real, "").startswith(os.path.join(f, "")) for f in self._folders)

    def require(self, path: str) -> str:
        """Return a path without a final separator; raises `Refused` if it is outside."""
        if path == STANDARD_INPUT:
            raise Refused("`-` is not a path: give the contents as `texts`")
        if not self.includes(path):
            raise Refused(f"{quoted(path)} {_OUTSIDE}; start the server with that directory")
        return path.rstrip(os.sep) or path

    def require_settings(self, settings: object) -> None:
        """Raise `Refused` if settings name a file that is outside."""
        for path in _files_in(settings):
            self.require(path)


_DEEPEST = 20


def _files_in(settings: object, depth: int = 0, *, is_file: bool = False) -> Iterator[str]:
    """Yield the files that settings name, for all paths or by glob; raises `Refused`."""
    if depth > _DEEPEST:
        raise Refused("`settings` is nested too deeply")
    if isinstance(settings, dict):
        for name, value in settings.items():
            yield from _files_in(value, depth + 1, is_file=is_file or name in _OF_FILES)
    elif isinstance(settings, list):
        for value in settings:
            yield from _files_in(value, depth + 1, is_file=is_file)
    elif is_file and isinstance(settings, str):
        yield settings


class BoundedFiles(Disk):
    """The files on disk that are in the directories of the server.

    A file elsewhere, such as a local module above them or the target of a link, is one that cannot
    be read. `refused` are the paths of such files and folders.
    """

    def __init__(self, roots: Roots) -> None:
        super().__init__()
        self._roots = roots
        self.refused: dict[str, None] = {}

    def missing(self, said: Sequence[str]) -> Iterator[str]:
        """Yield a sentence for each refused path that is in none of some sentences."""
        for path in map(printable, self.refused):
            if not any(path in sentence for sentence in said):
                yield f"{path} {_OUTSIDE}, so it was not read"

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        if path == STANDARD_INPUT or not self._roots.includes(path):
            self.refused[path] = None
            raise InputError(path, _OUTSIDE)
        return super().read(path)

    def module(self, folder: str) -> tuple[Source | InputError, ...]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        if not self._roots.includes(folder):
            self.refused[folder] = None
            return (InputError(folder, _OUTSIDE),)
        return super().module(folder)


def require_small(texts: Mapping[str, str]) -> None:
    """Raise `Refused` if texts are too large together, or if a name is not one of a file."""
    size = sum(len(text.encode(errors="surrogatepass")) for text in texts.values())
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Refused(f"the texts have {counted(size, 'byte')}; at most {most} MiB are read")
    for name in texts:
        if not os.path.basename(name) or "\0" in name:
            raise Refused(f"{quoted(name)} is not the name of a file")
