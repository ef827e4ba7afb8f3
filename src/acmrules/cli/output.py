"""What commands share when they print: JSON, colors, progress, and what the terminal can show."""

from __future__ import annotations

import os
import sys
from time import monotonic

from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_SECONDS_UNTIL_FIRST = 1.0
_SECONDS_BETWEEN = 0.1
_SHOWN_CHARACTERS = 60
_MAX_DIGITS = 9
_FOR_PEOPLE = frozenset(("text", "concise", "grouped"))


def print_problem(problem: object) -> None:
    """Print a problem on standard error as one line; what is unprintable in it is escaped."""
    print(f"acmrules: {without_commands(printable(str(problem)))}", file=sys.stderr)


def print_report(text: str, form: str = "text") -> None:
    """Print a report; one for people contains no commands for the program that shows it."""
    sys.stdout.write(without_commands(text) if form in _FOR_PEOPLE else text)


def without_commands(text: str) -> str:
    r"""Escape what GitHub Actions would run as a workflow command in the output of a step.

    These are `::` at the beginning of a line, after any spaces, and `##[` anywhere. Names of files
    and values of templates can contain both.

    >>> print(without_commands("::error::a.yaml: AWS::Region ##[error]"))
    \x3a:error::a.yaml: AWS::Region ##\x5berror]
    """
    if "::" in text:
        text = "\n".join(map(_without_command, text.split("\n")))
    return text.replace("##[", r"##\x5b")


def _without_command(line: str) -> str:
    bare = line.lstrip()
    return line.replace(":", r"\x3a", 1) if bare.startswith("::") else line


def print_json(data: object) -> None:
    """Print plain data as indented JSON."""
    import json

    print(json.dumps(data, indent=2))


def can_show(character: str) -> bool:
    """Return whether the encoding of the output has a character."""
    try:
        character.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def wants_color() -> bool:
    """Return whether the output is a terminal, and its user has not turned colors off."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def terminal_width() -> int:
    """Return `COLUMNS`, or the width of the terminal, or 80 if the output is not a terminal."""
    return _terminal_size("COLUMNS", 0) or 80


def terminal_height() -> int:
    """Return `LINES`, or the height of the terminal, or 24 if the output is not a terminal."""
    return _terminal_size("LINES", 1) or 24


def _terminal_size(variable: str, index: int) -> int:
    """Return a variable, or an item of the size of the terminal, or 0 if both are unknown."""
    stated = os.environ.get(variable, "")
    if stated.isdecimal() and len(stated) <= _MAX_DIGITS and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(sys.stdout.fileno())[index]
    except (OSError, ValueError):
        return 0


class Progress:
    """A line on a terminal with the number of files read, once a run takes over a second."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._is_terminal = terminal.isatty()
        self._next = monotonic() + _SECONDS_UNTIL_FIRST
        self._is_shown = False
        self._count = 0

    def step(self, path: str) -> None:
        """Count a file, and update the line at most ten times a second."""
        self._count += 1
        if self._is_terminal and monotonic() >= self._next:
            self._next = monotonic() + _SECONDS_BETWEEN
            self._is_shown = True
            self._write(f"{self._count:,} files, now {printable(path)[-_SHOWN_CHARACTERS:]}")

    def clear(self) -> None:
        """Remove the line."""
        if self._is_shown:
            self._write("")

    def _write(self, text: str) -> None:
        self._terminal.write(f"\r\x1b[K{text}")
        self._terminal.flush()
