"""ACM207, ACM521 and ACM522: the aliases and the origins of CloudFront distributions."""

import pytest
from hypothesis import given
from tests.support.rules import check_rule, consumer, name, names_of, outcomes, part

from acmrules.lint.rules.distributions import ends_in_dot
from acmrules.resources import BalancerOrigin, Distribution
from acmrules.strategies import names
from acmrules.unresolved import Malformed

BALANCER = BalancerOrigin("web-1.eu-west-1.elb.amazonaws.com", True, False)
DOT = "consumers 0 hosts 0"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.a.io", set()),
        (part("$Host", ".a.io"), set()),
        (Malformed("www.a.io."), {f"{DOT}: error"}),
        (part("www.", "$Zone", "."), {f"{DOT}: error"}),
        (part("www.", "$Zone"), {f"{DOT}: skipped"}),
        (names_of("$Hosts"), {f"{DOT}: skipped"}),
    ],
)
def test_an_alias_that_ends_in_a_dot(host, expected):
    """ACM207 decides by the end of the alias; other services are not checked."""
    for service in ("cloudfront", "cloudfront-tenant"):
        assert outcomes("ACM207", "a.io", consumers=(consumer(service, host),)) == expected
    assert outcomes("ACM207", "a.io", consumers=(consumer("alb", host),)) == set()


def test_the_fix_removes_the_dot():
    """Only a known alias can be fixed."""
    hosts = consumer("cloudfront", "a.io", Malformed("www.a.io."), part("$Zone", "."))
    found, _ = check_rule("ACM207", "a.io", consumers=(consumer("alb"), hosts))
    edits = [finding.fix and finding.fix.edits for finding in found]
    assert found[0].fix.safe
    assert [[(e.path, e.value) for e in each or ()] for each in edits] == [
        [(("consumers", 1, "hosts", 1), "www.a.io")],
        [],
    ]


@given(names())
def test_only_the_last_character_counts(host):
    """A valid name has no dot at its end, and any name has one with a dot after it."""
    assert ends_in_dot(host) is False
    assert ends_in_dot(Malformed(f"{host}.")) is True
    assert ends_in_dot(Malformed("")) is False


def settled(*aliases, default=True, **fields):
    return {"distribution": Distribution(tuple(map(name, aliases)), default, **fields)}


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        (settled(), set()),
        (settled("a.io"), {"distribution aliases 0: error"}),
        (settled(names_of("$More"), "a.io"), {"distribution aliases 1: error"}),
        (settled(part("$X", ".a.io")), {"distribution aliases 0: error"}),
        (settled(names_of("$More")), {"distribution aliases 0: skipped"}),
        (settled("a.io", default=None), {"distribution aliases 0: skipped"}),
    ],
)
def test_aliases_with_the_default_certificate(distribution, expected):
    """ACM521 needs one certain alias, and a certificate that is certainly absent."""
    assert outcomes("ACM521", **distribution) == expected


def test_the_aliases_are_one_finding():
    """ACM521 names the first alias and counts the others."""
    [finding], _ = check_rule("ACM521", **settled("a.io", "b.io", "c.io"))
    assert finding.message.endswith("does not cover `a.io` and 2 more")
    assert finding.path == ("distribution", "aliases", 0)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (BALANCER, {"distribution origins 0: error"}),
        (BALANCER.__replace__(always=False), {"distribution origins 0: warning"}),
        (BALANCER.__replace__(in_vpc=True), {"distribution origins 0: note"}),
        (BALANCER.__replace__(forwards_host=True), set()),
        (BALANCER.__replace__(forwards_host=None), {"distribution origins 0: skipped"}),
        (BALANCER.__replace__(domain_name=part("$Web")), {"distribution origins 0: error"}),
    ],
)
def test_a_load_balancer_as_an_origin(origin, expected):
    """ACM522 depends on the protocol and the `Host` header."""
    assert outcomes("ACM522", **settled(origins=(origin,))) == expected


@pytest.mark.parametrize("always", [True, False])
def test_the_message_says_when_cloudfront_uses_https(always):
    """If the viewer chooses the protocol, only HTTPS fails."""
    origin = BALANCER.__replace__(always=always)
    [finding], _ = check_rule("ACM522", **settled(origins=(origin,)))
    assert finding.message.startswith("for HTTPS viewers, CloudFront connects") is not always
    assert finding.message.startswith("CloudFront connects over HTTPS to `web-1.") is always
