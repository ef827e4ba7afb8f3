"""Calls of AWS and their results, and the scheduler that makes many of them at a steady pace."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from acmrules.network.aws.operations import AwsOperation
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WORKERS = 16
_LONGEST_WAIT = 0.5
"""Seconds after which the scheduler looks at its clock again."""

EXPIRED = frozenset(
    ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired")
)
"""The errors after which every further call with the same credentials fails."""


class ApiCall(Value):
    """A call of an operation in a Region."""

    operation: AwsOperation
    region: str
    parameters: Mapping[str, Any]


class ApiError(Value):
    """Why a call failed: the code and the message of AWS, or of boto3."""

    code: str
    message: str = ""

    @property
    def ends_session(self) -> bool:
        """Whether the credentials have expired, so that further calls cannot succeed."""
        return self.code in EXPIRED


class ApiResult(Value):
    """The response to a call, or the error."""

    response: Mapping[str, Any] | None = None
    error: ApiError | None = None


Steps = Generator[Sequence[ApiCall], Sequence[ApiResult], None]
"""A reader: it yields calls that can run in parallel, and receives their results in order."""


class _Batch:
    """The calls that a reader waits for, and the results so far."""

    def __init__(self, reader: Steps, calls: Sequence[ApiCall]) -> None:
        self.reader = reader
        self.calls = calls
        self.results = [ApiResult()] * len(calls)
        self.missing = len(calls)


class _Lane:
    """The calls of one operation in one Region that wait to be sent, and how many may be now.

    Like the rate of AWS, it is a bucket that refills steadily and has room for one second.
    """

    def __init__(self, rate: float, now: float) -> None:
        self.waiting: deque[tuple[_Batch, int]] = deque()
        self._rate = rate
        self._tokens = rate
        self._filled = now

    def take(self, now: float) -> bool:
        """Return whether a call may be sent now, which is then counted."""
        self._tokens = min(self._rate, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
        if not self.waiting or self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def pause(self) -> float:
        """Return the seconds until a call may be sent."""
        return max(0.0, (1 - self._tokens) / self._rate)


class Scheduler:
    """Runs readers side by side, with some threads for their calls.

    `send` makes a call, and returns its result; it runs in a thread. Everything else runs in the
    thread of the caller, so an interrupt ends the run at once.
    """

    def __init__(
        self,
        send: Callable[[ApiCall], ApiResult],
        *,
        workers: int = _WORKERS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._send = send
        self._workers = workers
        self._clock = clock
        self._lanes: dict[tuple[str, str], _Lane] = {}
        self._calls: SimpleQueue[tuple[_Batch, int] | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[_Batch, int, ApiResult | BaseException]] = SimpleQueue()
        self._threads: list[Thread] = []
        self._running = 0
        self._open = 0
        self._ended: ApiError | None = None

    def run(
        self, readers: Iterable[Steps], step: Callable[[ApiCall], None] = lambda _: None
    ) -> None:
        """Run readers to their end; `step` is called after each call."""
        for reader in readers:
            self._open += 1
            self._advance(reader, None)
        while self._open:
            self._submit()
            try:
                batch, index, result = self._done.get(timeout=self._pause())
            except Empty:
                continue
            self._running -= 1
            if isinstance(result, BaseException):
                raise result
            if result.error and result.error.ends_session:
                self._ended = result.error
            step(batch.calls[index])
            self._store(batch, index, result)

    def close(self) -> None:
        """End the threads; those that wait for a response end after it."""
        for _ in self._threads:
            self._calls.put(None)
        self._threads.clear()

    def _advance(self, reader: Steps, results: Sequence[ApiResult] | None) -> None:
        """Pass results to a reader, and take its next calls."""
        try:
            calls = next(reader) if results is None else reader.send(results)
            while not calls:
                calls = reader.send(())
        except StopIteration:
            self._open -= 1
            return
        batch = _Batch(reader, calls)
        for index, call in enumerate(calls):
            key = call.region, call.operation.name
            if key not in self._lanes:
                self._lanes[key] = _Lane(call.operation.rate, self._clock())
            self._lanes[key].waiting.append((batch, index))

    def _submit(self) -> None:
        """Send the calls whose time has come, one of each lane in turn."""
        if self._ended:
            self._refuse(self._ended)
        is_sending = True
        while is_sending and self._running < self._workers:
            is_sending = False
            for lane in [*self._lanes.values()]:
                if self._running < self._workers and lane.take(self._clock()):
                    is_sending = True
                    self._start(*lane.waiting.popleft())

    def _refuse(self, error: ApiError) -> None:
        """Answer all calls that wait with the error that they would get."""
        while waiting := [each for lane in self._lanes.values() for each in lane.waiting]:
            for lane in self._lanes.values():
                lane.waiting.clear()
            for batch, index in waiting:
                self._store(batch, index, ApiResult(error=error))

    def _store(self, batch: _Batch, index: int, result: ApiResult) -> None:
        batch.results[index] = result
        batch.missing -= 1
        if not batch.missing:
            self._advance(batch.reader, batch.results)

    def _start(self, batch: _Batch, index: int) -> None:
        if self._running >= len(self._threads):
            thread = Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()
        self._running += 1
        self._calls.put((batch, index))

    def _work(self) -> None:
        while task := self._calls.get():
            batch, index = task
            try:
                result: ApiResult | BaseException = self._send(batch.calls[index])
            except BaseException as error:  # noqa: BLE001  (the caller of `run` gets it)
                result = error
            self._done.put((batch, index, result))

    def _pause(self) -> float:
        """Return the seconds until there may be something to send."""
        if self._running >= self._workers:
            return _LONGEST_WAIT
        pauses = (lane.pause() for lane in self._lanes.values() if lane.waiting)
        return min((_LONGEST_WAIT, *pauses))
