"""How long certificates last and how they are renewed: laws and the tables of days."""

import doctest
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import days

from acmrules import renewal
from acmrules.errors import InvalidArgument, InvalidName
from acmrules.facts import acm, sources
from acmrules.facts.fact import LAUNCH
from acmrules.renewal import (
    CertificateOrigin,
    Interval,
    RenewalAttempt,
    failure_notice_days,
    foreseen_validity,
    max_validity_days,
    renewal_attempts,
    renewal_eligibility,
    renewal_interval,
    renewal_pace,
    renewal_window,
    renewals_per_year,
    validity_days,
)
from acmrules.request import RootHierarchyType, ValidationMethod

PROBE, RECORD = RenewalAttempt.HTTPS_PROBE, RenewalAttempt.DNS_RECORD
CONTENT, MAIL = RenewalAttempt.HTTP_CONTENT, RenewalAttempt.MAIL
USED = "in use by an integrated service"
EXPORTED = "exported since it was issued or last renewed"


def acm_days():
    """Draw days after the launch of ACM, before the day when its own validity becomes unknown."""
    return days().filter(lambda day: date(2016, 1, 21) <= day < date(2027, 3, 15))


def since_launch():
    """Draw days after the launch of ACM, including those on which its own validity is unknown."""
    return days().filter(lambda day: day >= LAUNCH)


class TestSpans:
    """A certificate is renewed before it ends, and valid no longer than CAs may issue it for."""

    @given(acm_days())
    def test_never_longer_than_allowed(self, day):
        """ACM's public certificates obey the bound of the industry on every day."""
        assert validity_days(as_of=day) <= max_validity_days(as_of=day)

    @given(since_launch(), st.booleans())
    def test_beyond_what_acm_has_announced(self, day, private):
        """Every function answers like the forecast; the start of a renewal is unknown then."""
        found = foreseen_validity(as_of=day, private=private)
        assert validity_days(as_of=day, private=private) == found.days
        window = 0 if found.is_bound else renewal_window(as_of=day, private=private)
        assert renewal_interval(as_of=day, private=private) == found.days - window
        pace = renewal_pace(as_of=day, private=private)
        expected = pace.least if pace.most is None else pace.most
        assert renewals_per_year(as_of=day, private=private) == pytest.approx(expected)

    @given(acm_days(), st.booleans())
    def test_renewed_before_the_end(self, day, private):
        """The window is within the validity, and the rest is the interval."""
        assert (
            0
            < renewal_window(as_of=day, private=private)
            < validity_days(as_of=day, private=private)
        )
        assert renewal_interval(as_of=day, private=private) + renewal_window(
            as_of=day, private=private
        ) == validity_days(as_of=day, private=private)
        assert renewals_per_year(as_of=day, private=private) * renewal_interval(
            as_of=day, private=private
        ) == pytest.approx(365)

    @given(acm_days(), acm_days())
    def test_the_window_depends_on_the_day_of_issuance(self, issued, day):
        """If the day of issuance is given, the present day does not matter."""
        assert renewal_window(as_of=day, issued_on=issued) == renewal_window(as_of=issued)


@pytest.mark.parametrize(
    ("day", "private", "validity", "window", "industry"),
    [
        (date(2016, 1, 21), False, 395, 60, 1188),
        (date(2018, 3, 1), False, 395, 60, 825),
        (date(2020, 9, 1), False, 395, 60, 398),
        (date(2026, 2, 17), False, 395, 60, 398),
        (date(2026, 2, 18), False, 198, 45, 398),
        (date(2026, 3, 15), False, 198, 45, 200),
        (date(2027, 3, 15), False, 100, 45, 100),
        (date(2029, 3, 15), False, 47, 45, 47),
        (date(2026, 2, 18), True, 395, 60, 398),
        (date(2027, 3, 15), True, 395, 60, 100),
        (date(2029, 3, 15), True, 395, 60, 47),
    ],
)
def test_days_by_day(day, private, validity, window, industry):
    """Validity, window and the bound of the industry change on their own days."""
    assert validity_days(as_of=day, private=private) == validity
    assert renewal_window(as_of=day, private=private) == window
    assert max_validity_days(as_of=day) == industry


@pytest.mark.parametrize(
    ("hierarchy", "days"),
    [(RootHierarchyType.N2_AMAZON_MANAGED, 395), (RootHierarchyType.N2_SFG2_AMAZON_MANAGED, 98)],
)
def test_an_n2_certificate_has_a_validity_of_its_own(hierarchy, days):
    """N2 certificates exist since 2026-11-19, and the limits of public CAs do not shorten them."""
    first = date(2026, 11, 19)
    assert validity_days(as_of=first, root_hierarchy=hierarchy) == days
    for day in (first, date(2030, 1, 1)):
        validity = foreseen_validity(as_of=day, root_hierarchy=hierarchy)
        assert (validity.days, validity.is_bound) == (days, False)
        assert renewal_pace(as_of=day, root_hierarchy=hierarchy) == Interval(365 / days, None)
    with pytest.raises(InvalidArgument, match=r"fact N2\.8 starts on 2026-11-19"):
        validity_days(as_of=date(2026, 11, 18), root_hierarchy=hierarchy)


def test_an_old_certificate_keeps_its_window():
    """A certificate of 395 days is still renewed 60 days before its end, for the last time."""
    assert renewal_window(as_of=date(2026, 12, 1), issued_on=date(2026, 2, 17)) == 60
    assert renewal_window(as_of=date(2026, 12, 1), issued_on=date(2026, 2, 18)) == 45
    assert renewal_window(as_of=date(2026, 12, 1), private=True, issued_on=date(2026, 2, 18)) == 60


def test_renewals_become_more_frequent():
    """A certificate of 395 days is renewed about once a year, one of 198 more than twice."""
    assert round(renewals_per_year(as_of=date(2025, 1, 1)), 2) == 1.09
    assert round(renewals_per_year(), 2) == 2.39


class TestForesight:
    """A forecast is limited to what ACM and the Baseline Requirements have announced."""

    @given(since_launch(), st.booleans())
    def test_never_longer_than_either_limit(self, day, private):
        """The validity is ACM's own, or the bound of the Baseline Requirements if that is lower."""
        found = foreseen_validity(as_of=day, private=private)
        own = (acm.PRIVATE_VALIDITY_DAYS if private else acm.VALIDITY_DAYS).era(day).value
        if private:
            assert (found.days, found.is_bound) == (own, False)
        else:
            assert found.days == min(own, max_validity_days(as_of=day))
            assert found.is_bound == (max_validity_days(as_of=day) < own)

    @given(since_launch(), since_launch(), st.booleans())
    def test_shorter_means_more_often(self, one, other, private):
        """A certificate that is valid for fewer days is not renewed less often."""
        if (
            foreseen_validity(as_of=one, private=private).days
            <= foreseen_validity(as_of=other, private=private).days
        ):
            assert (
                renewal_pace(as_of=one, private=private).least
                >= renewal_pace(as_of=other, private=private).least
            )

    @given(since_launch(), st.booleans())
    def test_pace_between_its_bounds(self, day, private):
        """Renewal on the last day is the lower bound, on the first possible day the upper one."""
        validity, pace = (
            foreseen_validity(as_of=day, private=private),
            renewal_pace(as_of=day, private=private),
        )
        assert pace.least * validity.days == pytest.approx(365)
        assert (pace.most is None) == validity.is_bound
        assert pace.most is None or pace.least < pace.most == renewals_per_year(
            as_of=day, private=private
        )


@pytest.mark.parametrize(
    ("day", "private", "valid", "is_bound", "source"),
    [
        (date(2025, 1, 1), False, 395, False, sources.UG_HISTORY),
        (date(2026, 11, 23), False, 198, False, sources.UG_HISTORY),
        (date(2027, 3, 14), False, 198, False, sources.UG_HISTORY),
        (date(2027, 3, 15), False, 100, True, sources.BR),
        (date(2029, 3, 15), False, 47, True, sources.BR),
        (date(2029, 3, 15), True, 395, False, sources.UG_HISTORY),
    ],
)
def test_foreseen_by_day(day, private, valid, is_bound, source):
    """A validity that ACM has not announced is the bound of the Baseline Requirements."""
    found = foreseen_validity(as_of=day, private=private)
    assert (found.days, found.is_bound, found.source) == (valid, is_bound, source)


def amounts():
    """Draw pairs of bounds with a number between them."""
    low, wide = st.integers(0, 9), st.integers(0, 9)
    return st.builds(lambda a, b: Interval(a, a + b), low, wide) | low.map(Interval)


def holds(amount, number):
    return amount.least <= number and (amount.most is None or number <= amount.most)


class TestAmounts:
    """Results for two amounts are true for any two numbers in them."""

    @given(amounts(), amounts(), st.data())
    def test_arithmetic(self, one, other, data):
        """Sums, products and choices of amounts contain those of all their numbers."""
        a, b = (
            data.draw(st.integers(each.least, 30 if each.most is None else each.most))
            for each in (one, other)
        )
        assert holds(one + other, a + b)
        assert holds(one * other, a * b)
        assert holds(one | other, a)
        assert holds(one | other, b)

    @given(amounts(), amounts())
    def test_no_wider_than_needed(self, one, other):
        """The bounds are reached by the least and the most of both amounts."""
        assert (one + other).least == one.least + other.least
        assert (one * other).least == one.least * other.least
        assert (one | other).least == min(one.least, other.least)
        assert one * Interval(0, 0) == Interval(0, 0) * one == Interval(0, 0)
        if one.most is not None and other.most is not None:
            assert (one + other).most == one.most + other.most
            assert (one * other).most == one.most * other.most
            assert (one | other).most == max(one.most, other.most)


class TestEligibility:
    """A certificate is eligible if it is used or exported, and has no obstacle."""

    @given(
        st.sampled_from(CertificateOrigin),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.lists(st.sampled_from(["example.com", "ab--c.example.com"]), max_size=2),
    )
    def test_every_combination(self, origin, in_use, exported, expired, names):
        """One obstacle is enough, and all obstacles are listed."""
        found = renewal_eligibility(
            origin, in_use=in_use, exported=exported, expired=expired, names=names
        )
        obstacles = sum(
            [
                origin is not CertificateOrigin.REQUESTED,
                expired,
                "ab--c.example.com" in names,
                not in_use and not exported,
            ]
        )
        assert found.eligible == (not obstacles)
        assert len(found.reasons) == (obstacles or in_use + exported)
        assert found.source == sources.UG_RENEW


@pytest.mark.parametrize(
    ("given_facts", "reasons"),
    [
        ({"in_use": True}, (USED,)),
        ({"exported": True}, (EXPORTED,)),
        (
            {},
            (f"neither {USED} nor {EXPORTED}",),
        ),
        ({"in_use": True, "expired": True}, ("expired",)),
        ({"in_use": True, "origin": CertificateOrigin.IMPORTED}, ("imported",)),
        ({"in_use": True, "origin": CertificateOrigin.ACME}, ("issued through ACME",)),
        (
            {"in_use": True, "origin": CertificateOrigin.PRIVATE_CA},
            ("issued through the API of a private CA",),
        ),
        (
            {"in_use": True, "names": ["xn--example.com", "xn--xyz.com"]},
            ("with an invalid A-label",),
        ),
    ],
)
def test_reasons(given_facts, reasons):
    """The reasons are those of the guide."""
    assert renewal_eligibility(**given_facts).reasons == reasons


def test_other_invalid_names_are_rejected():
    """A name that is invalid for another reason than its A-label raises `InvalidName`."""
    with pytest.raises(InvalidName):
        renewal_eligibility(in_use=True, names=["a_b.example.com"])


@pytest.mark.parametrize(
    ("method", "day", "attempts"),
    [
        ("EMAIL", date(2016, 6, 1), (PROBE, MAIL)),
        ("EMAIL", date(2017, 12, 1), (PROBE, MAIL)),
        ("DNS", date(2017, 12, 1), (PROBE, RECORD)),
        (None, date(2017, 11, 20), (PROBE, MAIL)),
        (None, date(2017, 12, 1), (PROBE, RECORD, MAIL)),
        ("DNS", date(2021, 12, 1), (RECORD,)),
        ("EMAIL", date(2021, 12, 1), (PROBE, MAIL)),
        (None, date(2021, 12, 1), (PROBE, RECORD, MAIL)),
        ("DNS", date(2026, 11, 23), (RECORD,)),
        ("EMAIL", date(2026, 11, 23), (MAIL,)),
        (ValidationMethod.HTTP, date(2026, 11, 23), (CONTENT,)),
        (None, date(2026, 11, 23), (RECORD, CONTENT, MAIL)),
        (None, date(2028, 3, 15), (RECORD, CONTENT)),
    ],
)
def test_order_of_attempts(method, day, attempts):
    """In 2017 ACM first looks for the certificate itself, then for the record, then sends mail."""
    assert renewal_attempts(method, as_of=day) == attempts


@pytest.mark.parametrize(
    ("method", "day"),
    [("DNS", date(2017, 11, 20)), ("EMAIL", date(2028, 3, 15)), ("CNAME", date(2026, 1, 1))],
)
def test_unavailable_methods(method, day):
    """A method that is unknown, or unavailable on the day, is an error with its name."""
    with pytest.raises(InvalidArgument, match=method):
        renewal_attempts(method, as_of=day)


@pytest.mark.parametrize(
    ("day", "private", "notices"),
    [
        (date(2017, 12, 1), False, (45, 30, 15, 7, 3, 1)),
        (date(2021, 12, 1), False, (45, 30, 7, 1)),
        (date(2026, 11, 23), False, (30, 15, 7, 3, 1)),
        (date(2026, 11, 23), True, (45, 30, 15, 7, 3, 1)),
    ],
)
def test_failure_notices(day, private, notices):
    """The notices of a failed renewal are sent on fixed days, the last one day before the end."""
    assert failure_notice_days(as_of=day, private=private) == notices


def test_days_before_the_launch_are_rejected():
    """A day before the first era raises `InvalidArgument`."""
    before = date(2016, 1, 21) - timedelta(1)
    for answer, private in product(
        (validity_days, renewal_window, renewal_interval), (True, False)
    ):
        with pytest.raises(InvalidArgument, match="2016-01-21"):
            answer(as_of=before, private=private)
    for answer in (foreseen_validity, renewal_pace):
        with pytest.raises(InvalidArgument, match="2016-01-21"):
            answer(as_of=before)
    for answer in (renewals_per_year, failure_notice_days):
        with pytest.raises(InvalidArgument, match="2016-01-21"):
            answer(as_of=before)
    with pytest.raises(InvalidArgument, match="2015-04-01"):
        max_validity_days(as_of=date(2015, 3, 31))


def test_eligibility_is_true_if_acm_renews_the_certificate():
    """An answer in a condition has the meaning of `eligible`."""
    assert renewal_eligibility(in_use=True)
    assert not renewal_eligibility(in_use=True, expired=True)


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(renewal)
    assert attempted
    assert not failed
