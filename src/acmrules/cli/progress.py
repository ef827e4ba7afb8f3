"""The progress line of a long run, on a terminal."""

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


_SECONDS_UNTIL_FIRST = 1.0
_SECONDS_BETWEEN = 0.1
_SHOWN_CHARACTERS = 60


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
            self._write(f"{self._count:,} files, now {path[-_SHOWN_CHARACTERS:]}")

    def clear(self) -> None:
        """Remove the line."""
        if self._is_shown:
            self._write("")

    def _write(self, text: str) -> None:
        self._terminal.write(f"\r\x1b[K{text}")
        self._terminal.flush()
