"""What a file says may be as it is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from acmrules.lint.suppressions.model import Suppression
from acmrules.syntax.source import Position, Range, Source

TEXT = "".join(f"{line}\n" for line in range(9))
SOURCE = Source("a.yaml", TEXT)
OFFSETS = st.integers(0, len(TEXT))


@given(OFFSETS, OFFSETS, OFFSETS)
def test_it_covers_what_begins_in_its_scope(start, end, place):
    """From its start up to, not including, its end; in its own file alone."""
    scope = Range(SOURCE.position(start), SOURCE.position(end))
    some = Suppression("x", source=SOURCE, scope=scope)
    assert some.covers("a.yaml", SOURCE.position(place)) is (start <= place < end)
    assert not some.covers("b.yaml", SOURCE.position(place))


def test_without_a_scope_it_covers_nothing():
    """It was read from no file."""
    assert not Suppression("x").covers("a.yaml", Position(1, 1))


@given(st.dates(), st.dates())
def test_it_counts_to_its_last_day(until, day):
    """Without one for ever, and never with a fault."""
    assert Suppression("x", until=until).counts(day) is (day <= until)
    assert Suppression("x").counts(day)
    assert not Suppression("x", until=date.max, fault="y").counts(day)
