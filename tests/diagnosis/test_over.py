"""What names still show after ACM stopped validating them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.existing import NAME, NOW, WWW, certificate, in_days, issued, validation

from acmrules.diagnosis import Actor, Cause, Certainty, FailureReason, NameDiagnosis, Obstacle
from acmrules.diagnosis.over import are_right, has_expired, is_overdue, still_relevant
from acmrules.unresolved import Malformed

CORRECT = Obstacle(Cause.RECORD_CORRECT, Certainty.CERTAIN, Actor.AWS, "the record is correct")
ALLOWED = Obstacle(Cause.NAME_FAILED, Certainty.CERTAIN, Actor.YOU, "Amazon is allowed now")
MISSING = Obstacle(Cause.RECORD_MISSING, Certainty.CERTAIN, Actor.YOU, "the record is missing")
MAIL = Obstacle(Cause.MAIL_NOT_APPROVED, Certainty.CERTAIN, Actor.YOU, "nobody approved")
OPEN = Obstacle(Cause.NOT_LOOKED_UP, Certainty.OPEN, Actor.YOU, "DNS was not looked up")
ALL = (CORRECT, ALLOWED, MISSING, MAIL, OPEN)
WAITING = {"validations": (validation(NAME),)}


def left(certificate_, as_of=NOW):
    """Return which of all kinds of obstacles are left of a name."""
    (name,) = still_relevant(certificate_, (NameDiagnosis(NAME, False, ALL),), as_of)
    return name.obstacles


def test_everything_is_left_while_acm_validates():
    """A request that is pending, and a renewal, need all of it."""
    assert left(certificate("PENDING_VALIDATION")) == ALL
    assert left(issued()) == ALL


@pytest.mark.parametrize(
    "certificate_", [certificate("EXPIRED"), issued(-1)], ids=["expired", "issued"]
)
def test_after_the_expiry_only_what_is_wrong_is_left(certificate_):
    """DNS answers, and what is right now, help no more."""
    assert left(certificate_) == (MISSING, MAIL)


def test_an_old_description_shows_only_what_dns_proves():
    """What was approved after it is unknown."""
    assert left(certificate("PENDING_VALIDATION", created_at=in_days(-3))) == (MISSING,)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (FailureReason.CAA_ERROR, (MISSING, MAIL, OPEN)),
        (None, (MISSING, MAIL, OPEN)),
        (Malformed("NEW"), (MISSING, MAIL, OPEN)),
        (FailureReason.OTHER, (MISSING, MAIL)),
        (FailureReason.NO_AVAILABLE_CONTACTS, (MISSING, MAIL)),
    ],
)
def test_a_failure_needs_dns_only_if_that_may_explain_it(reason, expected):
    """CAA records do, and a reason that is unknown may."""
    assert left(certificate("FAILED", failure_reason=reason, **WAITING)) == expected


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("DNS", (MISSING, MAIL, OPEN)),
        ("HTTP", (MISSING, MAIL, OPEN)),
        ("EMAIL", (MISSING, MAIL)),
    ],
)
def test_answers_may_explain_why_validation_timed_out(method, expected):
    """A new request needs the same records; mail is not looked up again."""
    over = certificate("VALIDATION_TIMED_OUT", validations=(validation(NAME, method=method),))
    assert left(over) == expected


obstacles = st.lists(st.sampled_from(ALL), max_size=3).map(tuple)


@given(st.lists(obstacles, max_size=3))
def test_names_are_right_exactly_if_nothing_else_is_said_of_any(listed):
    """A name without an answer is not right; what else is open does not matter."""
    names = tuple(NameDiagnosis(WWW, False, each) for each in listed)
    known = [{*each} - {OPEN} for each in listed]
    expected = bool(listed) and all(each and each <= {CORRECT, ALLOWED} for each in known)
    assert are_right(names) is expected


def test_a_request_is_overdue_after_72_hours():
    """The description of a pending request is older then."""
    assert is_overdue(certificate("PENDING_VALIDATION", created_at=in_days(-3)), NOW)
    assert not is_overdue(certificate("PENDING_VALIDATION", created_at=in_days(-2)), NOW)
    assert not is_overdue(certificate("PENDING_VALIDATION", created_at=None), NOW)
    assert not is_overdue(issued(created_at=in_days(-3)), NOW)


def test_the_status_may_not_show_the_expiry_yet():
    """`NotAfter` decides."""
    assert has_expired(issued(0), NOW)
    assert not has_expired(issued(1), NOW)
