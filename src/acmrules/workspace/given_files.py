"""Texts as the only files of a directory, for checks that read nothing from the disk."""

from __future__ import annotations

import os

from acmrules.syntax.source import InputError, Source
from acmrules.workspace import files
from acmrules.workspace.listing import ListedFolders
from acmrules.workspace.other_texts import encoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MISSING = "no such file or directory"
"""What a system calls it if there is no file; a check of a directory has the same message."""


class GivenFiles(ListedFolders):
    """Files and folders that exist only as texts, by their normalized paths in the current folder.

    No other file exists: not those next to them on disk, nor above the folder. `was_read` are the
    paths of those that were read.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self._texts = texts
        self._root = os.getcwd()
        self.was_read: set[str] = set()

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError` for any other path."""
        key = self._key(path)
        text = self._texts.get(key)
        if text is None:
            raise InputError(path, _MISSING)
        self.was_read.add(key)
        return encoded(path, text)

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the texts of a folder that Terraform itself loads, sorted by name."""
        inside = self._key(folder)
        if not self.is_folder(folder):
            yield InputError(folder, _MISSING)
        names = (os.path.basename(path) for path in self._texts if os.path.dirname(path) == inside)
        paths = (os.path.join(folder, name) for name in sorted(names) if files.is_of_module(name))
        yield from files.sources(paths, self.read)

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the files and folders in a folder."""
        names, folders = self.entries(self._key(folder), lambda _: True)
        return names + folders

    def is_file(self, path: str) -> bool:
        """Return whether there is a file of this name."""
        return self._key(path) in self._texts

    def is_folder(self, path: str) -> bool:
        """Return whether a file is below this path."""
        inside = self._key(path)
        return not inside or any(each.startswith(f"{inside}{os.sep}") for each in self._texts)

    def is_top(self, folder: str) -> bool:
        """Return whether the search for settings ends in a folder."""
        inside = self._key(folder)
        return not inside or inside.startswith(os.pardir)

    def _key(self, path: str) -> str:
        """Return the normalized path in the folder, empty for the folder itself."""
        inside = os.path.relpath(path or os.curdir, self._root)
        return "" if inside == os.curdir else inside
