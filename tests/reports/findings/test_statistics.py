"""The table that counts the findings of each rule."""

from tests.support.reports import finding
from tests.support.rules import RULES

from acmrules.lint.rule import Severity
from acmrules.reports.findings.layout import SAFE, UNSAFE, Layout
from acmrules.reports.findings.statistics import statistics

FINDINGS = [
    finding(rule=RULES[rule], severity=severity)
    for rule, severity, number in (
        ("ACM102", Severity.WARNING, 12),
        ("ACM101", Severity.ERROR, 1),
        ("ACM301", Severity.ERROR, 2),
        ("ACM301", Severity.NOTE, 1),
    )
    for _ in range(number)
]
MARKS = [SAFE, UNSAFE, *[""] * 14]


def test_a_row_counts_a_rule():
    """Errors are first, then the most frequent rule; `fixable` counts both kinds of fixes."""
    assert list(statistics(FINDINGS, MARKS, Layout(width=200))) == [
        "rule    count  severity  fixable  title",
        f"ACM301      2  error              {RULES['ACM301'].title}",
        f"ACM101      1  error              {RULES['ACM101'].title}",
        f"ACM102     12  warning         2  {RULES['ACM102'].title}",
        f"ACM301      1  note               {RULES['ACM301'].title}",
    ]


def test_a_narrow_table_has_its_titles_below():
    """They are indented, and wrap."""
    lines = list(statistics(FINDINGS[12:13], [""], Layout(width=40)))
    assert lines[1] == "ACM101      1  error"
    assert " ".join(line.removeprefix("    ") for line in lines[2:]) == RULES["ACM101"].title


def test_the_severity_is_colored():
    """The rest of a row is not."""
    row = list(statistics(FINDINGS[:1], [""], Layout(width=200, color=True)))[1]
    assert row.startswith("ACM102      1  \x1b[33mwarning\x1b[0m  ")
