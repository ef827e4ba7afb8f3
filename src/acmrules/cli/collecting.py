"""The progress of reading an account: certificates, Regions, the rate, and the time left."""

from __future__ import annotations

from time import monotonic

from acmrules.cli.status_line import StatusLine, rate_text, time_text
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from acmrules.network.aws import CollectProgress


class CollectWatch:
    """A line on a terminal with the progress; elsewhere it only counts."""

    def __init__(
        self, terminal: TextIO, *, is_shown: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._status = StatusLine(terminal, is_shown=is_shown, clock=clock)
        self._last: CollectProgress | None = None

    def step(self, progress: CollectProgress) -> None:
        """Remember the progress, and show it."""
        self._last = progress
        self._status.update(lambda: _line(progress, self._status.seconds))

    def clear(self) -> None:
        """Remove the line."""
        self._status.clear()

    def summary(self) -> str:
        """Return what was read, and how fast."""
        seconds = self._status.seconds
        number = self._last.described if self._last else 0
        regions = self._last.regions if self._last else 0
        certificates, places = counted(number, "certificate"), counted(regions, "Region")
        text = f"read {certificates} in {places} in {seconds:.1f} s"
        rate = rate_text(number, seconds)
        return f"{text} ({rate})" if rate else text


def _line(progress: CollectProgress, seconds: float) -> str:
    text = f"{progress.described:,} of {counted(progress.listed, 'certificate')}"
    text += f", {progress.listed_regions:,} of {counted(progress.regions, 'Region')}"
    rate = rate_text(progress.described, seconds)
    if not rate or not progress.described:
        return text
    left = (progress.listed - progress.described) * seconds / progress.described
    return f"{text}, {rate}, {time_text(left)} left"
