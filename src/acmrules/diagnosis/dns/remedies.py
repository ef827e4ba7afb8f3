"""Obstacles whose remedy is a change of records."""

from __future__ import annotations

from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts.fact import Fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.diagnosis.model import RecordChange


def yours(
    cause: Cause,
    text: str,
    proof: str,
    remedy: str,
    changes: tuple[RecordChange, ...],
    fact: Fact[Any],
    certainty: Certainty = Certainty.CERTAIN,
) -> Obstacle:
    """Return an obstacle that you have to remove."""
    return Obstacle(cause, certainty, Actor.YOU, text, proof, remedy, changes, source=fact.source)
