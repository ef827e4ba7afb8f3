"""Worker processes: they are started when there is work for them, and end with this process.

`ProcessPoolExecutor` is not used, because its workers outlive a parent that is killed.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from queue import SimpleQueue
from signal import Signals
from threading import Thread

from acmrules.bulk.errors import AGAIN, BulkRunError
from acmrules.bulk.messages import receive, send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol, Self

    from acmrules.bulk.files.pieces import FilePiece

    Answers = SimpleQueue[tuple["_Worker", int | BulkRunError | None]]

    class Startable(Protocol):
        """What a worker does with pieces; it is pickled."""

        def begin(self) -> Callable[[FilePiece], None]:
            """Return the function that makes the part of a piece."""


_MOST_IN_FLIGHT = 2
"""The pieces that a worker has at once: one that it examines, and the next one."""

_PROGRAM = "from acmrules.bulk.worker import serve; serve()"
_SECONDS_TO_END = 5


class Workers:
    """Up to `jobs` processes that run a task on pieces; they end when the context ends.

    A piece is only submitted if there is room, so that memory does not depend on the input.
    """

    def __init__(self, task: Startable, jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._answers: Answers = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for worker in self._workers:
            worker.end(at_once=kind is not None)

    @property
    def in_flight(self) -> int:
        """The number of pieces that were submitted and not answered."""
        return sum(worker.in_flight for worker in self._workers)

    @property
    def has_room(self) -> bool:
        """Whether a piece can be submitted."""
        return self.in_flight < self._jobs * _MOST_IN_FLIGHT

    def submit(self, piece: FilePiece) -> None:
        """Give a piece to the worker that has the least to do; raises `BulkRunError`."""
        idle = min(self._workers, key=lambda each: each.in_flight, default=None)
        if idle is None or (idle.in_flight and len(self._workers) < self._jobs):
            idle = _Worker(self._task, self._answers)
            self._workers.append(idle)
        try:
            idle.submit(piece)
        except OSError:
            # The process has ended; its last answer, or its end, says why.
            while True:
                self.wait()

    def wait(self) -> int:
        """Return the number of the next finished piece; raises `BulkRunError`."""
        worker, answer = self._answers.get()
        if answer is None:
            raise worker.death()
        if isinstance(answer, BulkRunError):
            raise answer
        worker.in_flight -= 1
        return answer


class NoWorkers:
    """This process instead of workers: it makes each part when the piece is submitted."""

    def __init__(self, make_part: Callable[[FilePiece], None]) -> None:
        self._make_part = make_part
        self._finished: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._finished.clear()

    @property
    def in_flight(self) -> int:
        """The number of pieces whose part was not returned, 0 or 1."""
        return len(self._finished)

    @property
    def has_room(self) -> bool:
        """Whether a piece can be submitted."""
        return not self._finished

    def submit(self, piece: FilePiece) -> None:
        """Make the part of a piece."""
        self._make_part(piece)
        self._finished.append(piece.number)

    def wait(self) -> int:
        """Return the number of the finished piece."""
        return self._finished.pop()


class _Worker:
    """A process with one pipe in each direction, and a thread that reads its answers."""

    def __init__(self, task: Startable, answers: Answers) -> None:
        self.in_flight = 0
        path = os.pathsep.join(filter(None, sys.path))
        # Own groups keep an interrupt of the terminal from the workers: their parent ends them.
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter)
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            process_group=0 if os.name == "posix" else None,
        )
        assert self._process.stdin is not None  # noqa: S101  (for the type checker)
        self._pipe = self._process.stdin
        Thread(target=self._listen, args=(answers,), daemon=True).start()
        with suppress(OSError):  # the first piece fails too, and then its end is reported
            send(self._pipe, task)

    def submit(self, piece: FilePiece) -> None:
        """Send a piece; raises `OSError` if the process has ended."""
        self.in_flight += 1
        send(self._pipe, piece)

    def death(self) -> BulkRunError:
        """Return the error for a process that ended before its work."""
        code = self._process.wait()
        if code >= 0:
            return BulkRunError(f"a worker ended with exit code {code}; {AGAIN}")
        name = Signals(-code).name
        cause = (
            ", perhaps because memory ran out: use fewer `--jobs`, and"
            if name == "SIGKILL"
            else ";"
        )
        return BulkRunError(f"a worker was killed by {name}{cause} {AGAIN}")

    def end(self, *, at_once: bool) -> None:
        """End the process, and wait for it."""
        if at_once:
            self._process.kill()
        with suppress(OSError):
            self._pipe.close()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self, answers: Answers) -> None:
        """Pass on the answers, and `None` when the process has ended."""
        assert self._process.stdout is not None  # noqa: S101  (for the type checker)
        with self._process.stdout as pipe:
            while (answer := receive(pipe)) is not None:
                answers.put((self, pickle.loads(answer)))  # noqa: S301  (of our worker)
        answers.put((self, None))
