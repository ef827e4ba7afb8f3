"""Points in time in a diagnosis."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.times import later, midnight, whole_days, written

times = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14))]))


def test_a_date_begins_at_midnight():
    """The first moment of a date is that in UTC."""
    assert midnight(date(2026, 3, 1)) == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_time_out_of_the_calendar_is_unknown():
    """The calendar ends with the year 9999."""
    assert later(datetime(9999, 12, 31, tzinfo=UTC), hours=72) is None
    assert later(None, hours=72) is None
    assert later(datetime(2026, 1, 1, tzinfo=UTC), hours=72) == datetime(2026, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (23, 0), (24, 1), (-1, 0), (-25, -1)])
def test_days_are_whole(hours, days):
    """A day that is not over does not count, before or after."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert whole_days(now, now + timedelta(hours=hours)) == days


@given(times)
def test_any_time_is_written(time):
    """A sentence has the time in UTC, and to the minute."""
    assert written(time)[4:].count("-") >= 1
    assert written(time) == written(time.replace(second=0, microsecond=0))
