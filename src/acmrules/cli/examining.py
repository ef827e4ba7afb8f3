"""The progress of a bulk run: rows, the rate, the share of the input, and the time left."""

from __future__ import annotations

from time import monotonic

from acmrules.cli.output import SHOWN
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from acmrules.bulk.progress import BulkProgress

_SECONDS_BETWEEN = 0.1
_LEAST_SECONDS = 1.0
"""The time after which a rate means something."""

_SECONDS_OF_A_MINUTE = 60
_MOST_MINUTES = 120


class BulkWatch:
    """A line on a terminal with the progress; nothing is shown elsewhere."""

    def __init__(
        self, terminal: TextIO, *, is_shown: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._terminal = terminal
        self._is_shown = is_shown and terminal.isatty()
        self._clock = clock
        self._start = self._next = clock()
        self._last: BulkProgress | None = None

    def step(self, progress: BulkProgress) -> None:
        """Remember the progress, and show it at most ten times a second."""
        self._last = progress
        now = self._clock()
        if self._is_shown and now >= self._next:
            self._next = now + _SECONDS_BETWEEN
            if self.clear not in SHOWN:
                SHOWN.append(self.clear)
            self._write(_line(progress, now - self._start))

    def clear(self) -> None:
        """Remove the line."""
        if self.clear in SHOWN:
            SHOWN.remove(self.clear)
            self._write("")

    def finish(self) -> None:
        """Replace the line by one with the time of the run."""
        self.clear()
        if self._is_shown and self._last:
            seconds = self._clock() - self._start
            rows = self._last.rows - self._last.earlier_rows
            rate = f" ({rows / seconds:,.0f} a second)" if seconds >= _LEAST_SECONDS else ""
            text = f"{counted(rows, 'row')} in {_time(seconds, 1)}{rate}"
            if self._last.earlier_rows:
                text += f", after {self._last.earlier_rows:,} of an earlier run"
            self._terminal.write(f"{text}\n")

    def _write(self, text: str) -> None:
        self._terminal.write(f"\r\x1b[K{text}")
        self._terminal.flush()


def _line(progress: BulkProgress, seconds: float) -> str:
    """Return the progress; the time left follows from what this run has done, not earlier ones."""
    share = progress.position / progress.size if progress.size else 1
    text = f"{counted(progress.rows, 'row')}, {share:.0%}"
    own = progress.position - progress.earlier_position
    if seconds < _LEAST_SECONDS or not own:
        return text
    rate = (progress.rows - progress.earlier_rows) / seconds
    left = (progress.size - progress.position) / own * seconds
    return f"{text}, {rate:,.0f} a second, {_time(left)} left"


def _time(seconds: float, digits: int = 0) -> str:
    if seconds < _SECONDS_OF_A_MINUTE:
        return f"{seconds:.{digits}f} s"
    minutes = seconds / _SECONDS_OF_A_MINUTE
    return f"{minutes:.0f} min" if minutes < _MOST_MINUTES else f"{minutes / 60:.1f} h"
