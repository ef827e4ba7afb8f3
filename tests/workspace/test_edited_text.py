"""The findings about the edit of one text."""

import pytest
from tests.support.reports import skip

from acmrules import lint
from acmrules.facts.fact import CHECKED
from acmrules.workspace import arguments
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
    comment = "  # acmrules: ignore[ACM601, ACM602]: agreed\n"
    lines = NEW.splitlines()
    text = comment.join((*lines[:4], "")).replace(comment, "\n") + comment.join((*lines[4:], ""))
    accepted = check(text.replace(f"DNS{comment}", "DNS\n"), TEXT)
    assert rules(accepted) == []
    assert not {"ACM601", "ACM602"} & {*rules(accepted)}
    assert len(accepted.suppressed) == 2


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


def test_other_formats_are_compared_too():
    """Terraform text is a module of one file."""
    text = 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.brightharbor.io"\n}\n'
    new = text.replace('"a.', '"b.')
    report = lint.check_text(new, name="main.tf", previous=text, settings={})
    assert "ACM601" in rules(report)


def test_an_excluded_text_is_not_compared():
    """The settings leave it out."""
    assert rules(check(NEW, TEXT, exclude=["site.yaml"])) == []


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
