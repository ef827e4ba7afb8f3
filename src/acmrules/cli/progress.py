"""The line of progress, for runs whose errors go to a terminal; others do not load this module."""

from __future__ import annotations

from time import monotonic

from acmrules.cli.output import Unwatched
from acmrules.cli.status_line import StatusLine
from acmrules.messages import counted, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from typing import TextIO

    from acmrules.workspace.file_settings import FileSettings

_SECONDS_UNTIL_FIRST = 1.0
_SHOWN_CHARACTERS = 60

_LARGE = 300
"""From this number of requests on, those of one file are counted."""


class Progress(Unwatched):
    """A line on a terminal with the number of files read, once a run takes over a second.

    While a large file or module is checked, the line has the number of its requests. While DNS
    servers are asked, it has the number of their answers.
    """

    def __init__(self, terminal: TextIO, *, clock: Callable[[], float] = monotonic) -> None:
        self._status = StatusLine(terminal, delay=_SECONDS_UNTIL_FIRST, clock=clock)
        self._count = 0

    def step(self, path: str) -> None:
        """Count a file, and update the line."""
        self._count += 1
        self._status.update(
            lambda: f"{counted(self._count, 'file')}, now {printable(path)[-_SHOWN_CHARACTERS:]}"
        )

    @property
    def checked(self) -> Callable[[int, int], None] | None:
        """The function to call with the requests that are checked, and the number of all.

        It is `None` if there is no terminal, so that nothing is counted.
        """
        return self._checked if self._status.is_shown else None

    def _checked(self, count: int, total: int) -> None:
        if total >= _LARGE:
            self._status.update(lambda: f"{count:,} of {total:,} requests")

    @property
    def answered(self) -> Callable[[int, int], None] | None:
        """The function to call with the number of DNS answers, and of queries.

        It is `None` if there is no terminal, so that nothing is counted.
        """
        return self._answered if self._status.is_shown else None

    def _answered(self, count: int, total: int) -> None:
        self._status.update(lambda: f"{count:,} of {total:,} DNS answers")

    def finish(
        self, settings_of: Callable[[str], FileSettings], excluded: Container[str] = ()
    ) -> None:
        """Remove the line."""
        del settings_of, excluded
        self.clear()

    def clear(self) -> None:
        """Remove the line."""
        self._status.clear()
