"""Messages between the processes of a bulk run: pickles, each after its size in 8 bytes."""

from __future__ import annotations

import pickle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

_SIZE_BYTES = 8


def send(pipe: IO[bytes], message: object) -> None:
    """Write a message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_SIZE_BYTES, "big"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next pickle, or `None` if the other process has ended, even in the middle."""
    size = pipe.read(_SIZE_BYTES)
    if len(size) < _SIZE_BYTES:
        return None
    data = pipe.read(number := int.from_bytes(size, "big"))
    return data if len(data) == number else None
