"""The values of a template's parameters, with a set of answers to its conditions."""

from __future__ import annotations

from acmrules.model.locations import Origin
from acmrules.readers.conditions import OpenCondition
from acmrules.regions import partition_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.cloudformation.template import Template
    from acmrules.readers.conditions import Question, State

EQUALS = "equals"
"""The kind of a question whether a parameter equals a constant."""

_BY_DEFAULT = {True: "holds", False: "does not hold"}


class ParameterValues:
    """A consistent set of parameter values.

    A question without an answer raises `OpenCondition`, or with `assume_defaults`, gets its default
    answer. If an answer contradicts the default of a parameter, the parameter has the value of the
    answer, or an unknown one. An empty default means a value to be supplied, unless with `blanks`.
    """

    def __init__(
        self, template: Template, state: State, *, assume_defaults: bool, blanks: bool
    ) -> None:
        self._template = template
        self._answers = dict(state)
        self._assume_defaults = assume_defaults
        self._blanks = blanks
        self._equal: dict[str, str] = {}
        self._unequal: dict[str, set[str]] = {}
        self._changed: set[str] = set()
        for (kind, about, *names), answer in state:
            if kind != EQUALS:
                if kind != _BY_DEFAULT[answer]:
                    self._changed.update(names)
            elif answer:
                self._equal[about] = names[0]
            else:
                self._unequal.setdefault(about, set()).add(names[0])

    def is_fixed(self, name: str) -> bool:
        """Return whether the user gives the value of a parameter."""
        return self._fixed(name) is not None

    def is_open(self, name: str) -> bool:
        """Return whether neither the user nor an answer gives the value of a parameter."""
        return name not in self._equal and self._fixed(name) is None

    def value(self, name: str) -> tuple[str | None, Origin | None]:
        """Return the value of a parameter, `None` if it is unknown, and its origin."""
        declared = self._template.parameters.get(name)
        if declared is not None and declared.no_echo:
            return None, None  # Findings would show the value.
        fixed = self._fixed(name)
        if fixed is not None:
            return fixed, Origin(None, f"value given for parameter `{name}`")
        default, value = self._default(name), None
        unequal = self._unequal.get(name, set())
        remaining = set(self._allowed(name)).difference(unequal)
        if name in self._equal:
            value = self._equal[name]
        elif name not in self._changed:
            if (default or (self._blanks and default is not None)) and default not in unequal:
                value = default
            elif unequal and len(remaining) == 1:
                value = remaining.pop()
        if value is None or value != default:
            return value, None
        return value, Origin(("Parameters", name, "Default"), f"default of parameter `{name}`")

    def is_equal(self, name: str, constant: str) -> bool:
        """Return whether a parameter equals a constant, consistently with all other answers."""
        if name in self._equal:
            return self._equal[name] == constant
        unequal = self._unequal.get(name, set())
        allowed = set(self._allowed(name))
        if constant in unequal or (allowed and constant not in allowed):
            return False
        if allowed and not allowed.difference(unequal, (constant,)):
            return True
        return self._answer((EQUALS, name, constant), self._default(name) == constant)

    def choose(self, name: str, keys: Iterable[str], *, is_one: bool) -> str | None:
        """Return the key that a parameter equals, `None` for none of them or an unknown one.

        With `is_one`, it is one of them. Raises `OpenCondition`.
        """
        if name in self._equal:
            return self._equal[name] if self._equal[name] in keys else None
        unequal, allowed = self._unequal.get(name, set()), set(self._allowed(name))
        candidates = [key for key in keys if key not in unequal and (not allowed or key in allowed)]
        if not candidates or self._assume_defaults:
            return None
        if allowed and not allowed.difference(unequal, candidates[:1]):
            return candidates[0]
        is_certain = is_one and len(candidates) == 1
        answer = is_certain or self._default(name) == candidates[0]
        raise OpenCondition((EQUALS, name, candidates[0]), answer, certain=is_certain)

    def knows(self, comparison: str, names: Iterable[str]) -> bool | None:
        """Return the answer to any other comparison; `None` if there is none."""
        for kind in _BY_DEFAULT.values():
            answer = self._answers.get((kind, comparison, *names))
            if answer is not None:
                return answer
        return None

    def hold(self, comparison: str, names: Iterable[str], *, default: bool) -> bool:
        """Return whether any other comparison, with these parameters, is true."""
        return self._answer((_BY_DEFAULT[default], comparison, *names), default)

    def _answer(self, question: Question, default: bool) -> bool:
        known = self._answers.get(question)
        if known is None and not self._assume_defaults:
            raise OpenCondition(question, default)
        return default if known is None else known

    def _fixed(self, name: str) -> str | None:
        region = self._template.region
        if name == "AWS::Region":
            return region
        if name == "AWS::Partition" and region:
            return partition_of(region)
        declared = self._template.parameters.get(name)
        return (
            None if declared is None or declared.is_from_store else self._template.values.get(name)
        )

    def _default(self, name: str) -> str | None:
        declared = self._template.parameters.get(name)
        return None if declared is None or declared.is_from_store else declared.default

    def _allowed(self, name: str) -> tuple[str, ...]:
        declared = self._template.parameters.get(name)
        return declared.allowed if declared else ()
