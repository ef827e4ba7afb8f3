"""Bulk runs in processes of their own, which tests kill: `python bulk_runs.py IN OUT JOBS`."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from acmrules.bulk import conveyor
from acmrules.bulk.files.reading import read_pieces
from acmrules.cli import main

PIECE_BYTES = 20_000


def start(source, target, jobs):
    """Start a run, and return its process."""
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, __file__, source, target, str(jobs)],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(target):
    """Return the number of the finished parts of a run."""
    return sum(path.suffix != ".tmp" for path in Path(f"{target}.work").glob("counts-*"))


if __name__ == "__main__":
    conveyor.read_pieces = partial(read_pieces, piece_bytes=PIECE_BYTES)
    source, target, jobs = sys.argv[1:]
    sys.exit(main.main(["bulk", source, target, "--jobs", jobs, "--as-of", "2026-11-30"]))
