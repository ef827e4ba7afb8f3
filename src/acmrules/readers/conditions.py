"""The variants of a declaration: its values under every possible result of its conditions.

A reader evaluates conditions with the answers in a state. A question without an answer raises
`OpenCondition`, and the declaration is read again with each of the two answers.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from acmrules.model.declaration import Variant

    Question = tuple[str, ...]
    """A question such as whether a parameter has a value; equal tuples are the same question."""

    State = frozenset[tuple[Question, bool]]
    """A consistent set of answers."""

    Build = Callable[[State], Mapping[str, Variant]]
    """A function that reads the variants of a declaration in a state, by instance."""

ROOT: State = frozenset()
"""The state without answers."""

INDEPENDENT: State = frozenset({(("", "independent"), True)})
"""The state without answers in which no answer follows from others."""

_MOST_FOUND = 16
_MOST_STATES = 256
_COMPARED = (
    *("request", "imported", "issued", "consumers", "zones", "caa", "records", "created"),
    *("may_create_more", "all_consumers_known", "dns_validation", "validations", "sources"),
    *("acme", "distribution", "zone_records", "signed"),
)


class OpenCondition(Exception):  # noqa: N818  (not an error)
    """A question without an answer in the state, and its answer under the default values.

    If it is `certain`, the other answer is not considered.
    """

    def __init__(self, question: Question, default: bool, *, certain: bool = False) -> None:
        super().__init__(question, default)
        self.question = question
        self.default = default
        self.certain = certain


def enumerate_variants(
    build: Build, begin: State = ROOT
) -> tuple[dict[str, list[tuple[State, Variant]]], bool]:
    """Return the different variants of each instance, and whether the list is complete.

    The variant under the default values comes first.
    """
    found: dict[str, list[tuple[State, Variant]]] = {}
    pending = [begin]
    states = 0
    for _ in range(_MOST_STATES):
        if not pending or states == _MOST_FOUND:
            break
        state = pending.pop()
        try:
            variants = build(state)
        except OpenCondition as condition:
            if not condition.certain:
                pending.append(state | {(condition.question, not condition.default)})
            pending.append(state | {(condition.question, condition.default)})
            continue
        is_new = False
        for instance, variant in variants.items():
            others = found.setdefault(instance, [])
            if not any(are_equivalent(variant, other) for _, other in others):
                others.append((state, variant))
                is_new = True
        states += is_new
    return found, not pending


def are_equivalent(one: Variant, other: Variant) -> bool:
    """Return whether two variants differ at most in their conditions and locations."""
    return all(getattr(one, field) == getattr(other, field) for field in _COMPARED)
