"""The progress of a bulk run: rows, the rate, the share of the input, and the time left."""

from __future__ import annotations

from time import monotonic

from acmrules.cli.status_line import StatusLine, rate_text, time_text
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from acmrules.bulk.progress import BulkProgress


class BulkWatch:
    """A line on a terminal with the progress; nothing is shown elsewhere."""

    def __init__(
        self, terminal: TextIO, *, is_shown: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._status = StatusLine(terminal, is_shown=is_shown, clock=clock)
        self._last: BulkProgress | None = None

    def step(self, progress: BulkProgress) -> None:
        """Remember the progress, and show it."""
        self._last = progress
        self._status.update(lambda: _line(progress, self._status.seconds))

    def clear(self) -> None:
        """Remove the line."""
        self._status.clear()

    def finish(self) -> None:
        """Replace the line by one with the time of the run."""
        if not self._last:
            return self._status.clear()
        seconds = self._status.seconds
        rows = self._last.rows - self._last.earlier_rows
        text = f"{counted(rows, 'row')} in {time_text(seconds, 1)}"
        if rate := rate_text(rows, seconds):
            text += f" ({rate})"
        if self._last.earlier_rows:
            text += f", after {self._last.earlier_rows:,} of an earlier run"
        return self._status.end(text)


def _line(progress: BulkProgress, seconds: float) -> str:
    """Return the progress; the time left follows from what this run has done, not earlier ones."""
    share = progress.position / progress.size if progress.size else 1
    text = f"{counted(progress.rows, 'row')}, {share:.0%}"
    own = progress.position - progress.earlier_position
    rate = rate_text(progress.rows - progress.earlier_rows, seconds)
    if not rate or not own:
        return text
    left = (progress.size - progress.position) / own * seconds
    return f"{text}, {rate}, {time_text(left)} left"
