"""A report for people: each finding with its source line, and what to do about it."""

from __future__ import annotations

from acmrules.reports.findings.layout import (
    BOLD,
    COLORS,
    QUIET,
    Layout,
    columns,
    fix_marks,
    hanging,
    marked,
    place,
)
from acmrules.reports.findings.summary import closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.findings import Finding, RelatedLocation, Report

_DEFAULT = Layout()


def render(report: Report, layout: Layout = _DEFAULT) -> str:
    """Return the report as text that ends with a summary."""
    marks = fix_marks(report.findings)
    blocks = [
        "\n".join(_finding(finding, mark, layout))
        for finding, mark in zip(report.findings, marks, strict=True)
    ]
    return "\n\n".join([*blocks, *closing(report, marks, layout)]) + "\n"


def _finding(finding: Finding, mark: str, layout: Layout) -> Iterator[str]:
    color = COLORS[finding.severity]
    margin = " " * len(str(finding.line or 1))
    yield from _head(finding, layout, color)
    yield f"{margin}--> {place(finding)}"
    if finding.location is not None:
        from acmrules.reports.findings.excerpt import excerpt

        yield from excerpt(finding.location, finding.label, layout, color)
    for related in finding.related:
        if related.location is not None:
            yield from _note(f"{margin} = note: ", related, layout)
    if finding.help or mark:
        yield from hanging(f"{margin} = help: ", marked(finding.help, mark), layout.width)
    yield layout.paint(f"{margin} = docs: acmrules explain {finding.rule.id}", QUIET)


def _head(finding: Finding, layout: Layout, color: str) -> Iterator[str]:
    """Yield the severity and the rule in color, and the message in bold."""
    lead = f"{finding.severity}[{finding.rule.id}]"
    first, *rest = hanging(f"{lead}: ", finding.message, layout.width)
    yield layout.paint(lead, color) + layout.paint(first.removeprefix(lead), BOLD)
    for line in rest:
        yield layout.paint(line, BOLD)


def _note(lead: str, related: RelatedLocation, layout: Layout) -> Iterator[str]:
    """Yield the remark on a related location; its path is not broken."""
    from acmrules.reports.tables import position

    *lines, last = hanging(lead, f"{related.note}:", layout.width)
    yield from lines
    where = position(related.location)
    if columns(last) + 1 + columns(where) <= layout.width:
        yield f"{last} {where}"
    else:
        yield last
        yield " " * len(lead) + where
