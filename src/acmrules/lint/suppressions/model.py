"""What a file says may be as it is, until when, and why."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.syntax.source import Position, Range, Source


class Suppression(Value):
    """A comment, or an entry of metadata, that names rules by their ids.

    `until` is the last day on which it counts. `fault` says what is wrong with how it is written;
    then it counts for nothing. `unused` are those of the rules that find nothing in its `scope`.
    """

    text: str
    rules: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""
    fault: str = ""
    unused: tuple[str, ...] = ()
    source: Source | None = None
    place: Range | None = None
    scope: Range | None = None

    def counts(self, as_of: date) -> bool:
        """Say whether it counts on a day."""
        return not self.fault and (self.until is None or as_of <= self.until)

    def covers(self, file: str, position: Position) -> bool:
        """Say whether what begins at a position of a file is meant."""
        if self.source is None or self.scope is None or self.source.name != file:
            return False
        start, end = self.scope.start, self.scope.end
        here = position.line, position.column
        return (start.line, start.column) <= here < (end.line, end.column)
