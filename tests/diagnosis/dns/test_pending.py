"""The validations that hold a certificate up."""

import pytest
from tests.support.dns_certificates import certificate, validation

from acmrules.diagnosis import (
    CertificateStatus,
    CertificateType,
    RenewalStatus,
    RenewalSummary,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.diagnosis.dns.pending import domain_of_mail, method_of, pending
from acmrules.request import ValidationMethod
from acmrules.unresolved import Malformed

OPEN = validation("example.com")
DONE = validation("www.example.com", status=ValidationStatus.SUCCESS)


def test_a_validation_that_succeeded_holds_nothing_up():
    """Only the others are pending."""
    assert pending(certificate(OPEN, DONE)) == (OPEN,)


@pytest.mark.parametrize("status", [CertificateStatus.REVOKED, CertificateStatus.INACTIVE])
def test_a_certificate_that_is_over_waits_for_nothing(status):
    """No validation changes the status."""
    assert pending(certificate(OPEN).__replace__(status=status)) == ()


@pytest.mark.parametrize("kind", [CertificateType.PRIVATE, CertificateType.IMPORTED])
def test_a_certificate_that_amazon_does_not_issue_has_no_validation(kind):
    """Private CAs do not validate names."""
    assert pending(certificate(OPEN).__replace__(type=kind)) == ()


def test_an_issued_certificate_waits_for_its_renewal_and_its_change_of_method():
    """The validations of the first request are over."""
    issued = certificate(OPEN).__replace__(status=CertificateStatus.ISSUED)
    assert pending(issued) == ()
    other = validation("shop.example.com")
    renewed = issued.__replace__(
        renewal=RenewalSummary(RenewalStatus.PENDING_VALIDATION, None, (other, DONE)),
        update=UpdateSummary(UpdateStatus.PENDING_DOMAIN_VALIDATION, validations=(OPEN,)),
    )
    assert pending(renewed) == (other, OPEN)


def test_an_unknown_status_does_not_hide_an_open_validation():
    """A value that the API did not have yet may be one that waits."""
    assert pending(certificate(OPEN).__replace__(status=Malformed("PAUSED"))) == (OPEN,)


@pytest.mark.parametrize("method", ValidationMethod)
def test_the_method_follows_from_what_acm_gave_for_the_name(method):
    """A record, a redirect, or the addresses of mails."""
    unnamed = validation("example.com", method).__replace__(method=None)
    assert method_of(unnamed, certificate(unnamed)) is method


def test_the_method_is_that_of_the_certificate_or_unknown():
    """A validation without any of them says nothing about the method."""
    bare = validation("example.com").__replace__(method=None, record=None)
    one = certificate(bare)
    assert method_of(bare, one) is None
    assert method_of(bare, one.__replace__(method=ValidationMethod.DNS)) is ValidationMethod.DNS


def test_the_domain_of_mail_is_unknown_for_a_name_that_is_not_a_domain_name():
    """No mailbox follows from a malformed name, nor from a foreign validation domain."""
    mail = validation("www.example.com", ValidationMethod.EMAIL)
    assert domain_of_mail(mail) == "example.com"
    assert domain_of_mail(mail.__replace__(name=Malformed("-"))) == ""
    assert domain_of_mail(mail.__replace__(validation_domain="example.net")) == ""
