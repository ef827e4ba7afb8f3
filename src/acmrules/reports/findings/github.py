"""A report as workflow commands, which GitHub Actions displays as annotations."""

from __future__ import annotations

from acmrules.lint.rule import Severity
from acmrules.messages import printable
from acmrules.model.not_checked import FILE, PARAMETER
from acmrules.reports.findings.summary import one_line
from acmrules.reports.paths import relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.findings import Finding, Report, Skip, StaleBaselineEntry
    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.source import InputError, Range

_MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report, folder: str = "") -> str:
    """Return a command for each finding, unreadable file and stale baseline, and the summary.

    What was not checked is a command too. The names that undecided checks wait for are one
    command, because GitHub displays only ten notices of a step.
    """
    commands = [_finding(finding, folder) for finding in report.findings]
    commands += [_unreadable(unreadable, folder) for unreadable in report.unreadable]
    unread = (each for each in report.not_checked if each.kind != PARAMETER)
    commands += [_not_checked(each, folder) for each in unread]
    commands += _undecided(report.skips, folder) if report.skips else ()
    commands += [
        _stale(baseline, [entry for entry in report.stale if entry.baseline == baseline], folder)
        for baseline in dict.fromkeys(entry.baseline for entry in report.stale)
    ]
    return "\n".join([*commands, one_line(report)]) + "\n"


def _finding(finding: Finding, folder: str) -> str:
    message = printable(finding.message)
    if finding.help:
        message += f"\nhelp: {printable(finding.help)}"
    title = f"{finding.rule.id} {finding.rule.name}"
    locations = {"file": _file(finding.file, folder), **_lines(finding.range)}
    return _command(_COMMANDS[finding.severity], {**locations, "title": title}, message)


def _unreadable(unreadable: InputError, folder: str) -> str:
    start = unreadable.position
    lines = {"line": str(start.line), "col": str(start.column)} if start else {}
    locations = {"file": _file(unreadable.name, folder), **lines}
    level = "warning" if unreadable.is_warning else "error"
    locations["title"] = "could not be read"
    return _command(level, locations, printable(unreadable.fault))


def _not_checked(found: NotChecked, folder: str) -> str:
    lines = {} if found.is_about_file else _lines(found.range)
    locations = {"file": _file(found.file, folder), **lines, "title": "not checked"}
    return _command("warning" if found.kind == FILE else "notice", locations, str(found))


def _undecided(skips: tuple[Skip, ...], folder: str) -> Iterator[str]:
    """Yield one notice with the names that an option sets, if any."""
    from acmrules.lint.unknowns import unknown_names

    names = [each for each in unknown_names(skips) if each.option]
    if names:
        first = names[0].skips[0]
        lines = [printable(str(each)) for each in names[:_MOST]]
        lines += [f"and {len(names) - _MOST:,} more"] * (len(names) > _MOST)
        locations = {"file": _file(first.file, folder), **_lines(first.range)}
        yield _command("notice", {**locations, "title": "undecided"}, "\n".join(lines))


def _stale(baseline: str, entries: list[StaleBaselineEntry], folder: str) -> str:
    """Return one notice for a baseline, because GitHub displays only ten notices of a step."""
    lines = [*map(str, entries[:_MOST])]
    lines += [f"and {len(entries) - _MOST:,} more"] * (len(entries) > _MOST)
    locations = {"file": _file(baseline, folder), "title": "stale in the baseline"}
    return _command("notice", locations, "\n".join([*lines, "help: acmrules baseline --prune"]))


def _file(name: str, folder: str) -> str:
    """Return the path of a file, with control characters escaped."""
    return printable(relative(name, folder))


def _lines(where: Range | None) -> dict[str, str]:
    if where is None:
        return {}
    start, end = where.start, where.end
    lines = {"line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # GitHub rejects columns of several lines.
        lines |= {"col": str(start.column), "endColumn": str(end.column)}
    return lines


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(
        f"{key}={text.translate(_PROPERTY)}" for key, text in properties.items() if text
    )
    return f"::{name} {listed}::{message.translate(_DATA)}"
