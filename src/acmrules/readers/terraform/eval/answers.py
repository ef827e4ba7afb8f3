"""Answers to conditions that follow from other answers.

A condition compares values that are unknown with literals. An answer follows if the condition has
the same result for all values that agree with the answers before it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, product

from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.hcl import native
from acmrules.syntax.source import InputError, Source
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeGuard

    from acmrules.syntax.hcl.ast import Expression

    Assignment = Mapping[str, object]
    """A value for each unknown expression."""

_MAX_ASSIGNMENTS = 2_000
_BOOLEANS = {True: True, False: False, "true": True, "false": False}
_LENGTH = "length("


class _Condition(Value):
    """A condition: its unknown expressions, the literals in it, and its result for an assignment.

    `result` raises `TypeError` for values that Terraform would reject.
    """

    unknowns: tuple[str, ...]
    literals: tuple[object, ...]
    result: Callable[[Assignment], bool]


def implied(label: str, answers: Mapping[str, bool]) -> bool | None:
    """Return the answer to a condition that others imply, `None` if they leave it open.

    >>> implied('var.x == "b"', {'var.x == "a"': True})
    False
    >>> implied('var.x == "b"', {'contains(["a", "b"], var.x)': True, 'var.x == "a"': False})
    True
    """
    wanted = _condition(label)
    if wanted is None:
        return None
    given = _connected(wanted, answers)
    if not given:
        return None
    conditions = [wanted, *(condition for condition, _ in given)]
    found = set[bool]()
    for assignment in _assignments(conditions):
        try:
            if all(condition.result(assignment) is answer for condition, answer in given):
                found.add(wanted.result(assignment))
        except TypeError:
            continue
        if len(found) > 1:
            return None
    return found.pop() if found else None


def _connected(wanted: _Condition, answers: Mapping[str, bool]) -> list[tuple[_Condition, bool]]:
    """Return the answered conditions that share unknown expressions, directly or indirectly."""
    rest = [
        (condition, answer)
        for label, answer in answers.items()
        if (condition := _condition(label)) is not None
    ]
    unknowns = {*wanted.unknowns}
    found: list[tuple[_Condition, bool]] = []
    while True:
        near = [pair for pair in rest if not unknowns.isdisjoint(pair[0].unknowns)]
        if not near:
            return found
        found += near
        rest = [pair for pair in rest if pair not in near]
        unknowns.update(*(condition.unknowns for condition, _ in near))


def _assignments(conditions: Iterable[_Condition]) -> Iterator[Assignment]:
    """Yield assignments among which there is one for each combination of results.

    Yield none if there are too many.
    """
    literals = [literal for condition in conditions for literal in condition.literals]
    unknowns = [*dict.fromkeys(name for condition in conditions for name in condition.unknowns)]
    candidates = [_candidates(name, literals, len(unknowns)) for name in unknowns]
    total = 1
    for values in candidates:
        total *= len(values)
    if total <= _MAX_ASSIGNMENTS:
        for chosen in product(*candidates):
            yield dict(zip(unknowns, chosen, strict=True))


def _candidates(name: str, literals: list[object], others: int) -> list[object]:
    """Return the literals, numbers between them, booleans, and values different from all."""
    numbers = sorted({each for each in literals if _is_number(each)})
    if name.startswith(_LENGTH):
        whole = {0, *(int(each) + step for each in numbers for step in (-1, 0, 1, 2))}
        return [each for each in sorted(whole) if each >= 0]
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    ends = [numbers[0] - 1, numbers[-1] + 1] if numbers else []
    known = (*literals, *between, *ends, *_BOOLEANS)
    distinct = dict.fromkeys((type(each), each) for each in known)
    return [*(each for _, each in distinct), *map(_Other, range(others))]


def _is_number(value: object) -> TypeGuard[float]:
    return type(value) in {int, float}


class _Other(Value):
    """A value that differs from all literals."""

    number: int


@lru_cache(maxsize=1_000)
def _condition(label: str) -> _Condition | None:
    """Return a condition by its label, `None` if its results cannot be computed."""
    try:
        expression = native.expression(Source("", label))
    except InputError:
        return None
    if isinstance(expression, hcl.Operation) and len(expression.operands) == 2:  # noqa: PLR2004
        return _comparison(expression.operator, *expression.operands)
    if isinstance(expression, hcl.Call) and expression.function == "contains":
        return _membership(expression)
    name = _unknown(expression)
    return _Condition((name,), (), lambda values: _boolean(values[name])) if name else None


def _comparison(operator: str, one: Expression, other: Expression) -> _Condition | None:
    compare = _COMPARISONS.get(operator)
    first, second = _side(one), _side(other)
    if compare is None or first is None or second is None:
        return None
    unknowns = tuple(side.name for side in (first, second) if side.name)
    literals = tuple(side.literal for side in (first, second) if not side.name)
    return _Condition(
        unknowns, literals, lambda values: compare(first.value(values), second.value(values))
    )


def _membership(call: hcl.Call) -> _Condition | None:
    if len(call.arguments) != 2 or call.spread:  # noqa: PLR2004
        return None
    listed, item = call.arguments
    name = _unknown(item)
    if name is None or not isinstance(listed, hcl.Tuple):
        return None
    literals = tuple(each.value for each in listed.items if isinstance(each, hcl.Literal))
    if len(literals) < len(listed.items):
        return None
    return _Condition(
        (name,),
        literals,
        lambda values: any(_equal(values[name], literal) for literal in literals),
    )


class _Side(Value):
    """An operand: the text of an unknown expression, or a literal."""

    name: str
    literal: object = None

    def value(self, values: Assignment) -> object:
        """Return the value of the operand."""
        return values[self.name] if self.name else self.literal


def _side(expression: Expression) -> _Side | None:
    if isinstance(expression, hcl.Literal):
        return _Side("", expression.value)
    name = _unknown(expression)
    return _Side(name) if name else None


def _unknown(expression: Expression) -> str | None:
    """Return the text of an expression that is one unknown value."""
    if isinstance(expression, hcl.Reference | hcl.Index | hcl.Attribute | hcl.Call):
        return expression.written
    return None


def _boolean(value: object) -> bool:
    if type(value) in {bool, str} and value in _BOOLEANS:
        return _BOOLEANS[value]
    raise TypeError


def _equal(one: object, other: object) -> bool:
    kinds = {type(one), type(other)}
    return one == other and (len(kinds) == 1 or kinds == {int, float})


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[object, object], bool]:
    def compare_numbers(one: object, other: object) -> bool:
        if _is_number(one) and _is_number(other):
            return compare(one, other)
        raise TypeError

    return compare_numbers


_COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "==": _equal,
    "<": _ordered(lambda one, other: one < other),
    ">": _ordered(lambda one, other: one > other),
}
