"""A folder that is checked again while its files are edited."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.guards import cases

from acmrules import lint
from acmrules.readers import registry
from acmrules.workspace import arguments
from acmrules.workspace.open_folder import ALONE, OpenFolder

TODAY = date(2026, 11, 23)
REQUEST = '{{"DomainName": "{}", "ValidationMethod": "DNS"}}'
FILES = {
    "certificate.yaml": """\
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: www.brightharbor.io, ValidationMethod: DNS}
Outputs:
  Arn: {Value: !Ref Site, Export: {Name: site}}
""",
    "door.yaml": """\
Resources:
  Door:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [shop.brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !ImportValue site, SslSupportMethod: sni-only}
""",
    "notes.yaml": "a: 1\n",
    "request.json": REQUEST.format("localhost"),
    "main.tf": 'module "site" {\n  source = "./site"\n  name   = "localhost"\n}\n',
    "site/main.tf": """\
variable "name" {}
resource "aws_acm_certificate" "site" {
  domain_name       = var.name
  validation_method = "DNS"
}
""",
    "door/main.tf": """\
data "aws_acm_certificate" "site" {
  domain = "shop.brightharbor.io"
}
resource "aws_cloudfront_distribution" "door" {
  aliases = ["a.shop.brightharbor.io"]
  viewer_certificate {
    acm_certificate_arn = data.aws_acm_certificate.site.arn
  }
}
""",
    "shop/main.tf": """\
resource "aws_acm_certificate" "shop" {
  domain_name       = jsondecode(file("${path.module}/shop.json")).name
  validation_method = "DNS"
}
""",
    "shop/shop.json": '{"name": "shop.brightharbor.io"}',
}
OTHERS = {
    "door/main.tf": ["", "x = [", FILES["door/main.tf"].replace("shop", "www")],
    "shop/shop.json": ['{"name": "localhost"}', "{"],
    "shop/main.tf": ["# acmrules: ignore[ACM101]: x\n"],
    "certificate.yaml": ["", "a: [", FILES["certificate.yaml"].replace("www", "shop")],
    "door.yaml": ["", FILES["door.yaml"].replace("shop", "localhost")],
    "notes.yaml": [FILES["certificate.yaml"].replace("site}", "other}"), "b: 2\n"],
    "request.json": ["{", REQUEST.format("www.brightharbor.io")],
    "main.tf": ["", "module {", FILES["main.tf"].replace("localhost", "www.brightharbor.io")],
    "site/main.tf": ["", FILES["site/main.tf"].replace("DNS", "EMAIL")],
    "new.tf": ["locals {\n", FILES["site/main.tf"].replace("var.name", '"a_b.brightharbor.io"')],
    "new.json": [REQUEST.format("a..b")],
}
STEPS = st.sampled_from(
    [
        *((name, text) for name, texts in OTHERS.items() for text in texts),
        *((name, text) for name, text in FILES.items()),
        *((name, None) for name in OTHERS),
    ]
)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write the files into the current folder."""
    monkeypatch.chdir(tmp_path)
    written(FILES)
    return tmp_path


def written(texts):
    """Write texts into files."""
    for name, text in texts.items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).write_text(text)


def opened(**options):
    """Return the current folder."""
    return OpenFolder(lambda day: arguments.resolver(None, None, None, day), **options)


def rows(report):
    """Return the findings of a report, and what it could not check."""
    return cases.rows(report.to_dict()["findings"]), [str(each) for each in report.not_checked]


def unreadable(check):
    """Return the files that cannot be read."""
    return sorted(map(str, check.unreadable))


@settings(max_examples=30)
@given(st.lists(st.tuples(STEPS, st.booleans()), min_size=1, max_size=6))
def test_any_edits_end_with_the_report_of_the_last_texts(tmp_path_factory, steps):
    """Texts are those of an editor or on disk, and nothing of an earlier one remains."""
    folder, before = tmp_path_factory.mktemp("edited"), os.getcwd()
    os.chdir(folder)
    try:
        written(FILES)
        kept, texts = opened(), {}
        kept.check(texts, TODAY)
        for (name, text), is_saved in steps:
            if is_saved and name in FILES and text is not None:
                written({name: text})
                kept.forget(os.path.normpath(name))
            else:
                texts = {key: value for key, value in texts.items() if key != name}
                texts |= {} if text is None else {name: text}
            found = kept.check(texts, TODAY)
        fresh = opened().check(texts, TODAY)
        assert rows(found.report) == rows(fresh.report)
        assert unreadable(found) == unreadable(fresh)
        written(texts)
        command = lint.check_paths(["."], today=TODAY)
        assert rows(found.report) == rows(command)
        assert unreadable(found) == sorted(map(str, command.unreadable))
    finally:
        os.chdir(before)


def counted(monkeypatch):
    """Return a list that receives the name of each file that is parsed."""
    parsed = []
    read = registry.read

    def counting(source, *arguments, **options):
        parsed.append(source.name)
        return read(source, *arguments, **options)

    monkeypatch.setattr(registry, "read", counting)
    return parsed


@pytest.mark.usefixtures("files")
def test_only_the_changed_file_is_parsed_again(monkeypatch):
    """The others are taken from the check before."""
    folder = opened()
    folder.check({}, TODAY)
    parsed = counted(monkeypatch)
    text = REQUEST.format("a..b")
    folder.check({"request.json": text}, TODAY)
    assert parsed == ["request.json"]
    folder.check({"request.json": text}, TODAY)
    assert parsed == ["request.json"]


@pytest.mark.usefixtures("files")
def test_files_are_found_and_read_once():
    """Until they are forgotten; without that, a change on disk does not count."""
    folder = opened()
    before = rows(folder.check({}, TODAY).report)
    Path("request.json").write_text(REQUEST.format("www.brightharbor.io"))
    Path("more.json").write_text(REQUEST.format("a..b"))
    assert rows(folder.check({}, TODAY).report) == before
    folder.forget()
    after = rows(folder.check({}, TODAY).report)
    assert {row.file for row in after[0]} == {*{row.file for row in before[0]}, "more.json"} - {
        "request.json"
    }


@pytest.mark.usefixtures("files")
def test_a_file_without_certificates_costs_nothing():
    """After the first check, its loader does not see it."""
    folder, steps = opened(), []
    folder.check({}, TODAY, lambda *each: steps.append(each[0]))
    steps.clear()
    folder.check({}, TODAY, lambda *each: steps.append(each[0]))
    assert "notes.yaml" not in steps
    steps.clear()
    folder.check({"notes.yaml": FILES["certificate.yaml"]}, TODAY, lambda *e: steps.append(e[0]))
    assert "notes.yaml" in steps


@pytest.mark.usefixtures("files")
def test_alone_a_file_is_checked_without_others():
    """Its text is the only one, whatever is on disk."""
    folder = opened(paths=("request.json",), scope=ALONE)
    found = folder.check({"request.json": REQUEST.format("a..b")}, TODAY)
    assert [finding.file for finding in found.report.findings] == ["request.json"] * len(
        found.report.findings
    )
    assert any(finding.rule.id == "ACM101" for finding in found.report.findings)


@pytest.mark.usefixtures("files")
def test_open_settings_are_checked_as_they_are_typed():
    """They apply when they are saved."""
    folder = opened()
    check = folder.check({".acmrules.toml": 'regio = "x"\nignore = ["ACM101"]\n'}, TODAY)
    (error,) = check.unreadable
    assert error.name == ".acmrules.toml"
    assert any(finding.rule.id == "ACM101" for finding in check.report.findings)
