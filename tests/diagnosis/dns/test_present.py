"""A CNAME record that is at the name of the validation record, correct or not."""

from itertools import pairwise

from tests.support.dns_certificates import VALUE, answer, case, certificate, validation

from acmrules.diagnosis import Cause, Certainty, ValidationStatus
from acmrules.diagnosis.dns import present
from acmrules.diagnosis.dns.outcomes import views_of

WWW = "www.brightharbor.io"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RECORD = WAITING.validations[0].record


def obstacle(make, target, *answers, waiting=WAITING):
    """Return the obstacle for a record with a target."""
    one = case(waiting, [answer(NAME, "CNAME", target), *answers])
    return make(one, RECORD, views_of(RECORD, one.evidence))


def test_a_failed_validation_needs_a_new_request():
    """The record may stay for it."""
    waiting = certificate(validation(WWW, status=ValidationStatus.FAILED))
    assert obstacle(present.correct, VALUE, waiting=waiting).cause is Cause.NAME_FAILED
    assert obstacle(present.correct, VALUE).cause is Cause.RECORD_CORRECT


def test_a_value_with_the_zone_has_no_underscore_or_one():
    """Both forms of the value may have the zone at their end."""
    for value in (VALUE, VALUE[1:]):
        found = obstacle(present.other, f"{value}.example.net")
        assert found.cause is Cause.VALUE_WITH_DOMAIN
        assert "`example.net`" in found.text


def test_a_value_of_acm_that_is_not_this_one():
    """The value belongs to another name or account."""
    found = obstacle(present.other, "_old.mhbtsbpdnt.acm-validations.aws")
    assert (found.cause, found.certainty) == (Cause.OTHER_VALUE, Certainty.CERTAIN)


def test_a_target_that_was_not_looked_up_is_open():
    """The command follows the alias."""
    one = case(WAITING, [answer(NAME, "CNAME", "hosting.example.net")])
    found = present.unfinished(RECORD, views_of(RECORD, one.evidence))
    assert (found.cause, found.certainty) == (Cause.OTHER_TARGET, Certainty.OPEN)
    assert found.commands == ("dig CNAME hosting.example.net",)


def test_a_long_chain_is_shown_up_to_the_value():
    """What is behind the value does not count, and the record is to point to it directly."""
    hops = [f"h{number}.example.net" for number in range(6)]
    chain = [NAME, *hops, VALUE, "behind.example.net"]
    aliases = [answer(name, "CNAME", target) for name, target in pairwise(chain)]
    one = case(WAITING, aliases)
    found = present.long(one, RECORD, views_of(RECORD, one.evidence))
    assert found.proof == " → ".join(f"`{each}`" for each in (NAME, *hops, VALUE))
    assert "has 7 CNAME records; ACM follows 5" in found.text
    assert found.changes[0].values == (VALUE,)
