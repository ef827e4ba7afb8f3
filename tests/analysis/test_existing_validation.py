"""What is done, missing or wrong in the validation of a certificate that exists."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import (
    NOW,
    asked,
    declared,
    detail,
    record_of,
    validation,
)

from acmrules.analysis.existing import with_existing
from acmrules.analysis.existing_validation import ProofState, deadline, proofs
from acmrules.analysis.validation import validations
from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsAnswers, DnsRecord
from acmrules.diagnosis.certificate import (
    CertificateStatus,
    CertificateType,
    RenewalStatus,
    RenewalSummary,
    ValidationStatus,
)
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.model.inventory import Inventory, take_inventory
from acmrules.request import Tool, ValidationMethod
from acmrules.unresolved import read_name

TODAY = NOW.date()
NAME = read_name("brightharbor.io")
RECORD = record_of(NAME)
PENDING = ValidationStatus.PENDING_VALIDATION


def pending(*names, method="DNS", **fields):
    """Return a certificate whose names wait for their validation."""
    listed = names or ("brightharbor.io",)
    waiting = tuple(validation(read_name(each), PENDING) for each in listed)
    status = CertificateStatus.PENDING_VALIDATION
    fields = {"status": status, "validations": waiting, "created_at": NOW, **fields}
    return detail(*listed, method=method, **fields)


def answer(*values, name=RECORD.name, status=AnswerStatus.NOERROR):
    """Return the answer to a query for a CNAME."""
    records = tuple(DnsRecord(name, "CNAME", value) for value in values)
    return DnsAnswer(name, "CNAME", status, records, is_authoritative=True)


def states(certificate, *answers):
    found = proofs(certificate, Evidence(DnsAnswers(answers)), TODAY)
    return {str(each.name): each.state for each in found}


def test_a_name_that_is_validated_is_done():
    """Whatever DNS answers now: ACM has seen the record."""
    nothing = answer(status=AnswerStatus.NXDOMAIN)
    assert states(detail(), nothing) == {"brightharbor.io": ProofState.DONE}


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((), ProofState.UNKNOWN),
        ((answer(RECORD.value),), ProofState.DONE),
        ((answer(status=AnswerStatus.NXDOMAIN),), ProofState.MISSING),
        ((answer("_other.xyz.acm-validations.aws"),), ProofState.WRONG),
        ((answer("elsewhere.example.com"),), ProofState.UNKNOWN),
        (
            (
                answer("elsewhere.example.com"),
                answer(name="elsewhere.example.com", status=AnswerStatus.NXDOMAIN),
            ),
            ProofState.WRONG,
        ),
    ],
)
def test_dns_answers_decide_about_a_record(answers, state):
    """Without an answer, also about the target of an alias, the state is unknown."""
    assert states(pending(), *answers) == {"brightharbor.io": state}


def test_each_name_has_its_own_state():
    """A certificate may wait for one of its names."""
    www = read_name("www.brightharbor.io")
    waiting = (validation(NAME), validation(www, PENDING))
    certificate = pending("brightharbor.io", "www.brightharbor.io", validations=waiting)
    gone = answer(status=AnswerStatus.NXDOMAIN, name=record_of(www).name)
    assert states(certificate, gone) == {
        "brightharbor.io": ProofState.DONE,
        "www.brightharbor.io": ProofState.MISSING,
    }


def test_a_renewal_has_validations_of_its_own():
    """Those of the request succeeded long ago."""
    renewal = RenewalSummary(RenewalStatus.PENDING_VALIDATION, None, (validation(NAME, PENDING),))
    gone = answer(status=AnswerStatus.NXDOMAIN)
    assert states(detail(renewal=renewal), gone) == {"brightharbor.io": ProofState.MISSING}


@pytest.mark.parametrize("kind", [CertificateType.PRIVATE, CertificateType.IMPORTED])
def test_acm_validates_only_public_certificates(kind):
    """There is nothing to prove for others."""
    assert states(detail(type=kind)) == {}


@given(st.sampled_from(CertificateStatus))
def test_only_a_pending_certificate_has_a_deadline(status):
    """It is 72 hours after the request."""
    at = deadline(detail(status=status, created_at=NOW))
    is_pending = status is CertificateStatus.PENDING_VALIDATION
    assert at == (datetime(2026, 12, 3, tzinfo=UTC) if is_pending else None)
    assert deadline(pending(created_at=None)) is None


# In the steps of a validation


def steps(*declarations, answers=()):
    """Return the steps of certificates, joined with those that exist."""
    inventory = take_inventory(with_existing(declarations, lambda _: None))
    account = inventory.account.__replace__(dns=DnsAnswers(answers))
    return validations(inventory.__replace__(account=account), lambda _: TODAY)


def test_records_have_their_real_names_and_values():
    """Only those that are not in place are left to do."""
    [one] = steps(*declared(pending()), answers=(answer(status=AnswerStatus.NXDOMAIN),))
    [cname] = one.left
    assert cname.record == RECORD.name
    assert cname.proof.record == RECORD
    [one] = steps(*declared(pending()), answers=(answer(RECORD.value),))
    assert one.left == ()
    [one] = steps(*declared(detail()))
    assert one.left == ()


def test_a_declared_certificate_that_exists_has_its_state():
    """A template that creates the record is not enough if DNS has another one."""
    [one] = steps(
        asked(), *declared(pending()), answers=(answer("_other.xyz.acm-validations.aws"),)
    )
    assert (one.tool, one.existing) == (Tool.TERRAFORM, pending())
    [cname] = one.left
    assert cname.proof.state is ProofState.WRONG


def test_a_certificate_that_failed_cannot_be_validated():
    """The obstacle says so."""
    [one] = steps(*declared(pending(status=CertificateStatus.VALIDATION_TIMED_OUT)))
    assert one.obstacles == ("the validation of the certificate timed out",)


def test_mails_are_approved_or_not():
    """The names that ACM has validated were approved."""
    www = read_name("www.brightharbor.io")
    waiting = tuple(
        validation(name, status, ValidationMethod.EMAIL).__replace__(record=None)
        for name, status in ((NAME, ValidationStatus.SUCCESS), (www, PENDING))
    )
    certificate = pending(str(NAME), str(www), method="EMAIL", validations=waiting)
    [one] = steps(*declared(certificate))
    assert {name for mail in one.mails for name in mail.approved} == {NAME}


def test_without_an_account_nothing_changes():
    """A declared certificate has placeholders, as before."""
    [one] = validations(Inventory((asked(),)), lambda _: TODAY)
    [cname] = one.cnames
    assert (cname.proof, cname.record) == (None, "_<token>.brightharbor.io")
    assert one.existing is None


def test_an_approval_does_not_publish_a_record():
    """A template declares DNS validation, and the certificate was validated by email."""
    mailed = (validation(NAME, method=ValidationMethod.EMAIL).__replace__(record=None),)
    [one] = steps(asked(), *declared(detail(method="EMAIL", validations=mailed)))
    assert one.existing is not None
    [cname] = one.cnames
    assert cname.proof is None


@pytest.mark.parametrize("status", ["ISSUED", "EXPIRED", "REVOKED", "INACTIVE"])
def test_a_certificate_that_was_issued_is_validated(status):
    """Also if the files contain only its entry in a list, which does not show how."""
    entry = detail(
        status=CertificateStatus(status), described=False, validations=(), is_renewable=None
    ).__replace__(method=None)
    assert states(entry) == {"brightharbor.io": ProofState.DONE}
    assert states(entry.__replace__(status=CertificateStatus.FAILED)) == {}


def test_an_unknown_state_has_a_reason():
    """Even if something else, such as CAA records, already explains the failure."""
    failed = (validation(NAME, ValidationStatus.FAILED),)
    caa = DnsAnswer(
        "brightharbor.io",
        "CAA",
        AnswerStatus.NOERROR,
        (DnsRecord("brightharbor.io", "CAA", '0 issue "letsencrypt.org"'),),
        is_authoritative=True,
    )
    certificate = pending(validations=failed, status=CertificateStatus.FAILED)
    [one] = proofs(certificate, Evidence(DnsAnswers((caa,))), TODAY)
    assert one.state is ProofState.UNKNOWN
    assert one.text
