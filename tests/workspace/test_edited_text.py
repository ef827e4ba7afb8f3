"""The findings about the edit of one text."""

import pytest
from tests.support.reports import skip

from acmrules import lint
from acmrules.facts.fact import CHECKED
from acmrules.workspace import arguments, edited_text
from acmrules.workspace.edited_text import with_edit

TEXT = """\
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      ValidationMethod: DNS
      DomainValidationOptions: [{DomainName: brightharbor.io, HostedZoneId: Z2ABCDEF}]
"""
NEW = TEXT.replace("brightharbor.io", "www.brightharbor.io")


def check(text, previous, **settings):
    return lint.check_text(text, name="site.yaml", previous=previous, settings=settings)


def commented(text, line, comment):
    """Return the template with a comment at the end of a line."""
    lines = text.splitlines()
    lines[line - 1] += f"  # acmrules: {comment}"
    return "\n".join([*lines, ""])


def agreed(text):
    """Return the template with comments that suppress the findings about an edit of its name."""
    return commented(commented(text, 5, "ignore[ACM601]: agreed"), 7, "ignore[ACM602]: agreed")


def rules(report):
    return [each.rule.id for each in report.findings]


def test_an_edit_is_compared_with_the_previous_text():
    """Other findings are those without a previous text."""
    assert rules(check(TEXT, None)) == rules(check(TEXT, TEXT)) == []
    report = check(NEW, TEXT)
    assert "ACM601" in rules(report)
    assert report.exit_code == 0
    assert [each.line for each in report.findings if each.rule.id == "ACM601"] == [5]


def test_the_severity_bar_applies_to_edits():
    """And the suppressions of the text do."""
    report = check(NEW, TEXT, **{"fail-on": "warning"})
    assert report.exit_code == 1
    assert all(report.failing())
    accepted = check(agreed(NEW), TEXT)
    assert rules(accepted) == []
    assert len(accepted.suppressed) == 2


def test_only_suppressions_of_edits_are_no_longer_unused():
    """Other unused ones, and other findings on their line, stay."""
    text = commented(agreed(NEW.replace("www.", "a_b.")), 6, "ignore[ACM402]: old")
    places = [[(each.rule.id, each.line) for each in check(text, old)] for old in (None, TEXT)]
    assert places[0] == [("ACM101", 5), ("ACM901", 5), ("ACM901", 6), ("ACM901", 7)]
    assert places[1] == [("ACM101", 5), ("ACM901", 6)]


def test_metadata_suppresses_findings_about_edits():
    """It has the form of that for other findings."""
    metadata = "    Metadata: {acmrules: {ignore: ['ACM601: agreed', 'ACM602: agreed']}}\n"
    report = check(NEW + metadata, TEXT)
    assert rules(report) == []
    assert len(report.suppressed) == 2


def test_the_bars_of_the_report_are_those_of_its_findings():
    """Errors fail by default, so that bar is not stated."""
    assert check(NEW, TEXT).fail_on == ()
    [(file, bar)] = check(NEW, TEXT, **{"fail-on": "warning"}).fail_on
    assert (file, str(bar)) == ("site.yaml", "warning")


def test_an_edit_hides_no_worse_exit_code():
    """That of settings that want everything to be checked is 2."""
    url = "Properties: {TemplateURL: https://x.io/certificates.json}"
    nested = f"  Certificates: {{Type: AWS::CloudFormation::Stack, {url}}}\n"
    options = {"fail-on": "warning", "strict": True}
    report = check(NEW + nested, TEXT + nested, **options)
    assert any(report.failing())
    assert report.exit_code == check(NEW + nested, None, **options).exit_code == 2


def test_a_bug_in_the_comparison_is_reported(monkeypatch):
    """The findings of the text itself stay."""
    monkeypatch.setattr(edited_text.Comparison, "compared_texts", lambda *_: 1 / 0)
    report = check(NEW.replace("DNS", "SMS"), TEXT)
    assert "ACM410" in rules(report)
    assert "ZeroDivisionError" in report.unreadable[0].fault
    assert report.exit_code == 3


def test_other_resources_are_no_certificates():
    """What uses a certificate may be new, changed or gone."""
    door = """\
  Door:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !Ref Site, SslSupportMethod: sni-only}
"""
    for before, after in (("", door), (door, ""), (door, door.replace("sni-only", "vip"))):
        found = check(TEXT + after, TEXT + before)
        assert found.findings == check(TEXT + after, None).findings
        assert found.unreadable == ()


def test_a_first_text_has_no_edit():
    """An empty previous text declares nothing."""
    assert rules(check(NEW, "")) == []


@pytest.mark.parametrize("broken", ["Resources: [AWS::CertificateManager::Certificate", "\0"])
def test_a_broken_previous_text_is_unreadable(broken):
    """Its name says which one it is; the text itself is checked all the same."""
    report = check(NEW.replace("DNS", "SMS"), broken)
    if broken == "\0":
        assert report.unreadable == ()
        return
    assert [each.name for each in report.unreadable] == ["site.yaml (previous)"]
    assert "ACM410" in rules(report)
    assert report.exit_code == 2


def test_a_broken_text_is_unreadable_once():
    """It is compared with nothing."""
    report = check("Resources: [AWS::CertificateManager::Certificate", TEXT)
    assert [each.name for each in report.unreadable] == ["site.yaml"]
    assert rules(report) == []


def test_other_formats_are_compared_too():
    """Terraform text is a module of one file."""
    text = 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.brightharbor.io"\n}\n'
    new = text.replace('"a.', '"b.')
    report = lint.check_text(new, name="main.tf", previous=text, settings={})
    assert "ACM601" in rules(report)


def test_an_excluded_text_is_not_compared():
    """The settings leave it out."""
    broken = "Resources: [AWS::CertificateManager::Certificate"
    for previous in (TEXT, broken):
        report = check(NEW, previous, exclude=["site.yaml"])
        assert (rules(report), report.unreadable) == ([], ())


def test_what_ties_keeps_its_order():
    """Reports are the same in each process, whose sets have orders of their own."""
    resolver = arguments.resolver({}, None, None, CHECKED)
    tied = tuple(skip(detail=f"`{number}` is unknown") for number in range(20))
    report = check(TEXT, None).__replace__(skips=tied)
    assert with_edit(report, "site.yaml", TEXT, TEXT, resolver, None).skips == tied


def test_two_broken_texts_are_one_error():
    """The old text has the same fault at the same place."""
    broken = "Resources: [AWS::CertificateManager::Certificate"
    report = check(broken, broken)
    assert [each.name for each in report.unreadable] == ["site.yaml"]


def test_a_module_that_the_old_text_called_is_unreadable():
    """As for `compare`, it may have declared any certificate."""
    new = 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.brightharbor.io"\n}\n'
    old = f'module "a" {{\n  source = "./a"\n}}\n{new}'
    report = lint.check_text(new, name="main.tf", previous=old, settings={})
    (error,) = report.unreadable
    assert str(error).startswith("main.tf (previous):2:13: module `./a` cannot be read")
    assert report.exit_code == 2
