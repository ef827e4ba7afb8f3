"""A report for the code quality widget of GitLab: a list of issues in the order of the report."""

from __future__ import annotations

from acmrules.lint.reports.fingerprints import digest, fingerprints
from acmrules.lint.reports.paths import relative
from acmrules.lint.reports.strict_json import dumps
from acmrules.lint.rule import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.report import Finding, Report
    from acmrules.lint.source import Unreadable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_UNREADABLE = "critical"


def render(report: Report, folder: str = "") -> str:
    """Return a JSON list with an issue for each finding and each unreadable file."""
    marks = fingerprints(report.findings, folder)
    issues = [
        _finding(finding, mark, folder)
        for finding, mark in zip(report.findings, marks, strict=True)
    ]
    issues += [_unreadable(unreadable, folder) for unreadable in report.unreadable]
    return dumps(issues, 2) + "\n"


def _finding(finding: Finding, mark: str, folder: str) -> dict[str, object]:
    fix = f"; fix: {finding.fix.description}" if finding.fix else ""
    line = finding.range.start.line if finding.range else 1
    return {
        "description": finding.message + fix,
        "check_name": f"{finding.rule.id} {finding.rule.name}",
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": relative(finding.file, folder), "lines": {"begin": line}},
    }


def _unreadable(unreadable: Unreadable, folder: str) -> dict[str, object]:
    path = relative(unreadable.name, folder)
    line = unreadable.position.line if unreadable.position else 1
    return {
        "description": unreadable.fault,
        "check_name": "unreadable",
        "fingerprint": digest("unreadable", path, unreadable.fault),
        "severity": _UNREADABLE,
        "location": {"path": path, "lines": {"begin": line}},
    }
