"""A suppression: the findings that a file accepts, until when, and why."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.syntax.source import Position, Range, Source


class Suppression(Value):
    """A comment, or an entry of metadata, that lists rules by id.

    `until` is the last day on which it applies. `fault` is the reason why it is malformed; a
    malformed suppression has no effect. `unused` are the rules that find nothing in its `scope`.
    """

    text: str
    rules: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""
    fault: str = ""
    unused: tuple[str, ...] = ()
    source: Source | None = None
    range: Range | None = None
    scope: Range | None = None

    def counts(self, as_of: date) -> bool:
        """Return whether it applies on a day."""
        return not self.fault and (self.until is None or as_of <= self.until)

    def covers(self, file: str, position: Position) -> bool:
        """Return whether its scope contains a position of a file."""
        if self.source is None or self.scope is None or self.source.name != file:
            return False
        start, end = self.scope.start, self.scope.end
        offset = position.line, position.column
        return (start.line, start.column) <= offset < (end.line, end.column)
