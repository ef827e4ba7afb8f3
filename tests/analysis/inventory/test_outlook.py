"""When certificates expire, and whether ACM renews them."""

from datetime import date

import pytest
from tests.support import inventories

from acmrules.analysis.inventory.outlook import (
    Outlook,
    expiry_of,
    is_validated_by_email,
    not_renewed,
)
from acmrules.diagnosis import (
    AnswerStatus,
    Cause,
    CertificateDetail,
    DnsAnswer,
    DnsAnswers,
    State,
    diagnose,
)
from acmrules.request import ValidationMethod

AS_OF = inventories.AS_OF
NAMES = ["shop.brightharbor.io"]


def diagnosed(make=inventories.described, **members):
    """Return the diagnosis of a certificate."""
    found = make(1, "eu-west-1", NAMES, **members)
    return diagnose(CertificateDetail.from_api(found), as_of=AS_OF)


IMPORTED = {
    "Type": "IMPORTED",
    "CreatedAt": None,
    "IssuedAt": None,
    "ImportedAt": inventories.moment(-90),
    "RenewalEligibility": "INELIGIBLE",
    "DomainValidationOptions": None,
    "Options": None,
}
UNUSED = {"InUseBy": [], "RenewalEligibility": "INELIGIBLE"}


@pytest.mark.parametrize(
    ("diagnosis", "outlook", "start"),
    [
        (diagnosed(), Outlook.RENEWED, date(2027, 2, 1)),
        (diagnosed(inventories.by_email), Outlook.APPROVED, date(2027, 2, 1)),
        (diagnosed(**IMPORTED), Outlook.NOT_RENEWED, None),
        (diagnosed(**UNUSED), Outlook.NOT_RENEWED, None),
        (diagnosed(RenewalEligibility=None, InUseBy=None), Outlook.UNKNOWN, None),
    ],
)
def test_the_outlook_says_what_happens_before_the_expiry(diagnosis, outlook, start):
    """ACM renews it, or you do something, or nothing happens."""
    expiry = expiry_of(diagnosis)
    assert (expiry.outlook, expiry.renewal) == (outlook, start)
    assert expiry.days == 108


def test_a_failed_renewal_is_not_renewed():
    """The diagnosis says why."""
    diagnosis = diagnosed(
        RenewalSummary={"RenewalStatus": "FAILED"}, NotAfter=inventories.moment(9)
    )
    assert expiry_of(diagnosis).outlook is Outlook.NOT_RENEWED
    assert not_renewed(diagnosis).text


def test_a_renewal_that_waits_for_you_is_done_if_you_act():
    """ACM has not given up."""
    waiting = {"RenewalStatus": "PENDING_VALIDATION"}
    diagnosis = diagnosed(RenewalSummary=waiting, NotAfter=inventories.moment(9))
    assert expiry_of(diagnosis).outlook is Outlook.VALIDATED
    mailed = diagnosed(inventories.by_email, RenewalSummary=waiting, NotAfter=inventories.moment(9))
    assert expiry_of(mailed).outlook is Outlook.APPROVED


def test_a_renewal_that_cannot_succeed_waits_for_you():
    """ACM is trying, but DNS shows that the record is missing."""
    members = inventories.described(1, "eu-west-1", NAMES, NotAfter=inventories.moment(20))
    [option] = members["DomainValidationOptions"]
    waiting = [option | {"ValidationStatus": "PENDING_VALIDATION"}]
    members["RenewalSummary"] = {
        "RenewalStatus": "PENDING_AUTO_RENEWAL",
        "DomainValidationOptions": waiting,
    }
    record = option["ResourceRecord"]["Name"].removesuffix(".")
    gone = DnsAnswer(record, "CNAME", AnswerStatus.NXDOMAIN, is_authoritative=True)
    diagnosis = diagnose(CertificateDetail.from_api(members), DnsAnswers((gone,)), as_of=AS_OF)
    assert diagnosis.state is State.WAITING_FOR_YOU
    assert not_renewed(diagnosis).cause is Cause.RECORD_MISSING
    assert expiry_of(diagnosis).outlook is Outlook.VALIDATED
    fine = diagnose(CertificateDetail.from_api(members), as_of=AS_OF)
    assert not_renewed(fine) is None
    assert expiry_of(fine).outlook is Outlook.RENEWED


def test_an_imported_certificate_is_never_renewed():
    """Long before its expiry too."""
    found = not_renewed(diagnosed(**IMPORTED))
    assert found.text == "ACM does not renew imported certificates"
    assert "import" in found.remedy


def test_an_unused_certificate_needs_no_renewal():
    """It is in a section of its own."""
    assert not_renewed(diagnosed(**UNUSED)) is None


@pytest.mark.parametrize(
    "members", [{"Status": "PENDING_VALIDATION"}, {"NotAfter": None}, {"Status": "EXPIRED"}]
)
def test_only_issued_certificates_expire(members):
    """And only if the date is known."""
    assert expiry_of(diagnosed(**members)) is None
    if "Status" in members:
        assert not_renewed(diagnosed(**members)) is None


def test_a_change_to_dns_validation_ends_the_approvals():
    """When it has succeeded."""
    moved = diagnosed(inventories.by_email, UpdateSummary={"Status": "SUCCESS"})
    assert expiry_of(moved).outlook is Outlook.RENEWED


def test_the_validations_show_the_method_if_nothing_else_does():
    """An entry of a list has no method; the validations that were listed with it have one."""
    bare = diagnosed().certificate.__replace__(method=None)
    for method, is_mail in ((ValidationMethod.EMAIL, True), (ValidationMethod.DNS, False)):
        validations = tuple(each.__replace__(method=method) for each in bare.validations)
        assert is_validated_by_email(bare.__replace__(validations=validations)) is is_mail
