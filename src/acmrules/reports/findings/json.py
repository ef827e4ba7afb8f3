"""A report for programs: one JSON object, described in `docs/pages/json.md`."""

from __future__ import annotations

import json

from acmrules.reports.json_text import in_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Report


def render(report: Report, more: dict[str, object] | None = None) -> str:
    """Return the report as one JSON object with a line for each finding, and `more` members."""
    return in_lines(report.to_dict() | (more or {}), json.dumps) + "\n"
