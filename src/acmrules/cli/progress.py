"""The progress line of a long run, on a terminal."""

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


_BEFORE_FIRST_WORD = 1.0
_BETWEEN_WORDS = 0.1


class Progress:
    """Says on a terminal how far a run is, once it takes longer than a second."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._is_heard = terminal.isatty()
        self._next = monotonic() + _BEFORE_FIRST_WORD
        self._shown = False
        self._count = 0

    def step(self, path: str) -> None:
        """Count a file; speak at most ten times a second."""
        self._count += 1
        if self._is_heard and monotonic() >= self._next:
            self._next = monotonic() + _BETWEEN_WORDS
            self._shown = True
            self._say(f"{self._count:,} files, now {path[-60:]}")

    def clear(self) -> None:
        """Wipe the line."""
        if self._shown:
            self._say("")

    def _say(self, text: str) -> None:
        self._terminal.write(f"\r\x1b[K{text}")
        self._terminal.flush()
