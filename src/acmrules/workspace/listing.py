"""The folders of files that are known by their paths, such as those of a Git revision."""

from __future__ import annotations

import os

from acmrules.values import Value
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol

    from acmrules.syntax.source import InputError
    from acmrules.workspace.files import Entry

    class Folders(Protocol):
        """The folders in which files are searched."""

        def entries(
            self, folder: str, wanted: Callable[[Entry], bool]
        ) -> tuple[list[str], list[str]]:
            """Return the names of the wanted files and folders in a folder, sorted."""

        def is_file(self, path: str) -> bool:
            """Return whether there is a file of this name."""

        def walk(self, top: str, name: str) -> Iterator[str]:
            """Yield the files of a name below a folder."""

    class Places(Protocol):
        """The files and folders in which settings are searched."""

        def is_file(self, path: str) -> bool:
            """Return whether there is a file of this name."""

        def is_folder(self, path: str) -> bool:
            """Return whether there is a folder of this name."""

        def is_top(self, folder: str) -> bool:
            """Return whether the search for settings ends in a folder."""

        def read(self, path: str) -> bytes:
            """Return the bytes of a file; raises `InputError`."""


class DiskFolders:
    """The folders on disk, without what Git ignores."""

    def entries(self, folder: str, wanted: Callable[[Entry], bool]) -> tuple[list[str], list[str]]:
        """Return the names of the wanted files and folders in a folder, sorted."""
        return files.entries_of(folder, wanted)

    def is_file(self, path: str) -> bool:
        """Return whether there is a file of this name."""
        return os.path.isfile(path)

    def walk(self, top: str, name: str) -> Iterator[str]:
        """Yield the files of a name below a folder."""
        found: Iterable[str | InputError] = files.walk(top, (name,)) if os.path.isdir(top) else ()
        for each in found:
            if isinstance(each, str) and os.path.basename(each) == name:
                yield os.path.normpath(each)


class ListedEntry(Value):
    """A file or a folder in a list of paths."""

    name: str
    is_folder: bool

    def is_dir(self, *, follow_symlinks: bool) -> bool:  # noqa: ARG002  (as for files on disk)
        """Return whether it is a folder; links are files."""
        return self.is_folder


class ListedFolders:
    """The folders of a list of paths, which are relative to the working directory."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files = frozenset(map(os.path.normpath, paths))
        self._entries: dict[str, dict[str, bool]] = {}

    def _by_folder(self) -> dict[str, dict[str, bool]]:
        """Return which names in a folder are folders, by its path; found at the first call."""
        for each in () if self._entries else self._files:
            path, is_folder = each, False
            while path and os.path.basename(path) != os.pardir:
                above, name = os.path.split(path)
                known = self._entries.setdefault(above, {})
                if name in known:
                    break
                known[name] = is_folder
                path, is_folder = above, True
        return self._entries

    def entries(self, folder: str, wanted: Callable[[Entry], bool]) -> tuple[list[str], list[str]]:
        """Return the names of the wanted files and folders in a folder, sorted."""
        inside = os.path.normpath(folder or os.curdir)
        known = self._by_folder().get("" if inside == os.curdir else inside, {})
        found = sorted(name for name in known if wanted(ListedEntry(name, known[name])))
        return [n for n in found if not known[n]], [n for n in found if known[n]]

    def is_file(self, path: str) -> bool:
        """Return whether there is a file of this name."""
        return os.path.normpath(path) in self._files

    def walk(self, top: str, name: str) -> Iterator[str]:
        """Yield the files of a name below a folder."""
        whole = os.path.normpath(top or os.curdir)
        begin = "" if whole == os.curdir else os.path.join(whole, "")
        for path in sorted(self._files):
            if os.path.basename(path) == name and path.startswith(begin):
                yield path
