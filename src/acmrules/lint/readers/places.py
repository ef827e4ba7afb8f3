"""From a path of a request to its place in the text, computed when somebody asks."""

from __future__ import annotations

from acmrules.lint.source import Place, Unreadable
from acmrules.request import Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Protocol

    from acmrules.lint.readers.requests import Words
    from acmrules.lint.source import Source
    from acmrules.request import Path

    Data = Any
    """What a parser makes of a text: mappings, lists, texts and other scalars."""

    Step = str | int
    Pointer = tuple[Step, ...]
    """The way from the top of a parsed file to a value; `KEY` at its end means the key of it."""

    Spots = dict[Path, tuple[Pointer, "Origin | None"]]

    class Tree(Protocol):
        """A parsed file: plain data, where each value stands, and which module edits it."""

        EDITS: str
        source: Source
        data: Data

        def place(self, pointer: Pointer) -> tuple[int, int]:
            """Return where a value stands, a text without its quotes."""

    _PlacesByPath = Mapping[Path, Place]
else:
    # What `collections.abc` hands on; the interpreter has loaded it, but not the package.
    from _collections_abc import Mapping as _PlacesByPath

KEY = -1
"""Last step of a pointer: the key of a value; for one without, its first character."""

NOT_RENDERED = (
    "holds templates (Jinja, Helm): render them and check what comes out, or `exclude` the file"
)
"""What is said of a text that is the source of another one."""


class Origin(Value):
    """Where a value came from that is not written where it is used.

    `pointer` leads to the literal, if the file has it; `note` says what that is; `item` counts
    the entry meant, where the literal is a comma-delimited list.
    """

    pointer: Pointer | None
    note: str
    item: int | None = None


class Fault(Exception):  # noqa: N818  (named after what was found)
    """What keeps a reader from going on: the way to it, and what it is."""

    def __init__(self, pointer: Pointer, fault: str) -> None:
        super().__init__(pointer, fault)
        self.pointer = pointer
        self.fault = fault

    def unreadable(self, tree: Tree) -> Unreadable:
        """Return this as it is told to a person."""
        source = tree.source
        start, _ = tree.place(self.pointer)
        way = ".".join(str(step) for step in self.pointer if step != KEY)
        fault = f"`{way}` {self.fault}" if way else self.fault
        if source.text.startswith("{{", start):
            fault = NOT_RENDERED
        return Unreadable(source.name, fault, source.position(start))


class Misfit(Fault):
    """A value that cannot be what its place asks for."""

    @classmethod
    def of(cls, pointer: Pointer, found: object, wanted: str) -> Misfit:
        """Make one for a value of the wrong kind."""
        return cls(pointer, f"is {_kind(found)}, where {wanted} belongs")


class Circle(Fault):
    """Things that refer to each other in a circle, by their names."""

    def __init__(self, pointer: Pointer, names: list[str]) -> None:
        listed = ", ".join(f"`{name}`" for name in names)
        others = f"is in a circle of references: {listed}"
        super().__init__(pointer, others if len(names) > 1 else "refers to itself")


class Entries:
    """Where the entries of comma-separated texts stand; each text is taken apart but once."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def place(self, whole: tuple[int, int], entry: int) -> tuple[int, int]:
        """Return where an entry of the text stands that has a place, without blanks around it.

        Of one that is not written there, it is the place of the whole.
        """
        if whole not in self._known:
            self._known[whole] = [*self._places(*whole)]
        places = self._known[whole]
        start, end = places[entry] if entry < len(places) else (0, 0)
        return (start, end) if start < end else whole

    def _places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for written in self._text[start:end].split(","):
            begin = start + len(written) - len(written.lstrip())
            yield begin, begin + len(written.strip())
            start += len(written) + 1


class Places(_PlacesByPath):
    """Paths to places, found in the tree on demand; `shared` spots belong to several of these.

    `words` are those of the request, for what is added to it. Two are equal if they are the same.
    """

    __slots__ = ("_entries", "_shared", "_spots", "tree", "words")

    def __init__(
        self, tree: Tree, spots: Spots, shared: Spots | None = None, words: Words | None = None
    ) -> None:
        self.tree = tree
        self.words = words
        self._spots = spots
        self._shared = shared or {}
        self._entries: Entries | None = None

    def spot(self, path: Path) -> tuple[Pointer, Origin | None]:
        """Return the way to a value in the tree, and where it comes from if that is elsewhere."""
        return self._spots.get(path) or self._shared[path]

    def __getitem__(self, path: Path) -> Place:
        pointer, origin = self.spot(path)
        definition = None
        if origin is not None and origin.pointer is not None:
            definition = Place(*self._item(self.tree.place(origin.pointer), origin.item))
        return Place(*self.tree.place(pointer), definition, origin.note if origin else "")

    def _item(self, place: tuple[int, int], item: int | None) -> tuple[int, int]:
        if item is None:
            return place
        if self._entries is None:
            self._entries = Entries(self.tree.source.text)
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


def _kind(found: object) -> str:
    if found is None:
        return "null"
    if isinstance(found, Unknown | UnresolvedNames):
        return "not known"
    if isinstance(found, str | Unresolved):
        return "a text"
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list):
        return "a list"
    return "a boolean" if isinstance(found, bool) else "a number"
