"""What the parameters of a template hold, under a set of answers to what its conditions ask."""

from __future__ import annotations

from acmrules.model.locations import Origin
from acmrules.readers.conditions import OpenCondition
from acmrules.regions import partition_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.cloudformation.template import Template
    from acmrules.readers.conditions import Question, State

_EQUALS = "equals"
_NATURALLY = {True: "holds", False: "does not hold"}


class ParameterValues:
    """A consistent set of parameter values.

    Asked beyond it, it raises `OpenCondition`, unless `assume_defaults`.

    A parameter that an answer forces away from its default has the value the answer gives it, or
    none that is known. An empty default stands for a value to be supplied, unless with `blanks`.
    """

    def __init__(
        self, template: Template, state: State, *, assume_defaults: bool, blanks: bool
    ) -> None:
        self._template = template
        self._given = dict(state)
        self._peeking = assume_defaults
        self._blanks = blanks
        self._equal: dict[str, str] = {}
        self._unequal: dict[str, set[str]] = {}
        self._loose: set[str] = set()
        for (kind, about, *names), answer in state:
            if kind != _EQUALS:
                if kind != _NATURALLY[answer]:
                    self._loose.update(names)
            elif answer:
                self._equal[about] = names[0]
            else:
                self._unequal.setdefault(about, set()).add(names[0])

    def is_fixed(self, name: str) -> bool:
        """Say whether the caller fixes a parameter."""
        return self._fixed(name) is not None

    def is_open(self, name: str) -> bool:
        """Say whether neither the caller nor an answer fixes a parameter."""
        return name not in self._equal and self._fixed(name) is None

    def value(self, name: str) -> tuple[str | None, Origin | None]:
        """Return what a parameter holds, as far as it is known, and where that comes from."""
        fixed = self._fixed(name)
        if fixed is not None:
            return fixed, Origin(None, f"value given for parameter `{name}`")
        default, value = self._default(name), None
        unequal = self._unequal.get(name, set())
        left = set(self._allowed(name)).difference(unequal)
        if name in self._equal:
            value = self._equal[name]
        elif name not in self._loose:
            if (default or (self._blanks and default is not None)) and default not in unequal:
                value = default
            elif unequal and len(left) == 1:
                value = left.pop()
        if value is None or value != default:
            return value, None
        return value, Origin(("Parameters", name, "Default"), f"default of parameter `{name}`")

    def is_equal(self, name: str, constant: str) -> bool:
        """Say whether a parameter holds a text, consistently with all other answers."""
        if name in self._equal:
            return self._equal[name] == constant
        unequal = self._unequal.get(name, set())
        allowed = set(self._allowed(name))
        if constant in unequal or (allowed and constant not in allowed):
            return False
        if allowed and not allowed.difference(unequal, (constant,)):
            return True
        return self._answer((_EQUALS, name, constant), self._default(name) == constant)

    def knows(self, comparison: str, names: Iterable[str]) -> bool | None:
        """Return the answer to any other comparison, if it was given."""
        for kind in _NATURALLY.values():
            answer = self._given.get((kind, comparison, *names))
            if answer is not None:
                return answer
        return None

    def hold(self, comparison: str, names: Iterable[str], *, natural: bool) -> bool:
        """Say whether any other comparison, one of these parameters, holds."""
        return self._answer((_NATURALLY[natural], comparison, *names), natural)

    def _answer(self, question: Question, natural: bool) -> bool:
        known = self._given.get(question)
        if known is None and not self._peeking:
            raise OpenCondition(question, natural)
        return natural if known is None else known

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
