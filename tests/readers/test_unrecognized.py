"""Why nothing in a file was understood."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers import api
from acmrules.readers.options import Parameters
from acmrules.readers.unrecognized import EMPTY, explain
from acmrules.readers.words import may_be_meant
from acmrules.syntax.source import Source


def said(name, text):
    """Return the reason and the kind of a file, and whether it is broken."""
    found = explain(name, text.encode())
    return found.why, found.kind, found.is_broken


@pytest.mark.parametrize(
    ("members", "command"),
    [
        ({"Certificate": {"CertificateArn": "x"}}, "acm describe-certificate"),
        ({"CertificateArn": "x", "DomainName": "a.io"}, "acm describe-certificate"),
        ({"CertificateArn": "x"}, "acm request-certificate"),
        ({"CertificateSummaryList": []}, "acm list-certificates"),
        ({"Certificate": "-----BEGIN CERTIFICATE-----"}, "acm get-certificate"),
        ({"Stacks": []}, "cloudformation describe-stacks"),
        ({"TemplateBody": {}}, "cloudformation get-template"),
        ({"ResourceRecordSets": []}, "route53 list-resource-record-sets"),
    ],
)
def test_the_output_of_a_command_is_recognized(members, command):
    """It is no request, and the answer says what to check instead."""
    found = explain("out.json", json.dumps(members).encode())
    assert found.why == f"looks like the output of `aws {command}`"
    assert found.how.startswith(("check ", "diagnose "))
    assert (found.kind, found.is_broken) == ("", False)


@pytest.mark.parametrize(
    ("name", "text", "kind", "words"),
    [
        ("a.tf", 'resource "aws_s3_bucket" "b" {}\n', "terraform", "its resources are `aws_s3"),
        ("a.tf", "", EMPTY, "is empty"),
        ("b.io.zone", "@ IN SOA ns a 1 2 3 4 5\n", "", "contains DNS records, and no certificates"),
        ("-", ";; ANSWER SECTION:\n", "", "contains DNS records, and no certificates"),
        ("-", 'module "m" {\n  source = "./m"\n}\n', "terraform", "has no certificate request"),
        ("terraform.tfvars", "a = 1\n", "terraform", "sets variables of a module"),
        ("prod.tfvars", "a = 1\n", "terraform", "needs `--var-file`"),
        ("a.json", '{"Resources": {"A": {"Type": "B::C::D"}}}', "cloudformation", "`B::C::D`"),
        ("a.yaml", "apiVersion: v1\nkind: Pod\n", "kubernetes", "its objects are `Pod`"),
        (
            "a.yaml",
            "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Service\n",
            "kubernetes",
            "its objects are `Pod`, `Service`",
        ),
        ("a.yaml", "apiVersion: cert-manager.io/v1\nkind: Certificate\n", "kubernetes", "from ACM"),
        ("a.json", '{"format_version": "1.2"}', "terraform-plan", "has no certificate request"),
        ("a.yml", "service: x\nprovider: aws\n", "serverless", "has no certificate request"),
        (
            "a.yml",
            "service: x\nprovider: {name: aws}\nresources: {Resources: {A: {Type: B::C::D}}}\n",
            "serverless",
            "its resources are `B::C::D`",
        ),
        (
            "a.yaml",
            "resources: {b: {type: 'aws:s3:Bucket'}}\n",
            "pulumi",
            "its resources are `aws:s3:Bucket`",
        ),
        (
            "a.yaml",
            "apiVersion: s3.aws.upbound.io/v1beta1\nkind: Bucket\n",
            "crossplane",
            "its objects are `Bucket`",
        ),
        ("k.pem", "-----BEGIN PRIVATE KEY-----\n", "certificates", "contains `PRIVATE KEY`"),
    ],
)
def test_a_correct_file_without_certificates_has_its_kind(name, text, kind, words):
    """The answer says what it declares instead."""
    why, found, is_broken = said(name, text)
    assert (found, is_broken) == (kind, False)
    assert words in why


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", '{"a": [1', "is JSON that ends after 8 bytes"),
        ("a.json", '{"a" 1}', "is not valid JSON: expecting ':' delimiter"),
        ("a.json", " ", "is empty"),
        ("-", "", "is empty"),
        ("-", "some prose\n", "is not in a format that acmrules reads"),
        ("a.tf", "resource {", "is not valid HCL"),
        ("a.yaml", "a: [", "is not valid YAML"),
        ("a.pem", "hello", "contains no certificate"),
    ],
)
def test_a_broken_file(name, text, why):
    """It is not valid in its own format, and the answer says why."""
    reason, kind, is_broken = said(name, text)
    assert reason.startswith(why)
    assert (kind, is_broken) == ("", True)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.hcl", "inputs = {}", "is a configuration of Terragrunt or Packer"),
        ("a.yaml.j2", "{{ x }}", "is a template of another tool"),
        ("stack.ts", "import x", "is a program"),
        ("a.txt", "# none", "contains no names"),
        ("notes.md", "prose", "is not in a format that acmrules reads"),
        ("Chart.yaml", "apiVersion: v2\nname: x\nversion: 1\n", "is a Helm chart"),
        ("a.jsonl", '{"@level": "info", "@message": "x"}', "is the log of `terraform plan -json`"),
        ("a.yaml", "{{- if x }}\na: b\n{{- end }}\n", "contains template syntax (Jinja or Helm)"),
        ("a.json", "[]", "contains no object"),
        ("a.json", "[1]", "contains no object"),
        ("a.json", "[" * 400 + "]" * 400, "contains no object"),
    ],
)
def test_a_file_of_another_format(name, text, why):
    """It is neither broken nor correct."""
    assert said(name, text) == (why, "", False)


@pytest.mark.parametrize(
    ("name", "text", "members"),
    [
        ("a.json", '{"DomainName": "a.io", "Foo": 1}', "`DomainName`, `Foo`"),
        ("a.yaml", "domain_name: a.io\nFoo: 1\n", "`domain_name`, `Foo`"),
        ("a.json", '[{"Foo": 1}, {"DomainName": "a.io", "Foo": 1}]', "`Foo`, `DomainName`"),
        ("-", '{"DomainName": "a.io", "Foo": 1}', None),
    ],
)
def test_what_may_be_a_request_can_be_read_as_one(name, text, members):
    """The kind that gets the file checked is named, because another service may have it."""
    found = explain(name, text.encode())
    assert found.how == "if it is a request, check it with `--kind api`"
    assert members is None or found.why == f"is not clearly a request: it has {members}"
    assert api.read_stated(Source(name, text), Parameters({}))


def test_bytes_that_are_no_text():
    """UTF-16 and other encodings are named where that is possible."""
    assert explain("a.json", "{}".encode("utf-16")).why == "is UTF-16"
    assert explain("a.json", b"\0\1").why == "is binary"
    assert explain("a.json", b"\xe9").why == "is not UTF-8"


@pytest.mark.parametrize(
    "text", ["a: &a [*a]", "a: !!python/object:a.B {}", "a: !!python/name:a.b"]
)
def test_harmful_yaml_has_a_predicate(text):
    """The reason follows the name of the file, as that of any other file."""
    assert explain("a.yaml", text.encode()).why.startswith("contains ")


@given(st.binary(max_size=60), st.sampled_from(["a.json", "a.yaml", "a.tf", "a.pem", "-", "a.x"]))
def test_any_bytes_have_a_reason(data, name):
    """A reason is a predicate, and no content raises an error."""
    found = explain(name, data)
    assert found.why
    assert found.how
    assert not (found.kind and found.is_broken)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"domainName": "a.io"}', True),
        (b'{"DOMAIN_NAME": "a.io"}', True),
        (b"subjectAlternateNames:", True),
        (b"AWS::CertificateManager::Certificate", True),
        (b"-----BEGIN CERTIFICATE-----", True),
        (b'{"name": "package", "version": "1.0.0"}', False),
        (b"services:\n  web:\n", False),
        (b"", False),
    ],
)
def test_words_tell_what_may_be_meant(data, expected):
    """Their case and their separators do not matter."""
    assert may_be_meant(data) is expected
