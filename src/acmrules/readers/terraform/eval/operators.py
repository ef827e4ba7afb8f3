"""Terraform's operators, for values that may be partly known."""

from __future__ import annotations

from acmrules.readers.terraform.eval.values import (
    Comparisons,
    EvaluationError,
    NotConstant,
    boolean,
    label,
    number,
    unknown_in,
)
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.readers.evaluated import Node
    from acmrules.syntax.tree import Data

_LARGEST_NUMBER = 10**100


def operate(operator: str, operands: list[Node]) -> Data:
    """Return the result of an operator; raises `NotConstant` and `EvaluationError`."""
    try:
        found: Data = _OPERATORS[operator](*operands)
    except ZeroDivisionError:
        raise EvaluationError from None
    return found


def operation_label(operator: str, operands: list[Node]) -> str:
    """Return an operation as a label; equivalent operations have equal labels."""
    if operator in _NEGATED:
        return f"!({operation_label(_NEGATED[operator], operands)})"
    known = [not unknown_in(operand.value) for operand in operands]
    if operator == "==" and known == [True, False]:
        operands = [operands[1], operands[0]]
    sides = [_parenthesized(operand) for operand in operands]
    return f" {operator} ".join(sides) if len(sides) > 1 else operator + sides[0]


def _parenthesized(node: Node) -> str:
    found = label(node.value)
    return f"({found})" if type(node.value) is Unknown and " " in found else found


def _equal(one: Node, other: Node) -> bool:
    found = Comparisons().equal(one, other)
    if found is None:
        raise NotConstant
    return found


def _both(one: Node, other: Node) -> Data:
    return _either(one, other, decisive=False)


def _either(one: Node, other: Node, *, decisive: bool = True) -> Data:
    """Return `||` of two booleans, or `&&` if `decisive` is false; one value may be unknown."""
    known: list[bool] = []
    for node in (one, other):
        try:
            known.append(boolean(node))
        except NotConstant:
            rest = node
    if decisive in known:
        return decisive
    if not known:
        raise NotConstant
    return not decisive if len(known) == 2 else rest.value  # noqa: PLR2004


def _limited(found: float) -> int | float:
    if abs(found) > _LARGEST_NUMBER:
        raise NotConstant
    return int(found) if found == int(found) else found


def _remainder(one: float, other: float) -> float:
    """Return the remainder of a division, with the sign of the dividend."""
    found = abs(one) % abs(other)
    return -found if one < 0 else found


_OPERATORS: dict[str, Callable[..., Data]] = {
    "!": lambda one: not boolean(one),
    "&&": _both,
    "||": _either,
    "==": _equal,
    "!=": lambda one, other: not _equal(one, other),
    "<": lambda one, other: number(one) < number(other),
    ">": lambda one, other: number(one) > number(other),
    "<=": lambda one, other: number(one) <= number(other),
    ">=": lambda one, other: number(one) >= number(other),
    "+": lambda one, other: _limited(number(one) + number(other)),
    "-": lambda one, other=None: _limited(
        -number(one) if other is None else number(one) - number(other)
    ),
    "*": lambda one, other: _limited(number(one) * number(other)),
    "/": lambda one, other: _limited(number(one) / number(other)),
    "%": lambda one, other: _limited(_remainder(number(one), number(other))),
}
_NEGATED = {"!=": "==", "<=": ">", ">=": "<"}
