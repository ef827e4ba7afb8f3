"""ACM509 to ACM514: ACME resources, and signing requests that may use them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import RULES, check_rule, consumer, name, outcomes, part

from acmrules.acme import AcmeBinding, AcmeEndpoint, AcmeValidation
from acmrules.facts import acm
from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, KeyAlgorithm, Tool

X = part("$X")
BEFORE, FIRST = date(2026, 6, 17), date(2026, 6, 18)
OFF = dict.fromkeys(("exact_domain", "subdomains", "wildcards"), "DISABLED")


def results(rule, variant, as_of=date(2026, 11, 23)):
    """Return the findings and the skips of one rule for a variant."""
    declaration = Declaration(None, Tool.CLOUDFORMATION, "", (variant,))
    return Linter(rules=[RULES[rule]], as_of=as_of).check(declaration)


def got(rule, resource, **more):
    """Return the severities by path for an ACME resource."""
    findings, skips = results(rule, Variant(None, (), {}, acme=resource), **more)
    found = [(each.path, each.severity) for each in findings]
    found += [(each.path, "skipped") for each in skips]
    return {f"{' '.join(map(str, path))}: {verdict}" for path, verdict in found}


def remedies(rule, resource):
    """Return the help of each finding for an ACME resource, and the value that its fix writes."""
    findings, _ = results(rule, Variant(None, (), {}, acme=resource))
    return [(each.help, each.fix.edits[0].value if each.fix else None) for each in findings]


def of_request(rule, *resources, names=("a.io",), algorithm=KeyAlgorithm.RSA_2048):
    """Return the severities by path for a signing request in a run with ACME resources."""
    request = CertificateRequest(tuple(map(name, names)), key_algorithm=algorithm)
    findings, skips = results(rule, Variant(request, (), {}, acme_resources=resources))
    found = [(each.path, each.severity) for each in findings]
    found += [(each.path, "skipped") for each in skips]
    return {f"{' '.join(map(str, path))}: {verdict}" for path, verdict in found}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (AcmeEndpoint(authorization="PRE_APPROVED"), set()),
        (AcmeEndpoint(missing=("AuthorizationBehavior",)), {"acme: error"}),
        (AcmeEndpoint(authorization="OTHER"), {"acme authorization: error"}),
        (AcmeEndpoint(authorization=X), {"acme authorization: skipped"}),
        (AcmeEndpoint(authorization=part("POST_", "$X")), {"acme authorization: error"}),
        (AcmeValidation(), set()),
        (AcmeValidation(missing=("DomainName",)), {"acme: error"}),
        (AcmeValidation(wildcards="yes"), {"acme wildcards: error"}),
        (AcmeValidation(exact_domain=X), {"acme exact_domain: skipped"}),
        (AcmeBinding(missing=("RoleArn", "AcmeEndpointArn")), {"acme: error"}),
    ],
)
def test_members_are_complete_and_known(resource, expected):
    """ACM509 reports missing members and unknown values, and skips unresolved ones."""
    assert got("ACM509", resource) == expected


@pytest.mark.parametrize(
    ("value", "remedy", "fixed"),
    [
        ("enabled", "change it to `ENABLED`", "ENABLED"),
        (" Disabled", "change it to `DISABLED`", "DISABLED"),
        ("yes", "use `ENABLED` or `DISABLED`", None),
        (part("yes ", "$X"), "use `ENABLED` or `DISABLED`", None),
    ],
)
def test_a_slip_in_a_value_is_fixed(value, remedy, fixed):
    """ACM509 fixes the case and blanks of a value, and lists the values otherwise."""
    resource = AcmeValidation(subdomains=value)
    assert remedies("ACM509", resource) == [(remedy, fixed)]
    [finding], _ = results("ACM509", Variant(None, (), {}, acme=resource))
    assert finding.fix is None or finding.fix.safe


def test_every_missing_member_is_a_finding_of_its_own():
    """ACM509 names each missing member."""
    resource = AcmeBinding(missing=("RoleArn", "AcmeEndpointArn"))
    findings, _ = results("ACM509", Variant(None, (), {}, acme=resource))
    assert [each.message for each in findings] == [
        "`AcmeExternalAccountBinding` needs `RoleArn`",
        "`AcmeExternalAccountBinding` needs `AcmeEndpointArn`",
    ]


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("us-east-1", set()),
        ("cn-north-1", {"acme: error"}),
        ("us-gov-west-1", {"acme: error"}),
        ("me-central-1", {"acme: error"}),
        ("me-south-1", set()),
        (X, {"acme: skipped"}),
        (None, {"acme: skipped"}),
    ],
)
def test_some_regions_have_no_acme(region, expected):
    """ACM510 reports Regions in which CloudFormation lacks the types."""
    for resource in (AcmeEndpoint, AcmeValidation, AcmeBinding):
        assert got("ACM510", resource(region=region)) == expected


@pytest.mark.parametrize(
    ("region", "reason"), [(X, "`$X` is unknown"), (None, "the Region is unknown")]
)
def test_the_region_of_the_stack_can_be_given(region, reason):
    """ACM510 names the unknown value, and the option."""
    _, [skip] = results("ACM510", Variant(None, (), {}, acme=AcmeEndpoint(region=region)))
    assert skip.detail == f"{reason}; pass `--region`"


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (AcmeValidation(**OFF), {"acme domain_name: warning"}),
        (AcmeValidation(**OFF | {"wildcards": "ENABLED"}), set()),
        (AcmeValidation(**OFF | {"wildcards": X}), set()),
        (AcmeValidation(**OFF | {"wildcards": None}), set()),
        (AcmeValidation(), set()),
        (AcmeEndpoint(), set()),
    ],
)
def test_a_validation_without_a_scope_is_reported(resource, expected):
    """ACM511 warns if all scopes are disabled; the default is unknown."""
    assert got("ACM511", resource) == expected


def test_a_signing_request_is_compared_with_the_validations():
    """ACM511 notes each name that no validation allows, and skips unknown scopes."""
    only = AcmeValidation(domain_name="a.io", **OFF | {"exact_domain": "ENABLED"})
    listed = ("a.io", "www.a.io", "*.a.io", "b.io")
    denied = {"names 1: note", "names 2: note", "names 3: note"}
    assert of_request("ACM511", only, names=listed) == denied
    more = AcmeValidation(domain_name="b.io", exact_domain="ENABLED")
    assert of_request("ACM511", only, more, names=("a.io", "b.io")) == set()
    assert of_request("ACM511", AcmeValidation(domain_name=X)) == {"names 0: skipped"}
    assert of_request("ACM511", AcmeEndpoint()) == set()
    assert of_request("ACM511") == set()
    assert of_request("ACM511", only, names=(X, "a_b.io")) == set()


def test_the_help_names_the_scope_that_is_off():
    """ACM511 suggests the scope of a validation for the domain, or another validation."""
    request = CertificateRequest(tuple(map(name, ("www.a.io", "b.io"))))
    only = AcmeValidation(domain_name="a.io", **OFF)
    findings, _ = results("ACM511", Variant(request, (), {}, acme_resources=(only,)))
    assert [each.help for each in findings] == [
        "enable `Subdomains` in the validation of `a.io`",
        "add a domain validation for `b.io` or its parent",
    ]


DOMAINS = [
    ("a.io", set(), None),
    ("A.io", {"acme domain_name: error"}, "a.io"),
    ("*.a.io", {"acme domain_name: error"}, "a.io"),
    ("*.A.io", {"acme domain_name: error"}, "a.io"),
    ("a.*.io", {"acme domain_name: error"}, None),
    ("a_b.io", {"acme domain_name: error"}, None),
    ("a.io.", {"acme domain_name: error"}, None),
    ("a" * 254, {"acme domain_name: error"}, None),
    (".".join(["a" * 63] * 3 + ["a" * 61]), set(), None),
    (".".join(["a" * 63] * 3 + ["a" * 62]), {"acme domain_name: error"}, None),
    ("A_b.io", {"acme domain_name: error"}, None),
    (part("$X", "A.io"), {"acme domain_name: error"}, None),
    (X, {"acme domain_name: skipped"}, None),
    (part("*.", "$X"), {"acme domain_name: error"}, None),
    (part("$X", ".Io"), {"acme domain_name: error"}, None),
    (None, set(), None),
]


@pytest.mark.parametrize(("domain", "expected", "fixed"), DOMAINS)
def test_a_domain_is_in_lowercase_and_no_wildcard(domain, expected, fixed):
    """ACM512 fixes letter case safely, and a wildcard only with a review."""
    resource = AcmeValidation(domain_name=domain)
    assert got("ACM512", resource) == expected
    findings, _ = results("ACM512", Variant(None, (), {}, acme=resource))
    for finding in findings:
        assert (finding.fix.edits[0].value if finding.fix else None) == fixed
        assert not finding.fix or finding.fix.safe is ("*" not in str(domain))


@pytest.mark.parametrize(
    ("zone", "expected", "fixed"),
    [
        ("Z0123456789ABCDEFGHIJ", set(), None),
        ("/hostedzone/Z1", {"acme hosted_zone_id: error"}, "Z1"),
        ("/hostedzone/x", {"acme hosted_zone_id: error"}, None),
        ("z1", {"acme hosted_zone_id: error"}, None),
        ("Z" * 32, set(), None),
        ("Z" * 33, {"acme hosted_zone_id: error"}, None),
        (X, {"acme hosted_zone_id: skipped"}, None),
        (part("/hostedzone/", "$X"), {"acme hosted_zone_id: error"}, None),
        (None, set(), None),
    ],
)
def test_a_hosted_zone_is_an_id(zone, expected, fixed):
    """ACM512 reports anything but an ID, and removes the prefix."""
    resource = AcmeValidation(hosted_zone_id=zone)
    assert got("ACM512", resource) == expected
    for finding in results("ACM512", Variant(None, (), {}, acme=resource))[0]:
        assert (finding.fix.edits[0].value if finding.fix else None) == fixed
        assert finding.fix is None or finding.fix.safe
        remedy = f"change it to `{fixed}`" if fixed else "which starts with `Z`"
        assert (remedy in finding.help) is isinstance(zone, str)


@given(st.sampled_from(KeyAlgorithm))
def test_an_endpoint_allows_three_algorithms(algorithm):
    """ACM513 reports every algorithm that no endpoint can allow."""
    known = algorithm.value in acm.ACME_ALGORITHMS.value
    expected = set() if known else {"acme algorithms 0: error"}
    assert got("ACM513", AcmeEndpoint(algorithms=(algorithm.value,))) == expected
    noted = set() if known else {"key_algorithm: note"}
    assert of_request("ACM513", AcmeEndpoint(), algorithm=algorithm) == noted
    own = AcmeEndpoint(algorithms=(algorithm.value,))
    assert of_request("ACM513", own, algorithm=algorithm) == set()


def test_an_algorithm_is_compared_with_all_endpoints():
    """ACM513 notes a key that no endpoint allows; a slip in a value is fixed."""
    rsa, ec = (AcmeEndpoint(algorithms=(a,)) for a in ("RSA_2048", "EC_prime256v1"))
    unknown = AcmeEndpoint(algorithms=(X,))
    wanted = {"algorithm": KeyAlgorithm.EC_PRIME256V1}
    assert of_request("ACM513", rsa, **wanted) == {"key_algorithm: note"}
    assert of_request("ACM513", rsa, ec, **wanted) == set()
    assert of_request("ACM513", rsa, unknown, **wanted) == {"key_algorithm: skipped"}
    assert of_request("ACM513", **wanted) == set()
    assert of_request("ACM513", AcmeValidation(), **wanted) == set()
    assert got("ACM513", unknown) == {"acme algorithms 0: skipped"}
    slip = Variant(None, (), {}, acme=AcmeEndpoint(algorithms=("ec_prime256v1",)))
    [finding], _ = results("ACM513", slip)
    assert finding.fix.safe
    assert finding.fix.edits[0].value == "EC_prime256v1"


@pytest.mark.parametrize(
    ("algorithm", "remedy", "fixed"),
    [
        ("rsa-2048", "change it to `RSA_2048`", "RSA_2048"),
        ("RSA_4096", "use `RSA_2048`, `EC_prime256v1` or `EC_secp384r1`", None),
        ("ed25519", "use `RSA_2048`, `EC_prime256v1` or `EC_secp384r1`", None),
    ],
)
def test_an_algorithm_that_no_endpoint_allows_has_a_help(algorithm, remedy, fixed):
    """ACM513 fixes the spelling, and lists the algorithms otherwise."""
    assert remedies("ACM513", AcmeEndpoint(algorithms=(algorithm,))) == [(remedy, fixed)]


@pytest.mark.parametrize(
    ("algorithms", "remedy"),
    [
        (("RSA_2048", "RSA_4096"), "use `RSA_2048`"),
        (("RSA_4096",), "use `RSA_2048`, `EC_prime256v1` or `EC_secp384r1`"),
    ],
)
def test_the_help_lists_what_the_endpoints_allow(algorithms, remedy):
    """ACM513 suggests the algorithms of the endpoints, without those that none can have."""
    request = CertificateRequest((name("a.io"),), key_algorithm=KeyAlgorithm.EC_PRIME256V1)
    endpoint = AcmeEndpoint(algorithms=algorithms)
    [finding], _ = results("ACM513", Variant(request, (), {}, acme_resources=(endpoint,)))
    assert finding.help == remedy


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        ((), set()),
        (("sts:TagSession",), {"acme role: error"}),
        (("acm-acme.amazonaws.com", "sts:AssumeRole"), {"acme role: error"}),
        (None, {"acme role: skipped"}),
    ],
)
def test_the_role_of_a_binding_trusts_acme(lacking, expected):
    """ACM514 reports what the trust policy lacks, and skips a role that is elsewhere."""
    assert got("ACM514", AcmeBinding(role="x", lacking=lacking)) == expected
    assert got("ACM514", AcmeBinding(lacking=lacking)) == set()


@pytest.mark.parametrize("rule", ["ACM509", "ACM510", "ACM511", "ACM512", "ACM513", "ACM514"])
def test_the_rules_start_with_acme(rule):
    """Before ACME, the rules are not in force, and they skip everything else afterwards."""
    broken = AcmeValidation(missing=("x",), domain_name="A", region="cn-north-1", **OFF)
    assert got(rule, broken, as_of=BEFORE) == {": skipped"}
    assert ": skipped" not in got(rule, broken, as_of=FIRST)
    assert outcomes(rule, "a.io") == set()


def test_an_endpoint_is_no_certificate():
    """ACM308 reports a resource that uses the ARN of an ACME endpoint."""
    arn = "arn:aws:acm:eu-west-1:111122223333:acme-endpoint/2f1c"
    for used in (
        consumer("alb", certificate=X, traits=frozenset({"acme-endpoint"})),
        consumer("alb", certificate=arn),
        consumer("alb", certificate=part("arn:aws:acm:", "$Region", ":111122223333", arn[-19:])),
    ):
        [finding], _ = check_rule("ACM308", consumers=(used,))
        assert finding.path == ("consumers", 0, "certificate")
        assert finding.message == "not a certificate ARN: it is the ARN of an ACME endpoint"
