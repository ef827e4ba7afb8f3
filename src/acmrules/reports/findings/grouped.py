"""A report for people: the findings below the name of their file, without source lines."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.reports import BOLD
from acmrules.reports.findings.layout import (
    COLORS,
    NAMELESS,
    Layout,
    fix_marks,
    hanging,
    joined,
    marked,
    rule_label,
)
from acmrules.reports.findings.summary import closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.lint.findings import Finding, Report

    Marked = tuple[Finding, str]

_DEFAULT = Layout()


def render(report: Report, layout: Layout = _DEFAULT) -> str:
    """Return a block for each file, and the summary."""
    marks = fix_marks(report.findings)
    groups: dict[str, list[Marked]] = {}
    for finding, mark in zip(report.findings, marks, strict=True):
        name = finding.file or finding.address or NAMELESS
        groups.setdefault(name, []).append((finding, mark))
    blocks = ["\n".join(_block(name, rows, layout)) for name, rows in groups.items()]
    return joined([*blocks, *closing(report, marks, layout)])


def _block(name: str, rows: Sequence[Marked], layout: Layout) -> Iterator[str]:
    """Yield the name, and a row for each finding that begins with its line and column."""
    yield layout.link_file(layout.paint(printable(name), BOLD), rows[0][0].file)
    places = [str(finding.position or "") for finding, _ in rows]
    width = max(map(len, places))
    for where, (finding, mark) in zip(places, rows, strict=True):
        lead = f"  {where:>{width}}  " if width else "  "
        label = f"{finding.severity}[{finding.rule.id}]"
        message = marked(f"{label} {finding.message}", mark)
        first, *rest = hanging(lead, message, layout.width)
        yield first.replace(
            label, layout.paint(rule_label(finding, layout), COLORS[finding.severity]), 1
        )
        yield from rest
