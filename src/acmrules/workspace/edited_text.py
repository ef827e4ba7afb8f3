"""The findings about the edit of one text, as `compare` has them for two files."""

from __future__ import annotations

from acmrules.analysis.change_findings import findings
from acmrules.analysis.changes import ChangeContext, compared
from acmrules.analysis.pairing import pairs
from acmrules.lint.linter import reading_order
from acmrules.lint.rule import Severity
from acmrules.syntax.source import InputError
from acmrules.workspace import BUG, CLEAN, FOUND, UNREADABLE
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Loader
from acmrules.workspace.other_texts import OnlyTexts
from acmrules.workspace.snapshots import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from acmrules.lint.findings import Report
    from acmrules.workspace.file_settings import FileSettings


_UNUSED = "ACM901"


def with_edit(
    report: Report,
    name: str,
    previous: str,
    text: str,
    settings_of: Callable[[str], FileSettings],
    kinds: Container[str] | None,
) -> Report:
    """Return the report of one text with the findings about its edit.

    If the previous text cannot be read, it is in the `unreadable` of the report, and nothing is
    compared. If the text itself cannot be read, the report has that already.
    """
    troubles = Troubles()
    with troubles.guard(name):
        if settings_of(name).excluded:
            return report
        sides = [_snapshot(name, each, settings_of, kinds) for each in (previous, text)]
        before, after = sides
        broken = [*before.troubles]
        if broken or [*after.troubles]:
            return _with_errors(report, before.troubles, f"{name} (previous)")
        had, has = ([each for each in side.declarations if each.is_certificate] for side in sides)
        as_of = settings_of(name).as_of
        context = ChangeContext(as_of, tuple(after.declarations), (before.scopes, after.scopes))
        changes = compared(pairs(had, has, after.moves, {}), context)
        edit = findings(changes, lambda file: settings_of(file).linter, as_of, troubles.guard)
        bars = {each.file: settings_of(each.file).fail_on for each in edit.findings}
        report = _combined(report, edit, tuple(bars.items()))
    return _with_errors(report, troubles, name)


def _snapshot(
    name: str,
    text: str,
    settings_of: Callable[[str], FileSettings],
    kinds: Container[str] | None,
) -> Snapshot:
    loader = Loader(settings_of, OnlyTexts({name: text}), Troubles(), kinds)
    loader.is_alone = True
    snapshot = Snapshot(loader)
    snapshot.add_files([name])
    return snapshot


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
        findings=tuple(sorted({*own, *edit.findings}, key=reading_order)),
        skips=tuple(sorted({*report.skips, *edit.skips}, key=reading_order)),
        suppressed=report.suppressed + edit.suppressed,
        fail_on=report.fail_on or tuple(each for each in bars if each[1] is not Severity.ERROR),
    )
    if report.exit_code == CLEAN and any(both.failing()):
        return both.__replace__(exit_code=FOUND)
    return both


def _with_errors(report: Report, troubles: Troubles, name: str) -> Report:
    """Return a report with the errors of some troubles, under a name."""
    errors = tuple(InputError(name, each.fault, each.position) for each in troubles)
    if not errors:
        return report
    code = max(report.exit_code, BUG if troubles.bugs else UNREADABLE)
    return report.__replace__(unreadable=report.unreadable + errors, exit_code=code)
