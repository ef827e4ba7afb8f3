"""When folders are checked: after a pause in typing, one at a time, outside the event loop."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor

from acmrules.values import Value
from acmrules.workspace.errors import describe_crash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from acmrules.guards.lsp.folders import Checked, Folder

    Result = TypeVar("Result")

PAUSE = 0.002
"""The seconds without a change after which a check begins.

It is short, because a check that is outdated ends early.
"""

REST = 1.0
"""The seconds without a check after which the garbage collector runs."""

MOST_CHECKS = 100
"""The checks after which reference cycles are searched for even if there is no rest."""


class Outdated(BaseException):
    """The texts have changed while they were checked.

    It derives from `BaseException`, so that no handler reports it as a bug.
    """


class Outcome(Value):
    """The outcome of a check: the check, or the reason why there is none."""

    checked: Checked | None
    fault: str = ""


class Job:
    """The checks of one folder: the number of the wanted one, and of the last one."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.wanted = 0
        self.done = 0
        self.due = 0.0
        self.is_published = True
        self.outcome: Outcome | None = None
        self.task: asyncio.Task[None] | None = None


class Schedule:
    """Checks folders on request; only the last text counts.

    `publish` is called in the event loop with each outcome.
    """

    def __init__(self, publish: Callable[[Folder, Outcome], None], pause: float = PAUSE) -> None:
        self._publish = publish
        self._pause = pause
        self._worker = ThreadPoolExecutor(1, "acmrules")
        self._jobs: dict[int, Job] = {}
        self._rest: asyncio.TimerHandle | None = None
        self._checks = 0

    def job(self, folder: Folder) -> Job:
        """Return the job of a folder."""
        return self._jobs.setdefault(id(folder), Job(folder))

    def want(self, folder: Folder, *, pause: float | None = None) -> None:
        """Check a folder after a pause without other changes, and publish the outcome."""
        job = self.job(folder)
        loop = asyncio.get_running_loop()
        job.due = loop.time() + (self._pause if pause is None else pause)
        job.is_published = True
        self._start(job)

    def defer(self, folder: Folder) -> None:
        """Note that texts have changed; they are checked when an answer needs it."""
        job = self.job(folder)
        job.is_published = False
        job.wanted += 1

    def _start(self, job: Job) -> None:
        job.wanted += 1
        if job.task is None or job.task.done():
            job.task = asyncio.get_running_loop().create_task(self._run(job))

    def forget(self, folder: Folder) -> None:
        """Stop checking a folder."""
        job = self._jobs.pop(id(folder), None)
        if job is not None:
            job.wanted += 1
            job.is_published = False

    async def current(self, folder: Folder) -> Outcome:
        """Return the outcome for the current texts."""
        job = self.job(folder)
        while job.outcome is None or job.done != job.wanted:
            if job.task is None or job.task.done():
                job.task = asyncio.get_running_loop().create_task(self._run(job))
            await asyncio.shield(job.task)
        return job.outcome

    def is_current(self, folder: Folder) -> Callable[[], bool]:
        """Return a function that returns whether no text has changed since this call."""
        job = self.job(folder)
        number = job.wanted
        return lambda: job.wanted == number

    async def apart(self, work: Callable[[], Result]) -> Result:
        """Return the result of work in the thread of the checks."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def close(self) -> None:
        """End the thread after its current work."""
        for job in self._jobs.values():
            job.wanted += 1
        if self._rest is not None:
            self._rest.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _run(self, job: Job) -> None:
        """Check a folder until its outcome is that of the last texts."""
        loop = asyncio.get_running_loop()
        while job.outcome is None or job.done != job.wanted:
            rest = job.due - loop.time()
            if rest > 0:
                await asyncio.sleep(rest)
                continue
            number = job.wanted
            outcome = await self.apart(lambda number=number: _outcome(job, number))  # type: ignore[misc]
            self._clean_later(loop)
            if outcome is None:
                continue
            job.outcome, job.done = outcome, number
            if job.is_published and job.wanted == number and id(job.folder) in self._jobs:
                self._publish(job.folder, outcome)

    def _clean_later(self, loop: asyncio.AbstractEventLoop) -> None:
        """Search for reference cycles when there is nothing else to do, or after many checks.

        The command line does not search for them, and a search costs as much as a check.
        """
        self._checks += 1
        if self._rest is not None:
            self._rest.cancel()
        pause = REST if self._checks % MOST_CHECKS else 0
        self._rest = loop.call_later(pause, self._worker.submit, gc.collect)


def _outcome(job: Job, number: int) -> Outcome | None:
    """Return the outcome of a check, `None` if it is outdated before its end."""

    def step(*_: object) -> None:
        if job.wanted != number:
            raise Outdated

    try:
        return Outcome(job.folder.check(dict(job.folder.documents), step))
    except Outdated:
        return None
    except Exception as error:  # noqa: BLE001  (the next text may be checked)
        return Outcome(None, fault_of(error))


def fault_of(error: Exception) -> str:
    """Return what went wrong in a check."""
    from acmrules.errors import AcmRulesError

    return str(error) if isinstance(error, AcmRulesError) else describe_crash(error)
