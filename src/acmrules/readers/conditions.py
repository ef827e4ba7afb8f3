"""A file's conditions, followed into every branch that can come true.

A reader answers the questions of a file from a state. A question that the state leaves open raises
`OpenCondition`, and reading goes on once for either answer.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from acmrules.model.declaration import Variant

    Question = tuple[str, ...]
    """What a file asks, such as whether a parameter has a value; equal tuples ask the same."""

    State = frozenset[tuple[Question, bool]]
    """The answers given so far, consistent with each other."""

    Build = Callable[[State], Mapping[str, Variant]]
    """What reads the variants of a document in a state, by the instance each belongs to."""

ROOT: State = frozenset()
"""Nothing is answered."""

_MOST_FOUND = 16
_MOST_STATES = 256
_JUDGED = (
    *(
        "request",
        "imported",
        "issued",
        "consumers",
        "zones",
        "caa",
        "records",
        "all_consumers_known",
    ),
)


class OpenCondition(Exception):  # noqa: N818  (a way that parts, no error)
    """A question that the answers leave open, and the answer if nobody changes a default."""

    def __init__(self, question: Question, natural: bool) -> None:
        super().__init__(question, natural)
        self.question = question
        self.natural = natural


def enumerate_variants(build: Build) -> tuple[dict[str, list[tuple[State, Variant]]], bool]:
    """Return the variants of each instance that differ, and whether these are all.

    What comes true if nobody changes a default stands first.
    """
    found: dict[str, list[tuple[State, Variant]]] = {}
    pending = [ROOT]
    states = 0
    for _ in range(_MOST_STATES):
        if not pending or states == _MOST_FOUND:
            break
        state = pending.pop()
        try:
            variants = build(state)
        except OpenCondition as fork:
            pending.append(state | {(fork.question, not fork.natural)})
            pending.append(state | {(fork.question, fork.natural)})
            continue
        is_new = False
        for instance, variant in variants.items():
            others = found.setdefault(instance, [])
            if not any(_say_the_same(variant, other) for _, other in others):
                others.append((state, variant))
                is_new = True
        states += is_new
    return found, not pending


def _say_the_same(one: Variant, other: Variant) -> bool:
    return all(getattr(one, field) == getattr(other, field) for field in _JUDGED)
