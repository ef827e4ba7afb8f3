"""ACM507: the requirements of services that use a certificate."""

import pytest
from tests.support.rules import check_rule, consumer, outcomes, part

from acmrules.lint.rules.service_conditions import BROKEN, REMEDIES
from acmrules.request import Tool
from acmrules.resources import OTHER_HTTP_VERSION
from acmrules.services import SERVICES

X = part("$X")
C = "consumers 0 certificate"
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
N2 = {"root_hierarchy": "N2_AMAZON_MANAGED"}
PRIVATE = {"certificate_authority_arn": AUTHORITY}
CONDITIONS = [
    ("verified-access", ["app.a.io"], {}, {}, {f"{C}: warning"}),
    ("verified-access", ["a.io"], {}, {}, set()),
    ("verified-access", [], {}, {}, {f"{C}: skipped"}),
    ("verified-access", [X], {}, {}, {f"{C}: skipped"}),
    ("verified-access", ["a.io", "b.io"], {}, {}, set()),
    ("apigateway-regional", [], {"traits": frozenset({"mutual-tls"})}, PRIVATE, {f"{C}: warning"}),
    ("apigateway-regional", [], {"traits": frozenset({"mutual-tls"})}, {}, set()),
    ("apigateway-regional", [], {}, PRIVATE, set()),
    (
        "apigateway-regional",
        [],
        {"traits": frozenset({"mutual-tls", "ownership-certificate"})},
        PRIVATE,
        set(),
    ),
    ("apigateway-regional", ["*.a.io"], {}, PRIVATE, {f"{C}: warning"}),
    ("apigateway-regional", ["*.a.io"], {}, {}, set()),
    ("apigateway-edge", ["*.a.io"], {}, {"validation_method": "HTTP"}, {f"{C}: warning"}),
    ("apigateway-private", ["*.a.io"], {}, {}, {f"{C}: warning"}),
    ("apigateway-private", ["a.io"], {}, {}, set()),
    ("site-to-site-vpn", [], {}, {}, {f"{C}: warning"}),
    ("site-to-site-vpn", [], {}, PRIVATE, set()),
    ("network-firewall-outbound", [], {}, {}, {f"{C}: warning"}),
    ("network-firewall-proxy", ["a.io"], {}, {}, set()),
    ("network-firewall-proxy", ["*.a.io"], {}, {}, {f"{C}: warning"}),
    ("network-firewall-proxy", [], {}, {}, {f"{C}: warning"}),
    ("cognito", ["a.io"], {}, {}, set()),
    ("cognito", ["a.io"], {}, PRIVATE, {f"{C}: warning"}),
    ("api-portal", ["a.io"], {}, {}, set()),
    ("api-portal", ["a.io"], {}, PRIVATE, {f"{C}: warning"}),
    ("iot", ["a.io"], {}, {}, set()),
    ("iot", ["a.io"], {}, PRIVATE, {f"{C}: warning"}),
    ("iot", ["a.io"], {"traits": frozenset({"validation-certificate"})}, PRIVATE, set()),
    ("cloudfront-origin-client", [], {}, {}, {f"{C}: warning"}),
    ("cloudfront-origin-client", [], {}, PRIVATE, set()),
    (
        "cloudfront-origin-client",
        [],
        {},
        {"root_hierarchy": "N2_AMAZON_MANAGED"},
        {f"{C}: skipped"},
    ),
    ("mediapackage-v2", [], {}, {}, {f"{C}: warning"}),
    ("mediapackage-v2", [], {}, PRIVATE, {f"{C}: warning"}),
    ("ses", [], {}, {}, {f"{C}: note"}),
    ("ses", [], {}, PRIVATE, set()),
    ("rtb-fabric", [], {}, {}, set()),
    ("alb", ["*.a.io"], {}, {}, set()),
]


@pytest.mark.parametrize(("service", "hosts", "traits", "fields", "expected"), CONDITIONS)
def test_conditions_of_a_service_are_checked_where_they_can_be(
    service, hosts, traits, fields, expected
):
    """ACM507 reports a condition that is not met, and is undecided if that is unknown."""
    used = consumer(service, *hosts, **traits)
    assert outcomes("ACM507", "a.io", consumers=(used,), **fields) == expected
    literal = consumer(service, *hosts, certificate=ARN, **traits)
    assert outcomes("ACM507", "a.io", consumers=(literal,), **fields) == set()
    assert outcomes("ACM507", consumers=(used,)) == set()


@pytest.mark.parametrize(("host", "expected"), [("a.io", set()), ("b.io", {f"{C}: warning"})])
def test_only_the_primary_name_is_the_application_domain(host, expected):
    """ACM507 compares the first name of the request, not the others."""
    used = (consumer("verified-access", host),)
    assert outcomes("ACM507", "a.io", "b.io", consumers=used) == expected


UNPROVEN = [
    ("*.a.io", "DNS", {f"{C}: skipped"}),
    ("*.a.io", "HTTP", {f"{C}: warning"}),
    ("*.a.io", X, {f"{C}: skipped"}),
    ("a.io", "HTTP", set()),
    (X, "HTTP", {f"{C}: skipped"}),
]


@pytest.mark.parametrize(("host", "method", "expected"), UNPROVEN)
def test_a_wildcard_needs_a_certificate_of_known_origin(host, method, expected):
    """ACM507 is undecided if the CA may be private, unless the method breaks the condition."""
    used = (consumer("apigateway-edge", host),)
    fields = {"certificate_authority_arn": X, "validation_method": method}
    got = outcomes("ACM507", "a.io", consumers=used, tool=Tool.TERRAFORM, **fields)
    assert got == expected


UNKNOWN_CONDITIONS = [
    ("verified-access", [X, part("$Y")], ["a.io"], {}, "`$X` is unknown"),
    ("verified-access", ["a.io"], [X, part("$Y")], {}, "`$X` and `$Y` are unknown"),
    ("verified-access", ["a.io", X], [], {}, "the host is unknown"),
    ("cognito", ["a.io"], [], {"certificate_authority_arn": X}, "`$X` is unknown"),
    (
        "cloudfront-origin-client",
        ["a.io"],
        [],
        N2,
        "its documentation is older than N2 certificates",
    ),
    ("cloudfront-origin-client", [X], [], N2, "its documentation is older than N2 certificates"),
    (
        "cloudfront-origin-client",
        ["a.io"],
        [],
        {"certificate_authority_arn": X, **N2},
        "`$X` is unknown",
    ),
]


@pytest.mark.parametrize(("service", "names", "hosts", "fields", "reason"), UNKNOWN_CONDITIONS)
def test_an_undecided_condition_has_its_reason(service, names, hosts, fields, reason):
    """ACM507 names the values on which the condition depends."""
    used = (consumer(service, *hosts),)
    _, skips = check_rule("ACM507", *names, consumers=used, tool=Tool.TERRAFORM, **fields)
    [detail] = [skip.detail for skip in skips if skip.path == ("consumers", 0, "certificate")]
    assert detail.partition("; ")[0] == reason


def test_one_certificate_needs_one_http_version():
    """ACM507 reports each distribution whose HTTP version differs from that of the first one."""

    def distribution(version):
        traits = frozenset({f"http-version={version}"} if version else ())
        return consumer("cloudfront", "a.io", traits=traits)

    def got(*versions):
        return outcomes("ACM507", "a.io", consumers=tuple(map(distribution, versions)))

    assert got("http2") == got(None) == got("http2", "http2") == set()
    assert got("http2", "http3", "http2") == {"consumers 1 certificate: warning"}
    assert got("http2", None) == {"consumers 1 certificate: skipped"}
    _, [skip] = check_rule("ACM507", "a.io", consumers=(distribution("http2"), distribution(None)))
    assert skip.detail.startswith("the `HttpVersion` of a distribution is unknown; ")
    other = consumer("cloudfront", traits=frozenset({"http-version=http2", "staging"}))
    assert outcomes("ACM507", "a.io", consumers=(distribution("http2"), other)) == set()
    literal = consumer("cloudfront", certificate=ARN, traits=frozenset({"http-version=http1.1"}))
    assert outcomes("ACM507", "a.io", consumers=(literal, distribution("http2"))) == set()


def test_every_checked_condition_is_a_fact_of_its_service_and_has_help():
    """The tables of ACM507 have the same services and conditions, which exist in the facts."""
    assert BROKEN.keys() == REMEDIES.keys()
    for service, key in BROKEN:
        assert key in SERVICES[service].terms()


def test_distributions_with_one_arn_have_one_version():
    """ACM507 reports it without a request too."""
    arn = "arn:aws:acm:us-east-1:210987654320:certificate/2f1c"
    used = consumer("cloudfront", certificate=arn, traits=frozenset({OTHER_HTTP_VERSION}))
    assert outcomes("ACM507", consumers=(used,)) == {"consumers 0 certificate: warning"}
    assert outcomes("ACM507", consumers=(used.__replace__(traits=frozenset()),)) == set()
    [finding], _ = check_rule("ACM507", consumers=(used,))
    assert finding.message == (
        "another distribution with this certificate has another `HttpVersion`; CloudFront requires"
        " this: all distributions with the same certificate have the same `HttpVersion`"
    )
