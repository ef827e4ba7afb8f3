"""The report on an inventory as text."""

from __future__ import annotations

from acmrules.diagnosis.model import State
from acmrules.diagnosis.times import written
from acmrules.messages import counted, printable
from acmrules.reports import BOLD, RED, paint
from acmrules.reports.inventory.phrases import heading, summary
from acmrules.reports.inventory.sections import ReportSection, sections
from acmrules.reports.tables import WIDEST, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.inventory.report import InventoryReport

_MOST_ROWS = 20
"""The most rows of a section; the other formats have more, and JSON has all."""


def render(report: InventoryReport, *, is_colored: bool = False) -> str:
    """Return the report as text: the numbers, then each section; what needs you is red."""
    blocks = [[*_heading(report)], [*_regions(report)]]
    blocks += [[*_section(each, is_colored)] for each in sections(report)]
    return "\n".join("\n".join(lines) + "\n" for lines in blocks if lines)


def _heading(report: InventoryReport) -> Iterator[str]:
    yield printable(heading(report))
    yield summary(report)
    if report.read_at:
        yield f"read from AWS on {written(report.read_at)}"


def _regions(report: InventoryReport) -> Iterator[str]:
    """Yield a table of the Regions with certificates, and of the states that occur."""
    used = [
        place for place in range(len(State)) if any(each.states[place] for each in report.regions)
    ]
    with_account = len(report.accounts) > 1
    states = [*State]
    listed = [each for each in report.regions if each.total or not each.is_read]
    rows = [("", "certificates", *(states[place].value for place in used))]
    for each in listed:
        name = f"{each.account} {each.region}" if with_account else each.region
        numbers = (f"{each.states[place]:,}" for place in used)
        shown = (f"{each.total:,}", *numbers) if each.is_read else ("not read", *("" for _ in used))
        rows.append((printable(name), *shown))
    if listed:
        yield from table(rows)
    if empty := len(report.regions) - len(listed):
        yield f"{counted(empty, 'Region')} without certificates"


def _section(section: ReportSection, is_colored: bool) -> Iterator[str]:
    count = "" if section.key in ("quotas", "gaps") else f": {len(section.rows):,}"
    title = paint(f"{section.title}{count}", BOLD, is_colored=is_colored)
    yield f"{title} ({section.about})"
    rows, more = section.cut(_MOST_ROWS)
    cells = [[printable(cell) for cell in row.cells] for row in rows]
    lines = table([section.heads, *cells])
    yield f"  {next(lines)}"
    for row, [first, *_] in zip(rows, cells, strict=True):
        # A long first cell has a line of its own.
        for _ in range(1 + (len(first) > WIDEST)):
            line = next(lines)
            yield f"  {paint(line, RED, is_colored=is_colored) if row.is_urgent else line}"
        for each in row.lines:
            yield f"    {printable(each)}"
    if more:
        yield f"  {more}"
