"""What a report says at its end: undecided checks, counts by rule, and the summary."""

from __future__ import annotations

from acmrules.lint.findings import Report, Skip, SkipReason
from acmrules.lint.rule import Severity
from acmrules.messages import counted, printable
from acmrules.reports.findings.layout import (
    BOLD,
    SAFE,
    UNSAFE,
    Layout,
    columns,
    fix_marks,
    hanging,
    place,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.model.not_checked import NotChecked

_MOST_PARAMETERS = 5
"""Parameters that are listed without `--show-undecided`."""


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
    if report.not_checked:
        yield "\n".join(_not_checked(report.not_checked, layout))
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
    return ", ".join(counts) or ("nothing checked" if report.is_empty else "nothing found")


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
    if report.not_checked:
        yield f"not checked: {by_kind(report.not_checked)}"
    undecided = sum(skip.reason is not SkipReason.NOT_IN_FORCE for skip in report.skips)
    if undecided:
        checks = counted(undecided, "check")
        lists = f"--show-undecided lists {_them(undecided)}"
        yield f"{checks} skipped for lack of information ({lists})"
    if report.unimported:
        files = counted(report.unimported, "certificate file")
        yield f"{files} skipped because nothing imports {_them(report.unimported)}"
    if report.excluded:
        yield f"{counted(report.excluded, 'file')} excluded"
    unreadable = len({each.name for each in report.unreadable})
    if unreadable:
        yield f"{counted(unreadable, 'input')} could not be read"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def by_kind(found: Sequence[NotChecked]) -> str:
    """Return how many things of each kind were not checked."""
    from acmrules.model.not_checked import NOUNS

    counts: dict[str, int] = {}
    for each in found:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return ", ".join(counted(count, NOUNS[kind]) for kind, count in counts.items())


def _not_checked(found: Sequence[NotChecked], layout: Layout) -> Iterator[str]:
    """Yield a line for each thing that was not checked, by the command that gets it checked."""
    from acmrules.model.not_checked import PARAMETER

    yield layout.paint("not checked:", BOLD)
    parameters = [each for each in found if each.kind == PARAMETER]
    more = 0 if layout.show_undecided else max(len(parameters) - _MOST_PARAMETERS, 0)
    groups: dict[str, list[NotChecked]] = {}
    for each in found[: len(found) - more]:
        groups.setdefault(each.how, []).append(each)
    for how, group in groups.items():
        if len(group) == 1:
            yield from _entry("  ", group[0], f" {how}", layout)
            continue
        yield from hanging("  ", f"{how}:", layout.width, indent=4)
        for each in group:
            yield from _entry("    ", each, "", layout)
    if more:
        yield f"  {counted(more, 'more parameter')} (--show-undecided lists {_them(more)})"


def _entry(lead: str, entry: NotChecked, how: str, layout: Layout) -> Iterator[str]:
    """Yield the sentence of an entry, and a command that is not broken if it fits on a line."""
    where = printable(entry.file) if entry.is_about_file else place(entry)
    text = f"{entry.what} {entry.why}{':' * bool(how)}"
    *lines, last = hanging(f"{lead}{where}: ", text, layout.width, 6)
    yield from lines
    command = printable(how)
    if columns(last + command) <= layout.width:
        yield last + command
    else:
        yield last
        yield from hanging(" " * 6, command.lstrip(), layout.width, 6)


def _skips(skips: Sequence[Skip], layout: Layout) -> Iterator[str]:
    """Yield each place and reason, with the rules that were undecided there.

    The values that would decide the most checks come first. The Region is the same value for most
    files, so it has one line.
    """
    counts: dict[str, int] = {}
    grouped: dict[tuple[str, str], list[str]] = {}
    for skip in skips:
        about_region = _is_about_region(skip)
        detail = UNKNOWN_REGION if about_region else skip.detail
        is_open = skip.reason is SkipReason.UNDECIDED
        counts[detail] = counts.get(detail, 0) + is_open
        rules = grouped.setdefault(("" if about_region else place(skip), detail), [])
        rules += [skip.rule.id] if skip.rule and skip.rule.id not in rules else []
    for (where, detail), rules in sorted(grouped.items(), key=lambda item: -counts[item[0][1]]):
        text = f"skipped {' '.join(rules)}: {detail}" if rules else f"skipped {detail}"
        times = "" if where else f" ({counted(counts[detail], 'check')})"
        yield from hanging(f"{where} " if where else "", text + times, layout.width, indent=4)


def _is_about_region(skip: Skip) -> bool:
    """Return whether only the Region of the deployment or of a provider is unknown."""
    labels = skip.detail.split("`")[1::2]
    regions = [label for label in labels if label not in _OPTIONS]
    return skip.reason is SkipReason.UNDECIDED and bool(labels) and all(map(_is_region, regions))


def _is_region(label: str) -> bool:
    is_provider = label.startswith("provider.") and label.endswith(".region")
    return is_provider or label == "${AWS::Region}"


_OPTIONS = frozenset(("--region",))
UNKNOWN_REGION = "the Region is unknown; pass `--region`"
"""The reason of all checks that only need the Region."""
