"""Nodes as expressions make them: where they stand, where they come from, what they are called."""

from __future__ import annotations

from acmrules.lint.readers.evaluated import Node
from acmrules.lint.readers.hcl_tree import Block
from acmrules.lint.readers.terraform_data import label, like
from acmrules.request import Unknown, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.readers.hcl_tree import Expression
    from acmrules.lint.readers.places import Data

LONGEST_LABEL = 200
_SHOWN_LABEL = 80


def node_at(thing: Expression | Block, value: Data) -> Node:
    """Return a value that stands where an expression or the head of a block does."""
    key = (thing.start, thing.end) if isinstance(thing, Block) else None
    return Node(value, thing.source, thing.start, thing.end, key=key)


def referred(expression: Expression, node: Node, note: str) -> Node:
    """Return a node as it is seen where an expression leads to it."""
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
    """Return what was made of parts, with the origin of the first that has one."""
    found = node_at(expression, value)
    for part in parts:
        if part.origin is not None:
            found.origin, found.note = part.origin, part.note
            break
    return found


def wrapped(expression: Expression, value: Data, parts: list[Node]) -> Node:
    """Return plain data as a node of nodes."""
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
    """Return what is not known of an expression, by what would have to be known."""
    return node_at(expression, Unknown(briefly(described, expression)))


def briefly(described: str, place: Expression | Node) -> str:
    """Return a label, one that is too long as its beginning and its place."""
    if len(described) <= LONGEST_LABEL:
        return described
    from zlib import crc32

    source, at = place.source, place.source.position(place.start)
    # The sum tells apart what one expression is for several items of a loop.
    where = f"{source.name}:{at.line}:{at.column}, {crc32(described.encode()):08x}"
    return f"{described[:_SHOWN_LABEL]}… ({where})"


def opened(node: Node) -> Node:
    """Return what stands for any number of items, for one that there may be or not."""
    return like(node, UnresolvedNames(Unknown(briefly(label(node.value), node))))


def any_item(several: Node) -> Node:
    """Return what any one of several items is."""
    return like(several, Unknown(f"{several.value}[*]"))


def inserted(part: Node) -> str:
    """Return a part of a template as it would be written there."""
    described = label(part.value)
    return described[1:-1] if described[:1] == '"' else f"${{{described}}}"
