"""The cases of DNS that hold a certificate up, served from memory."""

import pytest
from tests.diagnosis.dns.rows import ROWS

from acmrules.diagnosis import Actor, Certainty, diagnose

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


def obstacles(row, world):
    """Return the obstacles of all names after everything was looked up."""
    answers = world.answers([row.certificate], row.hosted)
    found = diagnose(row.certificate, answers, as_of=row.as_of)
    return [each for name in found.names for each in name.obstacles]


def test_each_row_has_its_own_name():
    """The name identifies the row in the tests that serve it."""
    assert len({row.id for row in ROWS}) == len(ROWS)


@each_row
def test_the_diagnosis_names_the_cause(row):
    """The cause and how certain it is."""
    found = [(each.cause, each.certainty) for each in obstacles(row, row.world)]
    assert found == [*row.causes], row.says


@each_row
def test_the_remedy_is_the_exact_records(row):
    """The records to publish, change or remove, and the zone to edit."""
    changes = [change for each in obstacles(row, row.world) for change in each.changes]
    assert list(dict.fromkeys(changes)) == [*row.changes], row.says


@each_row
def test_the_remedy_mends_what_is_wrong(row):
    """After the changes, the same questions find nothing that you have to do."""
    world = row.world
    for change in row.changes:
        world = world.apply(change)
    left = [each.cause for each in obstacles(row, world) if each.actor is Actor.YOU]
    assert bool(left) is not row.is_mendable, left


@each_row
def test_each_obstacle_has_a_proof_a_remedy_and_a_source(row):
    """An obstacle that is not open quotes what the input shows."""
    for each in obstacles(row, row.world):
        assert each.text
        assert each.remedy
        assert each.source
        assert each.proof or each.certainty is Certainty.OPEN
        assert not each.text.endswith(".")
