"""The dates of certificates that exist: when they are renewed, time out or expire."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import NOW, declared, detail

from acmrules.analysis.calendar import calendar
from acmrules.analysis.existing_dates import DateKind, certificate_days
from acmrules.diagnosis.certificate import (
    CertificateStatus,
    CertificateType,
    KeyPairOrigin,
    RenewalStatus,
    RenewalSummary,
)
from acmrules.model.inventory import take_inventory

TODAY = NOW.date()
END = date(2029, 1, 1)


def days(existing, as_of=TODAY, until=END):
    """Return the dates of a certificate, with what happens and whether you have to act."""
    found = certificate_days([(None, "", existing)], as_of, until)
    return [(each.day, each.kind, each.needs_you) for each in found]


def test_a_certificate_is_renewed_before_it_expires():
    """The window of one that was issued after 2026-02-18 has 45 days, before that 60."""
    assert days(detail()) == [
        (date(2027, 3, 2), DateKind.RENEWAL_BEGINS, False),
        (date(2027, 4, 16), DateKind.EXPIRES, False),
    ]
    older = detail(not_before=datetime(2026, 2, 1, tzinfo=UTC))
    assert days(older)[0] == (date(2027, 2, 15), DateKind.RENEWAL_BEGINS, False)


def test_a_pending_certificate_times_out():
    """That is 72 hours after the request."""
    pending = detail(status=CertificateStatus.PENDING_VALIDATION, created_at=NOW, not_after=None)
    assert days(pending) == [(date(2026, 12, 3), DateKind.TIMES_OUT, True)]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": CertificateType.IMPORTED},
        {"is_renewable": False, "in_use": False},
        {"is_renewable": False},
    ],
)
def test_a_certificate_that_acm_does_not_renew_needs_you(fields):
    """It expires, and nothing happens before that."""
    assert days(detail(**fields)) == [(date(2027, 4, 16), DateKind.EXPIRES, True)]


def test_a_renewal_that_waits_is_due_today():
    """Its last update is in the past, and it is not done."""
    renewal = RenewalSummary(RenewalStatus.PENDING_VALIDATION, updated_at=NOW - timedelta(days=9))
    assert days(detail(renewal=renewal))[0] == (TODAY, DateKind.RENEWAL_PENDING, True)


def test_a_failed_renewal_is_not_repeated():
    """The certificate expires unless you act."""
    renewal = RenewalSummary(RenewalStatus.FAILED, updated_at=NOW)
    assert days(detail(renewal=renewal)) == [
        (TODAY, DateKind.RENEWAL_PENDING, True),
        (date(2027, 4, 16), DateKind.EXPIRES, True),
    ]


def test_a_renewal_by_email_needs_you():
    """ACM sends mail when it begins."""
    [begins, expires] = days(detail(method="EMAIL"))
    assert begins == (date(2027, 3, 2), DateKind.RENEWAL_BEGINS, True)
    assert expires == (date(2027, 4, 16), DateKind.EXPIRES, False)


def test_an_acme_client_renews_its_certificates():
    """ACM does not, whether a resource uses them or not."""
    existing = detail(key_pair_origin=KeyPairOrigin.ACME, is_renewable=False, in_use=False)
    [one] = certificate_days([(None, "", existing)], TODAY, END)
    assert (one.kind, one.needs_you) == (DateKind.EXPIRES, True)
    assert one.text == "it expires: ACM does not renew certificates of ACME clients"


@given(st.sampled_from(CertificateStatus), st.dates(date(2026, 10, 1), END), st.dates())
def test_no_date_is_outside_of_the_calendar(status, as_of, until):
    """What is over has no dates anymore."""
    found = days(detail(status=status), as_of, until)
    assert all(as_of <= day <= max(until, as_of) for day, _, _ in found)
    over = {"EXPIRED", "FAILED", "REVOKED", "VALIDATION_TIMED_OUT"}
    assert not (found and status in over)


def test_the_calendar_has_the_dates_of_what_exists():
    """A certificate that failed is not in it at all."""
    failed = detail(status=CertificateStatus.FAILED, number=2)
    inventory = take_inventory(declared(detail(), failed))
    found = calendar(inventory, TODAY, END)
    assert [each.existing for each in found.certificates] == [detail()]
    assert [each.kind for each in found.dates] == [DateKind.RENEWAL_BEGINS, DateKind.EXPIRES]
    assert {each.name for each in found.dates} == {"brightharbor.io"}


def test_a_certificate_without_an_expiry_has_no_dates():
    """An entry of a list may lack it."""
    assert days(detail(not_after=None)) == []
