"""Certificates that CloudFront manages."""

from tests.support.existing import DESCRIBE, NOW, certificate, in_days, issued, renewal

from acmrules.diagnosis import Cause, FailureReason, State, diagnose
from acmrules.facts import live, sources

CLOUDFRONT = {"managed_by": "CLOUDFRONT"}


def test_you_act_in_cloudfront():
    """Nothing is deleted or requested in ACM."""
    found = diagnose(certificate("VALIDATION_TIMED_OUT", **CLOUDFRONT), as_of=NOW)
    (obstacle,) = found.obstacles
    assert (found.state, obstacle.commands) == (State.BROKEN, ())
    assert obstacle.remedy == (
        "fix the cause; then request the certificate again in CloudFront, which manages it"
    )
    assert obstacle.source == sources.CF_MANAGED


def test_the_remedy_of_a_reason_stays():
    """What to do before the next request is the same."""
    reason = FailureReason.CAA_ERROR
    found = diagnose(certificate("FAILED", failure_reason=reason, **CLOUDFRONT), as_of=NOW)
    before, after = found.obstacles[0].remedy.split("; then ")
    assert before == live.CAA_ERROR.value.do
    assert after == "request the certificate again in CloudFront, which manages it"


def test_what_is_unknown_stays():
    """Whether the request timed out is found out in ACM."""
    old = certificate("PENDING_VALIDATION", managed_by="CLOUDFRONT", created_at=in_days(-4))
    assert diagnose(old, as_of=NOW).commands == (DESCRIBE,)


def test_other_obstacles_stay():
    """What is unknown, or waits for AWS, is the same for managed certificates."""
    for fields in ({"is_renewable": False, "in_use": False}, {"renewal": renewal("FAILED")}):
        own, managed = (
            diagnose(issued(40, **fields, **more), as_of=NOW).obstacles for more in ({}, CLOUDFRONT)
        )
        assert [each.cause for each in own] == [each.cause for each in managed]
        is_yours = own[0].cause is Cause.RENEWAL_FAILED
        assert (own != managed) is is_yours
