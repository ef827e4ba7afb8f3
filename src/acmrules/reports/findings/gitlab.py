"""A report for GitLab's code quality widget: a list of issues in the order of the report."""

from __future__ import annotations

from acmrules.lint.rule import Severity
from acmrules.messages import printable
from acmrules.model.not_checked import FILE, PARAMETER
from acmrules.reports.findings.fingerprints import digest, fingerprints
from acmrules.reports.json_text import in_lines
from acmrules.reports.paths import relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.findings import Finding, Report, Skip, StaleBaselineEntry
    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.source import InputError

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_UNREADABLE = "critical"


def render(report: Report, folder: str = "") -> str:
    """Return a JSON list with an issue for each finding, unreadable file and stale entry.

    What was not checked is an issue too, and so is each name that undecided checks wait for, if
    an option sets it.
    """
    marks = fingerprints(report.findings, folder)
    issues = [
        _finding(finding, mark, folder)
        for finding, mark in zip(report.findings, marks, strict=True)
    ]
    issues += [_unreadable(unreadable, folder) for unreadable in report.unreadable]
    issues += [_not_checked(each, folder) for each in report.not_checked if each.kind != PARAMETER]
    issues += _undecided(report.skips, folder) if report.skips else ()
    issues += [_stale(entry, folder) for entry in report.stale]
    return in_lines(issues) + "\n"


def _finding(finding: Finding, mark: str, folder: str) -> dict[str, object]:
    advice = f"; help: {finding.help}" if finding.help else ""
    line = finding.line or 1
    return {
        "description": printable(finding.message + advice),
        "check_name": f"{finding.rule.id} {finding.rule.name}",
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": relative(finding.file, folder), "lines": {"begin": line}},
    }


def _unreadable(unreadable: InputError, folder: str) -> dict[str, object]:
    line = unreadable.position.line if unreadable.position else 1
    path = relative(unreadable.name, folder)
    severity = _SEVERITIES[Severity.WARNING] if unreadable.is_warning else _UNREADABLE
    return _issue("unreadable", printable(unreadable.fault), severity, path, line)


def _not_checked(found: NotChecked, folder: str) -> dict[str, object]:
    severity = _SEVERITIES[Severity.WARNING if found.kind == FILE else Severity.NOTE]
    path, line = relative(found.file, folder), found.line or 1
    return _issue(f"not-checked-{found.kind}", str(found), severity, path, line)


def _undecided(skips: tuple[Skip, ...], folder: str) -> Iterator[dict[str, object]]:
    from acmrules.lint.unknowns import unknown_names

    severity = _SEVERITIES[Severity.NOTE]
    for each in unknown_names(skips):
        if each.option:
            first = each.skips[0]
            path, line = relative(first.file, folder), first.line or 1
            issue = _issue("undecided", printable(str(each)), severity, path, line)
            # The number of checks may change, and it is still the same name.
            yield issue | {"fingerprint": digest("undecided", each.name, each.option)}


def _stale(entry: StaleBaselineEntry, folder: str) -> dict[str, object]:
    path = relative(entry.baseline, folder)
    return _issue("stale-baseline-entry", str(entry), _SEVERITIES[Severity.NOTE], path, 1)


def _issue(name: str, description: str, severity: str, path: str, line: int) -> dict[str, object]:
    return {
        "description": description,
        "check_name": name,
        "fingerprint": digest(name, path, description),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
