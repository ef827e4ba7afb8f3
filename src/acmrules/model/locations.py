"""From a path of a request to its place in the text, computed when somebody asks."""

from __future__ import annotations

from acmrules.model.declaration import Location
from acmrules.syntax.tree import CommaSeparatedEntries
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.model.member_names import MemberNames
    from acmrules.request import Path
    from acmrules.syntax.tree import Pointer, Tree

    PointerMap = dict[Path, tuple[Pointer, "Origin | None"]]

    _PlacesByPath = Mapping[Path, Location]
else:
    # What `collections.abc` hands on; the interpreter has loaded it, but not the package.
    from _collections_abc import Mapping as _PlacesByPath


class Origin(Value):
    """Where a value came from that is not written where it is used.

    `pointer` leads to the literal, if the file has it; `note` says what that is; `item` counts
    the entry meant, where the literal is a comma-delimited list.
    """

    pointer: Pointer | None
    note: str
    item: int | None = None


class Locations(_PlacesByPath):
    """Paths to places, found in the tree on demand; `shared` spots belong to several of these.

    `words` are those of the request, for what is added to it. Two are equal if they are the same.
    """

    __slots__ = ("_entries", "_shared", "_spots", "tree", "words")

    def __init__(
        self,
        tree: Tree,
        pointers: PointerMap,
        shared: PointerMap | None = None,
        words: MemberNames | None = None,
    ) -> None:
        self.tree = tree
        self.words = words
        self._spots = pointers
        self._shared = shared or {}
        self._entries: CommaSeparatedEntries | None = None

    def spot(self, path: Path) -> tuple[Pointer, Origin | None]:
        """Return the way to a value in the tree, and where it comes from if that is elsewhere."""
        return self._spots.get(path) or self._shared[path]

    def __getitem__(self, path: Path) -> Location:
        pointer, origin = self.spot(path)
        definition = None
        if origin is not None and origin.pointer is not None:
            written = self._item(self.tree.place(origin.pointer), origin.item)
            definition = Location(self.tree.source, *written)
        note = origin.note if origin else ""
        return Location(self.tree.source, *self.tree.place(pointer), definition, note)

    def _item(self, place: tuple[int, int], item: int | None) -> tuple[int, int]:
        if item is None:
            return place
        if self._entries is None:
            self._entries = CommaSeparatedEntries(self.tree.source.text)
        return self._entries.place(place, item)

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __contains__(self, path: object) -> bool:
        return path in self._spots or path in self._shared

    def __iter__(self) -> Iterator[Path]:
        yield from self._spots
        yield from self._shared

    def __len__(self) -> int:
        return len(self._spots) + len(self._shared)
