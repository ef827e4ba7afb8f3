"""The formats of a report, one module each, which has `render(report, ...) -> str`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Report
    from acmrules.reports.findings.layout import Layout

LAID_OUT = ("text", "concise", "grouped")
"""Formats for a terminal: `render(report, layout)`."""

ROOTED = (
    "sarif",
    "github",
    "gitlab",
    "junit",
    "markdown",
)
"""Formats with paths relative to a folder: `render(report, folder)`."""

FORMATS = {form: f"acmrules.reports.findings.{form}" for form in (*LAID_OUT, "json", *ROOTED)}
"""Modules by the name of their format; a module is loaded when its format is rendered."""


def render(
    report: Report, form: str = "text", folder: str = "", layout: Layout | None = None
) -> str:
    """Return the report in a format of `acmrules check`, such as `text`, `markdown` or `sarif`.

    Paths are relative to `folder` if the format is rooted. Raises `InvalidArgument` for an unknown
    format.
    """
    if form not in FORMATS:
        from acmrules.errors import InvalidArgument
        from acmrules.messages import choose_from, quoted

        raise InvalidArgument(f"unknown format {quoted(form)}{choose_from(form, FORMATS)}")
    module = __import__(FORMATS[form], fromlist=["render"])
    if form in ROOTED:
        shown: str = module.render(report, folder)
    elif form in LAID_OUT and layout:
        shown = module.render(report, layout)
    else:
        shown = module.render(report)
    return shown
