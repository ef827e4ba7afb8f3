"""Evaluated values, as in Terraform and in manifests with placeholders.

A value is plain data: strings, numbers, booleans, `None` (null, which means absent), lists, and
mappings. `Unknown` replaces an unknown value, and `Unresolved` a string that is partly known. In a
list, `UnresolvedNames` replaces any number of unknown items. In a configuration, each value is
wrapped in a `Node`, which has its position.
"""

from __future__ import annotations

from acmrules.model.locations import Origin
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.readers.fields import Element, Found, Listed
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer

ORIGIN = -2
"""The last step of a pointer to the origin of the value at the rest of the pointer."""


class Node:
    """A value and its position; not a `Value`, because a file has thousands of nodes.

    The items of a list or mapping are nodes too. `key` is the range of a member's name or of a
    block's header. If the value is defined elsewhere, `origin` is the node of the definition, and
    `note` describes it.
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


class PartialOrigin(Node):
    """The origin of a value that is computed from it: not the literal of the whole value."""

    __slots__ = ()


class LazyNode(Node):
    """A value that is evaluated on first use; a value that depends on itself is unknown."""

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
        """Evaluate the value."""
        return self._find()

    def label(self) -> str:
        """Return the label of the unknown value during the evaluation."""
        return self._label

    @property
    def value(self) -> Data:
        """The value; evaluating it also sets its position and origin."""
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
"""The marker of a value that is not evaluated yet."""


def unwrap(data: Data) -> Data:
    """Return the value of a node, and other data unchanged; items stay wrapped."""
    return data.value if isinstance(data, Node) else data


class EvaluatedReader:
    """A reader of evaluated values, in which null means absent."""

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data itself."""
        return unwrap(data), pointer

    def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:  # noqa: ARG002
        """Return data that is unknown as a whole; `None` for any other data."""
        data = unwrap(data)
        if type(data) is UnresolvedNames:
            data = data.unknown
        return self._partly(data) if type(data) in {Unknown, Unresolved} else None

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return a string, `None` for null; raises `TypeMismatchError` for lists and mappings."""
        value = unwrap(data)
        if value is None:
            return None
        return self._text(value, pointer), pointer, _origin(data, pointer)

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of strings; an unknown list is one entry for any number of strings."""
        value = unwrap(data)
        if value is None:
            return []
        if type(value) is Unknown:
            return [(self._any_number(value), pointer, _origin(data, pointer))]
        if type(value) is not list:
            raise TypeMismatchError.of(pointer, value, "a list of strings")
        found: list[Listed | None] = []
        for index, item in enumerate(value):
            at = (*pointer, index)
            element = unwrap(item)
            if type(element) is UnresolvedNames:
                found.append((self._any_number(element.unknown), at, _origin(item, at)))
            elif type(element) is list:
                # `["${var.names}"]`, the syntax for lists before Terraform 0.12.
                found += self.texts(item, at)
            else:
                found.append(self.text(item, at))
        return [each for each in found if each]

    def elements(self, data: Data, pointer: Pointer) -> list[Element]:
        """Return the items of a list; a mapping or an unknown value is a list of itself."""
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
        raise TypeMismatchError.of(pointer, value, "a string")

    def _partly(self, value: Unresolved | Unknown) -> Unresolved:
        """Return a partly known string, with labels in the syntax of the tool."""
        return value if isinstance(value, Unresolved) else Unresolved((value,))

    def _any_number(self, unknown: Unknown) -> UnresolvedNames:
        return UnresolvedNames(self._partly(unknown).unknowns[0])


class TerraformReader(EvaluatedReader):
    """A reader of Terraform's values, in which the label of an unknown part is `${var.name}`."""

    def _partly(self, value: Unresolved | Unknown) -> Unresolved:
        parts = value.parts if isinstance(value, Unresolved) else (value,)
        return Unresolved(
            tuple(Unknown(f"${{{p.label}}}") if isinstance(p, Unknown) else p for p in parts)
        )


def _origin(data: Data, pointer: Pointer) -> Origin | None:
    if isinstance(data, Node) and (data.origin is not None or data.note):
        return Origin((*pointer, ORIGIN) if data.origin else None, data.note)
    return None
