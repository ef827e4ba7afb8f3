"""The Terraform modules of one commit at a time, read from the Git objects that differ."""

from __future__ import annotations

import os
import re

from acmrules.workspace.files import is_of_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from acmrules.syntax.source import InputError, Source

    Blob = tuple[str, str]
    """The mode and the id of a file."""

    Entries = frozenset[tuple[bytes, bytes, bytes]]
    """The modes, names and ids of the files and folders in a folder."""

_FOLDER = b"40000"
"""The mode of a folder in a tree object."""

LINK = "120000"
"""The mode of a link."""


class TreeCursor:
    """The folders of one tree at a time, with those files that Terraform loads.

    Paths begin at the top of the repository, whose own path is empty. `read` returns the entries
    of a tree object. `files` are the blobs of the files of a folder by name, by its path.
    """

    def __init__(self, read: Callable[[str], Entries]) -> None:
        self._read = read
        self._entries: dict[str, Entries] = {}
        self.files: dict[str, dict[str, Blob]] = {}

    def move(self, tree: str) -> set[str]:
        """Move to a tree, and return the folders whose own files differ from the tree before.

        Only tree objects that differ are read.
        """
        changed: set[str] = set()
        pending: list[tuple[str, str | None]] = [("", tree)]
        while pending:
            path, new = pending.pop()
            before = self._entries.pop(path, frozenset())
            after = frozenset() if new is None else self._read(new)
            if after:
                self._entries[path] = after
            folders: dict[str, str | None] = {}
            for mode, name, _ in before - after:
                if mode == _FOLDER:
                    folders[os.fsdecode(name)] = None
                elif self._files_of(path).pop(os.fsdecode(name), None):
                    changed.add(path)
            for mode, name, id_ in after - before:
                text = os.fsdecode(name)
                if mode == _FOLDER:
                    folders[text] = id_.hex()
                elif is_of_module(text):
                    self._files_of(path)[text] = mode.decode(), id_.hex()
                    changed.add(path)
            pending += [(os.path.join(path, name), id_) for name, id_ in folders.items()]
        return changed

    def _files_of(self, path: str) -> dict[str, Blob]:
        return self.files.setdefault(path, {})


def entries(data: bytes, id_bytes: int) -> Entries:
    """Return the entries of a tree object; `id_bytes` is the length of an object id."""
    return frozenset(re.findall(rb"(?s)(\d+) ([^\0]++)\0(.{%d})" % id_bytes, data))


class ModuleFiles:
    """The Terraform modules of one commit at a time; a file is read when it is needed, once.

    `entries` returns the entries of a tree object, and `path_of` the path of a file, relative to
    the working directory, from its path in the repository.
    """

    def __init__(self, entries: Callable[[str], Entries], path_of: Callable[[str], str]) -> None:
        self._cursor = TreeCursor(entries)
        self._path_of = path_of
        self._commit = ""
        self._inside: dict[str, str] = {}
        self._sources: dict[str, dict[str, tuple[Blob, Source | InputError]]] = {}
        self._changed: set[str] = set()

    def move(self, commit: str) -> None:
        """Move to a commit; raises `GitError`."""
        if commit == self._commit:
            return
        self._commit = commit
        for inside in self._cursor.move(f"{commit}^{{tree}}"):
            folder = os.path.dirname(self._path_of(os.path.join(inside, "main.tf")))
            self._inside[folder] = inside
            self._changed.add(folder)

    def changed(self) -> set[str]:
        """Return the folders whose files may differ from those at the last call."""
        changed, self._changed = self._changed, set()
        return changed

    def paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of the files of a folder."""
        for name in self._blobs(folder):
            yield os.path.join(folder, name)

    def _blobs(self, folder: str) -> Mapping[str, Blob]:
        inside = self._inside.get(folder)
        return {} if inside is None else self._cursor.files.get(inside, {})

    def read(
        self, folder: str, source: Callable[[str, Blob], Source | InputError]
    ) -> list[Source | InputError]:
        """Return the files of a folder, sorted by name; `source` reads a path and its blob."""
        normal = os.path.normpath(folder or os.curdir)
        normal = "" if normal == os.curdir else normal
        before = self._sources.get(normal, {})
        found: dict[str, tuple[Blob, Source | InputError]] = {}
        for name, blob in sorted(self._blobs(normal).items()):
            known = before.get(name)
            # The target of a link may change while the link does not.
            if known is None or known[0] != blob or blob[0] == LINK:
                known = blob, source(os.path.join(folder, name), blob)
            found[name] = known
        self._sources[normal] = found
        return [each for _, each in found.values()]
