"""What Terraform has downloaded for a root module, as `.terraform/modules/modules.json` lists it.

`terraform init` writes the file: an entry for each call below the root, with its names as the key,
its source, its version, and its directory relative to the root.
"""

from __future__ import annotations

import posixpath

from acmrules.readers.terraform.known_modules.sources import parsed_source
from acmrules.readers.terraform.versions import allows, version
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_FOLDER = ".terraform/modules"
_MANIFEST = f"{_FOLDER}/modules.json"


class Download(Value):
    """A module that Terraform downloaded: its source, its version if any, and its directory."""

    source: str
    version: str
    folder: str

    def is_for(self, source: str, constraint: str) -> bool:
        """Return whether this is what a call means, and not what it meant before an edit."""
        if parsed_source(self.source) != parsed_source(source):
            return False
        try:
            return not self.version or allows(constraint, version(self.version))
        except ValueError:
            return False


class Downloads:
    """The downloaded modules of a root module, by the names of the calls above them."""

    def __init__(self, root: str, entries: Iterable[object]) -> None:
        self._entries = dict(_downloads(root, entries))

    @classmethod
    def read(cls, root: str, read: Callable[[str], str | None]) -> Downloads | None:
        """Return what was downloaded for a root module, `None` if there is no valid list."""
        text = read(posixpath.join(root, _MANIFEST))
        if text is None:
            return None
        import json

        try:
            entries = json.loads(text)["Modules"]
        except (ValueError, RecursionError, TypeError, KeyError):
            return None
        return cls(root, entries) if isinstance(entries, list) else None

    def of(self, names: Iterable[str]) -> Download | None:
        """Return what was downloaded for a call, `None` if nothing was."""
        return self._entries.get(".".join(names))

    def folders(self) -> list[str]:
        """Return the directories of all downloaded modules, each once."""
        return [*dict.fromkeys(each.folder for each in self._entries.values())]


def _downloads(root: str, entries: Iterable[object]) -> Iterator[tuple[str, Download]]:
    """Yield the valid entries with their keys: those whose directory is among the downloads."""
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        key, source, folder = (entry.get(name) for name in ("Key", "Source", "Dir"))
        numbers = entry.get("Version", "")
        if not (isinstance(key, str) and isinstance(source, str)):
            continue
        if not (isinstance(folder, str) and isinstance(numbers, str)):
            continue
        inside = posixpath.normpath(folder.replace("\\", "/"))
        if inside.startswith(f"{_FOLDER}/"):
            yield key, Download(source, numbers, posixpath.join(root, inside))
