"""What a report says at its end: undecided checks, counts by rule, and the summary."""

from __future__ import annotations

from acmrules.lint.findings import Report, Skip, SkipReason
from acmrules.lint.rule import Severity
from acmrules.messages import counted, printable
from acmrules.reports import BOLD
from acmrules.reports.findings.layout import (
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

_MOST_NAMES = 10
"""Unknown names that are listed without `--show-undecided`."""

_MOST_FILES = 4
"""Files of environments that are listed."""

_MOST_PLACES = 3
"""Places of undecided checks that are listed for each unknown name."""


def closing(report: Report, marks: Sequence[str], layout: Layout) -> Iterator[str]:
    """Yield the blocks after the findings.

    The table of counts is there on request, and if there are more findings than the terminal has
    lines. A quiet layout has only what is requested.
    """
    if layout.show_undecided and (skipped := "\n".join(_skips(report.skips, layout))):
        yield skipped
    is_long = len(report.findings) > layout.height and not layout.is_quiet
    if layout.statistics or is_long:
        from acmrules.reports.findings.statistics import statistics

        if table := "\n".join(statistics(report.findings, marks, layout)):
            yield table
    if not layout.is_quiet:
        yield from _closing(report, marks, layout)
    elif layout.show_undecided:
        yield from _undecided(report, layout)


def _closing(report: Report, marks: Sequence[str], layout: Layout) -> Iterator[str]:
    """Yield what was not checked, the unknown names, and the summary."""
    if unread := [*_without_parameters(report.not_checked)] if report.not_checked else ():
        yield "\n".join(_not_checked(unread, layout))
    yield from _undecided(report, layout)
    lines = [
        line
        for sentence in _sentences(report, marks)
        for line in hanging("", sentence, layout.width, 2)
    ]
    yield "\n".join(lines)


def _undecided(report: Report, layout: Layout) -> Iterator[str]:
    if report.skips and (named := "\n".join(_unknown_names(report.skips, layout))):
        yield named


def one_line(report: Report) -> str:
    """Return the summary as one line."""
    return "; ".join(_sentences(report, fix_marks(report.findings)))


def found(report: Report) -> str:
    """Return what was checked, found and suppressed, without what a command could do about it."""
    sentence = f"{_checked(report)}: {_found(report)}"
    suppressed = sum(each.suppression is not None for each in report.suppressed)
    return f"{sentence}; {_suppressed(suppressed)}" if suppressed else sentence


def _suppressed(number: int) -> str:
    return f"{counted(number, 'finding')} suppressed"


def _sentences(report: Report, marks: Sequence[str]) -> Iterator[str]:
    """Yield what was checked and found, then what can be fixed, then what does not count."""
    yield f"{_checked(report)}: {_found(report)}"
    yield from _fixable(marks.count(SAFE), marks.count(UNSAFE))
    if report.hidden:
        yield f"{counted(report.hidden, 'finding')} hidden by --min-severity"
    yield from _accepted(report)
    yield from _left_open(report)


def _checked(report: Report) -> str:
    requests = counted(report.requests, "certificate request")
    if report.existing:
        existing = counted(report.existing, "existing certificate")
        requests = f"{requests} and {existing}" if report.requests else existing
    return f"{requests} in {counted(report.files, 'file')}" if report.files else requests


def counts(report: Report) -> str:
    """Return the number of findings of each severity, the worst first; empty without any."""
    numbers = ((report.count(severity), str(severity)) for severity in reversed(Severity))
    return ", ".join(counted(number, noun) for number, noun in numbers if number)


def _found(report: Report) -> str:
    found = counts(report)
    if report.hidden and not found:
        return "nothing to show"
    return found or ("nothing checked" if report.is_empty else "nothing found")


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
        yield _suppressed(suppressed)
    recorded = len(report.suppressed) - suppressed
    if recorded:
        yield f"{counted(recorded, 'finding')} in the baseline"
    stale = sum(entry.count for entry in report.stale)
    if stale:
        findings = counted(stale, "stale finding")
        yield f"{findings} in the baseline (acmrules baseline --prune removes {_them(stale)})"


def _left_open(report: Report) -> Iterator[str]:
    """Yield with which values it was checked, and what was not checked, or not completely."""
    if report.environments:
        more = len(report.environments) - _MOST_FILES
        named = [printable(file) for file in report.environments[:_MOST_FILES]]
        named += [counted(more, "other file")] if more > 0 else []
        listed = ", ".join(named)
        yield f"checked with {listed} (--var-file chooses other values)"
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
    yield layout.paint("not checked:", BOLD)
    groups: dict[str, list[NotChecked]] = {}
    for each in found:
        groups.setdefault(each.how, []).append(each)
    for how, group in groups.items():
        if len(group) == 1:
            yield from _entry("  ", group[0], f" {how}", layout)
            continue
        yield from hanging("  ", f"{how}:", layout.width, indent=4)
        for each in group:
            yield from _entry("    ", each, "", layout)


def _without_parameters(found: Sequence[NotChecked]) -> Iterator[NotChecked]:
    """Yield what was not checked, except for parameters, which are unknown names."""
    from acmrules.model.not_checked import PARAMETER

    for each in found:
        if each.kind != PARAMETER:
            yield each


def _unknown_names(skips: Sequence[Skip], layout: Layout) -> Iterator[str]:
    """Yield a line for each unknown name that undecided checks wait for.

    Without `--show-undecided`, only the names are listed that an option sets.
    """
    if not layout.show_undecided and not any(map(_may_be_set, skips)):
        return
    from acmrules.lint.unknowns import unknown_names

    found = unknown_names(skips)
    listed = found
    if not layout.show_undecided:
        listed = tuple(each for each in found if each.option)[:_MOST_NAMES]
    if not listed:
        return
    yield layout.paint("undecided:", BOLD)
    for each in listed:
        yield from hanging("  ", str(each), layout.width, indent=6)
        if layout.show_undecided:
            yield from hanging("      ", " ".join(each.rules), layout.width)
            yield from _places("      ", each.skips)
    if sum("var." in each.name for each in listed) > 1:
        yield "  `--var-file FILE` sets several variables"
    if more := len(found) - len(listed):
        yield f"  {counted(more, 'more name')} (--show-undecided lists {_them(more)})"


def _may_be_set(skip: Skip) -> bool:
    return bool(skip.parameters) or "egion" in skip.detail


def _places(lead: str, skips: Sequence[Skip]) -> Iterator[str]:
    """Yield the first places of undecided checks, and the number of the others."""
    found = [*dict.fromkeys(map(place, skips))]
    for where in found[:_MOST_PLACES]:
        yield lead + where
    if len(found) > _MOST_PLACES:
        more = len(found) - _MOST_PLACES
        yield f"{lead}and {more:,} more; `--format json` lists all"


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
    """Yield each place and reason that no unknown name explains, with the undecided rules."""
    from acmrules.lint.unknowns import is_named

    grouped: dict[tuple[str, str], list[str]] = {}
    for skip in skips:
        if not is_named(skip):
            rules = grouped.setdefault((place(skip), skip.detail), [])
            rules += [skip.rule.id] if skip.rule and skip.rule.id not in rules else []
    for (where, detail), rules in grouped.items():
        text = f"skipped {' '.join(rules)}: {detail}" if rules else f"skipped {detail}"
        yield from hanging(f"{where} ", text, layout.width, indent=4)
