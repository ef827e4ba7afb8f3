"""Terraform's functions for lists, sets and maps, whose items may be unknown.

A set is a list of its items: the known ones first, in Terraform's order.
"""

from __future__ import annotations

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.values import (
    MAX_LIST_LENGTH,
    SCALARS,
    Comparisons,
    EvaluationError,
    NotConstant,
    Partial,
    all_items,
    entries,
    is_open,
    item_at_use,
    items,
    known_text,
    label,
    number,
    scalar_text,
    text,
    unknown_in,
    whole_number,
    with_value,
)
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.syntax.tree import Data

    Function = tuple[int, int | None, Callable[..., Data]]
    """The minimum and the maximum number of arguments, and the function."""

_MOST_COMPARED = 200
"""Maximum length of a list whose unknown items are compared with all others."""


def _open_item(node: Node) -> Node:
    """Return an unknown value as an open-ended item."""
    return with_value(node, UnresolvedNames(node.value)) if type(node.value) is Unknown else node


def _maybe_items(node: Node) -> list[Node]:
    """Return the items of a list; an unknown list is one open-ended item."""
    return [_open_item(node)] if type(node.value) is Unknown else items(node)


def _length(node: Node) -> int:
    value = node.value
    if type(value) is list:
        return len(all_items(node))
    if type(value) is dict or type(value) is Partial:
        return len(entries(node))
    if not isinstance(value, str) and not unknown_in(value):
        raise EvaluationError
    found = known_text(node)
    if not found.isascii() or "\r\n" in found:
        raise NotConstant
    return len(found)


# Lists


def _concat(*nodes: Node) -> list[Data]:
    return [item for node in nodes for item in _maybe_items(node)]


def _list(*nodes: Node) -> list[Data]:
    """Return a list of values, as before Terraform 0.15."""
    return [*nodes]


def _map(*nodes: Node) -> dict[str, Node]:
    """Return a map of alternating keys and values, as before Terraform 0.15."""
    if len(nodes) % 2:
        raise EvaluationError
    return {known_text(key): value for key, value in zip(nodes[::2], nodes[1::2], strict=True)}


def _compact(node: Node) -> list[Data]:
    found: list[Data] = []
    for each in items(node):
        item = each
        value = item.value
        if value is None or value == "":
            continue
        if not is_open(item) and type(value) is not Unknown:
            value = text(item)
            item = with_value(item, value)
        # A string without known parts may be empty.
        nothing = type(value) is Unresolved and not value.least_octets
        found.append(_open_item(with_value(item, Unknown(str(value))) if nothing else item))
    return found


def _flatten(node: Node) -> list[Data]:
    found: list[Data] = []
    stack = [iter(items(node))]
    steps = 0
    while stack:
        steps += 1
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif type(item.value) is list:
            stack.append(iter(items(item)))
        else:
            found.append(_open_item(item))
        if steps > 2 * MAX_LIST_LENGTH:
            raise NotConstant
    return found


def _distinct(node: Node) -> list[Data]:
    return _without_repeats(items(node))


def _unified(nodes: list[Node]) -> list[Node]:
    """Return scalars of different types as strings, as Terraform converts them."""
    kinds = {type(node.value) for node in nodes if not unknown_in(node.value)} - {type(None)}
    is_text = str in kinds or any(type(node.value) is Unresolved for node in nodes)
    if kinds.intersection(SCALARS) and not is_text:
        if any(unknown_in(node.value) for node in nodes):
            raise NotConstant  # An unknown string would make all of them strings.
        if bool in kinds and len(kinds) > 1:
            raise EvaluationError
    if len(kinds) < 2 or kinds == {int, float}:  # noqa: PLR2004
        return nodes
    if kinds.intersection({list, dict, Partial}):
        if kinds.intersection({*SCALARS, str}):
            raise EvaluationError
        return nodes
    return [
        with_value(node, scalar_text(node.value)) if type(node.value) in SCALARS else node
        for node in nodes
    ]


def _without_repeats(nodes: list[Node]) -> list[Data]:
    """Return each item once; an unknown item that may equal another one is open-ended."""
    found: list[Data] = []
    known: set[Data] = set()
    others: list[Node] = []
    comparisons = Comparisons()
    for node in _unified(nodes):
        value = node.value
        if type(value) is list or type(value) is dict or type(value) is Partial:
            if any(comparisons.equal(value, other) for other in others):
                continue
            others.append(node)
        else:
            if value in known:
                continue
            known.add(value)
        found.append(node)
    if len(found) > 1 and any(unknown_in(node.value) for node in found):
        return [_open_unless_distinct(node, found, comparisons) for node in found]
    return found


def _open_unless_distinct(node: Node, all_nodes: list[Node], comparisons: Comparisons) -> Node:
    """Return an unknown item as an open-ended one if it may equal one of the others."""
    value = node.value
    if type(value) is not Unknown and type(value) is not Unresolved:
        return node
    others = (other for other in all_nodes if other is not node)
    if len(all_nodes) <= _MOST_COMPARED and all(
        comparisons.equal(value, other.value) is False for other in others
    ):
        return node
    unknown = value if type(value) is Unknown else Unknown(label(value))
    return with_value(node, UnresolvedNames(unknown))


def _toset(node: Node) -> list[Data]:
    return _as_set(_maybe_items(node))


def _as_set(nodes: list[Node]) -> list[Data]:
    nodes = _unified(nodes)
    known = [node for node in nodes if not unknown_in(node.value)]
    rest = [node for node in nodes if unknown_in(node.value)]
    if all(type(node.value) is int or type(node.value) is float for node in known):
        known.sort(key=number)
    elif not any(type(node.value) in {list, dict, Partial, type(None)} for node in known):
        known.sort(key=lambda node: scalar_text(node.value))
    return _without_repeats([*known, *rest])


def _sort(node: Node) -> list[Data]:
    texts = [with_value(item, known_text(item)) for item in all_items(node)]
    return sorted(texts, key=known_text)


def _reverse(node: Node) -> list[Data]:
    return items(node)[::-1]


def _slice(node: Node, first: Node, last: Node) -> list[Data]:
    start, end = whole_number(first), whole_number(last)
    found = items(node)
    certain = next((i for i, item in enumerate(found) if is_open(item)), None)
    if certain is not None and end > certain:
        raise NotConstant
    if not 0 <= start <= end <= len(found):
        raise EvaluationError
    return list(found[start:end])


def _element(node: Node, index: Node) -> Data:
    place, found = whole_number(index), items(node)
    certain = next((i for i, item in enumerate(found) if is_open(item)), None)
    # The meaning of a negative index depends on the Terraform version.
    if place < 0 or (certain is not None and place >= certain):
        raise NotConstant
    if not found:
        raise EvaluationError
    return found[place] if certain is not None else found[place % len(found)]


def _contains(node: Node, wanted: Node) -> bool:
    if wanted.value is None:
        raise EvaluationError
    comparisons = Comparisons()
    answers = [None if is_open(item) else comparisons.equal(item, wanted) for item in items(node)]
    if True in answers:
        return True
    if None in answers:
        raise NotConstant
    return False


def _one(node: Node) -> Data:
    found = all_items(node)
    if len(found) > 1:
        raise EvaluationError
    return found[0] if found else None


def _coalesce(*nodes: Node) -> Node:
    for node in _of_one_type([node for node in nodes if node.value is not None]):
        value = node.value
        if type(value) is Unknown or (type(value) is Unresolved and not value.least_octets):
            raise NotConstant
        if value != "":
            return node
    raise EvaluationError


def _of_one_type(nodes: list[Node]) -> list[Node]:
    """Return values converted to one type; raises `NotConstant` if the type is unknown."""
    kinds = {type(node.value) for node in nodes}
    if kinds.intersection({list, dict, Partial}) and len(nodes) > 1:
        if kinds.intersection({*SCALARS, str}):
            raise EvaluationError
        raise NotConstant
    return _unified(nodes)


def _coalescelist(*nodes: Node) -> Node:
    for node in nodes:
        if node.value is not None and type(node.value) not in {list, Unknown}:
            raise EvaluationError
    for node in nodes:
        if node.value is None:
            continue
        found = items(node)
        if any(not is_open(item) for item in found):
            return node
        if found:
            raise NotConstant
    raise EvaluationError


def _list_of(node: Node, found: list[Node]) -> Node:
    return Node(found, node.source, node.start, node.end)


def _range(*nodes: Node) -> list[Data]:
    numbers = [number(node) for node in nodes]
    start, end = (0, numbers[0]) if len(numbers) == 1 else numbers[:2]
    step = numbers[2] if len(numbers) > 2 else (1 if start <= end else -1)  # noqa: PLR2004
    if not step or (end - start) * step < 0:
        raise EvaluationError
    if (end - start) / step > MAX_LIST_LENGTH:
        raise NotConstant
    found: list[Data] = []
    while (start < end) if step > 0 else (start > end):
        found.append(start)
        start += step
    return found


# Sets


def _setunion(*nodes: Node) -> list[Data]:
    return _as_set([item for node in nodes for item in _maybe_items(node)])


def _setsubtract(node: Node, other: Node) -> list[Data]:
    own, comparisons = _known_items(node), Comparisons()
    both = _unified([*own, *_known_items(other)])
    own, without = both[: len(own)], both[len(own) :]
    kept = [item for item in own if not any(comparisons.equal(item, each) for each in without)]
    return _as_set(kept)


def _known_items(node: Node) -> list[Node]:
    found = all_items(node)
    if any(unknown_in(item.value) for item in found):
        raise NotConstant
    return found


def _setproduct(*nodes: Node) -> list[Data]:
    lists = [all_items(node) for node in nodes]
    count = 1
    for each in lists:
        count *= len(each)
    if count > MAX_LIST_LENGTH:
        raise NotConstant
    found: list[list[Node]] = [[]]
    for each in lists:
        found = [[*row, item] for row in found for item in each]
    return [_list_of(nodes[0], row) for row in found]


# Maps


def _keys(node: Node) -> list[Data]:
    return sorted(entries(node))


def _values(node: Node) -> list[Data]:
    return [item for _, item in sorted(entries(node).items(), key=lambda entry: entry[0])]


def _lookup(node: Node, key: Node, *default: Node) -> Data:
    name, value = known_text(key), node.value
    if (type(value) is dict or type(value) is Partial) and name in value:
        return item_at_use(node, value[name])
    if name not in entries(node) and default:
        return default[0]
    raise EvaluationError


def _merge(*nodes: Node) -> Data:
    found: dict[str, Node] = {}
    is_partial = False
    for node in nodes:
        value = node.value
        if value is None:
            continue
        if type(value) is Unknown:
            # An unknown map may override any key before it.
            is_partial, found = True, {}
        elif type(value) is Partial:
            is_partial, found = True, {key: item_at_use(node, item) for key, item in value.items()}
        else:
            found |= entries(node)
    return Partial(found, "") if is_partial else found


def _zipmap(keys: Node, values: Node) -> dict[str, Data]:
    names, found = all_items(keys), all_items(values)
    if len(names) != len(found):
        raise EvaluationError
    return {known_text(name): value for name, value in zip(names, found, strict=True)}


def _tolist(node: Node) -> Node:
    if type(node.value) is list:
        return with_value(node, _unified(node.value))
    if type(node.value) is not Unknown and node.value is not None:
        raise EvaluationError
    return node


def _is_scalar(node: Node) -> bool:
    return type(node.value) not in {list, dict, Partial}


def _scalar_kinds(value: Data) -> set[type]:
    """Return the types of the scalars in a list or a map, at any depth."""
    nodes = value.values() if isinstance(value, dict) else value
    return {
        kind
        for node in nodes
        for kind in ({type(node.value)} if _is_scalar(node) else _scalar_kinds(node.value))
    }


def _tomap(node: Node) -> Node:
    value = node.value
    if type(value) is dict:
        if len(_scalar_kinds(value)) > 1 and not all(map(_is_scalar, value.values())):
            raise NotConstant  # The items of the lists and maps in it would be converted.
        return with_value(node, dict(zip(value, _unified([*value.values()]), strict=True)))
    if type(value) is list or not isinstance(value, dict | Unknown | None):
        raise EvaluationError
    return node


COLLECTION_FUNCTIONS: dict[str, Function] = {
    "coalesce": (1, None, _coalesce),
    "coalescelist": (1, None, _coalescelist),
    "compact": (1, 1, _compact),
    "concat": (1, None, _concat),
    "contains": (2, 2, _contains),
    "distinct": (1, 1, _distinct),
    "element": (2, 2, _element),
    "flatten": (1, 1, _flatten),
    "keys": (1, 1, _keys),
    "length": (1, 1, _length),
    "list": (0, None, _list),
    "lookup": (2, 3, _lookup),
    "map": (0, None, _map),
    "merge": (0, None, _merge),
    "one": (1, 1, _one),
    "range": (1, 3, _range),
    "reverse": (1, 1, _reverse),
    "setproduct": (2, None, _setproduct),
    "setsubtract": (2, 2, _setsubtract),
    "setunion": (1, None, _setunion),
    "slice": (3, 3, _slice),
    "sort": (1, 1, _sort),
    "tolist": (1, 1, _tolist),
    "tomap": (1, 1, _tomap),
    "toset": (1, 1, _toset),
    "values": (1, 1, _values),
    "zipmap": (2, 2, _zipmap),
}
