"""The public strategies of dates and of other arguments keep their promises."""

from datetime import date, timedelta

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from acmrules.caa import CaaRecord
from acmrules.facts import facts_in_code
from acmrules.facts.fact import LAUNCH
from acmrules.limits import Quotas
from acmrules.lint import check
from acmrules.planner.plan import plan
from acmrules.request import CertificateRequest
from acmrules.strategies import (
    caa_records,
    consumers,
    dates,
    demands,
    plan_policies,
    quotas,
    timelines,
    unresolved,
)

STARTS = {era.start for fact in facts_in_code() for era in fact.history}


@given(dates(), dates(around=0), dates(around=30))
def test_dates_are_close_to_changes(near, exact, wide):
    """A rule accepts each of them, since none is before the launch of ACM."""
    check(CertificateRequest.of(["example.com"]), as_of=near, settings={})
    assert min(near, exact, wide) >= LAUNCH


@pytest.mark.parametrize("start", sorted(day for day in STARTS if day > LAUNCH), ids=str)
def test_every_change_of_a_fact_is_drawn(start):
    """With the day before."""
    for day in (start - timedelta(1), start):
        assert find(dates(), lambda drawn, day=day: drawn == day) == day


def test_the_simplest_date_is_the_launch():
    """Later dates are the days around one change."""
    assert find(dates(), lambda _: True) == LAUNCH
    assert find(dates(), lambda day: day >= date(2026, 3, 15)) in {*STARTS}


@given(timelines(), quotas(), unresolved())
def test_values_are_valid(timeline, limits, partial):
    """Eras ascend, quotas are at least the default ones, and something is unknown."""
    assert [era.start for era in timeline] == sorted(era.start for era in timeline)
    assert limits.names >= Quotas().names
    assert partial.unknowns


@given(st.lists(demands(), max_size=3), plan_policies())
def test_demands_and_policies_are_arguments_of_plans(wanted, policy):
    """A plan has certificates for the hosts, or a reason for those that it omits."""
    made = plan(demands=wanted, policy=policy)
    assert bool(wanted) <= bool(made.certificates or made.refused)


@given(consumers(), caa_records())
def test_consumers_and_records_are_checked(consumer, record):
    """They are arguments of functions of the library."""
    check(CertificateRequest.of(["example.com"]), consumers=(consumer,), settings={})
    assert CaaRecord.parse(str(record)) == record
