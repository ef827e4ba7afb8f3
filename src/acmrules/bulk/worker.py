"""A worker process: it makes parts of the pieces that arrive, until its parent ends."""

from __future__ import annotations

import os
import pickle
import sys
from queue import SimpleQueue
from threading import Thread

from acmrules.bulk.messages import receive, send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any, NoReturn

    Messages = SimpleQueue[bytes]


def serve() -> NoReturn:
    """Run the task of standard input; the process ends with it, whatever it does then.

    The first message is the task, and each of the others a piece, which is answered with its number
    or with a `BulkRunError`.
    """
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not be between the answers.
    os.dup2(2, 1)
    messages: Messages = SimpleQueue()
    # A thread, because the end of the parent must end the work in the middle of a piece too.
    Thread(target=_listen, args=(sys.stdin.buffer, messages), daemon=True).start()
    try:
        _work(messages, answers)
    except Exception as error:  # noqa: BLE001  (the parent reports it)
        from acmrules.bulk.errors import as_run_error

        stopped = as_run_error(error)
        send(answers, stopped)
    os._exit(1)


def _listen(pipe: IO[bytes], messages: Messages) -> None:
    """Receive messages until the parent ends; then, or after any error, end the process."""
    try:
        while (message := receive(pipe)) is not None:
            messages.put(message)
    finally:
        os._exit(0)


def _work(messages: Messages, answers: IO[bytes]) -> None:
    """Answer messages forever."""
    make_part = _next(messages).begin()
    while True:
        piece = _next(messages)
        make_part(piece)
        send(answers, piece.number)


def _next(messages: Messages) -> Any:  # noqa: ANN401  (what the parent sent)
    return pickle.loads(messages.get())  # noqa: S301  (of the parent)
