"""A forecast for people, as a table, and for machines, as data (`docs/json.md`)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Finding
    from acmrules.lint.forecast import Forecast, SeverityChange
    from acmrules.lint.rule import Severity

OWN_WORD = "the certificate itself, by its dates"
"""Who says so where no source does."""


def render(forecast: Forecast) -> str:
    """Return the turns as a table by day; each with its message, and who says so."""
    turns = forecast.turns
    if not turns:
        return f"nothing changes from {forecast.as_of} to {forecast.until}\n"
    lines = [f"what changes from {forecast.as_of} to {forecast.until}", ""]
    rows = [
        (
            str(turn.day),
            f"{worded(turn.before)} -> {worded(turn.after)}",
            f"{turn.finding.rule.id} {turn.finding.rule.name}",
            place(turn.finding),
        )
        for turn in turns
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    margin = " " * (widths[0] + 2)
    for turn, row in zip(turns, rows, strict=True):
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
        lines.append(f"{margin}{_printable(turn.finding.message)}")
        lines.append(f"{margin}says {saying(turn)}")
    return "\n".join(lines) + "\n"


def as_data(forecast: Forecast) -> dict[str, object]:
    """Return the forecast as plain data."""
    return {
        "until": forecast.until.isoformat(),
        "days": [day.isoformat() for day in forecast.days],
        "changes": [_change(turn) for turn in forecast.turns],
    }


def worded(severity: Severity | None) -> str:
    """Return a severity in a word."""
    return "not found" if severity is None else str(severity)


def place(finding: Finding) -> str:
    """Return where a finding stands, in one word."""
    if finding.range is None:
        return _printable(finding.file or finding.address or "request")
    return f"{_printable(finding.file)}:{finding.range.start.line}:{finding.range.start.column}"


def saying(turn: SeverityChange) -> str:
    """Return who says so."""
    return turn.source.title if turn.source else OWN_WORD


def _change(turn: SeverityChange) -> dict[str, object]:
    finding, where = turn.finding, turn.finding.range
    return {
        "day": turn.day.isoformat(),
        "before": turn.before and str(turn.before),
        "after": turn.after and str(turn.after),
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "message": finding.message,
        "file": finding.file,
        "line": where.start.line if where else None,
        "column": where.start.column if where else None,
        "end_line": where.end.line if where else None,
        "end_column": where.end.column if where else None,
        "address": finding.address,
        "path": list(finding.path),
        "says": turn.source and turn.source.title,
        "url": turn.source and turn.source.url,
    }


def _printable(text: str) -> str:
    """Replace what would move the cursor."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
