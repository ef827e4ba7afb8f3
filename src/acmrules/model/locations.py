"""The locations of the values of a declaration by path, computed on demand."""

from __future__ import annotations

from acmrules.model.placed import Location
from acmrules.syntax.tree import CommaSeparatedEntries
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.model.member_names import MemberNames
    from acmrules.request import Path
    from acmrules.syntax.tree import Pointer, Tree

    PointerMap = dict[Path, tuple[Pointer, "Origin | None"]]

    _LocationsByPath = Mapping[Path, Location]
else:
    # The interpreter has already loaded this module, but not the `collections` package.
    from _collections_abc import Mapping as _LocationsByPath


class Origin(Value):
    """The origin of a value that is not a literal where it is used.

    `pointer` is that of the literal, if the file has it; `note` describes it. If the literal is a
    comma-delimited list, `item` is the index of the entry.
    """

    pointer: Pointer | None
    note: str
    item: int | None = None


class Locations(_LocationsByPath):
    """Locations by path, found in the tree on demand; several objects may have `shared` pointers.

    `member_names` are those of the request, for members that are added to it. Two objects are equal
    only if they are identical.
    """

    __slots__ = ("_entries", "_pointers", "_shared", "member_names", "tree")

    def __init__(
        self,
        tree: Tree,
        pointers: PointerMap,
        shared: PointerMap | None = None,
        member_names: MemberNames | None = None,
    ) -> None:
        self.tree = tree
        self.member_names = member_names
        self._pointers = pointers
        self._shared = shared or {}
        self._entries: CommaSeparatedEntries | None = None

    def pointer(self, path: Path) -> tuple[Pointer, Origin | None]:
        """Return the pointer to a value in the tree, and its origin if that is elsewhere."""
        return self._pointers.get(path) or self._shared[path]

    def __getitem__(self, path: Path) -> Location:
        pointer, origin = self.pointer(path)
        definition = None
        if origin is not None and origin.pointer is not None:
            offsets = self._item(self.tree.place(origin.pointer), origin.item)
            definition = Location(self.tree.source, *offsets)
        note = origin.note if origin else ""
        return Location(self.tree.source, *self.tree.place(pointer), definition, note)

    def _item(self, offsets: tuple[int, int], item: int | None) -> tuple[int, int]:
        if item is None:
            return offsets
        if self._entries is None:
            self._entries = CommaSeparatedEntries(self.tree.source.text)
        return self._entries.place(offsets, item)

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __contains__(self, path: object) -> bool:
        return path in self._pointers or path in self._shared

    def __iter__(self) -> Iterator[Path]:
        yield from self._pointers
        yield from self._shared

    def __len__(self) -> int:
        return len(self._pointers) + len(self._shared)
