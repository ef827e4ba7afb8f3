"""Strategies for dates on eras, timelines, and the other arguments of the library."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from string import ascii_letters

from hypothesis import strategies as st

from acmrules.caa import CaaRecord
from acmrules.facts import facts_in_code
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.facts.timeline import Citation, Era, Timeline
from acmrules.limits import Quotas
from acmrules.lint.rules import CATALOGUE
from acmrules.planner.demands import Demand, PlanPolicy
from acmrules.resources import CertificateReference, Consumer
from acmrules.services import SERVICES
from acmrules.strategies.names import domain_names, names, related_names
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_REGIONS = ("us-east-1", "eu-west-1", "ap-southeast-2")


def dates(*, around: int = 1) -> SearchStrategy[date]:
    """Draw the dates on which a fact or a rule changes, and up to `around` days before and after.

    None is before ACM launched, because no rule applies then.
    """
    days = sorted(range(-around, around + 1), key=abs)
    near = st.builds(
        lambda start, days: start + timedelta(days),
        st.sampled_from(_starts()),
        st.sampled_from(days),
    )
    return near.filter(lambda day: day >= LAUNCH)


@cache
def _starts() -> tuple[date, ...]:
    timelines = [fact.history for fact in facts_in_code()] + [rule.force for rule in CATALOGUE]
    starts = {era.start for timeline in timelines for era in timeline}
    return tuple(sorted(start for start in starts if start >= LAUNCH))


@cache
def timelines() -> SearchStrategy[Timeline[int]]:
    """Draw histories of one to five eras, each with its number as the value."""
    source = Citation("a source", "https://example.com/", CHECKED)
    days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
    return st.lists(days, min_size=1, max_size=5, unique=True).map(
        lambda starts: Timeline(*(Era(day, n, source) for n, day in enumerate(sorted(starts))))
    )


@cache
def quotas() -> SearchStrategy[Quotas]:
    """Draw quotas of an account, often the default ones."""
    default = Quotas()
    numbers = {
        field: st.integers(getattr(default, field), 10 * getattr(default, field))
        for field in ("names", "certificates", "yearly_requests", "imported_certificates")
    }
    return st.builds(Quotas, **numbers)


@cache
def demands() -> SearchStrategy[Demand]:
    """Draw the hosts of consumers, with services and Regions."""
    return st.builds(
        Demand,
        st.lists(names(), min_size=1, max_size=5),
        st.none() | st.sampled_from([*SERVICES]),
        st.none() | st.sampled_from(_REGIONS),
        st.text(ascii_letters, max_size=8),
    )


@cache
def plan_policies() -> SearchStrategy[PlanPolicy]:
    """Draw rules of an organization for plans."""
    domains = st.lists(domain_names(), max_size=2)
    return st.builds(
        PlanPolicy,
        wildcard_zones=st.none() | domains,
        max_names=st.none() | st.integers(1, 100),
        private_suffixes=st.booleans(),
    )


@cache
def consumers() -> SearchStrategy[Consumer]:
    """Draw resources that use a certificate, of every service."""
    return st.builds(
        Consumer,
        st.sampled_from([*SERVICES]),
        st.sampled_from(["Consumer", "Web"]),
        st.just(CertificateReference("Certificate")),
        st.lists(related_names(), max_size=3).map(tuple),
        st.booleans(),
        st.none() | st.sampled_from(_REGIONS),
    )


@cache
def caa_records() -> SearchStrategy[CaaRecord]:
    """Draw CAA records; some allow Amazon to issue."""
    return st.builds(
        CaaRecord,
        st.sampled_from([0, 128]),
        st.sampled_from(["issue", "issuewild", "iodef"]),
        st.sampled_from(["amazon.com", "amazontrust.com", "example.org", ";"]),
    )


@cache
def unresolved() -> SearchStrategy[Unresolved]:
    """Draw partly known strings, with one or two unknown values."""
    unknown = st.sampled_from(["${X}", "${Y}"]).map(Unknown)
    around = st.sampled_from(["", "www.", ".example.com", "*."])
    return st.builds(
        lambda head, found, tail: Unresolved(tuple(filter(None, (head, found, tail)))),
        around,
        unknown,
        around | unknown,
    )
