"""A table that counts the findings of each rule."""

from __future__ import annotations

from acmrules.reports import QUIET
from acmrules.reports.findings.layout import COLORS, Layout, columns, hanging

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.lint.findings import Finding
    from acmrules.lint.rule import Rule, Severity

_HEAD = ("rule", "count", "severity", "fixable", "title")
_NARROW_INDENT = 4
_LEAST_ROOM = 24


def statistics(findings: Sequence[Finding], marks: Sequence[str], layout: Layout) -> Iterator[str]:
    """Yield a row for each rule and severity: errors first, then the most frequent first.

    `fixable` counts what `--fix` and `--unsafe-fixes` can fix together.
    """
    counts: dict[tuple[Rule, Severity], list[str]] = {}
    for finding, mark in zip(findings, marks, strict=True):
        counts.setdefault((finding.rule, finding.severity), []).append(mark)
    if not counts:
        return
    yield layout.paint(_cells(*_HEAD[:-1]) + _HEAD[-1], QUIET)
    for (rule, severity), each in sorted(counts.items(), key=_order):
        fixable = sum(map(bool, each))
        lead = _cells(rule.id, f"{len(each):,}", str(severity), f"{fixable:,}" if fixable else "")
        first, *rest = _row(lead, rule.title, layout.width)
        yield first.replace(str(severity), layout.paint(str(severity), COLORS[severity]), 1)
        yield from rest


def _order(item: tuple[tuple[Rule, Severity], list[str]]) -> tuple[int, int, str]:
    (rule, severity), marks = item
    return -severity, -len(marks), rule.id


def _cells(rule: str, count: str, severity: str, fixable: str) -> str:
    return f"{rule:6}  {count:>5}  {severity:8}  {fixable:>7}  "


def _row(lead: str, title: str, width: int) -> Iterator[str]:
    """Yield a row; on a narrow terminal the title is on lines of its own."""
    if width - columns(lead) >= _LEAST_ROOM:
        yield from hanging(lead, title, width)
        return
    blank = " " * _NARROW_INDENT
    yield lead.rstrip()
    yield from hanging(blank, title, width)
