"""Aspects of a certificate together: the worst one decides the state and the title."""

import pytest
from tests.support.existing import NAME, NOW, WWW, certificate, in_days, issued, renewal, validation

from acmrules.diagnosis import (
    Cause,
    CertificateStatus,
    CertificateType,
    State,
    UpdateStatus,
    UpdateSummary,
    diagnose,
)
from acmrules.diagnosis.status import diagnose_status
from acmrules.request import ValidationMethod


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (CertificateStatus.PENDING_VALIDATION, State.UNKNOWN),
        (CertificateStatus.ISSUED, State.FINE),
        (CertificateStatus.INACTIVE, State.UNKNOWN),
        (CertificateStatus.EXPIRED, State.BROKEN),
        (CertificateStatus.VALIDATION_TIMED_OUT, State.BROKEN),
        (CertificateStatus.REVOKED, State.BROKEN),
        (CertificateStatus.FAILED, State.BROKEN),
    ],
)
def test_each_status_has_a_state(status, state):
    """A pending request is unknown until its validations or DNS answers are there."""
    assert diagnose(issued().__replace__(status=status, validations=()), as_of=NOW).state is state


def test_the_worst_aspect_decides():
    """A renewal that waits for AWS and a failed change wait for you."""
    both = issued(
        40,
        method=ValidationMethod.EMAIL,
        renewal=renewal("PENDING_AUTO_RENEWAL"),
        update=UpdateSummary(UpdateStatus.FAILED),
    )
    found = diagnose_status(both, (), NOW)
    assert found.state is State.WAITING_FOR_YOU
    assert found.title == "the change to DNS validation failed"
    assert [each.cause for each in found.obstacles] == [
        Cause.RENEWAL_PENDING,
        Cause.METHOD_CHANGE_FAILED,
    ]


@pytest.mark.parametrize(
    ("kind", "verb"),
    [(CertificateType.IMPORTED, "import"), (CertificateType.AMAZON_ISSUED, "request")],
)
def test_who_issued_it_decides_what_to_do_after_the_expiry(kind, verb):
    """An imported certificate is imported again, another one is requested again."""
    expired = certificate("EXPIRED", type=kind, not_after=in_days(-1))
    remedies = [each.remedy for each in diagnose(expired, as_of=NOW).obstacles]
    assert verb in remedies[0]
    assert {"import": "request", "request": "import"}[verb] not in remedies[0]


def test_a_change_in_progress_says_enough_about_the_end_of_email():
    """The remedy of the end of email validation is that change."""
    email = issued(method=ValidationMethod.EMAIL)
    (ends,) = diagnose(email, as_of=NOW).obstacles
    assert ends.cause is Cause.EMAIL_ENDS
    for status in (UpdateStatus.FAILED, UpdateStatus.PENDING_DOMAIN_VALIDATION):
        found = diagnose(email.__replace__(update=UpdateSummary(status)), as_of=NOW)
        assert Cause.EMAIL_ENDS not in {each.cause for each in found.obstacles}


def test_the_names_of_a_request_that_is_over_stay():
    """What blocks a name has to be fixed before the next request too."""
    mail = validation(method="EMAIL", validation_emails=())
    found = diagnose(certificate("VALIDATION_TIMED_OUT", validations=(mail,)), as_of=NOW)
    causes = [each.cause for each in found.all_obstacles]
    assert causes[:2] == [Cause.TIMED_OUT, Cause.NO_MAIL_SENT]


@pytest.mark.parametrize("status", ["PENDING_VALIDATION", "VALIDATION_TIMED_OUT", "FAILED"])
def test_only_names_without_success_are_listed(status):
    """A name whose validation succeeded is never listed."""
    both = (validation(NAME, "SUCCESS"), validation(WWW))
    found = diagnose(certificate(status, validations=both), as_of=NOW)
    assert [each.name for each in found.names] == [WWW]


def test_a_renewal_has_validations_of_its_own():
    """The names of a renewal are those in its summary, not those of the first validation."""
    pending = renewal("PENDING_VALIDATION", validation(NAME, "SUCCESS"), validation(WWW))
    found = diagnose(issued(40, renewal=pending), as_of=NOW)
    assert [each.name for each in found.names] == [WWW]


def test_a_record_that_acm_has_not_created():
    """Some seconds after the request, the names have no records yet, and AWS acts."""
    new = tuple(validation(name, record=None) for name in (NAME, WWW))
    found = diagnose(certificate("PENDING_VALIDATION", validations=new), as_of=NOW)
    assert found.state is State.WAITING_FOR_AWS


def test_mail_that_is_not_approved_waits_for_you():
    """A pending email validation needs an approval, whatever DNS answers."""
    mail = tuple(
        validation(name, method="EMAIL", validation_emails=("admin@brightharbor.io",))
        for name in (NAME, WWW)
    )
    found = diagnose(certificate("PENDING_VALIDATION", validations=mail), as_of=NOW)
    assert (found.state, found.title) == (
        State.WAITING_FOR_YOU,
        "the request waits for `brightharbor.io`, `www.brightharbor.io`: missing approval by mail",
    )


def test_past_deadlines_are_left_out():
    """A deadline is ahead: that of the request is over once it is issued."""
    found = diagnose(issued(40, renewal=renewal("PENDING_AUTO_RENEWAL")), as_of=NOW)
    assert all(each.at > NOW for each in found.deadlines)
    assert found.deadlines[-1].text == "the certificate expires"
