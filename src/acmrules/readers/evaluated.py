"""What evaluated values are made of: those of Terraform, and manifests with their placeholders.

A value is plain data: texts, numbers, booleans, `None` (null, which is absence), lists, and
mappings. In their places stand `Unknown` for what is not known at all, and `Unresolved` for a text
that is known in part; among the items of a list, `UnresolvedNames` stands for any number of items
that are not known. In a configuration each value is wrapped in a `Node` that knows its place.
"""

from __future__ import annotations

from acmrules.model.locations import Origin
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.readers.fields import Element, Found, Listed
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

ORIGIN = -2
"""Last step of a pointer: where the value comes from that the rest of the pointer leads to."""


class Node:
    """A value, and where it stands; no `Value`, as there are thousands to a file.

    The items of a list or mapping are nodes too. `key` is where the name of a mapping's entry
    stands, or the head of a block. Where the value was written elsewhere, `origin` is that node
    and `note` says what it is.
    """

    __slots__ = ("end", "key", "note", "origin", "source", "start", "value")

    def __init__(
        self,
        value: Data,
        source: Source,
        start: int,
        end: int,
        *,
        key: tuple[int, int] | None = None,
        origin: Node | None = None,
        note: str = "",
    ) -> None:
        self.value = value
        self.source = source
        self.start = start
        self.end = end
        self.key = key
        self.origin = origin
        self.note = note


class LazyNode(Node):
    """A value that is found when somebody asks for it; one that needs itself is not known."""

    __slots__ = ("_find", "_found", "_label")

    def __init__(
        self,
        find: Callable[[], Node],
        label: str,
        source: Source,
        place: tuple[int, int],
        key: tuple[int, int],
    ) -> None:
        self._find = find
        self._label = label
        self._found: Data = NOT_YET
        self.source = source
        self.start, self.end = place
        self.key = key
        self.origin = None
        self.note = ""

    def find(self) -> Node:
        """Return the value, for which nobody has asked before."""
        return self._find()

    def label(self) -> str:
        """Return what the value is called while it is being found."""
        return self._label

    @property
    def value(self) -> Data:
        """The value, with which the place it comes from is known too."""
        if self._found is NOT_YET:
            self._found = Unknown(self.label())
            try:
                node = self.find()
            except BaseException:
                self._found = NOT_YET
                raise
            self._found = node.value
            self.start, self.end, self.source = node.start, node.end, node.source
            self.origin, self.note = node.origin, node.note
        return self._found


NOT_YET = object()
"""What stands for a value that was not looked for."""


def unwrap(data: Data) -> Data:
    """Return data without what says where it stands; what is inside of it stays as it is."""
    return data.value if isinstance(data, Node) else data


class EvaluatedReader:
    """The language of evaluated data, in which null is absence."""

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data itself."""
        return unwrap(data), pointer

    def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:  # noqa: ARG002
        """Return what is unknown as a whole; `None` for any other data."""
        data = unwrap(data)
        if type(data) is UnresolvedNames:
            data = data.unknown
        return self._partly(data) if type(data) in {Unknown, Unresolved} else None

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return a text, `None` for null; raises `TypeMismatchError` for lists and mappings."""
        value = unwrap(data)
        if value is None:
            return None
        return self._text(value, pointer), pointer, _origin(data, pointer)

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of texts; an unknown list is any number of them."""
        value = unwrap(data)
        if value is None:
            return []
        if type(value) is Unknown:
            return [(self._any_number(value), pointer, _origin(data, pointer))]
        if type(value) is not list:
            raise TypeMismatchError.of(pointer, value, "a list")
        found: list[Listed | None] = []
        for index, item in enumerate(value):
            at = (*pointer, index)
            several = unwrap(item)
            if type(several) is UnresolvedNames:
                found.append((self._any_number(several.unknown), at, _origin(item, at)))
            elif type(several) is list:
                # `["${var.names}"]`, as lists had to be written before Terraform 0.12.
                found += self.texts(item, at)
            else:
                found.append(self.text(item, at))
        return [each for each in found if each]

    def elements(self, data: Data, pointer: Pointer) -> list[Element]:
        """Return the items of a list; a mapping, or what is unknown, is its own only item."""
        value = unwrap(data)
        if value is None:
            return []
        if type(value) is dict or type(value) is Unknown:
            return [(data, pointer)]
        if type(value) is not list:
            raise TypeMismatchError.of(pointer, value, "a list")
        items = ((item, (*pointer, index)) for index, item in enumerate(value))
        return [(item, at) for item, at in items if unwrap(item) is not None]

    def _text(self, value: Data, pointer: Pointer) -> Text:
        if type(value) is str:
            return value
        if type(value) is Unresolved or type(value) is Unknown:
            return self._partly(value)
        if type(value) is bool:
            return str(value).lower()
        if isinstance(value, int | float):
            return f"{value:g}" if type(value) is float else str(value)
        raise TypeMismatchError.of(pointer, value, "a text")

    def _partly(self, value: Unresolved | Unknown) -> Unresolved:
        """Return a text with what is unknown in it as the language writes it."""
        return value if isinstance(value, Unresolved) else Unresolved((value,))

    def _any_number(self, unknown: Unknown) -> UnresolvedNames:
        return UnresolvedNames(self._partly(unknown).unknowns[0])


class TerraformReader(EvaluatedReader):
    """The language of Terraform's data: what is unknown in a text is written `${var.name}`."""

    def _partly(self, value: Unresolved | Unknown) -> Unresolved:
        parts = value.parts if isinstance(value, Unresolved) else (value,)
        return Unresolved(
            tuple(Unknown(f"${{{p.label}}}") if isinstance(p, Unknown) else p for p in parts)
        )


def _origin(data: Data, pointer: Pointer) -> Origin | None:
    if isinstance(data, Node) and (data.origin is not None or data.note):
        return Origin((*pointer, ORIGIN) if data.origin else None, data.note)
    return None
