"""Decides which files the files of a run may refer to."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Checkouts:
    """The checkouts in which files are read because other files name them, such as with `file`.

    They are the current folder and the folders of the paths in `tops`, each with the whole Git
    checkout that contains it. So a file cannot make acmrules read what is elsewhere, neither by its
    path nor through a link.
    """

    def __init__(self, tops: Iterable[str]) -> None:
        folders = [top if os.path.isdir(top) else os.path.dirname(top) for top in tops]
        whole = {os.path.realpath(folder or ".") for folder in (".", *folders)}
        self._folders = tuple(_with_end(_checkout(folder)) for folder in sorted(whole))

    def includes(self, path: str) -> bool:
        """Return whether a file may be read."""
        return os.path.realpath(path).startswith(self._folders)


def _checkout(folder: str) -> str:
    """Return the root of the Git checkout that contains a folder, or the folder itself."""
    above = folder
    while not os.path.exists(os.path.join(above, ".git")):
        above, below = os.path.dirname(above), above
        if above == below:
            return folder
    return above


def _with_end(folder: str) -> str:
    return folder.rstrip(os.sep) + os.sep
