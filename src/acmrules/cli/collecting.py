"""The progress of reading an account: certificates, Regions, the rate, and the time left."""

from __future__ import annotations

from time import monotonic

from acmrules.cli.output import SHOWN
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from acmrules.network.aws import CollectProgress

_SECONDS_BETWEEN = 0.1
_LEAST_SECONDS = 1.0
"""The time after which a rate means something."""

_SECONDS_OF_A_MINUTE = 60


class CollectWatch:
    """A line on a terminal with the progress; elsewhere it only counts."""

    def __init__(
        self, terminal: TextIO, *, is_shown: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._terminal = terminal
        self._is_shown = is_shown and terminal.isatty()
        self._clock = clock
        self._start = self._next = clock()
        self._last: CollectProgress | None = None

    def step(self, progress: CollectProgress) -> None:
        """Remember the progress, and show it at most ten times a second."""
        self._last = progress
        now = self._clock()
        if self._is_shown and now >= self._next:
            self._next = now + _SECONDS_BETWEEN
            if self.clear not in SHOWN:
                SHOWN.append(self.clear)
            self._write(self._line(progress, now - self._start))

    def clear(self) -> None:
        """Remove the line."""
        if self.clear in SHOWN:
            SHOWN.remove(self.clear)
            self._write("")

    def summary(self) -> str:
        """Return what was read, and how fast."""
        seconds = self._clock() - self._start
        number = self._last.described if self._last else 0
        regions = self._last.regions if self._last else 0
        rate = f" ({number / seconds:,.0f} a second)" if seconds >= _LEAST_SECONDS else ""
        certificates, places = counted(number, "certificate"), counted(regions, "Region")
        return f"read {certificates} in {places} in {seconds:.1f} s{rate}"

    @staticmethod
    def _line(progress: CollectProgress, seconds: float) -> str:
        text = f"{progress.described:,} of {counted(progress.listed, 'certificate')}"
        text += f", {progress.listed_regions:,} of {counted(progress.regions, 'Region')}"
        if seconds < _LEAST_SECONDS or not progress.described:
            return text
        rate = progress.described / seconds
        left = (progress.listed - progress.described) / rate
        time = f"{left:.0f} s" if left < _SECONDS_OF_A_MINUTE else f"{left / 60:.0f} min"
        return f"{text}, {rate:,.0f} a second, {time} left"

    def _write(self, text: str) -> None:
        self._terminal.write(f"\r\x1b[K{text}")
        self._terminal.flush()
