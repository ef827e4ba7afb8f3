"""Tasks for worker processes, without files: the content of a piece says what happens."""

import os
import sys
import time
from pathlib import Path

from acmrules.bulk.errors import BulkRunError
from acmrules.bulk.files.pieces import FilePiece


def piece(number, content=b""):
    """Return a piece with a number."""
    return FilePiece(number=number, file=0, first=1, content=content, position=0)


class Obey:
    """The task that does what the content of a piece says."""

    def __init__(self, begins=True):
        self.begins = begins

    def begin(self):
        """Return the function for pieces."""
        if not self.begins:
            raise BulkRunError("cannot begin")
        return obey


def obey(given):
    """Do what a piece says."""
    order, _, rest = given.content.partition(b" ")
    if order == b"kill":
        os.kill(os.getpid(), int(rest))
    elif order == b"exit":
        os._exit(int(rest))
    elif order == b"fail":
        raise BulkRunError(rest.decode())
    elif order == b"print":
        sys.stdout.write(rest.decode())
        sys.stdout.flush()
    elif order == b"divide":
        1 / 0  # noqa: B018
    elif order in {b"hang", b"hold"}:
        Path(os.fsdecode(rest)).write_text(str(os.getpid()))
        while True:
            # The sum keeps all other threads waiting.
            sum(range(10**13 if order == b"hold" else 0))


def is_running(process):
    """Return whether a process is running; one that ended may still have a number."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds=60):
    """Wait until a condition is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def children(process):
    """Return the processes that a process has started and that are running."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] not in "ZX":
            found.append(int(folder.name))
    return found
