"""From a path of a request to its place in the text, computed when somebody asks."""

from __future__ import annotations

from acmrules.lint.source import Place, Unreadable
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Protocol

    from acmrules.lint.source import Source
    from acmrules.request import Path

    Step = str | int
    Pointer = tuple[Step, ...]
    """The way from the top of a parsed file to a value; `KEY` at its end means the key of it."""

    Spots = dict[Path, tuple[Pointer, "Origin | None"]]

    class Tree(Protocol):
        """A parsed file: plain data, and where each value stands."""

        source: Source
        data: Any

        def place(self, pointer: Pointer) -> tuple[int, int]:
            """Return where a value stands, a text without its quotes."""
else:
    # What `collections.abc` hands on; the interpreter has it loaded, the package not.
    from _collections_abc import Mapping

KEY = -1
"""Last step of a pointer: the key of a value; for one without, its first character."""


class Origin(Value):
    """Where a value came from that is not written where it is used.

    `pointer` leads to the literal, if the file has it; `note` says what that is; `item` counts
    the entry meant, where the literal is a comma-delimited list.
    """

    pointer: Pointer | None
    note: str
    item: int | None = None


class Misfit(Exception):  # noqa: N818  (named after what the value is)
    """A value of the wrong kind: where it stands, what it is, and what belongs there."""

    def __init__(self, pointer: Pointer, found: object, wanted: str) -> None:
        super().__init__(pointer, found, wanted)
        self.pointer = pointer
        self.found = found
        self.wanted = wanted

    def unreadable(self, tree: Tree) -> Unreadable:
        """Return this as it is told to a person."""
        steps = ".".join(map(str, self.pointer))
        start, _ = tree.place(self.pointer)
        return Unreadable(
            tree.source.name,
            f"`{steps}` is {_kind(self.found)}, where {self.wanted} belongs",
            tree.source.position(start),
        )


class Places(Mapping["Path", Place] if TYPE_CHECKING else Mapping):
    """Paths to places, found in the tree on demand; `shared` spots belong to several of these."""

    __slots__ = ("_shared", "_spots", "_tree")

    def __init__(self, tree: Tree, spots: Spots, shared: Spots | None = None) -> None:
        self._tree = tree
        self._spots = spots
        self._shared = shared or {}

    def __getitem__(self, path: Path) -> Place:
        spot = self._spots.get(path) or self._shared[path]
        pointer, origin = spot
        definition = None
        if origin is not None and origin.pointer is not None:
            definition = Place(*self._item(*self._tree.place(origin.pointer), origin.item))
        return Place(*self._tree.place(pointer), definition, origin.note if origin else "")

    def _item(self, start: int, end: int, item: int | None) -> tuple[int, int]:
        if item is None:
            return start, end
        written = self._tree.source.text[start:end].split(",")
        start += sum(len(before) + 1 for before in written[:item])
        bare = written[item].strip()
        start += written[item].index(bare)
        return start, start + len(bare)

    def __contains__(self, path: object) -> bool:
        return path in self._spots or path in self._shared

    def __iter__(self) -> Iterator[Path]:
        yield from self._spots
        yield from self._shared

    def __len__(self) -> int:
        return len(self._spots) + len(self._shared)


def _kind(found: object) -> str:
    if found is None:
        return "nothing (null)"
    if isinstance(found, str):
        return "a text"
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list):
        return "a list"
    return "a boolean" if isinstance(found, bool) else "a number"
