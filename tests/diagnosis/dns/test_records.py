"""What answers prove about the validation record of a name."""

import pytest
from tests.support.dns_certificates import VALUE, answer, case, certificate, resolved, validation

from acmrules.diagnosis import AnswerStatus, Cause, Certainty, DnsRecord
from acmrules.diagnosis.dns.records import obstacles

WWW = "www.brightharbor.io"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RIGHT = answer(NAME, "CNAME", VALUE)


def causes(*answers):
    """Return the causes for the record of the name."""
    found = obstacles(case(WAITING, answers), WAITING.validations[0].record)
    return [each.cause for each in found]


def test_nothing_is_known_without_an_answer():
    """Neither an answer about another name nor a referral is one."""
    referral = answer(NAME, "CNAME", is_authoritative=False).__replace__(
        authority=(DnsRecord("brightharbor.io", "NS", "ns1.dnshost.example"),)
    )
    assert causes() == causes(answer(WWW, "CNAME")) == causes(referral) == []


@pytest.mark.parametrize("make", [answer, resolved])
def test_one_answer_of_any_server_is_enough(make):
    """`dig` without `+trace` queries a public resolver."""
    assert causes(make(NAME, "CNAME", VALUE)) == [Cause.RECORD_CORRECT]
    absent = make(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)
    assert causes(absent) == [Cause.RECORD_MISSING]
    assert causes(absent.__replace__(server="", is_authoritative=None)) == [Cause.RECORD_MISSING]


def test_broken_dnssec_and_a_missing_record_are_two_obstacles():
    """Both have to be corrected."""
    absent = answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)
    rejected = resolved(NAME, "CNAME", status=AnswerStatus.SERVFAIL)
    assert causes(absent, rejected) == [Cause.DNSSEC_BROKEN, Cause.RECORD_MISSING]
    assert causes(RIGHT, rejected) == [Cause.DNSSEC_BROKEN]


def test_an_alias_that_was_not_followed_is_open():
    """Its target may be an alias of the value."""
    one = case(WAITING, [answer(NAME, "CNAME", "hosting.example.net")])
    (found,) = obstacles(one, WAITING.validations[0].record)
    assert (found.cause, found.certainty) == (Cause.OTHER_TARGET, Certainty.OPEN)
