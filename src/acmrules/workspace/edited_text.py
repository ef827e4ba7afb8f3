"""The findings about the edit of one text, as `compare` has them for two files."""

from __future__ import annotations

from acmrules.analysis.change_findings import findings
from acmrules.lint.linter import reading_order
from acmrules.lint.rule import Severity
from acmrules.workspace import BUG, CLEAN, FOUND, UNREADABLE
from acmrules.workspace.comparison import Comparison

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from acmrules.lint.findings import Report
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.resolver import SettingsResolver

_UNUSED = "ACM901"


def with_edit(
    report: Report,
    name: str,
    previous: str,
    text: str,
    resolver: SettingsResolver,
    kinds: Container[str] | None,
) -> Report:
    """Return the report of one text with the findings about its edit.

    If the previous text cannot be read, it is in the `unreadable` of the report, and nothing is
    compared. If the text itself cannot be read, the report has that already.
    """
    settings_of = resolver.settings_of
    own = settings_of(name)
    if own.excluded:
        return report
    sides = Comparison(resolver, own.as_of, kinds)
    with sides.troubles.guard(name):
        changes = sides.compared_texts({name: previous}, {name: text}, "previous")
        guard = sides.troubles.guard
        edit = findings(changes, lambda file: settings_of(file).linter, own.as_of, guard)
        bars = {each.file: settings_of(each.file).fail_on for each in edit.findings}
        report = _combined(report, edit, tuple(bars.items()))
    return _with_errors(report, sides.troubles)


def _combined(report: Report, edit: Report, bars: tuple[tuple[str, Severity], ...]) -> Report:
    """Return a report with the additional results of another one about the same text.

    `bars` are the lowest severities that fail a file.
    """
    # A suppression of a finding about the edit is used, though the text alone has no such finding.
    used = {
        each.suppression.location.line
        for each in edit.suppressed
        if each.suppression and each.suppression.location
    }
    own = [each for each in report.findings if each.rule.id != _UNUSED or each.line not in used]
    both = report.__replace__(
        findings=tuple(sorted(dict.fromkeys((*own, *edit.findings)), key=reading_order)),
        skips=tuple(sorted(dict.fromkeys((*report.skips, *edit.skips)), key=reading_order)),
        suppressed=report.suppressed + edit.suppressed,
        fail_on=report.fail_on or tuple(each for each in bars if each[1] is not Severity.ERROR),
    )
    if report.exit_code == CLEAN and any(both.failing()):
        return both.__replace__(exit_code=FOUND)
    return both


def _with_errors(report: Report, troubles: Troubles) -> Report:
    """Return a report with those errors of a comparison that it does not have yet."""
    known = {str(each) for each in report.unreadable}
    errors = tuple(each for each in troubles if str(each) not in known)
    if not errors:
        return report
    code = max(report.exit_code, BUG if troubles.bugs else UNREADABLE)
    return report.__replace__(unreadable=report.unreadable + errors, exit_code=code)
