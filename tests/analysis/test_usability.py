"""Whether a certificate that exists can be used."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import detail

from acmrules.analysis.usability import usability
from acmrules.diagnosis.certificate import CertificateStatus, FailureReason

USABLE = {CertificateStatus.ISSUED, CertificateStatus.INACTIVE, None}


@pytest.mark.parametrize("status", [*CertificateStatus, None])
def test_the_status_decides(status):
    """ACM may still issue one that is pending; the meaning of `INACTIVE` is not documented."""
    found = usability(detail(status=status))
    pending = status is CertificateStatus.PENDING_VALIDATION
    assert found.is_usable is (pending or status in USABLE)
    assert found.is_pending is pending
    assert bool(found.text) is (status not in USABLE)


def test_the_reason_of_a_failure_is_said():
    """It has to be fixed before the next request."""
    failed = detail(status=CertificateStatus.FAILED, failure_reason=FailureReason.CAA_ERROR)
    assert usability(failed).text == "the request for the certificate failed (`CAA_ERROR`)"
    expired = failed.__replace__(status=CertificateStatus.EXPIRED)
    assert "CAA_ERROR" not in usability(expired).text


@given(st.dates(date(2026, 10, 1), date(2028, 1, 1)))
def test_a_certificate_is_usable_until_its_last_day(day):
    """Its description may be older than that; without a date, it decides."""
    assert usability(detail(), day).is_usable is (day <= date(2027, 4, 16))
    assert usability(detail()).is_usable


def test_a_declared_certificate_is_usable():
    """Nothing shows that it is not."""
    assert usability(None).is_usable
