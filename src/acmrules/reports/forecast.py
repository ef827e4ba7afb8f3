"""A forecast as a table, and as data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.model.positions import lines_and_columns
from acmrules.reports.findings.layout import place
from acmrules.reports.tables import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.forecast import Forecast, SeverityChange
    from acmrules.lint.rule import Severity

OWN_DATES = "the dates of the certificate itself"
"""The source of a change without a citation."""


def render(forecast: Forecast) -> str:
    """Return the changes as a table by date, each with its message and its source."""
    changes = forecast.changes
    if not changes:
        return f"nothing changes from {forecast.as_of} to {forecast.until}\n"
    lines = [f"changes from {forecast.as_of} to {forecast.until}", ""]
    rows = [
        (
            str(change.day),
            f"{severity_text(change.before)} -> {severity_text(change.after)}",
            f"{change.finding.rule.id} {change.finding.rule.name}",
            place(change.finding),
        )
        for change in changes
    ]
    margin = " " * len("2027-03-15  ")
    for change, row in zip(changes, table(rows), strict=True):
        message = printable(change.finding.message)
        lines += [row, f"{margin}{message}", f"{margin}source: {source_title(change)}"]
    return "\n".join(lines) + "\n"


def as_data(forecast: Forecast) -> dict[str, object]:
    """Return the forecast as plain data."""
    return {
        "until": forecast.until.isoformat(),
        "days": [day.isoformat() for day in forecast.days],
        "changes": [_change(change) for change in forecast.changes],
    }


def severity_text(severity: Severity | None) -> str:
    """Return a severity, or `not found` without a finding."""
    return "not found" if severity is None else str(severity)


def source_title(change: SeverityChange) -> str:
    """Return the title of the source of a change."""
    return change.source.title if change.source else OWN_DATES


def _change(change: SeverityChange) -> dict[str, object]:
    finding = change.finding
    return {
        "day": change.day.isoformat(),
        "before": change.before and str(change.before),
        "after": change.after and str(change.after),
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "message": finding.message,
        "file": finding.file,
        **lines_and_columns(finding.range),
        "address": finding.address,
        "path": list(finding.path),
        "says": change.source and change.source.title,
        "url": change.source and change.source.url,
    }
