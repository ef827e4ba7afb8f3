"""Positions and ranges as members of plain data, and back."""

from __future__ import annotations

from acmrules.model.declaration import Location
from acmrules.syntax.source import Position, UnreadSource, offset_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.source import Range


def line_and_column(position: Position | None) -> dict[str, int | None]:
    """Return a position as plain data."""
    return {
        "line": position.line if position else None,
        "column": position.column if position else None,
    }


def lines_and_columns(where: Range | None) -> dict[str, int | None]:
    """Return a range as plain data."""
    end = where.end if where else None
    return {
        **line_and_column(where.start if where else None),
        "end_line": end.line if end else None,
        "end_column": end.column if end else None,
    }


def located(file: str, start: Position, end: Position) -> Location:
    """Return a location in a file whose text is unknown."""
    return Location(UnreadSource(file), offset_of(start), offset_of(end))
