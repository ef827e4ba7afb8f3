"""The format `concise`: a line for each finding."""

import pytest
from hypothesis import given
from tests.support.reports import finding, report, reports

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.readers import registry
from acmrules.reports.findings import concise
from acmrules.reports.findings.layout import Layout
from acmrules.syntax.source import Source


@given(reports())
def test_a_finding_is_one_line(drawn):
    """Any message fits on one line, behind its location and its rule."""
    lines = concise.render(drawn).split("\n")
    for found, line in zip(drawn.findings, lines, strict=False):
        assert line.isprintable()
        assert f": {found.severity}[{found.rule.id}] " in line


def test_a_line_has_a_location_a_rule_and_a_message():
    """It is not wrapped."""
    shown = concise.render(report(finding(message="too long " * 20)), Layout(width=40))
    first = shown.splitlines()[0]
    assert first == f"infra/site.yaml:14:17: error[ACM301] {'too long ' * 20}"


def test_a_fixable_finding_is_marked():
    """The mark is at the end of the line."""
    source = Source("names.txt", "brightharbor.io\nWWW.brightharbor.io\n")
    [line] = [
        line
        for line in concise.render(check_declarations(registry.read(source), Linter())).splitlines()
        if "ACM102" in line
    ]
    assert line.startswith("names.txt:2:1: warning[ACM102] `WWW.brightharbor.io`")
    assert line.endswith(" [*]")


@pytest.mark.parametrize(("address", "shown"), [("Certificate", "Certificate"), ("", "request")])
def test_a_finding_without_a_source_has_an_address(address, shown):
    """A finding without an address is in the request."""
    line = concise.render(report(finding(source=None, address=address)))
    assert line.startswith(f"{shown}: error[ACM301] first name")


def test_the_rule_is_colored():
    """Its color is that of the severity."""
    shown = concise.render(report(finding()), Layout(color=True))
    assert ":14:17: \x1b[31merror[ACM301]\x1b[0m first name" in shown
