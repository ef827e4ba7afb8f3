"""The layout of the reports for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding, texts

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Edit, Fix
from acmrules.messages import printable
from acmrules.readers import registry
from acmrules.reports.findings.layout import (
    SAFE,
    UNSAFE,
    Layout,
    columns,
    fix_marks,
    hanging,
    joined,
    marked,
    rule_label,
)
from acmrules.reports.paths import LinkBase
from acmrules.syntax.source import Source

WORDS = st.lists(st.text("ab港", min_size=1, max_size=60), max_size=12).map(" ".join)


@pytest.mark.parametrize(("text", "number"), [("abc", 3), ("u\u0308", 1), ("港", 2), ("", 0)])
def test_wide_characters_occupy_two_columns(text, number):
    """Combining characters occupy none."""
    assert columns(text) == number


@given(WORDS | texts(), st.integers(0, 30), st.integers(40, 160))
def test_no_line_exceeds_the_width(text, indent, width):
    """This holds for words that are longer than a line, too."""
    assert all(
        columns(line) <= max(width, indent + 16) for line in hanging("", text, width, indent)
    )


@given(WORDS, st.integers(16, 160))
def test_wrapping_loses_only_spaces(text, width):
    """The letters are the same, in order."""
    lines = hanging("- ", text, width)
    assert "".join(lines).replace(" ", "") == "-" + text.replace(" ", "")


@given(st.lists(st.text("ab", min_size=1, max_size=16), min_size=1), st.integers(18, 160))
def test_short_words_are_not_broken(words, width):
    """Each word is on one line."""
    lines = hanging("- ", " ".join(words), width)
    assert [word for line in lines for word in line.removeprefix("- ").split()] == words


def test_a_long_lead_is_not_broken():
    """The text begins below it."""
    lead = "a/path/that/is/longer/than/the/line.yaml"
    assert hanging(f"{lead} ", "skipped", 40, 4) == [lead, "    skipped"]


@given(texts())
def test_control_characters_are_escaped(text):
    """Every line is printable."""
    assert all(line.isprintable() for line in hanging("", text, 80))
    assert hanging("", text, 10**6) == [printable(text)]


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


def test_text_can_be_a_link():
    """It is only a link if there are links, and if it has a destination."""
    layout = Layout(links=LinkBase("harbor", "/srv"))
    assert layout.link("x", "https://a") == "\x1b]8;;https://a\x1b\\x\x1b]8;;\x1b\\"
    assert layout.link_file("x", "a b.tf") == layout.link("x", "file://harbor/srv/a%20b.tf")
    assert Layout().link("x", "https://a") == Layout().link_file("x", "a") == "x"
    assert layout.link("", "https://a") == ""
    assert [layout.link_file("x", name) for name in ("", "-")] == ["x", "x"]


@pytest.mark.parametrize(("blocks", "text"), [([], ""), (["a"], "a\n"), (["a", "b"], "a\n\nb\n")])
def test_blocks_have_an_empty_line_between_them(blocks, text):
    """A report without a block is empty."""
    assert joined(blocks) == text


def test_the_label_of_a_finding_has_its_severity_and_its_rule():
    """The rule links to its source."""
    assert rule_label(finding(), Layout()) == "error[ACM301]"
    layout = Layout(links=LinkBase("", "/srv"))
    linked = layout.link("ACM301", finding().rule.url)
    assert rule_label(finding(), layout) == f"error[{linked}]"
