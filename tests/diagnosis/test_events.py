"""Events of EventBridge and AWS Health count unless ACM has succeeded since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.existing import NOW, certificate, in_days, issued, renewal

from acmrules.diagnosis import (
    Actor,
    Cause,
    Certainty,
    CertificateDetail,
    CertificateEvent,
    State,
    diagnose,
)
from acmrules.diagnosis.events import events_aspect

ACTION = "ACM Certificate Renewal Action Required"
PENDING = "PENDING_DOMAIN_VALIDATION"


def event(kind, days=-1, **fields):
    """Return an event of some days ago."""
    return CertificateEvent(kind, at=in_days(days), **fields)


def causes(found):
    """Return the causes of an aspect."""
    return [each.cause for each in found.obstacles]


@pytest.mark.parametrize(
    ("shown", "cause"),
    [
        (event("AWS_ACM_CAA_CHECK_FAILURE"), Cause.CAA_FORBIDS),
        (event("CAA_CHECK_FAILURE"), Cause.CAA_FORBIDS),
        (event(ACTION, reason=PENDING, days=-1), Cause.RENEWAL_PENDING),
        (event("AWS_ACM_RENEWAL_FAILURE", reason="PCA_ACCESS_DENIED"), Cause.RENEWAL_FAILED),
        (event(ACTION, reason="CAA_ERROR"), Cause.CAA_FORBIDS),
    ],
)
def test_what_an_event_shows(shown, cause):
    """An event is a likely cause, because things may have changed since."""
    found = events_aspect(issued(40, events=(shown,)))
    (obstacle,) = found.obstacles
    assert (found.state, obstacle.cause) == (State.WAITING_FOR_YOU, cause)
    assert (obstacle.certainty, obstacle.actor) == (Certainty.LIKELY, Actor.YOU)
    assert f"the event `{shown.type}` of 2026-11-29 12:00 UTC" in obstacle.proof


def test_the_days_to_expiry_are_part_of_the_proof():
    """EventBridge has the days to expiry."""
    required = CertificateEvent(ACTION, at=NOW, reason=PENDING, days=15)
    (obstacle,) = events_aspect(issued(15, events=(required,))).obstacles
    assert obstacle.proof.endswith(", 15 days before expiry")


@pytest.mark.parametrize("left", [15, 40, 198])
def test_an_event_about_an_earlier_expiry_is_outdated(left):
    """The certificate was renewed since; a difference of some days may be one of clocks."""
    required = CertificateEvent(ACTION, at=in_days(-1), reason="CAA_ERROR", days=15)
    found = events_aspect(issued(left, events=(required,)))
    assert bool(found.obstacles) == (left == 15)


def test_an_event_from_before_the_certificate_is_outdated():
    """A renewed certificate has another begin, and `IssuedAt` may be that of the first one."""
    old = event(ACTION, days=-3, reason="CAA_ERROR")
    for begin, number in ((-4, 1), (-2, 0)):
        shown = issued(40, not_before=in_days(begin), issued_at=in_days(-190), events=(old,))
        assert len(events_aspect(shown).obstacles) == number


@pytest.mark.parametrize(
    "fields",
    [
        {"issued_at": NOW},
        {"renewal": renewal("SUCCESS", updated_at=NOW)},
        {"events": (event(ACTION, reason=PENDING), event("ACM Certificate Available", 0))},
        {"events": (CertificateEvent(ACTION, reason=PENDING),)},
    ],
)
def test_an_event_before_a_success_is_outdated(fields):
    """What ACM has done since an event counts more, and an event without a time may be old."""
    usual = {"events": (event(ACTION, reason=PENDING),)}
    assert events_aspect(issued(40, **(usual | fields))).obstacles == ()


def test_an_event_without_a_time_counts_before_any_success():
    """A request that was never issued has no success to be outdated by."""
    shown = CertificateEvent("CAA_CHECK_FAILURE")
    found = diagnose(certificate("PENDING_VALIDATION", events=(shown,)), as_of=NOW)
    assert found.state is State.WAITING_FOR_YOU
    assert [each.proof for each in found.obstacles if each.cause is Cause.CAA_FORBIDS] == [
        "the reason in the event `CAA_CHECK_FAILURE` is `CAA_ERROR`"
    ]


def test_expiry_events_count_without_an_expiry():
    """Without a description, an event is a reason to read one."""
    kinds = ("ACM Certificate Approaching Expiration", "ACM Certificate Expired")
    for kind in kinds:
        shown = CertificateEvent(kind, at=NOW, days=3)
        found = events_aspect(CertificateDetail("arn:x", events=(shown,)))
        assert (found.state, causes(found)) == (None, [Cause.EXPIRES])
        assert found.obstacles[0].certainty is Certainty.OPEN
    approaching = event(kinds[0], 0)
    assert events_aspect(issued(40, events=(approaching,))).obstacles == ()


def test_an_unknown_reason_is_open():
    """A later API may have other reasons."""
    found = events_aspect(issued(40, events=(event(ACTION, reason="NEW"),)))
    assert causes(found) == [Cause.RENEWAL_PENDING]
    found = events_aspect(issued(40, events=(event("AWS_ACM_RENEWAL_FAILURE", reason="NEW"),)))
    assert [each.certainty for each in found.obstacles] == [Certainty.OPEN]
    assert found.state is None


def test_events_do_not_outweigh_correct_records():
    """While DNS shows that all is correct, an older event does not make you act."""
    pending = renewal("PENDING_AUTO_RENEWAL")
    found = diagnose(issued(40, renewal=pending, events=(event(ACTION),)), as_of=NOW)
    assert found.state is State.WAITING_FOR_AWS
    assert Cause.RENEWAL_PENDING in [each.cause for each in found.obstacles]


@given(st.lists(st.builds(CertificateEvent, st.sampled_from([ACTION, "CAA_CHECK_FAILURE"]))))
def test_each_cause_is_there_once(events):
    """Many events of one cause are one obstacle, that of the latest."""
    found = causes(events_aspect(CertificateDetail("arn:x", events=tuple(events))))
    assert len(found) == len(set(found)) == len({each.type for each in events})
