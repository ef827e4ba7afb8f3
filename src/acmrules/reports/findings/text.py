"""A report for people: each finding with its source line, and what to do about it."""

from __future__ import annotations

from acmrules.messages import quoted, quoted_list
from acmrules.reports import BOLD, QUIET
from acmrules.reports.findings.layout import (
    COLORS,
    Layout,
    columns,
    fix_marks,
    hanging,
    joined,
    marked,
    place,
    rule_label,
)
from acmrules.reports.findings.summary import closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.lint.findings import Finding, RelatedLocation, Report

_DEFAULT = Layout()


_MOST_ALONE = 3
"""Maximum number of findings of the same kind that have a block each."""

_MOST_LISTED = 5
"""Maximum number of further places that the block of a group lists."""


def render(report: Report, layout: Layout = _DEFAULT) -> str:
    """Return the report as text that ends with a summary.

    Many findings of the same kind are one block, with the place of the first ones.
    """
    marks = fix_marks(report.findings)
    blocks = [
        "\n".join(_finding(finding, mark, layout, same))
        for finding, mark, same in _groups(report.findings, marks)
    ]
    return joined([*blocks, *closing(report, marks, layout)])


def _groups(
    findings: Sequence[Finding], marks: Sequence[str]
) -> Iterator[tuple[Finding, str, list[Finding]]]:
    """Yield findings with their marks, the first of many of a kind with all others."""
    kinds: dict[object, list[Finding]] = {}
    if len(findings) > _MOST_ALONE:
        for finding, mark in zip(findings, marks, strict=True):
            kinds.setdefault((finding.kind, mark), []).append(finding)
    many = {key: same for key, same in kinds.items() if len(same) > _MOST_ALONE}
    for finding, mark in zip(findings, marks, strict=True):
        first, *same = (many and many.get((finding.kind, mark))) or [finding]
        if first is finding:
            yield finding, mark, same


def _finding(finding: Finding, mark: str, layout: Layout, same: Sequence[Finding]) -> Iterator[str]:
    color = COLORS[finding.severity]
    margin = " " * len(str(finding.line or 1))
    yield from _head(finding, layout, color)
    yield f"{margin}--> {layout.link_file(place(finding), finding.file)}"
    if finding.location is not None:
        from acmrules.reports.findings.excerpt import excerpt

        yield from excerpt(finding.location, finding.label, layout, color)
    for related in finding.related:
        if related.location is not None:
            yield from _note(f"{margin} = note: ", related, layout)
    values = dict.fromkeys(each.value or each.address for each in finding.others)
    values.pop(finding.value or "", None)
    if values:
        listed = f"for {quoted_list([*values])}"
        yield from hanging(f"{margin} = also: ", listed, layout.width)
    yield from _places(f"{margin} = also: ", same, layout)
    if finding.help or mark:
        yield from hanging(f"{margin} = help: ", marked(finding.help, mark), layout.width)
    yield layout.paint(f"{margin} = docs: acmrules explain {finding.rule.id}", QUIET)


def _places(lead: str, same: Sequence[Finding], layout: Layout) -> Iterator[str]:
    """Yield how many other findings are of the same kind, and the places of the first ones."""
    if not same:
        return
    yield from hanging(lead, f"{len(same):,} more findings of this kind:", layout.width)
    blank = " " * len(lead)
    for each in same[:_MOST_LISTED]:
        yield f"{blank}{place(each)} {quoted(each.value)}" if each.value else blank + place(each)
    if len(same) > _MOST_LISTED:
        rest = f"and {len(same) - _MOST_LISTED:,} more; `--format concise` lists all"
        yield from hanging(blank, rest, layout.width)


def _head(finding: Finding, layout: Layout, color: str) -> Iterator[str]:
    """Yield the severity and the rule in color, and the message in bold."""
    lead = f"{finding.severity}[{finding.rule.id}]"
    first, *rest = hanging(f"{lead}: ", finding.message, layout.width)
    label = layout.paint(rule_label(finding, layout), color)
    yield label + layout.paint(first.removeprefix(lead), BOLD)
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
