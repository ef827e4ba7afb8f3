"""ACM525 and ACM526: certificates that resources use by ARN, in the responses of AWS."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import NOW, arn_of, detail, listed

from acmrules.diagnosis.certificate import (
    CertificateStatus,
    CertificateType,
    FailureReason,
    KeyPairOrigin,
    RenewalStatus,
    RenewalSummary,
)
from acmrules.lint.linter import Linter
from acmrules.lint.rule import Severity
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.used import UsedCertificate
from acmrules.request import CertificateUsage, RootHierarchyType, Tool
from acmrules.resources import Consumer

TODAY = NOW.date()


def findings(existing=None, absent_from=None, service="alb", as_of=TODAY):
    used = (UsedCertificate(arn_of(1), existing, absent_from=absent_from),)
    consumer = Consumer(service, "Listener", arn_of(1), region="eu-west-1")
    variant = Variant(None, (consumer,), {}, used=used)
    declaration = Declaration(None, Tool.CLOUDFORMATION, "Listener", (variant,))
    return [
        each
        for each in Linter(as_of=as_of).check(declaration)[0]
        if each.rule.id in {"ACM525", "ACM526"}
    ]


def expiring(days, **fields):
    end = datetime.combine(TODAY + timedelta(days=days), datetime.min.time(), UTC)
    return detail(not_after=end, **fields)


@pytest.mark.parametrize("status", CertificateStatus)
def test_only_issued_certificates_are_usable(status):
    """The message contains the status, and why a request failed."""
    reason = FailureReason.CAA_ERROR if status is CertificateStatus.FAILED else None
    found = findings(detail(status=status, failure_reason=reason))
    assert bool(found) is (status is not CertificateStatus.ISSUED)
    for each in found:
        assert each.rule.id == "ACM525"
        assert f"`{status}`" in each.message
        assert ("CAA_ERROR" in each.message) is bool(reason)
        severities = {"PENDING_VALIDATION": Severity.WARNING, "INACTIVE": Severity.NOTE}
        assert each.severity is severities.get(status, Severity.ERROR)


def test_an_unknown_status_has_no_finding():
    """A list of certificates of an old client has none."""
    assert findings(detail(status=None)) == []


def test_an_expired_certificate_is_an_error_whatever_its_status():
    """The description may be older than the end of its validity."""
    [found] = findings(expiring(-1))
    assert found.message == "the certificate expired on 2026-11-29"
    assert findings(expiring(0)) == []


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"type": CertificateType.IMPORTED}, "ACM does not renew imported certificates"),
        ({"is_renewable": False}, "ACM does not renew it"),
        ({"renewal": RenewalSummary(RenewalStatus.FAILED)}, "`FAILED`"),
        ({"renewal": RenewalSummary(RenewalStatus.PENDING_VALIDATION)}, "`PENDING_VALIDATION`"),
    ],
)
def test_a_certificate_that_is_not_renewed_expires_soon(fields, text):
    """That is a warning within the days in which ACM would renew it."""
    [found] = findings(expiring(45, **fields))
    assert found.severity is Severity.WARNING
    assert found.message.startswith("the certificate expires in 45 days, on 2027-01-14, and")
    assert text in found.message
    assert findings(expiring(46, **fields)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"renewal": RenewalSummary(RenewalStatus.PENDING_AUTO_RENEWAL), "is_renewable": False},
        {"renewal": RenewalSummary(RenewalStatus.SUCCESS), "is_renewable": False},
        # The resource in the file will use it, and then ACM renews it.
        {"is_renewable": False, "in_use": False},
    ],
)
def test_a_certificate_that_acm_renews_has_no_finding(fields):
    """ACM acts in time."""
    assert findings(expiring(10, **fields)) == []


def test_certificates_that_no_service_accepts_are_reported():
    """Those of ACME cannot be attached, and some of N2 only authenticate clients."""
    [found] = findings(detail(key_pair_origin=KeyPairOrigin.ACME))
    assert (found.severity, found.rule.id) == (Severity.ERROR, "ACM525")
    client = {
        "usage": CertificateUsage.CLIENT_AUTH_ONLY,
        "root_hierarchy": RootHierarchyType.N2_AMAZON_MANAGED,
    }
    [found] = findings(detail(**client))
    assert "CLIENT_AUTH_ONLY" in found.message
    assert findings(detail(**client), service="cloudfront-origin-client") == []


def test_a_certificate_that_does_not_exist_is_reported_with_the_date():
    """It may have been created since the Region was listed."""
    [found] = findings(absent_from=listed())
    assert (found.rule.id, found.severity) == ("ACM526", Severity.ERROR)
    assert found.message == (
        "the account `123456789012` had no certificate with this ARN in `eu-west-1` on 2026-11-30"
    )
    assert findings(absent_from=listed(at=None))[0].message.endswith("in `eu-west-1`")


@given(st.dates(date(2026, 11, 1), date(2027, 12, 31)), st.sampled_from(CertificateType))
def test_time_only_worsens_a_certificate(day, kind):
    """A later date has no weaker finding, unless there is a new certificate."""
    existing = expiring(100, type=kind)
    weights = [
        max((each.severity for each in findings(existing, as_of=when)), default=0)
        for when in (day, day + timedelta(days=7))
    ]
    assert weights == sorted(weights)
