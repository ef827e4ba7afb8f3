"""What does it cost to plan a list of hosts from end to end, and to write what requests them?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import hosts_by_suffix
from benchmarks.measuring import Row, shown, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

BARS = {1_000: 1.0, 10_000: 10.0}
FORMATS = ("text", "json", "api", "cloudformation", "terraform")
SECOND = 1e9
ROUNDS = 5


def rows(environments: Environments) -> Iterator[Row]:
    """Yield a line for each size, with the time of each format."""
    with TemporaryDirectory() as folder:
        commands = {}
        for size in BARS:
            path = Path(folder) / f"{size}.txt"
            path.write_text("".join(f"{host}\n" for host in hosts_by_suffix(size)))
            for form in FORMATS:
                words = ["-m", "acmrules", "plan", path, "--format", form]
                commands[f"{form} {size}"] = [environments.clean, *words]
        times, _ = started(commands, rounds=ROUNDS)
    for size, bar in BARS.items():
        reached = [times.median(f"{form} {size}") for form in FORMATS]
        yield Row(
            f"whole `acmrules plan` of {size:,} hosts as {' / '.join(FORMATS)}",
            f"{bar:g} s",
            " / ".join(shown(each * SECOND) for each in reached),
            "",
            max(reached) <= bar,
        )
