"""What comes from outside cannot pass for output of acmrules, in any command or format."""

import io
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.cli import main, table
from acmrules.cli.output import without_commands

MARKS = (
    *("\n::error::forged", "\r::error::forged", "\x0b::error::forged", "\x0c::error::forged"),
    *("\x1c::error::forged", "\x85::error::forged", "\u2028::error::forged", " ::error::forged"),
    *("::error::forged", "##[error]forged", "\x1b[31m", "\x9b31m", "\x07", "\x7f", "\t", "\n"),
    *("\u202e", "\u2066", "\u200b", "\ud800", "<b>", "`", "|", "]]>", "%0A", "%"),
)
"""Characters that end lines or control a terminal, and beginnings of commands."""

HOSTILE = st.lists(st.sampled_from(["a", "b.", "-", *MARKS]), min_size=1, max_size=4).map("x".join)

TEMPLATE = """\
Parameters: {{{0}: {{Type: String}}}}
Resources:
  {1}:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: {2}
      SubjectAlternativeNames: [{3}, !Ref {0}, a.brightharbor.io, A.brightharbor.io, {4}]
      ValidationMethod: {5}
      KeyAlgorithm: {6}
      {7}: 1
      DomainValidationOptions: [{{DomainName: {2}, HostedZoneId: {8}}}]
      Tags: [{{Key: {9}, Value: {10}}}]
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [{11}, shop.brightharbor.io]
        ViewerCertificate: {{AcmCertificateArn: !Ref {1}}}
# acmrules: ignore[{3}] {4}
"""
MODULE = """\
resource "aws_acm_certificate" {0} {{
  for_each                  = toset([{1}, "b"])
  domain_name               = "${{each.key}}.Brightharbor.io"
  subject_alternative_names = [{2}, each.key, var.x]
  validation_method         = {3}
  tags                      = {{ {4} = {5} }}
}}
resource "aws_acm_certificate" "site" {{
  domain_name       = "A.Brightharbor.io" # {6}
  validation_method = "DNS"
  key_algorithm     = {6}
}}
resource "aws_route53_zone" "zone" {{ name = {7} }}
module "remote" {{ source = {8} }}
provider "aws" {{ region = {9} }}
variable "x" {{}}
"""
MANIFEST = """\
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata: {{name: {0}, namespace: {1}}}
spec: {{domainName: {2}, keyAlgorithm: {3}, {4}: 1}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {5}, annotations: {{alb.ingress.kubernetes.io/certificate-arn: {6}}}}}
spec: {{tls: [{{hosts: [{7}]}}]}}
"""
SERVICE = """\
service: {0}
provider: {{name: aws, region: {1}}}
custom:
  host: {2}
  customDomain: {{domainName: {3}, certificateName: {4}, endpointType: {5}}}
  customCertificate: {{certificateName: "${{self:custom.host}}", {6}: 1, tags: {{{7}: {8}}}}}
resources: {{Resources: {{{9}: {{Type: AWS::CertificateManager::Certificate}}}}}}
"""
PROGRAM = """\
config: {{{0}: {{default: {1}}}}}
resources:
  {2}:
    type: aws:acm:Certificate
    properties: {{domainName: {3}, validationMethod: {4}, {5}: 1}}
  {6}:
    type: aws:lb:Listener
    properties: {{certificateArn: {7}}}
"""
MANAGED = """\
apiVersion: acm.aws.upbound.io/v1beta1
kind: Certificate
metadata: {{name: {0}}}
spec: {{forProvider: {{domainName: {1}, region: {2}, {3}: 1}}}}
"""
ACCOUNT = """\
{{"Certificate": {{
  "CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/x", "DomainName": {0},
  "SubjectAlternativeNames": [{0}, {1}], "Status": "PENDING_VALIDATION", "Type": {2},
  "CreatedAt": "2026-11-20T00:00:00Z", "InUseBy": [{3}], "KeyAlgorithm": {4},
  "DomainValidationOptions": [
    {{"DomainName": {0}, "ValidationStatus": "PENDING_VALIDATION", "ValidationMethod": "DNS",
      "ResourceRecord": {{"Name": {5}, "Type": "CNAME", "Value": {6}}}}},
    {{"DomainName": {1}, "ValidationStatus": {7}, "ValidationMethod": "EMAIL",
      "ValidationEmails": [{8}]}}]}}}}
{{"CertificateSummaryList": [{{"CertificateArn": {9}, "DomainName": {10}, "Status": {11}}}]}}
"""
SETTINGS = (
    *("select = [{0}]", "exclude = [{0}]", "as-of = {0}", "region = {0}", "{0} = 1", "x = {1}"),
    *("[parameters]\n{0} = {1}", "[policy]\nrequired-tags = [{0}]", "[severity]\n{0} = {1}"),
    *("baseline = {0}", "var-files = [{0}]", "[region]\n{0} = 'eu-west-1'", "account = {0}"),
)
OPERANDS = {
    **dict.fromkeys(("check", "coverage", "validation", "calendar", "plan", "diagnose"), (".",)),
    "settings": ("{file}",),
    "compare": ("{file}", "{other}"),
}
FORMATS = {
    command.name: option.choices
    for command in table.COMMANDS
    for option in command.options
    if option.name == "--format"
}
RUNS = (
    *(
        (name, *operands, "--format", form)
        for name, operands in OPERANDS.items()
        for form in FORMATS[name]
    ),
    ("check", ".", "--show-undecided", "--statistics"),
    ("check", ".", "--diff", "--unsafe-fixes"),
    ("check", ".", "--fix", "--unsafe-fixes"),
    ("check", ".", "--until", "2029-04-01"),
    ("check", ".", "--until", "2029-04-01", "--format", "svg"),
    *((name, "{file}") for name in ("check", "coverage", "validation", "plan", "settings")),
    ("diagnose", "{file}", "--resolver", "{word}"),
    ("baseline", "."),
    *((name, ".", "-v") for name in ("check", "baseline", "coverage", "plan")),
    ("compare", "{file}", "{other}", "-v"),
    ("check", ".", "-o", "{word}"),
    ("check", ".", "-o", "{file}"),
    ("check", ".", "--format", "json={word}", "--format", "sarif={word}"),
    ("plan", "{word}", "--service", "{word}"),
    ("compare", "{word}", "{other}"),
    ("contacts", "www.example.com", "--registrant", "{word}"),
    ("coverage", "a.io,{word}", "b.io"),
    *((name, "{word}") for name in ("contacts", "explain", "facts", "rules", "help", "calendar")),
    *(
        ("check", ".", option, "{word}")
        for option in (
            *("--select", "--param", "--exclude", "--baseline", "--suffix-list", "--format"),
            *("--as-of", "--region", "--kind", "--quota", "--var-file", "--fail-on", "--{word}"),
        )
    ),
    ("{word}",),
)


@st.composite
def runs(draw):
    """Draw files with hostile names and contents, and a command that reads them."""

    def texts(form, quote, count=12):
        return form.format(*(quote(draw(HOSTILE)) for _ in range(count)))

    def name(suffix):
        return draw(HOSTILE).replace("/", "_").replace("\ud800", "\udcff") + suffix

    files = {
        name(".yaml"): texts(TEMPLATE, json.dumps),
        name("/main.tf"): texts(MODULE, in_hcl),
        name(".yml"): texts(MANIFEST, json.dumps),
        name(".service.yml"): texts(SERVICE, json.dumps),
        name(".program.yml"): texts(PROGRAM, json.dumps),
        name(".managed.yml"): texts(MANAGED, json.dumps),
        name(".account.json"): texts(ACCOUNT, json.dumps),
        name(".json"): json.dumps({"DomainName": draw(HOSTILE), "Tags": [{"Key": draw(HOSTILE)}]}),
        name(".txt"): f"{draw(HOSTILE)}.a_b.io\nA.brightharbor.io\n",
        name(".broken.yaml"): f"DomainName: {draw(HOSTILE)}: [%{draw(HOSTILE)}",
    }
    if draw(st.booleans()):
        form = draw(st.sampled_from(SETTINGS))
        files[".acmrules.toml"] = texts(form, lambda text: json.dumps(text.replace("\ud800", "")))
    if draw(st.booleans()):
        entry = {key: draw(HOSTILE) for key in ("address", "rule", "value")} | {"count": 2}
        data = {"version": 1, "findings": {draw(HOSTILE): [entry]}}
        files[".acmrules-baseline.json"] = json.dumps(data)
    named = [file.partition("/")[0] for file in files if not file.startswith(".acmrules")]
    values = {
        "file": draw(st.sampled_from(named)),
        "other": draw(st.sampled_from(named)),
        "word": draw(HOSTILE).replace("\ud800", "\udcff"),
    }
    run = draw(st.sampled_from(RUNS))
    return files, [word.format(**values) for word in run]


def in_hcl(text):
    """Return a literal; control characters are escaped, and the others are as they are."""
    signs = (c if c.isprintable() and c not in '"\\%' else f"\\u{ord(c):04x}" for c in text)
    return '"{}"'.format("".join(signs))


def printed(files, words):
    """Run a command in a checkout with some files; return its exit code, output and errors."""
    out, err, before = io.StringIO(), io.StringIO(), os.getcwd()
    folder = tempfile.mkdtemp()
    try:
        os.chdir(folder)
        subprocess.run(["git", "init", "--quiet"], check=True)
        for name, text in files.items():
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "w", encoding="utf-8", errors="replace", newline="") as file:
                file.write(text)
        with redirect_stdout(out), redirect_stderr(err):
            code = main.main(words)
    finally:
        os.chdir(before)
        shutil.rmtree(folder)
    return code, out.getvalue(), err.getvalue()


STALE = {"address": "#1 @a", "rule": "ACM101", "value": "##[error]@a", "count": 2}
OWN_SEPARATORS = ("&#35;\u200b", "&#64;\u200b")
"""Markdown separates `#` and `@` from the next word, so that it is not a reference on GitHub."""


@given(runs())
@example(
    (
        {
            ".acmrules-baseline.json": json.dumps({"version": 1, "findings": {"a": [STALE]}}),
            "a.yaml": "DomainName: a.io\nValidationMethod: DNS\n",
        },
        ["check", ".", "--format", "markdown"],
    )
)
def test_nothing_from_outside_controls_the_output(run):
    """No character controls a terminal, no line is added, and no program runs a command."""
    files, words = run
    code, out, err = printed(files, words)
    form = words[words.index("--format") + 1].partition("=")[0] if "--format" in words else "text"
    assert code in {main.CLEAN, main.FOUND, main.UNREADABLE, main.WAITING}, err
    for line in (*out.split("\n"), *err.split("\n")):
        content = line.removesuffix("\r").replace("\t", "") if "--diff" in words else line
        for separator in OWN_SEPARATORS if form == "markdown" else ():
            content = content.replace(separator, "")
        assert content.isprintable()
        assert form == "github" or not line.strip().startswith("::")
        assert not line.startswith("::error::forged")
    assert all(line.startswith("acmrules: ") for line in err.splitlines())
    assert "##[" not in err
    if form in {"text", "concise", "grouped"}:
        assert "##[" not in out
    if out and form in {"json", "sarif", "gitlab"}:
        json.loads(out)
    if out and form in {"junit", "svg"}:
        ET.fromstring(out)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a.yaml: `AWS::Region`", "a.yaml: `AWS::Region`"),
        ("::error::x", r"\x3a:error::x"),
        ("a\n \t::error::x", "a\n \t\\x3a:error::x"),
        ("a ##[error]b", r"a ##\x5berror]b"),
    ],
)
def test_commands_of_github_are_escaped(line, expected):
    """Only what GitHub Actions would run is changed."""
    assert without_commands(line) == expected
