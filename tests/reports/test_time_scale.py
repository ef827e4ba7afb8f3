"""The time scale of pictures: positions, flags and ticks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.pictures import Picture

from acmrules.reports import svg, time_scale
from acmrules.reports.time_scale import TimeScale

FIRST, LAST = date(2026, 11, 29), date(2029, 4, 1)
SCALE = TimeScale(FIRST, LAST, 20, 640)
days = st.dates(FIRST, LAST)


@given(days, days)
def test_positions_are_proportional_to_days(one, other):
    """The distance of two positions is that of the dates."""
    per_day = 620 / (LAST - FIRST).days
    distance = SCALE.at(other) - SCALE.at(one)
    assert distance == pytest.approx((other - one).days * per_day)
    assert (SCALE.at(FIRST), SCALE.at(LAST)) == (20, 640)


def test_a_scale_of_one_date_has_a_position():
    """If the first date is the last one, it is at the left end."""
    assert TimeScale(FIRST, FIRST, 20, 640).at(FIRST) == 20


@given(st.lists(days, max_size=40))
def test_flags_do_not_overlap(found):
    """Each flag has a lane of its own, or is far enough from the next one."""
    flags = time_scale.flags(SCALE, found)
    height = time_scale.height_of(flags)
    body = time_scale.poles(flags, 10 + height, 30 + height, {FIRST})
    Picture(svg.drawing(760, 40 + height, "Flags", body)).check_layout()


def test_strong_dates_are_bold():
    """Only the dates that a picture stresses are bold and dark."""
    flags = time_scale.flags(SCALE, [FIRST, LAST])
    drawn = [text for text in time_scale.poles(flags, 30, 60, {FIRST}) if "20" in text]
    strong = {day: " bold" in text for day in (FIRST, LAST) for text in drawn if f">{day}<" in text}
    assert strong == {FIRST: True, LAST: False}


def test_the_first_and_the_last_date_have_flags():
    """If there are too many dates, those at both ends remain."""
    close = [FIRST + timedelta(number) for number in range(100)]
    shown = {flag.day for flag in time_scale.flags(SCALE, close)}
    assert {FIRST, LAST} < shown
    assert len(shown) < 10


@pytest.mark.parametrize("last", [FIRST + timedelta(1), LAST, date(2100, 1, 1), date(9999, 1, 1)])
def test_the_labels_of_an_axis_do_not_overlap(last):
    """A narrow axis has fewer labels."""
    for right in (120, 300, 640):
        axis = time_scale.axis(TimeScale(FIRST, last, 40, right), 10)
        Picture(svg.drawing(760, 60, "Axis", axis)).check_layout()


def test_ticks_are_months_or_years():
    """A short scale has months, and a long one has years."""
    assert time_scale.ticks(SCALE)[0] == (date(2027, 1, 1), "2027-01")
    years = time_scale.ticks(TimeScale(FIRST, date(2036, 1, 1), 0, 1))
    assert [label for _, label in years] == ["2028", "2030", "2032", "2034", "2036"]
