"""Placeholders in the files of all tools: one note, no error, and the same in every format."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import declarations as configured

from acmrules.lint.linter import Linter
from acmrules.lint.rule import Severity
from acmrules.model.declaration import Declaration, Variant
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.texts import read_free, read_listed, read_reference
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.source import Source
from acmrules.unresolved import Malformed, Unknown, Unresolved

NAMES = [
    "YOUR_DOMAIN",
    "REPLACE_ME.com",
    "<domain>",
    "@@DOMAIN@@",
    "__DOMAIN__",
    "{{ domain }}",
    "changeme",
    "TODO",
    "XXXX",
    "XXXX.com",
    "your_domain.com",
]
VALID = ["your-domain.com", "mydomain.com", "example.io", "site.tld", "foo.bar"]
SOUND = "brightharbor.io"
ARNS = [
    "arn:aws:acm:REGION:ACCOUNT:certificate/…",
    "arn:aws:acm:eu-west-1:YOUR_ACCOUNT_ID:certificate/2f1c",
    "arn:aws:acm:eu-west-1:12345678901:certificate/2f1c",
    "arn:aws:acm:eu-west-1:XXXXXXXXXXXX:certificate/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
    "arn:aws:acm:<region>:<account>:certificate/<id>",
]
SOUND_ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"


def _cloudformation(kind, properties):
    return json.dumps({"Resources": {"X": {"Type": f"AWS::{kind}", "Properties": properties}}})


def _terraform(kind, attributes):
    return json.dumps({"resource": {kind: {"x": attributes}}})


def _plan(kind, after):
    address = f"{kind}.x"
    change = {"actions": ["create"], "before": None, "after": after, "after_unknown": {}}
    entry = {"address": address, "mode": "managed", "type": kind, "name": "x", "change": change}
    provider = {"provider_name": "registry.terraform.io/hashicorp/aws"}
    planned = {"root_module": {"resources": [entry | provider | {"values": after}]}}
    document = {"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": planned}
    return json.dumps(document | {"resource_changes": [entry | provider]})


def _object(version, kind, **content):
    return json.dumps({"apiVersion": version, "kind": kind, "metadata": {"name": "x"}, **content})


def requests(first, second):
    """Return a request for two names in each format, by file name."""
    aws = {"DomainName": first, "SubjectAlternativeNames": [second], "ValidationMethod": "DNS"}
    zones = [{"DomainName": each, "HostedZoneId": "Z0123456789AB"} for each in (first, second)]
    attributes = {
        "domain_name": first,
        "subject_alternative_names": [second],
        "validation_method": "DNS",
        "lifecycle": {"create_before_destroy": True},
    }
    planned = {key: value for key, value in attributes.items() if key != "lifecycle"}
    spec = {"domainName": first, "subjectAlternativeNames": [second]}
    stack = aws | {"DomainValidationOptions": zones}
    return {
        "request.json": json.dumps(aws),
        "request.yaml": "".join(f"{key}: {json.dumps(value)}\n" for key, value in aws.items()),
        "template.json": _cloudformation("CertificateManager::Certificate", stack),
        "main.tf.json": _terraform("aws_acm_certificate", attributes),
        "plan.json": _plan("aws_acm_certificate", planned),
        "certificate.yaml": _object("acm.services.k8s.aws/v1alpha1", "Certificate", spec=spec),
        "names.txt": f"{first}\n{second}\n",
    }


def listeners(arn):
    """Return a listener with a certificate in each format, by file name."""
    annotations = {"alb.ingress.kubernetes.io/certificate-arn": arn}
    ingress = {"name": "x", "annotations": annotations}
    return {
        "template.json": _cloudformation(
            "ElasticLoadBalancingV2::Listener",
            {"Protocol": "HTTPS", "Certificates": [{"CertificateArn": arn}]},
        ),
        "main.tf.json": _terraform(
            "aws_lb_listener", {"protocol": "HTTPS", "certificate_arn": arn}
        ),
        "plan.json": _plan("aws_lb_listener", {"protocol": "HTTPS", "certificate_arn": arn}),
        "listener.yaml": _object(
            "elbv2.services.k8s.aws/v1alpha1",
            "Listener",
            spec={"protocol": "HTTPS", "certificates": [{"certificateARN": arn}]},
        ),
        "ingress.yaml": json.dumps(
            {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": ingress}
        ),
    }


def findings(name, text):
    """Return the findings in a file as pairs of rule and message."""
    if name.endswith(".tf.json"):
        found = configured({name: text}, region="eu-west-1")
    else:
        found = registry.read(Source(name, text), Parameters({}, "eu-west-1"))
    assert found, name
    linter = Linter()
    return [each for declaration in found for each in linter.check(declaration)[0]]


@given(st.sampled_from(NAMES + VALID), st.sampled_from(["", "*.", "www."]))
def test_placeholders_for_names_are_one_note_in_every_format(placeholder, prefix):
    """A request gets one note, no error, and otherwise the findings that a sound name has."""
    before = requests(placeholder, prefix + placeholder if prefix else f"www.{SOUND}")
    after = requests(SOUND, f"{prefix or 'www.'}{SOUND}")
    messages = set()
    for name, text in before.items():
        if name == "names.txt" and placeholder.startswith("{"):
            continue  # A list that begins with a brace is JSON.
        found = findings(name, text)
        notes = [each for each in found if each.rule.id == "ACM111"]
        assert len(notes) == 1, name
        assert notes[0].severity is Severity.NOTE
        assert max(each.severity for each in found) < Severity.ERROR, name
        rest = {each.rule.id for each in found} - {"ACM111"}
        assert rest == {each.rule.id for each in findings(name, after[name])}, name
        messages.add(notes[0].message)
    assert len(messages) == 1


@given(st.sampled_from(ARNS))
def test_placeholders_in_arns_of_consumers_are_one_note_in_every_format(arn):
    """A load balancer with such an ARN gets the note, and with a real ARN nothing."""
    messages = set()
    after = listeners(SOUND_ARN)
    for name, text in listeners(arn).items():
        [note] = findings(name, text)
        assert note.rule.id == "ACM111", name
        assert findings(name, after[name]) == []
        messages.add(note.message)
    assert len(messages) == 1


@given(st.sampled_from(["1111", "1758970542", "account 1"]))
def test_other_wrong_accounts_are_errors_in_every_format(account):
    """A wrong account that is not typical of examples is an error."""
    for name, text in listeners(f"arn:aws:acm:eu-west-1:{account}:certificate/2f1c").items():
        assert [each.rule.id for each in findings(name, text)] == ["ACM308"], name


TABLE = [
    ("ValidationMethod", "<method>"),
    ("ValidationMethod", "TODO"),
    ("KeyAlgorithm", "{{ algorithm }}"),
    ("IdempotencyToken", "YOUR_TOKEN"),
    ("CertificateAuthorityArn", "arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/<id>"),
    ("DomainValidationOptions", [{"DomainName": SOUND, "HostedZoneId": "ZXXXXXXXX"}]),
    ("DomainValidationOptions", [{"DomainName": SOUND, "HostedZoneId": "YOUR_ZONE_ID"}]),
    ("Tags", [{"Key": "Owner", "Value": "<owner>"}]),
]


@pytest.mark.parametrize(("member", "value"), TABLE)
def test_every_member_may_have_a_placeholder(member, value):
    """In a template, a placeholder anywhere in the request is the note, and no error."""
    properties = {"DomainName": SOUND, "ValidationMethod": "DNS", member: value}
    if member == "CertificateAuthorityArn":
        del properties["ValidationMethod"]
    if member == "DomainValidationOptions":
        text = _cloudformation("CertificateManager::Certificate", properties)
        found = findings("template.json", text)
    else:
        found = findings("request.json", json.dumps(properties))
    assert [each.rule.id for each in found if each.severity is not Severity.WARNING] == ["ACM111"]


def test_all_placeholders_are_in_one_note():
    """A request, its consumers, names for documentation, and names in use as examples."""
    resources = {
        "Certificate": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {
                "DomainName": "YOUR_DOMAIN",
                "SubjectAlternativeNames": ["example.com", "www.mydomain.com"],
                "ValidationMethod": "DNS",
                "DomainValidationOptions": [
                    {"DomainName": "YOUR_DOMAIN", "HostedZoneId": "ZXXXXXXXX"},
                    {"DomainName": "example.com", "HostedZoneId": "ZXXXXXXXX"},
                    {"DomainName": "www.mydomain.com", "HostedZoneId": "ZXXXXXXXX"},
                ],
            },
        },
        "Site": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {
                "DistributionConfig": {
                    "Aliases": ["<alias>"],
                    "ViewerCertificate": {"AcmCertificateArn": {"Ref": "Certificate"}},
                }
            },
        },
    }
    source = Source("template.json", json.dumps({"Resources": resources}))
    [declaration] = registry.read(source, Parameters({}, "us-east-1"))
    [note] = Linter().check(declaration)[0]
    assert note.rule.id == "ACM111"
    assert note.path == ("names", 0)
    assert note.message == (
        "`YOUR_DOMAIN`, `ZXXXXXXXX`, `<alias>`, `www.mydomain.com`, `example.com` are placeholders"
    )


def test_names_for_documentation_alone_are_reported_as_before():
    """Without another placeholder, the note is that of reserved names."""
    for name, text in requests("example.com", "www.example.com").items():
        assert [each.rule.id for each in findings(name, text)] == ["ACM110"], name


def test_the_known_part_is_still_checked():
    """A placeholder hides no fault in the rest of a name."""
    for text, rule in [("<host>.status_page.io", "ACM101"), ("YOUR_HOST.site.local", "ACM105")]:
        request = CertificateRequest((read_listed(text),), (text,), validation_method=None)
        found, _ = Linter().check(Declaration(None, Tool.API, "", (Variant(request, (), {}),)))
        assert {rule, "ACM111"} <= {each.rule.id for each in found}


def test_variables_of_kubernetes_are_no_placeholders():
    """A shell variable or a value of a chart is replaced by a tool, so there is no note."""
    for host in ("$HOST", "${HOST}.io", "{{ .Values.host }}"):
        spec = {"domainName": host}
        text = _object("acm.services.k8s.aws/v1alpha1", "Certificate", spec=spec)
        assert findings("certificate.yaml", text) == []


SOUND_REFERENCES = st.sampled_from(
    [SOUND_ARN, "Z0123456789AB", "us-east-1", "eusc-de-east-1", "DNS", "EC_prime256v1", "ENABLED"]
)


@given(SOUND_REFERENCES)
def test_sound_strings_stay_the_same_object(text):
    """What has no placeholder is returned as it is."""
    assert read_reference(text) is text
    assert read_free(text) is text


def test_the_forms_of_placeholders_are_loaded_only_for_strings_that_may_have_one():
    """Ordinary strings, known in full or in part, do not load the patterns."""
    code = (
        "import sys\n"
        "from acmrules.readers.texts import read_free, read_listed, read_reference\n"
        "from acmrules.unresolved import Unknown, Unresolved\n"
        "x = Unknown('${X}')\n"
        f"for text in ({SOUND_ARN!r}, 'Z0123456789AB', 'us-east-1', Unresolved((x,))):\n"
        "    read_reference(text)\n"
        "for text in ('DNS', 'ENABLED', 'a-b c', 'harbor@brightharbor.io'):\n"
        "    read_free(text)\n"
        "for text in ('brightharbor.io', '*.a.io', Unresolved((x, '.io')), Unresolved((x,))):\n"
        "    read_listed(text)\n"
        "sys.exit('acmrules.placeholders' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_terraform_never_takes_a_placeholder_for_null():
    """With a placeholder for the ARN of a private CA, the request may have internal names."""
    attributes = {"domain_name": "site.internal", "certificate_authority_arn": "<authority>"}
    attributes["lifecycle"] = {"create_before_destroy": True}
    text = _terraform("aws_acm_certificate", attributes)
    assert [each.rule.id for each in findings("main.tf.json", text)] == ["ACM111"]


def test_dynamic_references_of_cloudformation_are_no_placeholders():
    """CloudFormation replaces them itself; it does not replace other strings in braces."""
    for name, rules in [
        ("{{resolve:ssm:/name}}.brightharbor.io", []),
        ("{{ name }}.brightharbor.io", ["ACM111"]),
    ]:
        zones = [{"DomainName": name, "HostedZoneId": "Z0123456789AB"}]
        properties = {"DomainName": name, "ValidationMethod": "DNS"}
        properties["DomainValidationOptions"] = zones
        text = _cloudformation("CertificateManager::Certificate", properties)
        assert [each.rule.id for each in findings("template.json", text)] == rules


def test_placeholders_in_acme_resources_are_one_note():
    """The domain, the hosted zone and the endpoint may all be placeholders."""
    properties = {
        "AcmeEndpointArn": "arn:aws:acm:eu-west-1:YOUR_ACCOUNT_ID:acme-endpoint/<id>",
        "DomainName": "<domain>",
        "PrevalidationOptions": {
            "DnsPrevalidation": {
                "HostedZoneId": "YOUR_ZONE_ID",
                "DomainScope": {"ExactDomain": "ENABLED"},
            }
        },
    }
    text = _cloudformation("CertificateManager::AcmeDomainValidation", properties)
    [note] = findings("template.json", text)
    assert note.rule.id == "ACM111"
    assert note.message == (
        "`YOUR_ACCOUNT_ID`, `<id>`, `<domain>`, `YOUR_ZONE_ID` are placeholders"
    )


def test_the_placeholders_of_all_conditions_and_instances_are_in_one_note():
    """A request under conditions has one note, and so have the certificates of one resource."""
    name = {"Fn::If": ["Live", "LIVE_DOMAIN", "TEST_DOMAIN"]}
    zones = [{"DomainName": name, "HostedZoneId": "Z0123456789AB"}]
    kind = "AWS::CertificateManager::Certificate"
    properties = {"DomainName": name, "ValidationMethod": "DNS", "DomainValidationOptions": zones}
    template = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"Live": {"Fn::Equals": [{"Ref": "Stage"}, "live"]}},
        "Resources": {"X": {"Type": kind, "Properties": properties}},
    }
    attributes = {
        "for_each": '${toset(["LIVE_DOMAIN", "TEST_DOMAIN"])}',
        "domain_name": "${each.key}",
        "validation_method": "DNS",
        "lifecycle": {"create_before_destroy": True},
    }
    for file, text in [
        ("template.json", json.dumps(template)),
        ("main.tf.json", _terraform("aws_acm_certificate", attributes)),
    ]:
        [note] = findings(file, text)
        assert note.rule.id == "ACM111"
        assert note.message == "`LIVE_DOMAIN`, `TEST_DOMAIN` are placeholders"


def test_names_are_read_as_before():
    """Valid and malformed names without placeholders, and unknown ones, stay as they are."""
    x = Unresolved((Unknown("${X}"), ".io"))
    assert str(read_listed("WWW.BrightHarbor.io")) == "www.brightharbor.io"
    assert read_listed("a_b.io") == Malformed("a_b.io")
    assert read_listed("") == Malformed("")
    assert read_listed(x) is x
