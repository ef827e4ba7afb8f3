"""The marks of findings that can be fixed."""

import pytest
from tests.support.reports import finding

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Edit, Fix
from acmrules.readers import registry
from acmrules.reports.findings.fixable import SAFE, UNSAFE, fix_marks, marked
from acmrules.syntax.source import Source

TEMPLATE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: {}
      ValidationMethod: DNS
"""


@pytest.mark.parametrize(
    ("name", "rule", "mark"),
    [
        ("WWW.brightharbor.io", "ACM102", SAFE),
        ("'*.brightharbor.io'", "ACM203", UNSAFE),
        ("a_b.brightharbor.io", "ACM101", ""),
    ],
)
def test_a_finding_has_the_mark_of_its_fix(name, rule, mark):
    """The fix is safe, or unsafe, or there is none."""
    source = Source("site.yaml", TEMPLATE.format(name))
    found = [
        each
        for each in check_declarations(registry.read(source), Linter()).findings
        if each.rule.id == rule
    ]
    assert fix_marks(found) == [mark]


def test_a_fix_that_cannot_edit_the_file_has_no_mark():
    """The fix has no edits, or the request is not in a file."""
    described, elsewhere = Fix("x"), Fix("x", (Edit(("names", 0), "a.io"),), safe=True)
    assert fix_marks([finding(fix=described), finding(fix=elsewhere)]) == ["", ""]


def test_a_mark_is_behind_the_text():
    """Without a mark, the text is unchanged."""
    assert (marked("x", SAFE), marked("x", "")) == ("x [*]", "x")
