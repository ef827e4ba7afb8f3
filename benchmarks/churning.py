"""What does it cost to count the certificates that a year of commits made?"""

from __future__ import annotations

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import monorepo
from benchmarks.corpora import configuration, write_repository
from benchmarks.measuring import Row, shown, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

FILES = 200
COMMITS = 200
BARS = {"templates": 2.0, "modules of Terraform": 5.0}
LARGE_FILES = 2_000
LARGE_COMMITS = 3_000
LARGE_BAR = 3.0
SECOND = 1e9
ROUNDS = 9
AS_OF = date(2026, 11, 23)


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table: templates, modules of Terraform, and a monorepo of modules."""
    with TemporaryDirectory() as folder:
        commands: dict[str, list[str | Path]] = {}
        for kind in BARS:
            repository = Path(folder) / kind.partition(" ")[0]
            write = write_repository if kind == "templates" else _write_modules
            _commit(repository, write(repository, FILES))
            commands[kind] = _command(repository, environments)
            commands[f"{kind}, none"] = [*commands[kind], "--since", "HEAD"]
        large = Path(folder) / "monorepo"
        monorepo.write(large, LARGE_FILES, LARGE_COMMITS, AS_OF)
        commands["monorepo"] = _command(large, environments)
        times, _ = started(commands, rounds=ROUNDS)
    for kind, bar in BARS.items():
        reached, none = times.median(kind), times.median(f"{kind}, none")
        yield Row(
            f"calendar, {FILES} {kind}, {COMMITS} commits in the year",
            f"{bar:g} s",
            f"{shown(reached * SECOND)}; without commits {shown(none * SECOND)}",
            "",
            reached <= bar,
        )
    reached = times.median("monorepo")
    yield Row(
        f"calendar, {LARGE_FILES:,} files of Terraform, {LARGE_COMMITS:,} commits in the year",
        f"{LARGE_BAR:g} s",
        shown(reached * SECOND),
        "",
        reached <= LARGE_BAR,
    )


def _command(repository: Path, environments: Environments) -> list[str | Path]:
    """Return the command that runs `calendar` in a repository."""
    words = ["acmrules", "calendar", ".", "--as-of", str(AS_OF)]
    return ["env", "-C", repository, environments.clean, "-m", *words]


def _write_modules(folder: Path, count: int) -> list[Path]:
    """Write modules of Terraform with 40 lines each."""
    paths = [folder / f"team{i}" / "main.tf" for i in range(count)]
    for i, path in enumerate(paths):
        path.parent.mkdir(parents=True)
        path.write_text(configuration([i]))
    return paths


def _commit(folder: Path, paths: list[Path]) -> None:
    """Commit all files more than a year ago, and an edit of one of them in each of many commits."""
    who = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "bench")
    who |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "bench@brightharbor.io")
    subprocess.check_call(["git", "init", "-q"], cwd=folder)
    for number in range(COMMITS + 1):
        days = COMMITS - number if number else 2 * COMMITS
        when = f"{AS_OF - timedelta(days)}T12:00:00Z"
        if number:
            path = paths[number % len(paths)]
            path.write_text(path.read_text().replace("brightharbor", "brightharbour", 1))
        own = os.environ | who | dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), when)
        for words in (["add", "--all"], ["commit", "-q", "-m", str(number)]):
            subprocess.check_call(["git", *words], cwd=folder, env=own)
