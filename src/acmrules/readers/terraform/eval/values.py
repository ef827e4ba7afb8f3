"""Evaluated values: type checks, comparisons, labels, and nodes with positions."""

from __future__ import annotations

from acmrules.readers.evaluated import Node, PartialOrigin, unwrap
from acmrules.syntax.hcl.ast import Block, Expression
from acmrules.syntax.hcl.templates import normalized
from acmrules.syntax.numbers import exact_number, is_printable
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.syntax.tree import Data

MAX_TEXT_LENGTH = 65_536
MAX_LIST_LENGTH = 10_000
MAX_LABEL_LENGTH = 200
"""Maximum length of the label of an unknown value."""

_SHOWN_LABEL = 80
"""Length of the beginning of a label that is cut."""

_MAX_PARTS = 1_000
_MAX_EXPRESSION_LENGTH = 10_000
_MAX_COMPARISONS = 50_000
SCALARS = {bool, int, float}
"""The types of values, other than strings, that can be converted to strings."""

_NUMBERS = {(int, float), (float, int)}


class NotConstant(Exception):  # noqa: N818  (not an error: the result is unknown)
    """The result depends on unknown values."""


class EvaluationError(Exception):
    """Terraform would reject the expression, such as for a wrong type or a missing key."""


class Partial(dict[str, "Node"]):
    """A map that may have more entries; `label` is the expression of the whole map."""

    __slots__ = ("label",)

    def __init__(self, entries: dict[str, Node], label: str) -> None:
        super().__init__(entries)
        self.label = label


def item_at_use(container: Node, child: Node) -> Node:
    """Return an item, located where its container is used."""
    if container.origin is None:
        return child
    return Node(
        child.value,
        container.source,
        container.start,
        container.end,
        origin=child.origin or child,
        note=child.note or container.note,
    )


def with_value(node: Node, value: Data) -> Node:
    """Return a node with another value at the same position."""
    return Node(value, node.source, node.start, node.end, origin=node.origin, note=node.note)


def is_open(item: Node) -> bool:
    """Return whether an item represents any number of items."""
    return type(item.value) is UnresolvedNames


def unknown_in(value: Data) -> bool:
    """Return whether a value is unknown, or a partly known string."""
    return type(value) in {Unknown, Unresolved, UnresolvedNames}


def items(node: Node) -> list[Node]:
    """Return the items of a list, which may include open-ended ones."""
    value = node.value
    if type(value) is Unknown:
        raise NotConstant
    if type(value) is not list:
        raise EvaluationError
    return [item_at_use(node, item) for item in value] if node.origin else value


def all_items(node: Node) -> list[Node]:
    """Return the items of a list without open-ended items."""
    found = items(node)
    if any(map(is_open, found)):
        raise NotConstant
    return found


def entries(node: Node) -> dict[str, Node]:
    """Return the entries of a map that is fully known."""
    value = node.value
    if type(value) is Unknown or type(value) is Partial:
        raise NotConstant
    if type(value) is not dict:
        raise EvaluationError
    return {key: item_at_use(node, item) for key, item in value.items()} if node.origin else value


def text(node: Node) -> Text:
    """Return a value as a string, which may be partly known."""
    value = node.value
    if type(value) is str or type(value) is Unresolved:
        return value
    if type(value) is Unknown:
        return Unresolved((value,))
    return scalar_text(value)


def known_text(node: Node) -> str:
    """Return a value as a known string."""
    found = text(node)
    if isinstance(found, Unresolved):
        raise NotConstant
    return found


def scalar_text(value: Data) -> str:
    """Return a string, a number or a boolean as Terraform writes it."""
    if type(value) is str:
        return value
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int:
        return str(value)
    if type(value) is float:
        if not is_printable(value):
            raise NotConstant
        return repr(value)
    if type(value) is Partial:
        raise NotConstant
    raise EvaluationError


def number(node: Node) -> int | float:
    """Return a value as a number."""
    value = node.value
    if type(value) is int or type(value) is float:
        return value
    if unknown_in(value):
        raise NotConstant
    if type(value) is not str or value.strip() != value or "_" in value:
        raise EvaluationError
    try:
        found = exact_number(value)
    except ValueError:
        raise EvaluationError from None
    if found is None:
        raise NotConstant
    return found


def whole_number(node: Node) -> int:
    """Return a value as a whole number."""
    found = number(node)
    if isinstance(found, float):
        raise EvaluationError
    return found


def boolean(node: Node) -> bool:
    """Return a value as a boolean."""
    value = node.value
    if type(value) is bool:
        return value
    if unknown_in(value):
        raise NotConstant
    if value == "true" or value == "false":  # noqa: PLR1714  (a list is equal to neither, and has no hash)
        return bool(value == "true")
    raise EvaluationError


def plain_data(node: Node) -> Data:
    """Return a value without positions; raises `NotConstant` if any part is unknown."""
    return _plain_data(node, [MAX_LIST_LENGTH])


def _plain_data(node: Node, left: list[int]) -> Data:
    value = node.value
    left[0] -= 1
    if left[0] < 0 or unknown_in(value) or type(value) is Partial:
        raise NotConstant
    if type(value) is list:
        return [_plain_data(item, left) for item in value]
    if type(value) is dict:
        return {key: _plain_data(item, left) for key, item in value.items()}
    if type(value) is float and not is_printable(value):
        raise NotConstant
    return value


def joined(parts: Iterable[Text | Unknown]) -> Text:
    """Concatenate strings."""
    pieces: list[str | Unknown] = []
    length = 0
    for part in parts:
        for piece in part.parts if isinstance(part, Unresolved) else (part,):
            if isinstance(piece, Unknown):
                pieces.append(piece)
                continue
            length += len(piece)
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece:
                pieces.append(piece)
        if length > MAX_TEXT_LENGTH or len(pieces) > _MAX_PARTS:
            raise NotConstant
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    return Unresolved(tuple(pieces)) if pieces else ""


class Comparisons:
    """Comparisons of values; raises `NotConstant` after too many."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _MAX_COMPARISONS

    def equal(self, one: Data, other: Data) -> bool | None:
        """Return whether two values are equal, `None` if that depends on unknown parts."""
        self._left -= 1
        if self._left < 0:
            raise NotConstant
        return _equal(unwrap(one), unwrap(other), self.equal)


def _equal(one: Data, other: Data, equal: Callable[[Data, Data], bool | None]) -> bool | None:
    if type(one) is Partial or type(other) is Partial:
        return None
    if unknown_in(one) or unknown_in(other):
        return True if one == other else _differ(one, other)
    if type(one) is list and type(other) is list:
        if any(is_open(item) for item in (*one, *other)):
            return None
        if len(one) != len(other):
            return False
        return _all(equal(*pair) for pair in zip(one, other, strict=True))
    if type(one) is dict and type(other) is dict:
        if one.keys() != other.keys():
            return False
        return _all(equal(value, other[key]) for key, value in one.items())
    kinds = type(one), type(other)
    return one == other if kinds[0] is kinds[1] or kinds in _NUMBERS else False


def _all(answers: Iterator[bool | None]) -> bool | None:
    found: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        found = found and answer
    return found


def _differ(one: Data, other: Data) -> bool | None:
    """Return `False` if the known parts of strings exclude equality, otherwise `None`."""
    if type(one) is Unresolved and type(other) is Unresolved:
        heads, tails = (one.head, other.head), (one.tail, other.tail)
        may_begin_alike = heads[0].startswith(heads[1]) or heads[1].startswith(heads[0])
        may_end_alike = tails[0].endswith(tails[1]) or tails[1].endswith(tails[0])
        return None if may_begin_alike and may_end_alike else False
    if type(one) is str:
        one, other = other, one
    if type(one) is not Unresolved or type(other) is not str:
        return None
    fits = other.startswith(one.head) and other.endswith(one.tail)
    return None if fits and len(other) >= one.least_octets else False


def label(data: Data) -> str:
    """Return a value as an expression of limited length."""
    found, length = [], 0
    for piece in _pieces(data):
        found.append(piece)
        length += len(piece)
        if length > _MAX_EXPRESSION_LENGTH:
            break
    return "".join(found)


def _pieces(data: Data) -> Iterator[str]:
    value = unwrap(data)
    if type(value) is str:
        yield f'"{_escaped(value)}"'
    elif type(value) is Unresolved:
        parts = (_escaped(p) if isinstance(p, str) else f"${{{p}}}" for p in value.parts)
        yield f'"{"".join(parts)}"' if len(value.parts) > 1 else str(value)
    elif type(value) is list:
        for index, item in enumerate(value):
            yield ", " if index else "["
            yield from _pieces(item)
        yield "]" if value else "[]"
    elif type(value) is Partial:
        yield value.label
    elif type(value) is dict:
        for index, (key, item) in enumerate(value.items()):
            yield f"{', ' if index else '{'}{key} = "
            yield from _pieces(item)
        yield "}" if value else "{}"
    elif value is None:
        yield "null"
    else:
        yield str(value) if unknown_in(value) else scalar_text(value)


def _escaped(value: str) -> str:
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return value.replace("${", "$${").replace("%{", "%%{")


def node_at(thing: Expression | Block, value: Data) -> Node:
    """Return a value at the position of an expression or of a block's header."""
    key = (thing.start, thing.end) if isinstance(thing, Block) else None
    return Node(value, thing.source, thing.start, thing.end, key=key)


def node_at_use(expression: Expression, node: Node, note: str) -> Node:
    """Return a node, located where an expression refers to it.

    An expression of a module from elsewhere is in no file, so the node keeps its location.
    """
    if not expression.source.name:
        value = node.value  # Evaluating it sets the location.
        place = node.source, node.start, node.end
        return Node(value, *place, key=node.key, origin=node.origin, note=note)
    place = expression.source, expression.start, expression.end
    if (node.source, node.start, node.end) == place:
        return node
    return Node(
        node.value,
        expression.source,
        expression.start,
        expression.end,
        origin=node.origin or node,
        note=note,
    )


def derived(expression: Expression, value: Data, parts: Iterable[Node]) -> Node:
    """Return a computed value with the origin of the first part that has one."""
    found = node_at(expression, normalized(value) if type(value) is str else value)
    if not expression.source.name:
        return _at_first_part(found, parts)
    for part in parts:
        origin = part.origin
        if origin is not None:
            found.origin = PartialOrigin(origin.value, origin.source, origin.start, origin.end)
            found.note = part.note
            break
    return found


def _at_first_part(found: Node, parts: Iterable[Node]) -> Node:
    """Return a computed value, located where the first part is that is in a file."""
    for part in parts:
        if part.source.name:
            place = part.source, part.start, part.end
            origin = PartialOrigin(part.value, *place)
            return Node(found.value, *place, origin=origin, note=part.note)
    return found


def wrapped(expression: Expression, value: Data, parts: list[Node]) -> Node:
    """Return plain data as nested nodes."""
    if type(value) is list:
        value = [
            item if isinstance(item, Node) else wrapped(expression, item, parts) for item in value
        ]
    elif type(value) is dict:
        value = {
            key: item if isinstance(item, Node) else wrapped(expression, item, parts)
            for key, item in value.items()
        }
    else:
        return derived(expression, value, parts)
    return node_at(expression, value)


def unknown_node(expression: Expression, described: str) -> Node:
    """Return an unknown value with a label, which contains no secret."""
    if "sensitive" in described:
        described = _without_secrets(described, expression)
    return node_at(expression, Unknown(shortened(described, expression)))


def _without_secrets(described: str, expression: Expression) -> str:
    """Return a label without the arguments of `sensitive`, made unique by its position."""
    import re

    found = re.search(r"\bsensitive\s*\((?!…)", described)
    if found is None:
        return described
    at = expression.source.position(expression.start)
    return f"{described[: found.end()]}…) of {expression.source.name}:{at.line}:{at.column}"


def shortened(described: str, place: Expression | Node) -> str:
    """Return a label; one that is too long is cut and given its position."""
    if len(described) <= MAX_LABEL_LENGTH:
        return described
    from zlib import crc32

    source, at = place.source, place.source.position(place.start)
    # The checksum distinguishes the results of one expression for several items.
    where = f"{source.name}:{at.line}:{at.column}, {crc32(described.encode()):08x}"
    return f"{described[:_SHOWN_LABEL]}… ({where})"


def optional_item(node: Node) -> Node:
    """Return an open-ended item for an item that may or may not exist."""
    return with_value(node, UnresolvedNames(Unknown(shortened(label(node.value), node))))


def any_item(several: Node) -> Node:
    """Return an unknown item of several."""
    return with_value(several, Unknown(f"{several.value}[*]"))


def as_template_part(part: Node) -> str:
    """Return a part of a template as it is written there."""
    described = label(part.value)
    return described[1:-1] if described[:1] == '"' else f"${{{described}}}"
