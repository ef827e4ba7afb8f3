"""What does it cost to compare a repository with 200 templates with a revision of it?"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import write_repository
from benchmarks.measuring import Row, shown, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

TEMPLATES = 200
EDITED = (0, 10, TEMPLATES)
BAR = 1.0
SECOND = 1e9
ROUNDS = 15


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the lines of the table: nothing edited, some templates, all of them."""
    with TemporaryDirectory() as folder:
        commands = {}
        for edited in EDITED:
            repository = Path(folder) / str(edited)
            paths = write_repository(repository, TEMPLATES)
            _committed(repository)
            for path in paths[:edited]:
                text = path.read_text().replace("api.eu.", "api.us.")
                path.write_text(text)
            command = [environments.clean, "-m", "acmrules", "compare", "--git", "HEAD", "."]
            commands[f"{edited} edited"] = [*_at(repository), *command]
            commands[f"git diff, {edited} edited"] = [*_at(repository), "git", "diff", "--raw"]
        times, _ = started(commands, rounds=ROUNDS)
    ours = [times.median(f"{edited} edited") for edited in EDITED]
    floors = [times.median(f"git diff, {edited} edited") for edited in EDITED]
    yield Row(
        f"compare --git HEAD, {TEMPLATES} templates, {' / '.join(map(str, EDITED))} edited",
        f"{BAR:g} s",
        " / ".join(shown(each * SECOND) for each in ours),
        f"git diff alone {' / '.join(shown(each * SECOND) for each in floors)}",
        max(ours) <= BAR,
    )


def _at(folder: Path) -> list[str]:
    """Return what starts a command in a folder."""
    return ["env", "-C", str(folder)]


def _committed(folder: Path) -> None:
    """Commit all that is in a folder."""
    who = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "bench")
    who |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "bench@brightharbor.io")
    for words in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "all"]):
        subprocess.check_call(["git", *words], cwd=folder, env=os.environ | who)
