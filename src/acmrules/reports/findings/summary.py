"""What a report says at its end: undecided checks, counts by rule, and the summary."""

from __future__ import annotations

from acmrules.lint.findings import Report, Skip, SkipReason
from acmrules.lint.rule import Severity
from acmrules.messages import counted
from acmrules.reports.findings.layout import SAFE, UNSAFE, Layout, fix_marks, hanging, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def closing(report: Report, marks: Sequence[str], layout: Layout) -> Iterator[str]:
    """Yield the blocks after the findings.

    The table of counts is there on request, and if there are more findings than the terminal has
    lines.
    """
    if layout.show_undecided and report.skips:
        yield "\n".join(_skips(report.skips, layout))
    if layout.statistics or len(report.findings) > layout.height:
        from acmrules.reports.findings.statistics import statistics

        if table := "\n".join(statistics(report.findings, marks, layout)):
            yield table
    lines = [
        line
        for sentence in _sentences(report, marks)
        for line in hanging("", sentence, layout.width, 2)
    ]
    yield "\n".join(lines)


def one_line(report: Report) -> str:
    """Return the summary as one line."""
    return "; ".join(_sentences(report, fix_marks(report.findings)))


def _sentences(report: Report, marks: Sequence[str]) -> Iterator[str]:
    """Yield what was checked and found, then what can be fixed, then what does not count."""
    yield f"{_checked(report)}: {_found(report)}"
    yield from _fixable(marks.count(SAFE), marks.count(UNSAFE))
    yield from _accepted(report)
    yield from _left_open(report)


def _checked(report: Report) -> str:
    requests = counted(report.requests, "certificate request")
    return f"{requests} in {counted(report.files, 'file')}" if report.files else requests


def _found(report: Report) -> str:
    counts = [
        counted(count, str(severity))
        for severity in reversed(Severity)
        if (count := report.count(severity))
    ]
    return ", ".join(counts) or "nothing found"


def _fixable(safe: int, unsafe: int) -> Iterator[str]:
    if safe and unsafe:
        yield f"{safe:,} fixable with --fix, {unsafe:,} more with --unsafe-fixes"
    elif safe:
        yield f"{safe:,} fixable with --fix"
    elif unsafe:
        yield f"{unsafe:,} fixable with --unsafe-fixes"


def _accepted(report: Report) -> Iterator[str]:
    """Yield how many findings do not count, and how many entries of a baseline are stale."""
    suppressed = sum(each.suppression is not None for each in report.suppressed)
    if suppressed:
        yield f"{counted(suppressed, 'finding')} suppressed"
    recorded = len(report.suppressed) - suppressed
    if recorded:
        yield f"{counted(recorded, 'finding')} in the baseline"
    stale = sum(entry.count for entry in report.stale)
    if stale:
        findings = counted(stale, "stale finding")
        yield f"{findings} in the baseline (acmrules baseline --prune removes {_them(stale)})"


def _left_open(report: Report) -> Iterator[str]:
    """Yield what was not checked, or not completely."""
    undecided = sum(skip.reason is not SkipReason.NOT_IN_FORCE for skip in report.skips)
    if undecided:
        checks = counted(undecided, "check")
        lists = f"--show-undecided lists {_them(undecided)}"
        yield f"{checks} skipped for lack of information ({lists})"
    if report.excluded:
        yield f"{counted(report.excluded, 'file')} excluded"
    unreadable = len({each.name for each in report.unreadable})
    if unreadable:
        yield f"{counted(unreadable, 'input')} could not be read"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _skips(skips: Sequence[Skip], layout: Layout) -> Iterator[str]:
    """Yield each place and reason, with the rules that were undecided there."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for skip in skips:
        rules = grouped.setdefault((place(skip), skip.detail), [])
        rules += [skip.rule.id] if skip.rule and skip.rule.id not in rules else []
    for (where, detail), rules in grouped.items():
        text = f"skipped {' '.join(rules)}: {detail}" if rules else f"skipped {detail}"
        yield from hanging(f"{where} ", text, layout.width, indent=4)
