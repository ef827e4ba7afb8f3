"""One aspect of a certificate, and how aspects combine."""

from __future__ import annotations

from acmrules.diagnosis.model import Actor, Deadline, Obstacle, State
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ACTORS = {
    State.BROKEN: Actor.YOU,
    State.WAITING_FOR_YOU: Actor.YOU,
    State.UNKNOWN: None,
    State.WAITING_FOR_AWS: Actor.AWS,
    State.FINE: Actor.NOBODY,
}
"""Who has to act next in each state."""

_RANK = {state: rank for rank, state in enumerate(State)}


class Aspect(Value):
    """What one aspect of a certificate shows: its validation, its renewal, its expiry.

    `state` is `None` if the aspect does not decide. An obstacle of an aspect that is fine is
    something to know, and not something that blocks.
    """

    state: State | None = None
    title: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


NONE = Aspect()
"""An aspect that shows nothing."""


def worst(aspects: Iterable[Aspect]) -> Aspect:
    """Return the first aspect with the worst state; one without a state is better than any."""
    return min(aspects, key=lambda aspect: _RANK.get(aspect.state, len(_RANK)))  # type: ignore[arg-type]
