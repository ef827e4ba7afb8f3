"""Whether a name points to CloudFront."""

from tests.support.dns_certificates import answer, case, certificate, validation

from acmrules.diagnosis import AnswerStatus, Cause, Certainty, DnsRecord
from acmrules.diagnosis.dns import http
from acmrules.request import ValidationMethod

NAME = "www.brightharbor.io"
CONTENT = (Cause.HTTP_CONTENT, Certainty.OPEN)
WAITING = certificate(validation(NAME, ValidationMethod.HTTP))


def found(*answers):
    """Return the causes for a name that is validated over HTTP, and how certain they are."""
    return [(e.cause, e.certainty) for e in http.obstacles(case(WAITING, answers))]


def alias(target):
    """Return the answer for a name that is an alias."""
    return answer(NAME, "A").__replace__(records=(DnsRecord(NAME, "CNAME", target),))


def test_an_alias_of_cloudfront_is_right():
    """Distributions and connection groups have names below `cloudfront.net`."""
    assert found(alias("d111111abcdef8.cloudfront.net")) == [CONTENT]


def test_another_alias_is_likely_wrong():
    """It may be an alias of CloudFront in the end."""
    assert found(alias("old.example.net")) == [(Cause.NOT_CLOUDFRONT, Certainty.LIKELY)]


def test_an_address_may_be_one_of_cloudfront():
    """An alias record of Route 53 shows addresses only."""
    assert found(answer(NAME, "A", "203.0.113.7"), answer(NAME, "AAAA")) == [CONTENT]


def test_a_name_without_an_address_serves_nothing():
    """Both types were looked up."""
    nothing = answer(NAME, "A"), answer(NAME, "AAAA")
    assert found(*nothing) == [(Cause.NOT_CLOUDFRONT, Certainty.CERTAIN)]
    assert found(nothing[0]) == [CONTENT]
    absent = tuple(each.__replace__(status=AnswerStatus.NXDOMAIN) for each in nothing)
    assert found(*absent) == [(Cause.NOT_CLOUDFRONT, Certainty.CERTAIN)]
    (shown,) = http.obstacles(case(WAITING, nothing))
    assert shown.proof.startswith(f"query for A of `{NAME}`: ")


def test_what_to_look_up():
    """Both types of addresses, unless something is known."""
    assert http.unknown(case(WAITING)) == (f"dig A {NAME}", f"dig AAAA {NAME}")
    assert http.unknown(case(WAITING, [answer(NAME, "A")])) == ()
    assert http.unknown(case(WAITING, [alias("x.cloudfront.net")])) == ()
