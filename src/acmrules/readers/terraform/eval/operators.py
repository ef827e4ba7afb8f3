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
from acmrules.syntax.numbers import LARGEST, is_exact, is_printable
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from acmrules.readers.evaluated import Node
    from acmrules.syntax.tree import Data


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


def _calculated(operator: str, one: Node, other: Node) -> int | float:
    """Return the exact result of an operation; raises `NotConstant` if it would be rounded."""
    first, second = number(one), number(other)
    if type(first) is int and type(second) is int and operator in _WHOLE:
        return _limited(_WHOLE[operator](first, second))
    from fractions import Fraction

    if not (is_exact(first) and is_exact(second)):
        raise NotConstant
    sides = Fraction(first), Fraction(second)
    if operator == "%":
        found = abs(sides[0]) % abs(sides[1])
        found = -found if sides[0] < 0 else found
    else:
        found = sides[0] / sides[1] if operator == "/" else _WHOLE[operator](*sides)
    if found.denominator == 1:
        return _limited(found.numerator)
    result = float(found)
    if found != Fraction(result) or not is_exact(result) or not is_printable(result):
        raise NotConstant
    return result


def _limited(found: int) -> int:
    if abs(found) > LARGEST:
        raise NotConstant
    return found


def _negative(one: Node) -> int | float:
    found = number(one)
    if not found:
        raise NotConstant  # Terraform prints a sign.
    return -found


_WHOLE: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
}

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
    "+": lambda one, other: _calculated("+", one, other),
    "-": lambda one, other=None: _negative(one) if other is None else _calculated("-", one, other),
    "*": lambda one, other: _calculated("*", one, other),
    "/": lambda one, other: _calculated("/", one, other),
    "%": lambda one, other: _calculated("%", one, other),
}
_NEGATED = {"!=": "==", "<=": ">", ">=": "<"}
