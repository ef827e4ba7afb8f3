"""Positions and ranges as members of plain data, and back."""

from __future__ import annotations

from acmrules.model.placed import Location
from acmrules.syntax.source import Position, UnreadSource, offset_of
from acmrules.values import Value

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


class _Place(Value):
    """The plain data of a location."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def location_of(data: object) -> Location:
    """Return the location of plain data; raises `InvalidArgument`."""
    place = _Place.from_dict(data)
    end = Position(place.end_line, place.end_column)
    return located(place.file, Position(place.line, place.column), end)


def located(file: str, start: Position, end: Position) -> Location:
    """Return a location in a file whose text is unknown."""
    return Location(UnreadSource(file), offset_of(start), offset_of(end))
