"""A report for people and editors: one line for each finding."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.reports.findings.layout import COLORS, Layout, fix_marks, marked, place, rule_label
from acmrules.reports.findings.summary import closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Finding, Report

_DEFAULT = Layout()


def render(report: Report, layout: Layout = _DEFAULT) -> str:
    """Return a line for each finding, however long, and the summary."""
    marks = fix_marks(report.findings)
    lines = [
        _line(finding, mark, layout) for finding, mark in zip(report.findings, marks, strict=True)
    ]
    return "".join(f"{block}\n" for block in [*lines, *closing(report, marks, layout)])


def _line(finding: Finding, mark: str, layout: Layout) -> str:
    where = layout.link_file(place(finding), finding.file)
    label = layout.paint(rule_label(finding, layout), COLORS[finding.severity])
    return f"{where}: {label} {marked(printable(finding.message), mark)}"
