"""The dates of a suppression."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from acmrules.lint.suppressions.model import Suppression


@given(st.dates(), st.dates())
def test_a_suppression_applies_until_its_last_day(until, day):
    """Without a last day, it always applies; if it is malformed, it never applies."""
    assert Suppression("x", until=until).counts(day) is (day <= until)
    assert Suppression("x").counts(day)
    assert not Suppression("x", until=date.max, fault="y").counts(day)
