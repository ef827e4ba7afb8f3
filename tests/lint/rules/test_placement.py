"""ACM501 to 506, and 508: Regions and key algorithms."""

from datetime import date

import pytest
from tests.support.rules import check_rule, consumer, outcomes, part

from acmrules.facts.fact import CHECKED
from acmrules.request import Tool

X = part("$X")
C = "consumers 0 certificate"
US, EU = "us-east-1", "eu-west-1"
AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


def arn(region, partition="aws"):
    return f"arn:{partition}:acm:{region}:111122223333:certificate/2f1c"


FIXED = [
    ("cloudfront", EU, {f"{C}: error"}),
    ("cloudfront", US, set()),
    ("apigateway-edge", EU, {f"{C}: error"}),
    ("cognito", EU, {f"{C}: error"}),
    ("appsync", EU, {f"{C}: error"}),
    ("amplify", EU, {f"{C}: error"}),
    ("alb", EU, set()),
    ("cloudfront", X, {f"{C}: skipped"}),
    ("cloudfront", None, {f"{C}: skipped"}),
    ("nosuchservice", EU, set()),
]


@pytest.mark.parametrize(("service", "region", "expected"), FIXED)
def test_some_services_look_in_one_region_only(service, region, expected):
    """ACM501 reports the reference to a certificate from another Region."""
    used = consumer(service, region=region)
    assert outcomes("ACM501", "a.io", region=region, consumers=(used,)) == expected


def test_a_consumer_without_a_request_is_not_reported_by_acm501():
    """ACM508 checks literal ARNs, and no rule checks a consumer without a certificate."""
    assert outcomes("ACM501", consumers=(consumer("cloudfront"),)) == set()
    literal = consumer("cloudfront", certificate=arn(EU))
    assert outcomes("ACM501", "a.io", region=EU, consumers=(literal,)) == set()
    without = consumer("cloudfront", certificate=None)
    assert outcomes("ACM501", "a.io", region=EU, consumers=(without,)) == set()


@pytest.mark.parametrize("rule", ["ACM501", "ACM502", "ACM505", "ACM507"])
def test_a_consumer_of_another_certificate_is_decided(rule):
    """An unknown certificate is not the requested one, so its rules are not undecided either."""
    used = consumer("cloudfront", certificate=X, region=X)
    assert outcomes(rule, "a.io", region=EU, consumers=(used,)) == set()


MISSING = [
    (X, EU, "`$X` is unknown"),
    (EU, None, "the Region is unknown; pass `--region`"),
    (X, part("$Y"), "`$X` and `$Y` are unknown"),
    (EU, part("${AWS::Region}"), "`${AWS::Region}` is unknown; pass `--region`"),
    (X, part("${AWS::Region}"), "`$X` and `${AWS::Region}` are unknown; pass `--region`"),
]


@pytest.mark.parametrize(("theirs", "ours", "reason"), MISSING)
def test_an_undecided_region_has_its_reason(theirs, ours, reason):
    """ACM502 names the unknown values, and the option that sets the Region of the deployment."""
    used = (consumer("alb", region=theirs),)
    _, [skip] = check_rule("ACM502", "a.io", region=ours, consumers=used)
    assert skip.detail == reason


SAME = [
    ("alb", EU, EU, set()),
    ("alb", EU, US, {f"{C}: error"}),
    ("vpc-lattice", EU, US, {f"{C}: error"}),
    ("cloudfront", EU, US, set()),
    ("cloudfront-origin", EU, US, set()),
    ("alb", X, X, set()),
    ("alb", X, US, {f"{C}: skipped"}),
    ("alb", EU, X, {f"{C}: skipped"}),
    ("alb", None, None, set()),
    ("alb", None, US, {f"{C}: skipped"}),
]


@pytest.mark.parametrize(("service", "theirs", "ours", "expected"), SAME)
def test_most_services_need_the_certificate_in_their_region(service, theirs, ours, expected):
    """ACM502 reports a resource whose certificate is from another Region."""
    used = consumer(service, region=theirs)
    got = outcomes("ACM502", "a.io", region=ours, consumers=(used,))
    assert got == expected
    literal = consumer(service, region=theirs, certificate=arn(EU))
    assert outcomes("ACM502", "a.io", region=ours, consumers=(literal,)) == set()
    assert outcomes("ACM502", consumers=(used,)) == set()


KNOWN = [
    (EU, set()),
    ("eu-west1", {"region: error"}),
    ("nowhere", {"region: error"}),
    ("eu-west-9", {"region: note"}),
    (X, {"region: skipped"}),
    (part("eu_", "$X"), {"region: note"}),
    (part("${AWS::Region}"), set()),
    (None, set()),
]


@pytest.mark.parametrize(("region", "expected"), KNOWN)
def test_a_region_must_have_acm(region, expected):
    """ACM503 is a note if the value looks like a new Region."""
    assert outcomes("ACM503", "a.io", region=region) == expected


def test_a_region_in_several_places_is_reported_once():
    """ACM503 reports it in the request, or else in the first consumer or ARN."""
    used = consumer("alb", region="eu-west1"), consumer("alb", region="us-west9")
    literal = consumer("alb", certificate=arn("us-vest-1"))
    got = outcomes("ACM503", "a.io", region="eu-west1", consumers=(*used, literal))
    assert got == {
        "region: error",
        "consumers 1 region: error",
        "consumers 2 certificate: note",
    }


DECIDED_IN_PART = [
    (consumer("alb", region=X), {"consumers 0 region: skipped"}),
    (
        consumer("alb", certificate=part("arn:aws:acm:", "$X", ":111122223333:certificate/x")),
        {"consumers 0 certificate: skipped"},
    ),
    (consumer("alb", certificate=part("arn:aws:acm:eu-west-1:", "$X")), set()),
]


@pytest.mark.parametrize(("used", "expected"), DECIDED_IN_PART)
def test_a_partly_known_region_is_undecided_once(used, expected):
    """ACM503 is undecided on the first of equal values, and not at all if the Region is known."""
    assert outcomes("ACM503", consumers=(used, used)) == expected


def test_an_unknown_arn_may_be_from_any_region():
    """ACM503 is undecided on each ARN that does not show its Region."""
    used = consumer("alb", certificate=X)
    assert outcomes("ACM503", consumers=(used, used)) == {
        "consumers 0 certificate: skipped",
        "consumers 1 certificate: skipped",
    }


REGION_MESSAGES = [
    (
        "us-east1",
        "unknown Region `us-east1`; did you mean `us-east-1` or `us-east-2`?",
        "change it to `us-east-1`",
    ),
    (
        "nowhere",
        "unknown Region `nowhere`",
        "use a Region in which ACM is available, such as `us-east-1`",
    ),
    (
        "eu-west-9",
        f"unknown Region `eu-west-9` (newer than {CHECKED}?)",
        "check the spelling of the Region",
    ),
    (
        "me-west-1",
        "no source lists an ACM endpoint in the Region `me-west-1`",
        "use a Region in which ACM is available",
    ),
]


@pytest.mark.parametrize(("region", "message", "remedy"), REGION_MESSAGES)
def test_an_unknown_region_has_a_message_and_a_help(region, message, remedy):
    """ACM503 suggests similar Regions for a misspelling, and has no suggestion for others."""
    [finding], _ = check_rule("ACM503", "a.io", region=region)
    assert (finding.message, finding.help) == (message, remedy)


def test_the_fix_changes_an_unknown_region_to_a_similar_one():
    """ACM503 has no fix for a Region inside an ARN, or if no Region is similar."""
    [finding], _ = check_rule("ACM503", "a.io", region="us-east1")
    assert (finding.fix.edits[0].value, finding.fix.safe) == (US, False)
    assert finding.fix.description == "change it to `us-east-1`"
    [used], _ = check_rule("ACM503", consumers=(consumer("alb", region="us-east1"),))
    assert used.fix.edits[0].path == ("consumers", 0, "region")
    [nowhere], _ = check_rule("ACM503", "a.io", region="nowhere")
    assert nowhere.fix is None
    [inside], _ = check_rule("ACM503", consumers=(consumer("alb", certificate=arn("us-east1")),))
    assert inside.fix is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (arn("<region>").replace("111122223333", "<account-id>"), "ACM308"),
        (arn("us-vest-1"), "ACM503"),
    ],
)
def test_one_rule_reports_an_arn(text, expected):
    """ACM308 reports a malformed ARN, and ACM503 the unknown Region of a valid one."""
    one = (consumer("alb", certificate=text),)
    assert [rule for rule in ("ACM308", "ACM503") if outcomes(rule, consumers=one)] == [expected]


MAYBE_PRIVATE = {"certificate_authority_arn": X, "tool": Tool.TERRAFORM}
ALGORITHMS = [
    ("RSA_2048", {}, set(), None),
    ("EC_secp384r1", {}, set(), None),
    (None, {}, set(), None),
    ("RSA_4096", {}, {"key_algorithm: error"}, None),
    ("EC_secp521r1", {}, {"key_algorithm: error"}, None),
    ("ec_PRIME256V1", {}, {"key_algorithm: error"}, "EC_prime256v1"),
    ("RSA-2048", {}, {"key_algorithm: error"}, "RSA_2048"),
    ("rsa-4096", {}, {"key_algorithm: error"}, None),
    ("ed25519", {}, {"key_algorithm: error"}, None),
    ("EC_prime256v1", {"as_of": date(2022, 11, 7)}, {"key_algorithm: error"}, None),
    ("EC_prime256v1", {"as_of": date(2022, 11, 8)}, set(), None),
    ("RSA_4096", {"certificate_authority_arn": AUTHORITY}, {"key_algorithm: error"}, None),
    ("RSA_3072", {"certificate_authority_arn": AUTHORITY}, {"key_algorithm: error"}, None),
    ("EC_secp521r1", {"certificate_authority_arn": AUTHORITY}, {"key_algorithm: error"}, None),
    ("EC_secp384r1", {"certificate_authority_arn": AUTHORITY}, set(), None),
    ("RSA_4096", MAYBE_PRIVATE, {"key_algorithm: error"}, None),
    (
        "EC_secp384r1",
        MAYBE_PRIVATE | {"as_of": date(2022, 11, 7)},
        {"key_algorithm: skipped"},
        None,
    ),
    ("ed25519", {"certificate_authority_arn": AUTHORITY}, {"key_algorithm: error"}, None),
    (X, {"certificate_authority_arn": X}, {"key_algorithm: skipped"}, None),
    (part("RSA_", "$X"), {}, {"key_algorithm: skipped"}, None),
    (part("ED", "$X"), {}, {"key_algorithm: error"}, None),
]


@pytest.mark.parametrize(("algorithm", "fields", "expected", "fixed"), ALGORITHMS)
def test_three_key_algorithms_can_be_requested(algorithm, fields, expected, fixed):
    """ACM504 checks the date and the spelling of each algorithm."""
    assert outcomes("ACM504", "a.io", key_algorithm=algorithm, **fields) == expected
    findings, _ = check_rule("ACM504", "a.io", key_algorithm=algorithm, **fields)
    fixes = [f.fix for f in findings if f.fix]
    assert [fix.edits[0].value for fix in fixes] == ([fixed] if fixed else [])
    assert all(fix.safe for fix in fixes)


ALGORITHM_MESSAGES = [
    ("RSA_4096", "ACM cannot issue `RSA_4096` keys", "use"),
    ("rsa-2048", "unknown key algorithm `rsa-2048`", "change it to `RSA_2048`"),
    (
        "rsa-4096",
        "unknown key algorithm `rsa-4096` (`RSA_4096` exists, for imports only)",
        "use",
    ),
    ("ed25519", "unknown key algorithm `ed25519`", "use"),
    (part("ED", "$X"), "unknown key algorithm `ED$X`", "use"),
]


@pytest.mark.parametrize(("algorithm", "message", "remedy"), ALGORITHM_MESSAGES)
def test_an_algorithm_that_cannot_be_requested_has_a_help(algorithm, message, remedy):
    """ACM504 lists the algorithms of requests, unless the fix says more."""
    [finding], _ = check_rule("ACM504", "a.io", key_algorithm=algorithm)
    listed = "use `RSA_2048`, `EC_prime256v1` or `EC_secp384r1`"
    assert (finding.message, finding.help) == (message, listed if remedy == "use" else remedy)


ACCEPTED = [
    ("alb", "EC_secp384r1", set()),
    ("clb", "EC_prime256v1", {f"{C}: error"}),
    ("clb", None, set()),
    ("vpc-lattice", "EC_prime256v1", {f"{C}: error"}),
    ("vpc-lattice", None, set()),
    ("nitro-enclaves", "EC_prime256v1", {f"{C}: error"}),
    ("client-vpn", "EC_prime256v1", {f"{C}: error"}),
    ("amplify", "EC_secp384r1", {f"{C}: error"}),
    ("cloudfront", "EC_prime256v1", set()),
    ("cloudfront", "EC_secp384r1", {f"{C}: note"}),
    ("apigateway-regional", "EC_prime256v1", {f"{C}: note"}),
    ("apigateway-private", "EC_secp384r1", set()),
    ("cognito", "EC_prime256v1", set()),
    ("iot", "EC_secp384r1", {f"{C}: error"}),
    ("clb", X, {f"{C}: skipped"}),
    ("clb", "nonsense", set()),
]


@pytest.mark.parametrize(("service", "algorithm", "expected"), ACCEPTED)
def test_a_service_accepts_some_key_algorithms(service, algorithm, expected):
    """ACM505 is a note if sources disagree, and reports nothing for undocumented services."""
    used = consumer(service)
    got = outcomes("ACM505", "a.io", key_algorithm=algorithm, consumers=(used,))
    assert got == expected
    literal = consumer(service, certificate=arn(EU))
    assert outcomes("ACM505", "a.io", key_algorithm=algorithm, consumers=(literal,)) == set()
    assert outcomes("ACM505", consumers=(used,)) == set()


def test_an_unsupported_key_algorithm_is_reported_with_the_supported_ones():
    """The message of ACM505 lists them."""
    [finding], _ = check_rule(
        "ACM505", "a.io", key_algorithm="EC_secp384r1", consumers=(consumer("clb"),)
    )
    assert "it accepts `RSA_1024`, `RSA_2048`, `RSA_3072`" in finding.message


OBSTACLES = [
    ("cloudfront", "cn-north-1", None, {f"{C}: error"}),
    ("cloudfront", "us-gov-west-1", None, {f"{C}: error"}),
    ("cloudfront", US, None, set()),
    ("cloudfront", None, arn("cn-north-1", "aws-cn"), {f"{C}: error"}),
    ("cloudfront", None, arn(US), set()),
    ("cloudfront", X, "not an arn", {f"{C}: skipped"}),
    ("cloudfront", part("us-", "$X"), arn(US), {f"{C}: skipped"}),
    ("cloudfront", part("eu-", "$X"), arn(US), set()),
    ("cloudfront", US, part("$Arn"), {f"{C}: skipped"}),
    ("alb", X, part("$Arn"), set()),
    ("iot-device", EU, None, {f"{C}: error"}),
    ("ec2", EU, None, {f"{C}: error"}),
    ("s3-website", EU, None, {f"{C}: error"}),
    ("nitro-enclaves", "eu-south-2", None, {f"{C}: error"}),
    ("nitro-enclaves", EU, None, set()),
    ("nosuchservice", EU, None, set()),
]


@pytest.mark.parametrize(("service", "region", "certificate", "expected"), OBSTACLES)
def test_some_services_do_not_accept_acm_certificates(service, region, certificate, expected):
    """ACM506 reports them; ACM501, ACM502, ACM505, ACM507 and ACM508 report nothing."""
    fields = {"certificate": certificate} if certificate else {}
    used = consumer(service, "*.a.io", region=region, **fields)
    context = {"region": EU, "key_algorithm": "EC_secp384r1", "consumers": (used,)}
    assert outcomes("ACM506", "a.io", **context) == expected
    if f"{C}: error" in expected:
        for rule in ("ACM501", "ACM502", "ACM505", "ACM507", "ACM508"):
            assert outcomes(rule, "a.io", **context) == set()


def test_a_consumer_without_a_certificate_is_not_reported():
    """A distribution in China can use its default certificate."""
    used = consumer("cloudfront", region="cn-north-1", certificate=None)
    assert outcomes("ACM506", "a.io", consumers=(used,)) == set()


def test_the_help_names_the_alternative_to_acm():
    """ACM506 gets it from the facts of the service."""
    [finding], _ = check_rule("ACM506", consumers=(consumer("cloudfront", region="cn-north-1"),))
    assert finding.message == "CloudFront in `cn-north-1` does not accept ACM certificates"
    assert "IAM" in finding.help
    [anywhere], _ = check_rule("ACM506", consumers=(consumer("iot-device"),))
    assert anywhere.message == "an IoT device does not accept ACM certificates"


def test_app_mesh_is_closed():
    """ACM506 warns of a certificate for App Mesh from its last day on."""
    used = (consumer("app-mesh"),)
    assert outcomes("ACM506", "a.io", consumers=used) == {f"{C}: warning"}
    assert outcomes("ACM506", "a.io", consumers=used, as_of=date(2026, 9, 29)) == set()


@pytest.mark.parametrize("region", ["me-west-1", "sa-west-1"])
def test_a_region_without_acm_is_known(region):
    """ACM503 says of a new Region that no source lists ACM there."""
    [finding], _ = check_rule("ACM503", "a.io", region=region)
    assert str(finding.severity) == "note"
    assert finding.message == f"no source lists an ACM endpoint in the Region `{region}`"


LITERAL = [
    ("cloudfront", EU, arn(EU), {f"{C}: error"}),
    ("cloudfront", EU, arn(US), set()),
    ("cloudfront", X, arn(EU), {f"{C}: error"}),
    ("alb", EU, arn(EU), set()),
    ("alb", US, arn(EU), {f"{C}: error"}),
    ("alb", X, arn(EU), {f"{C}: skipped"}),
    ("alb", None, arn(EU), {f"{C}: skipped"}),
    ("cloudfront-origin", US, arn(EU), set()),
    ("alb", US, arn("eu-west1"), set()),
    ("alb", US, "arn:aws", set()),
    ("alb", US, "arm:aws:acm:eu-west-1:1", set()),
    ("alb", US, part("arn:aws:acm:eu-west-1:", "$X"), {f"{C}: error"}),
    ("alb", EU, part("arn:aws:acm:eu-west-1:", "$X"), set()),
    ("alb", X, part("arn:aws:acm:", "$X", ":1111:certificate/x"), set()),
    ("alb", X, part("arn:aws:acm:", "$X", "-1:1111:certificate/x"), {f"{C}: skipped"}),
    ("cloudfront", X, part("arn:aws:acm:eu-", "$X", ":1111:certificate/x"), {f"{C}: error"}),
    ("alb", US, part("arn:aws:", "$X"), {f"{C}: skipped"}),
    ("alb", US, X, {f"{C}: skipped"}),
    ("cloudfront-origin", X, X, set()),
    ("nosuchservice", X, X, set()),
    (
        "cloudfront",
        X,
        part("arn:aws:acm:eu-", "$X", ":1111:certificate/", "$Y"),
        {f"{C}: error"},
    ),
    ("cloudfront", X, part("arn:aws:acm:eu-", "$X"), {f"{C}: skipped"}),
]


@pytest.mark.parametrize(("service", "region", "certificate", "expected"), LITERAL)
def test_a_literal_arn_names_the_region_of_its_certificate(service, region, certificate, expected):
    """ACM508 does not need a request in the files."""
    used = consumer(service, region=region, certificate=certificate)
    assert outcomes("ACM508", consumers=(used,)) == expected


def test_the_message_names_the_required_region():
    """ACM508 says which Region the service requires, or in which Region the resource is."""
    [fixed], _ = check_rule("ACM508", consumers=(consumer("cloudfront", certificate=arn(EU)),))
    assert fixed.message == (
        "CloudFront only accepts certificates from `us-east-1`; this one is in `eu-west-1`"
    )
    used = consumer("alb", region=US, certificate=arn(EU))
    [same], _ = check_rule("ACM508", consumers=(used,))
    assert same.message == (
        "an Application Load Balancer in `us-east-1` uses a certificate from `eu-west-1`"
    )
    assert fixed.help == same.help == "use a certificate from `us-east-1`"
