"""The change from email validation to DNS validation."""

import pytest
from tests.support.existing import NAME, NOW, OF_CERTIFICATE, WWW, in_days, issued, validation

from acmrules.diagnosis import (
    Actor,
    Cause,
    Certainty,
    NameDiagnosis,
    Obstacle,
    State,
    UpdateStatus,
    UpdateSummary,
    diagnose,
)
from acmrules.diagnosis.method_change import change_aspect
from acmrules.request import ValidationMethod
from acmrules.unresolved import Malformed

LIST = (
    f"aws acm list-certificate-domain-validations {OF_CERTIFICATE} --region eu-west-1 --output json"
)
CORRECT = Obstacle(Cause.RECORD_CORRECT, Certainty.CERTAIN, Actor.AWS, "the record is correct")
MISSING = Obstacle(Cause.RECORD_MISSING, Certainty.CERTAIN, Actor.YOU, "the record is missing")


def changing(status="PENDING_DOMAIN_VALIDATION", *validations, requested_at=None, **fields):
    """Return a certificate whose method changes."""
    update = UpdateSummary(
        UpdateStatus(status), requested_at or in_days(-1), validations=validations
    )
    return issued(**({"method": ValidationMethod.EMAIL, "update": update} | fields))


def test_the_records_are_only_in_the_list_of_validations():
    """Without that list, the command that shows the records is the next step."""
    found = diagnose(changing(), as_of=NOW)
    assert (found.state, found.commands) == (State.UNKNOWN, (LIST,))
    assert found.deadline.at == in_days(2)
    assert found.deadline.text == "ACM keeps email validation"


@pytest.mark.parametrize(
    ("obstacle", "state", "actor"),
    [
        (MISSING, State.WAITING_FOR_YOU, Actor.YOU),
        (CORRECT, State.WAITING_FOR_AWS, Actor.AWS),
    ],
)
def test_the_names_decide(obstacle, state, actor):
    """A missing record waits for you; with all records in place, AWS completes the change."""
    names = (NameDiagnosis(NAME, False, (obstacle,)),)
    found = change_aspect(changing("PENDING_DOMAIN_VALIDATION", validation()), names, NOW)
    assert (found.state, found.obstacles[0].actor) == (state, actor)


def test_all_records_found_waits_for_aws():
    """If each new validation succeeded, AWS completes the change."""
    both = (validation(NAME, "SUCCESS"), validation(WWW, "SUCCESS"))
    found = diagnose(changing("PENDING_DOMAIN_VALIDATION", *both), as_of=NOW)
    assert (found.state, found.title) == (
        State.WAITING_FOR_AWS,
        "ACM has yet to complete the change to DNS validation",
    )
    assert found.names == ()


def test_a_change_ends_after_72_hours():
    """After that, the description is read again."""
    found = change_aspect(changing(requested_at=in_days(-3)), (), NOW)
    assert found.state is State.UNKNOWN
    assert found.title == (
        "the change to DNS validation ended at 2026-11-30 12:00 UTC, so the description may be"
        " older"
    )


def test_a_failed_change_is_started_again():
    """ACM keeps email validation, and the change can start again."""
    found = diagnose(changing("FAILED"), as_of=NOW)
    assert (found.state, found.title) == (
        State.WAITING_FOR_YOU,
        "the change to DNS validation failed",
    )
    obstacle = found.obstacles[0]
    assert obstacle.cause is Cause.METHOD_CHANGE_FAILED
    assert obstacle.commands == (
        (
            f"aws acm update-certificate-options {OF_CERTIFICATE} --options ValidationMethod=DNS"
            " --region eu-west-1"
        ),
        LIST,
    )


def test_an_unknown_status():
    """A later API may have other statuses."""
    update = UpdateSummary(Malformed("NEW"))
    found = change_aspect(issued(update=update, method=ValidationMethod.EMAIL), (), NOW)
    assert (found.state, found.title) == (
        State.UNKNOWN,
        "the status `NEW` of the change to DNS validation is unknown",
    )


@pytest.mark.parametrize(
    "certificate",
    [issued(), changing("SUCCESS"), changing("FAILED", method=ValidationMethod.DNS)],
)
def test_a_change_that_is_over(certificate):
    """Without a change, or after a success, nothing is to be done."""
    assert change_aspect(certificate, (), NOW).state is None
