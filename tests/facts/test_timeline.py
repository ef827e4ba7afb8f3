import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from tests.support.strategies import days

from acmrules.facts.timeline import Citation, Era, Timeline
from acmrules.strategies import timelines

SAYS = Citation("a source", "https://example.com/", date(2026, 11, 23))
A_DAY = timedelta(days=1)


class TestLaws:
    """What is true of every timeline."""

    @given(timelines(), days())
    def test_a_day_lies_in_exactly_one_era_from_the_first_on(self, timeline, day):
        """Each day from the first era on is in exactly one era."""
        neighbors = [
            era
            for era in timeline
            if era.start <= day and (timeline.end(era) is None or day < timeline.end(era))
        ]
        expected = [] if day < timeline.eras[0].start else [timeline.era(day)]
        assert neighbors == expected

    @given(timelines(), days())
    def test_the_value_of_a_day_is_that_of_its_era(self, timeline, day):
        """A day before the first era has no value."""
        era = timeline.era(day)
        assert timeline.at(day) == (None if era is None else era.value)

    @given(timelines(), days())
    def test_values_change_only_where_an_era_begins(self, timeline, day):
        """Two days in a row have the same value, unless an era begins on the second."""
        starts = {era.start for era in timeline}
        assert day + A_DAY in starts or timeline.at(day) == timeline.at(day + A_DAY)

    @given(timelines())
    def test_an_era_ends_where_the_next_begins(self, timeline):
        """An era ends on the start of the next one, and the last era has no end."""
        starts = [era.start for era in timeline]
        assert [timeline.end(era) for era in timeline] == [*starts[1:], None]

    @given(timelines())
    def test_a_timeline_survives_pickling(self, timeline):
        """A pickled timeline is equal."""
        assert pickle.loads(pickle.dumps(timeline)) == timeline


def test_a_timeline_needs_an_era():
    """A timeline without an era raises an error."""
    with pytest.raises(ValueError, match="a timeline needs at least one era"):
        Timeline()


@pytest.mark.parametrize("second", [date(2020, 1, 1), date(2019, 12, 31)])
def test_eras_ascend(second):
    """Eras that begin on the same day, or in the wrong order, are rejected."""
    with pytest.raises(ValueError, match="eras out of order: 2020-01-01, then"):
        Timeline(Era(date(2020, 1, 1), 1, SAYS), Era(second, 2, SAYS))


def test_an_era_begins_on_its_first_day():
    """The first day belongs to the era, and the day before to the previous one."""
    timeline = Timeline(Era(date(2018, 3, 1), 825, SAYS), Era(date(2020, 9, 1), 398, SAYS))
    assert timeline.at(date(2018, 2, 28)) is None
    assert timeline.at(date(2018, 3, 1)) == 825
    assert timeline.at(date(2020, 8, 31)) == 825
    assert timeline.at(date(2020, 9, 1)) == 398


def test_an_era_began_on_its_day_unless_it_was_only_seen():
    """An era begins on its first day, or is marked as seen on that day."""
    assert Era(date(2020, 9, 1), 398, SAYS).seen is False
