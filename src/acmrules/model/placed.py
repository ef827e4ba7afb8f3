"""Where a value is written, and values that have such a location."""

from __future__ import annotations

from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.syntax.source import Position, Range, Source


class Location(Value):
    """Where a value is written: a source, and half-open character offsets in its text.

    If the value comes from elsewhere (the default of a parameter, a mapping, a local), this is
    where it is used. `definition` is then the location of the literal, and `note` describes it.
    """

    source: Source
    start: int
    end: int
    definition: Location | None = None
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the file and the range as plain data: `file`, `line`, `column` and so on."""
        return {"file": self.file, **later("model.positions", "lines_and_columns")(self.range)}

    @classmethod
    def from_dict(cls, data: object) -> Location:
        """Return the location of plain data, without the text of the file.

        Raises `InvalidArgument`.
        """
        found: Location = later("model.positions", "location_of")(data)
        return found

    @property
    def range(self) -> Range:
        """The lines and columns of the value."""
        return self.source.range(self.start, self.end)

    @property
    def position(self) -> Position:
        """The line and the column at which the value starts."""
        return self.source.position(self.start)

    @property
    def line(self) -> int:
        """The line on which the value starts, counted from 1."""
        return self.position.line

    @property
    def file(self) -> str:
        """The name of the source."""
        return self.source.name

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.source.text[self.start : self.end]

    @property
    def span(self) -> tuple[str, int, int]:
        """The file and the offsets: equal for the same text, whatever its definition."""
        return self.file, self.start, self.end


class Placed(Value):
    """A value with its location, `None` without a source."""

    location: Location | None

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.location.file if self.location else ""

    @property
    def position(self) -> Position | None:
        """The line and the column of the start."""
        return self.location.position if self.location else None

    @property
    def line(self) -> int | None:
        """The line of the start."""
        return self.location.line if self.location else None

    @property
    def file_and_line(self) -> str:
        """The file and the line, such as `site.yaml:3`."""
        return f"{self.file}:{self.line}" if self.location else ""

    @property
    def reading_order(self) -> tuple[str, int, int]:
        """The file, the line and the column, for sorting."""
        start = self.position
        return (self.file, start.line, start.column) if start else ("", 0, 0)

    @property
    def range(self) -> Range | None:
        """The lines and columns of the start and the end."""
        return self.location.range if self.location else None
