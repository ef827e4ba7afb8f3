"""The report on an inventory as Markdown, for a ticket or a chat."""

from __future__ import annotations

from acmrules.diagnosis.times import written
from acmrules.reports.findings.markdown import code, message
from acmrules.reports.inventory.phrases import heading, summary
from acmrules.reports.inventory.sections import ReportSection, sections

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.inventory.report import InventoryReport

_MOST_ROWS = 100


def render(report: InventoryReport) -> str:
    """Return the report: a heading, the numbers, and a table for each section."""
    lines = [f"# {message(heading(report))}", "", message(summary(report))]
    if report.read_at:
        lines += ["", f"Read from AWS on {written(report.read_at)}."]
    for section in sections(report):
        lines += ["", *_section(section)]
    return "\n".join(lines) + "\n"


def _section(section: ReportSection) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    yield f"{section.about[:1].upper()}{section.about[1:]}."
    yield ""
    has_lines = any(row.lines for row in section.rows)
    heads = (*section.heads, "details") if has_lines else section.heads
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    rows, more = section.cut(_MOST_ROWS)
    for row in rows:
        cells = [message(cell) for cell in row.cells]
        if has_lines:
            cells.append("<br>".join(map(_line, row.lines)))
        yield f"| {' | '.join(cells)} |"
    if more:
        yield ""
        yield f"{more}; the JSON has all of them."


def _line(text: str) -> str:
    """Return a line of details; ARNs and commands can be copied."""
    return code(text) if text.startswith(("arn:", "aws ")) else message(text)
