"""What does a folder cost that holds ten thousand files without certificates?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import write_tree
from benchmarks.measuring import Row, inside, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

FILES = 10_000
BAR = 50_000


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    with TemporaryDirectory() as folder:
        write_tree(Path(folder), FILES)
        times = inside(environments.clean, "walking", folder)
    beyond = times.over("acmrules", "reading")
    yield Row(
        "10,000 files without certificates in a tree",
        "50 us a file beyond reading it",
        f"{shown(beyond)} beyond {shown(times.median('reading'))}",
        "",
        beyond <= BAR,
    )


def main() -> None:
    """Measure in a folder."""
    from contextlib import redirect_stdout

    from acmrules.cli.main import main as acmrules

    folder = sys.argv[1]

    def judge() -> None:
        with open(os.devnull, "w", encoding="utf-8") as null, redirect_stdout(null):
            if acmrules(["check", folder]):
                raise RuntimeError("the tree could not be judged")

    tell(repeated({"reading": lambda: _read(folder), "acmrules": judge}, items=FILES, rounds=9))


def _read(folder: str) -> None:
    """Read every file of a tree, and nothing else."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _read(entry.path)
            else:
                with open(entry.path, "rb", buffering=0) as file:
                    file.read()


if __name__ == "__main__":
    main()
