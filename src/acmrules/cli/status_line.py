"""A line on a terminal that shows the state of a run, and the words for rates and times in it."""

from __future__ import annotations

from time import monotonic

from acmrules.cli.output import SHOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

_SECONDS_BETWEEN = 0.1
_LEAST_SECONDS = 1.0
"""The time after which a rate means something."""

_SECONDS_OF_A_MINUTE = 60
_MOST_MINUTES = 120


class StatusLine:
    """A line on a terminal, which changes at most ten times a second; elsewhere there is none.

    It appears after `delay` seconds.
    """

    def __init__(
        self,
        terminal: TextIO,
        *,
        is_shown: bool = True,
        delay: float = 0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._terminal = terminal
        self.is_shown = is_shown and terminal.isatty()
        self._clock = clock
        self._start = clock()
        self._next = self._start + delay

    @property
    def seconds(self) -> float:
        """The seconds since the line was made."""
        return self._clock() - self._start

    def update(self, text: Callable[[], str]) -> None:
        """Show the text that a function returns, unless it is too early."""
        if self.is_shown and (now := self._clock()) >= self._next:
            self._next = now + _SECONDS_BETWEEN
            if self.clear not in SHOWN:
                SHOWN.append(self.clear)
            self._write(text())

    def clear(self) -> None:
        """Remove the line."""
        if self.clear in SHOWN:
            SHOWN.remove(self.clear)
            self._write("")

    def end(self, text: str) -> None:
        """Replace the line by one that stays."""
        self.clear()
        if self.is_shown:
            self._terminal.write(f"{text}\n")

    def _write(self, text: str) -> None:
        self._terminal.write(f"\r\x1b[K{text}")
        self._terminal.flush()


def rate_text(count: float, seconds: float) -> str:
    """Return a count for each second in words; empty if too little time has passed."""
    return f"{count / seconds:,.0f} a second" if seconds >= _LEAST_SECONDS else ""


def time_text(seconds: float, digits: int = 0) -> str:
    """Return a time in seconds, minutes or hours."""
    if seconds < _SECONDS_OF_A_MINUTE:
        return f"{seconds:.{digits}f} s"
    minutes = seconds / _SECONDS_OF_A_MINUTE
    return f"{minutes:.0f} min" if minutes < _MOST_MINUTES else f"{minutes / 60:.1f} h"
