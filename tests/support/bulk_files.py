"""Files of names for bulk runs, in small pieces, and stops between any two steps of a run."""

import os
from datetime import date
from functools import partial
from pathlib import Path

from acmrules.bulk import conveyor
from acmrules.bulk.files.reading import read_pieces
from acmrules.bulk.request import BulkRequest
from acmrules.bulk.running import run_bulk

DAY = date(2026, 11, 30)
ROWS = [
    "www.brightharbor.io,1",
    "a_b.brightharbor.io,2",
    "one,two,three",
    "*.shop.lighthouse.io,3",
    "",
    '"api.tidewater.dev",4',
    "localhost,5",
    "x.github.io,6",
]
"""Lines of CSV: good names, bad names, a row that cannot be read, and an empty line."""

PIECE_BYTES = 60


def table(rows=24):
    """Return a CSV file with rows of each kind."""
    return "host,id\n" + "".join(f"{ROWS[number % len(ROWS)]}\n" for number in range(rows))


def in_small_pieces(monkeypatch, size=PIECE_BYTES):
    """Let runs of this process read a few rows at once."""
    small = partial(read_pieces, piece_bytes=size)
    monkeypatch.setattr(conveyor, "read_pieces", small)
    monkeypatch.setattr(os, "fsync", lambda _: None)


def examine_file(source="hosts.csv", target="out.csv", jobs=1, **options):
    """Run a request, and return its summary."""
    options = {"as_of": DAY, **options}
    return run_bulk(BulkRequest(source=source, target=target, **options), jobs)


def content(folder="."):
    """Return the bytes of all files below a folder, by their paths."""
    root = Path(folder)
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


class Killed(BaseException):
    """The end of a process."""


STEPS = ("replace", "fsync", "unlink", "makedirs", "rmdir")
"""The functions of `os` that change what a later run finds."""


class Stop:
    """Ends a run before one of its steps; then no other step is done, as in a process that ended.

    `steps` counts those of the run.
    """

    def __init__(self, monkeypatch):
        self.steps = 0
        self.before = None
        for name in STEPS:
            monkeypatch.setattr(os, name, partial(self._step, getattr(os, name)))

    def _step(self, function, *arguments, **options):
        if self.before is not None and self.steps >= self.before:
            raise Killed
        self.steps += 1
        return function(*arguments, **options)

    def run(self, before, action):
        """Return whether an action ends before its last step."""
        self.steps, self.before = 0, before
        try:
            action()
        except Killed:
            return True
        finally:
            self.before = None
        return False
