"""Files that expressions read, such as the values of Helm charts."""

from __future__ import annotations

import posixpath

from acmrules.readers.terraform.resources.references import without_keys
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.unresolved import Text

    ReadFile = Callable[[str], str | None]
    """Returns the text of a file by its path, `None` if it cannot be read."""

_OF_MODULE = "path.module"
_OF_ROOT = ("path.root", "path.cwd")


class ReadFiles:
    """The files that the expressions of a run read, each read once."""

    __slots__ = ("_read", "_sources")

    def __init__(self, read: ReadFile | None) -> None:
        self._read = read
        self._sources: dict[str, Source | None] = {}

    def source(self, path: Text, root: ModuleCall) -> Source | None:
        """Return a file, `None` if its path is unknown or absolute, or if it cannot be read.

        Relative paths are relative to the root module, where Terraform runs.
        """
        known = self._read and known_path(path, root)
        if not known or self._read is None:
            return None
        if known not in self._sources:
            text = self._read(known)
            self._sources[known] = None if text is None else Source(known, text)
        return self._sources[known]


def known_path(path: Text, root: ModuleCall) -> str | None:
    """Return a path relative to the run, `None` if it is unknown or absolute."""
    folder: str | None = root.module.folder
    rest: Text = path
    if not isinstance(path, str):
        first, *others = path.parts
        if not isinstance(first, Unknown) or not all(isinstance(part, str) for part in others):
            return None
        folder, rest = _folder(first.label, root), "".join(map(str, others)).lstrip("/")
    if folder is None or not isinstance(rest, str) or not rest or rest.startswith(("/", "~")):
        return None
    return posixpath.normpath(posixpath.join(folder, rest))


def _folder(label: str, root: ModuleCall) -> str | None:
    """Return the folder that `path.module`, `path.root` or `path.cwd` means."""
    if label in _OF_ROOT:
        return root.module.folder
    address = without_keys(label.removesuffix(_OF_MODULE).removesuffix("."))
    for call in root.all() if label.endswith(_OF_MODULE) else ():
        if call.address.removesuffix(".") == address:
            return call.module.folder
    return None
