"""A file's text with line numbers, and the error for invalid input."""

from __future__ import annotations

from acmrules.errors import AcmRulesError
from acmrules.messages import printable
from acmrules.values import Value


class Position(Value):
    """A line and a column, both starting at 1; columns count code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Range(Value):
    """The text from a position up to, but not including, another one."""

    start: Position
    end: Position


class Source:
    """A file's name and text; lines end with LF, CR LF, or a single CR.

    Two sources are equal if both the name and the text are. `syntax` is the syntax tree that an
    editor has parsed, kept for its next edit. `secrets` are the ranges of values that no output may
    contain. `outdated` is the offset of the first syntax that its tool no longer accepts, if the
    parser has found any.
    """

    __slots__ = ("_starts", "name", "outdated", "secrets", "syntax", "text")

    is_read = True
    """Whether the text is that of the file."""

    def __init__(self, name: str, text: str) -> None:
        self.name: str = name
        self.text: str = text
        self._starts: list[int] | None = None
        self.syntax: object = None
        self.outdated: int | None = None
        self.secrets: list[tuple[int, int]] | None = None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        return self.name == other.name and self.text == other.text

    def __hash__(self) -> int:
        return hash((self.name, self.text))

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.name, self.text, self.outdated, self.secrets)

    def line_starts(self) -> list[int]:
        """Return the offsets at which lines begin."""
        if self._starts is None:
            text, starts, start = self.text, [0], 0
            if "\r" in text:
                # A single carriage return ends a line. In `\r\n`, the newline does.
                text = text.replace("\r\n", " \n").replace("\r", "\n")
            while start := text.find("\n", start) + 1:
                starts.append(start)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> Position:
        """Return the position of a character offset."""
        from bisect import bisect_right

        starts = self.line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def range(self, start: int, end: int) -> Range:
        """Return the range between two character offsets."""
        return Range(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its line break."""
        starts = self.line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def add_secret(self, start: int, end: int) -> None:
        """Add the range of a value that no output may contain."""
        self.secrets = [*(self.secrets or ()), (start, end)]

    @property
    def secret_texts(self) -> tuple[str, ...]:
        """The secrets as they are written."""
        return tuple(self.text[start:end] for start, end in self.secrets or () if start < end)

    def shown_line(self, number: int) -> str:
        """Return a line with asterisks instead of secrets, for output."""
        line = self.line(number)
        if self.secrets is None:
            return line
        first = self.line_starts()[number - 1]
        for start, end in self.secrets:
            left, right = max(start - first, 0), min(end - first, len(line))
            if left < right:
                line = line[:left] + "*" * (right - left) + line[right:]
        return line


class UnreadSource(Source):
    """A file whose text is unknown: an offset is a line and a column, as `offset_of` makes it."""

    __slots__ = ()

    is_read = False

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(name, text)

    def position(self, offset: int) -> Position:
        """Return the line and the column of an offset."""
        return Position(offset >> _COLUMN_BITS, offset & _LAST_COLUMN)

    def line(self, number: int) -> str:
        """Return an empty string, because the text is unknown."""
        del number
        return ""

    def shown_line(self, number: int) -> str:
        """Return an empty string, because the text is unknown."""
        return self.line(number)


_COLUMN_BITS = 40
_LAST_COLUMN = (1 << _COLUMN_BITS) - 1


def offset_of(position: Position) -> int:
    """Return the offset of a position in a file whose text is unknown."""
    return (position.line << _COLUMN_BITS) + position.column


def _restored(
    kind: type[Source],
    name: str,
    text: str,
    outdated: int | None,
    secrets: list[tuple[int, int]] | None,
) -> Source:
    """Return the source of a pickle; its syntax tree is parsed again if it is needed."""
    source = kind(name, text)
    source.outdated = outdated
    source.secrets = secrets
    return source


class InputError(AcmRulesError):
    """An input that cannot be checked: the file, the reason, and its position if known.

    `is_warning` is set if the input was not named, but found in a directory.
    """

    is_warning = False

    def __init__(self, name: str, fault: str, position: Position | None = None) -> None:
        super().__init__(name, fault, position)
        self.name = name
        self.fault = fault
        self.position = position

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.args == other.args and self.is_warning == other.is_warning

    def __hash__(self) -> int:
        return hash(self.args)

    def __str__(self) -> str:
        place = f":{self.position}" if self.position else ""
        return f"{printable(self.name)}{place}: {printable(self.fault)}"


STANDARD_INPUT = "-"
