"""ACM515 to ACM517: what Terraform waits for, and which certificate it looks for."""

from datetime import date
from textwrap import dedent

import pytest
from tests.support.fixes import findings
from tests.support.rules import RULES, check_rule, consumer, outcomes, part

from acmrules.facts import tools
from acmrules.request import Tool
from acmrules.resources import ControllerListener, DataSource, Issuance, ValidationWait
from acmrules.services import SERVICES
from acmrules.unresolved import read_name

C = "consumers 0 certificate"
ARN = "aws_acm_certificate.c.arn"
WAITING = "aws_acm_certificate_validation.v"
TERRAFORM = {"tool": Tool.TERRAFORM}
US, EU = "us-east-1", "eu-west-1"
AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


def used(service="alb", **issuance):
    """Return a consumer that takes a certificate early."""
    fields = {"awaited_by": (WAITING,)} | issuance
    return {"consumers": (consumer(service, issuance=Issuance(ARN, **fields)),)} | TERRAFORM


def message(rule, *names, **fields):
    """Return the message and the help of the only finding of a rule."""
    [finding], _ = check_rule(rule, *names, **fields)
    return finding.message, finding.help


# ACM515


@pytest.mark.parametrize(
    ("issuance", "expected"),
    [
        ({}, {f"{C}: error"}),
        ({"awaited_by": ()}, {f"{C}: warning"}),
        ({"optional": True}, {f"{C}: warning"}),
        ({"awaited_by": (), "optional": True}, {f"{C}: note"}),
        ({"awaited_by": None}, {f"{C}: skipped"}),
        ({"attribute": ARN}, set()),
    ],
)
def test_a_bypassed_validation_is_an_error(issuance, expected):
    """If nothing waits, ACM may issue the certificate in time, so this is a warning."""
    assert outcomes("ACM515", "a.io", **used(**issuance)) == expected


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_what_no_source_confirms_is_a_note(service):
    """A finding is an error only if a source says that the service rejects the certificate."""
    errors = dict(tools.PENDING_CERTIFICATE_ERRORS.value)
    is_rejected = service in errors or "issued" in SERVICES[service].terms()
    severity = "error" if is_rejected else "note"
    assert outcomes("ACM515", "a.io", **used(service)) == {f"{C}: {severity}"}
    text, _ = message("ACM515", "a.io", **used(service))
    assert ("the first apply fails" in text) is is_rejected
    assert errors.get(service, "") in text


def test_nothing_is_pending_without_a_request_to_the_public_ca():
    """A private CA issues at once, an import exists, and other tools wait themselves."""
    assert outcomes("ACM515", "a.io", certificate_authority_arn=AUTHORITY, **used()) == set()
    assert outcomes("ACM515", **used()) == set()
    assert outcomes("ACM515", "a.io", **(used() | {"tool": Tool.CLOUDFORMATION})) == set()
    assert outcomes("ACM515", "a.io", consumers=(consumer("alb"),), **TERRAFORM) == set()


def test_a_gateway_waits_for_a_pending_certificate():
    """The controller changes no listener of a Gateway, whether the request is known or not."""
    listener = ControllerListener("Gateway", searches=True, awaited="shop.a.io")
    waiting = {"consumers": (consumer("alb", listener=listener),), "tool": Tool.KUBERNETES}
    for names in ((), ("a.io",)):
        assert outcomes("ACM515", *names, **waiting) == {f"{C}: note"}
        assert "the certificate of `shop.a.io`" in message("ACM515", *names, **waiting)[0]
    issued = listener.__replace__(awaited="")
    found = {"consumers": (consumer("alb", listener=issued),), "tool": Tool.KUBERNETES}
    assert outcomes("ACM515", "a.io", **found) == set()


def test_the_help_says_what_to_use():
    """With email validation, the added resource must not list records."""
    by_email = used(awaited_by=()) | {"validation_method": "EMAIL"}
    assert message("ACM515", "a.io", **used())[1] == f"use the `certificate_arn` of `{WAITING}`"
    fixed = used(attribute=f"{WAITING}.certificate_arn")
    assert message("ACM515", "a.io", **fixed)[1] == f"use `{WAITING}.certificate_arn`"
    text, remedy = message("ACM515", "a.io", **by_email)
    assert "until someone approves it by email" in text
    assert "without `validation_record_fqdns`" in remedy
    text, remedy = message("ACM515", "a.io", **used(awaited_by=()))
    assert text.endswith(", unless the validation records exist already")
    assert "validation_record_fqdns" not in remedy


def test_a_service_without_certificates_of_acm_is_reported_instead():
    """ACM515 yields to ACM506, because the certificate is of no use there."""
    assert check_rule("ACM515", "a.io", **used("app-mesh"))[0]
    assert "ACM506" in RULES["ACM515"].yields_to


# ACM516


def waiting(region=EU, *records_of, validated=(), undeclared=()):
    """Return a resource that waits for a certificate."""
    found = ValidationWait(WAITING, region, records_of, validated, undeclared)
    return {"validations": (found,)} | TERRAFORM


V = "validations 0"


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        (EU, EU, set()),
        (US, EU, {f"{V}: error"}),
        (None, None, set()),
        (None, EU, {f"{V}: skipped"}),
        (part("$X"), EU, {f"{V}: skipped"}),
        (part("$X"), part("$X"), set()),
        (part("us-", "$X"), EU, {f"{V}: error"}),
    ],
)
def test_a_validation_waits_in_the_region_of_the_certificate(theirs, ours, expected):
    """In another Region, ACM does not find the certificate."""
    assert outcomes("ACM516", "a.io", region=ours, **waiting(theirs)) == expected


def names(*texts):
    """Return names."""
    return tuple(map(read_name, texts))


@pytest.mark.parametrize(
    ("own", "validated", "expected"),
    [
        (["a.io"], names("b.io"), {f"{V}: error"}),
        (["a.io"], names("a.io"), set()),
        (["a.io", "*.a.io"], names("*.a.io"), set()),
        (["a.io", "www.a.io"], names("a.io"), {f"{V}: error"}),
        (["a.io"], None, {f"{V}: skipped"}),
        (["a.io"], (part("$X"),), {f"{V}: skipped"}),
        ([part("$X")], names("b.io"), {f"{V}: skipped"}),
        ([part("$X")], (part("$X"),), set()),
    ],
)
def test_records_of_another_certificate_validate_only_common_names(own, validated, expected):
    """Certificates of one account share the record of a name, so equal names are correct."""
    of_other = waiting(EU, "aws_acm_certificate.b", validated=validated)
    assert outcomes("ACM516", *own, region=EU, **of_other) == expected


def test_the_message_names_the_certificates():
    """A certificate that no resource declares has no records."""
    of_other = waiting(EU, "aws_acm_certificate.b", validated=names("b.io"))
    text, _ = message("ACM516", "a.io", region=EU, **of_other)
    assert "`aws_acm_certificate.b`, which validate other names" in text
    assert "`a.io` is missing" in text
    gone = waiting(EU, undeclared=("aws_acm_certificate.old",))
    text, _ = message("ACM516", "a.io", region=EU, **gone)
    assert "`aws_acm_certificate.old`, which no resource declares" in text


# ACM517


def source(region=EU, *key_types, depends=False):
    """Return a data source that looks for a certificate."""
    found = DataSource("data.aws_acm_certificate.d", region, key_types, depends)
    return {"sources": (found,)} | TERRAFORM


S = "sources 0"
EC = {"key_algorithm": "EC_prime256v1"}


@pytest.mark.parametrize(
    ("looks", "request_", "expected"),
    [
        (source(), {}, set()),
        (source(), {"key_algorithm": "RSA_2048"}, set()),
        (source(), EC, {f"{S}: warning"}),
        (source(depends=True), EC, {f"{S}: error"}),
        (source(EU, "EC_prime256v1", "RSA_2048"), EC, set()),
        (source(EU, "RSA_4096", depends=True), {}, {f"{S}: error"}),
        (source(EU, part("$X")), EC, {f"{S}: skipped"}),
        (source(), {"key_algorithm": part("$X")}, {f"{S}: skipped"}),
        (source(US), {}, {f"{S}: note"}),
        (source(US, depends=True), EC, {f"{S}: error"}),
        (source(part("$X")), {}, {f"{S}: skipped"}),
    ],
)
def test_a_data_source_finds_keys_that_acm_lists(looks, request_, expected):
    """Only a data source that refers to the certificate certainly looks for this one."""
    assert outcomes("ACM517", "a.io", region=EU, **request_, **looks) == expected


@pytest.mark.parametrize(
    ("awaited_by", "expected"),
    [(None, set()), ((WAITING,), {f"{S}: error"}), ((), {f"{S}: warning"})],
)
def test_a_data_source_finds_only_issued_certificates(awaited_by, expected):
    """One from a private CA is issued at once."""
    looks = {"sources": (DataSource("data.d", EU, (), True, awaited_by),)} | TERRAFORM
    assert outcomes("ACM517", "a.io", region=EU, **looks) == expected
    private = {"certificate_authority_arn": AUTHORITY}
    assert outcomes("ACM517", "a.io", region=EU, **looks, **private) == set()


def test_the_fix_adds_the_key_algorithm():
    """A list that exists is not edited, because its other items may be needed."""
    [finding], _ = check_rule("ACM517", "a.io", region=EU, **EC, **source())
    assert finding.help == 'add `key_types = ["EC_prime256v1"]`'
    [finding], _ = check_rule("ACM517", "a.io", region=EU, **EC, **source(EU, "RSA_2048"))
    assert finding.fix is None
    assert finding.help == 'set `key_types` to `["EC_prime256v1"]`'


def test_the_rules_apply_since_acm_launched():
    """What a service requires is that of the date."""
    early = date(2016, 2, 1)
    assert outcomes("ACM515", "a.io", as_of=early, **used()) == {f"{C}: error"}


OTHER_TOOLS = {
    "stack.yaml": """
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: a.io, ValidationMethod: DNS}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Certificates: [{CertificateArn: !Ref Certificate}]
        """,
    "cdk.yaml": """
        Resources:
          Certificate:
            Type: AWS::CloudFormation::CustomResource
            Properties: {DomainName: a.io, ServiceToken: !GetAtt Requestor.Arn}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Certificates: [{CertificateArn: !GetAtt Certificate.Arn}]
        """,
    "ack.yaml": """
        apiVersion: acm.services.k8s.aws/v1alpha1
        kind: Certificate
        metadata: {name: site}
        spec: {domainName: a.io}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: site
          annotations:
            alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:x:1:certificate/2f
        spec:
          rules: [{host: a.io}]
        """,
}


@pytest.mark.parametrize("file", OTHER_TOOLS)
def test_other_tools_wait(file):
    """CloudFormation waits, custom resources wait themselves, and controllers try again."""
    found = findings(dedent(OTHER_TOOLS[file]), file)
    assert not {each.rule.id for each in found} & {"ACM515", "ACM516", "ACM517"}
