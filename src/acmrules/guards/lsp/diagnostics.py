"""Reports as diagnostics of documents."""

from __future__ import annotations

from os.path import normpath

from lsprotocol import types

from acmrules.lint.rule import Severity
from acmrules.lint.unknowns import undecided
from acmrules.model.not_checked import FILE, PARAMETER
from acmrules.syntax.source import InputError, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from acmrules.guards.lsp.documents import Encoding
    from acmrules.guards.lsp.folders import Folder
    from acmrules.guards.lsp.schedule import Outcome
    from acmrules.lint.findings import Finding, RelatedLocation, Skip
    from acmrules.model.not_checked import NotChecked
    from acmrules.model.placed import Location
    from acmrules.syntax.source import Position

SOURCE = "acmrules"

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}

UNREADABLE, BUG, UNDECIDED = "unreadable", "bug", "undecided"

_UNNECESSARY = frozenset(("ACM204", "ACM206", "ACM304", "ACM901"))
"""The rules about what has no effect: redundant, unused and repeated names, suppressions."""


class Writer:
    """Writes diagnostics with positions of an encoding; `uri_of` returns the URI of a file."""

    def __init__(self, encoding: Encoding, uri_of: Callable[[str], str]) -> None:
        self._encoding = encoding
        self.uri_of = uri_of

    def finding(self, finding: Finding, number: int) -> types.Diagnostic:
        """Return the diagnostic of a finding; `number` identifies it in its report."""
        related = [self._related(each) for each in finding.related if each.location is not None]
        message = finding.message
        if finding.help:
            message += f"\nhelp: {finding.help}"
        return types.Diagnostic(
            range=self.range(finding.location),
            message=message,
            severity=SEVERITIES[finding.severity],
            code=finding.rule.id,
            code_description=types.CodeDescription(finding.rule.url),
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if finding.rule.id in _UNNECESSARY else None,
            related_information=related or None,
            data={"finding": number},
        )

    def _related(self, related: RelatedLocation) -> types.DiagnosticRelatedInformation:
        where = types.Location(self.uri_of(related.file), self.range(related.location))
        return types.DiagnosticRelatedInformation(where, related.note)

    def unreadable(self, error: InputError, source: Source | None) -> types.Diagnostic:
        """Return the diagnostic of a file that cannot be read; `source` is its open text."""
        is_warning = error.is_warning and error.position is None
        return types.Diagnostic(
            range=self._at(error.position, source),
            message=error.fault,
            severity=types.DiagnosticSeverity.Warning
            if is_warning
            else types.DiagnosticSeverity.Error,
            code=UNREADABLE,
            source=SOURCE,
        )

    def bug(self, error: InputError) -> types.Diagnostic:
        """Return the diagnostic of an unexpected error."""
        return types.Diagnostic(
            range=_FIRST,
            message=error.fault,
            severity=types.DiagnosticSeverity.Error,
            code=BUG,
            source=SOURCE,
        )

    def not_checked(self, found: NotChecked) -> types.Diagnostic:
        """Return the diagnostic of what was not checked."""
        is_file = found.kind == FILE
        return types.Diagnostic(
            range=_FIRST if found.is_about_file else self.range(found.location),
            message=f"not checked: {found}",
            severity=types.DiagnosticSeverity.Information,
            code=f"not-checked-{'file' if is_file else found.kind}",
            source=SOURCE,
        )

    def undecided(self, skip: Skip, reason: str) -> types.Diagnostic:
        """Return the diagnostic of checks that are not decided, at one of their places."""
        return types.Diagnostic(
            range=self.range(skip.location),
            message=f"undecided: {reason}",
            severity=types.DiagnosticSeverity.Hint,
            code=UNDECIDED,
            source=SOURCE,
        )

    def range(self, location: Location | None) -> types.Range:
        """Return the range of a location, that of the first character without one."""
        if location is None:
            return _FIRST
        return self.span(location.source, location.start, location.end)

    def span(self, source: Source, start: int, end: int) -> types.Range:
        """Return the range between two offsets."""
        if not source.is_read:
            return types.Range(*(_point(source.position(each)) for each in (start, end)))
        places = (self._encoding.place(source, each) for each in (start, end))
        return types.Range(*(types.Position(each.line, each.character) for each in places))

    def _at(self, position: Position | None, source: Source | None) -> types.Range:
        """Return the range from a position to the end of its line."""
        if position is None:
            return _FIRST
        if source is None or position.line > len(source.line_starts()):
            start = types.Position(position.line - 1, position.column - 1)
            return types.Range(start, start)
        first = source.line_starts()[position.line - 1]
        line = source.line(position.line)
        start_at = first + min(position.column - 1, len(line))
        return self.span(source, start_at, first + len(line))


_FIRST = types.Range(types.Position(0, 0), types.Position(0, 0))


def _point(position: Position) -> types.Position:
    return types.Position(position.line - 1, position.column - 1)


def diagnostics_of(
    writer: Writer, folder: Folder, outcome: Outcome
) -> dict[str, list[types.Diagnostic]]:
    """Return the diagnostics of an outcome by file, with a path in the folder."""
    found: dict[str, list[types.Diagnostic]] = {}

    def add(file: str, diagnostic: types.Diagnostic) -> None:
        found.setdefault(normpath(file), []).append(diagnostic)

    checked = outcome.checked
    if checked is None:
        fault = InputError("", outcome.fault)
        return {path: [writer.bug(fault)] for path in folder.documents}
    sources = {path: each.source for path, each in checked.documents.items()}
    report = checked.check.report
    for number, finding in enumerate(report.findings):
        add(finding.file, writer.finding(finding, number))
    for each in checked.check.unreadable:
        add(each.name, writer.unreadable(each, sources.get(normpath(each.name))))
    for bug in checked.check.bugs:
        add(bug.name, writer.bug(bug))
    for unchecked in report.not_checked:
        # A parameter is the unknown name of undecided checks.
        if unchecked.kind != PARAMETER:
            add(unchecked.file, writer.not_checked(unchecked))
    for skip, reason in _undecided(report.skips):
        add(skip.file, writer.undecided(skip, reason))
    return found


def _undecided(skips: Sequence[Skip]) -> Iterator[tuple[Skip, str]]:
    """Yield a skip for each unknown name in each file, and the others, each with the reason."""
    names, others = undecided(skips)
    for name in names:
        for skip in {each.file: each for each in reversed(name.skips)}.values():
            yield skip, str(name)
    for skip in others:
        yield skip, f"{skip.rule.id}: {skip.detail}" if skip.rule else skip.detail
