"""A report as text, one module a format; each has `render(report, ...) -> str`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Report

FORMATS = {
    "text": "acmrules.reports.findings.text",
    "json": "acmrules.reports.findings.json",
    "sarif": "acmrules.reports.findings.sarif",
    "github": "acmrules.reports.findings.github",
    "gitlab": "acmrules.reports.findings.gitlab",
    "junit": "acmrules.reports.findings.junit",
    "markdown": "acmrules.reports.findings.markdown",
}
"""Modules by the name of their format; one is loaded when it is asked for."""

ROOTED = frozenset({"sarif", "github", "gitlab", "junit", "markdown"})
"""Formats in which files are named from a folder: `render(report, folder)`."""


def render(report: Report, form: str, folder: str = "") -> str:
    """Return the report in a format; files are named from `folder`, where the format does that."""
    module = __import__(FORMATS[form], fromlist=["render"])
    shown: str = module.render(report, folder) if form in ROOTED else module.render(report)
    return shown
