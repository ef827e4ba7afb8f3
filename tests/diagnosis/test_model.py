"""A diagnosis collects what its obstacles contain."""

from hypothesis import given
from tests.support.existing import DESCRIBE, NAME, NOW, WWW, certificate, in_days
from tests.support.values import values

from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    Diagnosis,
    NameDiagnosis,
    Obstacle,
    RecordAction,
    RecordChange,
    State,
)

CHANGE = RecordChange(RecordAction.PUBLISH, "_a.brightharbor.io", "CNAME", ("_b.example",))
OPEN = Obstacle(Cause.NOT_LOOKED_UP, Certainty.OPEN, Actor.YOU, "open", commands=(DESCRIBE,))
MISSING = Obstacle(
    Cause.RECORD_MISSING,
    Certainty.CERTAIN,
    Actor.YOU,
    "missing",
    changes=(CHANGE,),
    commands=("x",),
)


def diagnosis(*obstacles, **fields):
    """Return a diagnosis whose names both have the obstacles."""
    names = (NameDiagnosis(NAME, False, obstacles), NameDiagnosis(WWW, False, obstacles))
    return Diagnosis(certificate(), NOW, State.UNKNOWN, None, "unknown", names=names, **fields)


def test_the_commands_are_those_of_open_causes():
    """A command that settles an open cause is there once; those of remedies are not."""
    assert diagnosis(OPEN, MISSING).commands == (DESCRIBE,)


def test_the_changes_are_those_of_all_remedies():
    """A change is there once, such as that of a name and its wildcard."""
    assert diagnosis(OPEN, MISSING).changes == (CHANGE,)


def test_the_next_deadline_is_the_first():
    """Deadlines are in order of time."""
    deadlines = (Deadline(in_days(1), "first"), Deadline(in_days(2), "second"))
    assert diagnosis(deadlines=deadlines).deadline == deadlines[0]
    assert diagnosis().deadline is None


@given(values(Diagnosis))
def test_all_obstacles_are_those_of_the_certificate_and_its_names(found):
    """No obstacle is lost."""
    assert found.all_obstacles[: len(found.obstacles)] == found.obstacles
    rest = [each for name in found.names for each in name.obstacles]
    assert [*found.all_obstacles[len(found.obstacles) :]] == rest


def test_states_are_declared_from_the_worst_to_the_best():
    """Reports show the worst certificates first."""
    assert [each.value for each in State] == [
        *("broken", "waiting for you", "unknown", "waiting for AWS", "fine")
    ]
