"""A text with its lines, and a document read from it with the place of every value."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass


class Position(Value):
    """A line and a column, both from 1; a column counts code points."""

    line: int
    column: int


class Range(Value):
    """From a position up to, not including, another."""

    start: Position
    end: Position


class Source:
    """A file's name and text, and where its lines begin: after LF, CR LF, or a lone CR.

    `syntax` is for what edits the text: what it has parsed of it.
    """

    __slots__ = ("_starts", "name", "syntax", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None
        self.syntax: object = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            text, starts, place = self.text, [0], 0
            if "\r" in text:
                # Only a lone carriage return ends a line by itself; as `\r\n` the newline does.
                text = text.replace("\r\n", " \n").replace("\r", "\n")
            while place := text.find("\n", place) + 1:
                starts.append(place)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> Position:
        """Return where a character offset stands."""
        from bisect import bisect_right

        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def range(self, start: int, end: int) -> Range:
        """Return where a half-open pair of character offsets stands."""
        return Range(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        starts = self._line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class InputError(Exception):
    """An input that could not be judged: the file, the fault, and the offset where it stands."""

    def __init__(self, name: str, fault: str, position: Position | None = None) -> None:
        super().__init__(name, fault, position)
        self.name = name
        self.fault = fault
        self.position = position

    def __str__(self) -> str:
        place = f":{self.position.line}:{self.position.column}" if self.position else ""
        return f"{printable(self.name)}{place}: {self.fault}"


STANDARD_INPUT = "-"
