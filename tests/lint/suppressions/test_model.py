"""The scope and the dates of a suppression."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from acmrules.lint.suppressions.model import Suppression
from acmrules.model.declaration import Location
from acmrules.syntax.source import Source

TEXT = "".join(f"{line}\n" for line in range(9))
SOURCE = Source("a.yaml", TEXT)
OFFSETS = st.integers(0, len(TEXT))


@given(OFFSETS, OFFSETS, OFFSETS)
def test_a_suppression_covers_the_positions_in_its_scope(start, end, place):
    """The scope includes its start, excludes its end, and applies to its own file only."""
    some = Suppression("x", scope=Location(SOURCE, start, end))
    assert some.covers(Location(SOURCE, place, place)) is (start <= place < end)
    assert not some.covers(Location(Source("b.yaml", TEXT), place, place))


def test_a_suppression_without_a_scope_covers_nothing():
    """It does not belong to a file."""
    assert not Suppression("x").covers(Location(SOURCE, 0, 1))


@given(st.dates(), st.dates())
def test_a_suppression_applies_until_its_last_day(until, day):
    """Without a last day, it always applies; if it is malformed, it never applies."""
    assert Suppression("x", until=until).counts(day) is (day <= until)
    assert Suppression("x").counts(day)
    assert not Suppression("x", until=date.max, fault="y").counts(day)
