"""How everything is measured: candidates in turn within one run, medians, ratios round by round.

A machine's speed changes by the second, so a candidate is compared only with what ran in the same
round. Absolute figures are medians over the rounds.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, perf_counter_ns
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

ROOT = Path(__file__).parent.parent


class Row(NamedTuple):
    """A line of the table: what was asked, the bar, what was reached, and what peers reached."""

    what: str
    bar: str
    reached: str
    peers: str
    holds: bool


class Environments(NamedTuple):
    """The interpreters: one that has acmrules alone, and one that has its peers as well."""

    clean: Path
    peers: Path | None

    def peer(self, program: str) -> str | None:
        """Return where a peer's program is, or `None`."""
        path = self.peers.parent / program if self.peers else None
        return str(path) if path and path.exists() else None

    def has(self, module: str) -> bool:
        """Say whether the peers' interpreter has a module."""
        code = f"import sys, importlib.util as u; sys.exit(not u.find_spec({module!r}))"
        return self.peers is not None and not subprocess.call([self.peers, "-c", code])


class Rounds:
    """Times of candidates, round by round; a candidate may sit rounds out."""

    def __init__(self, rounds: Sequence[Mapping[str, float]]) -> None:
        self.rounds = rounds

    def __contains__(self, name: str) -> bool:
        return any(name in times for times in self.rounds)

    def of(self, name: str) -> list[float]:
        """Return the times of a candidate."""
        return [times[name] for times in self.rounds if name in times]

    def median(self, name: str) -> float:
        """Return the median time of a candidate."""
        return median(self.of(name))

    def quartiles(self, name: str) -> tuple[float, float]:
        """Return the times between which the middle half of the rounds lies."""
        low, _, high = quantiles(self.of(name), n=4)
        return low, high

    def ratio(self, name: str, base: str) -> float:
        """Return the median over the rounds of a candidate's time in units of another's."""
        return median(t[name] / t[base] for t in self.rounds if name in t and base in t)

    def over(self, name: str, base: str) -> float:
        """Return the median over the rounds of what a candidate takes beyond another."""
        return median(t[name] - t[base] for t in self.rounds if name in t and base in t)


def started(
    commands: Mapping[str, Sequence[str | Path]],
    *,
    rounds: int,
    seldom: Collection[str] = (),
    every: int = 6,
) -> tuple[Rounds, dict[str, int]]:
    """Start commands in turn; return the seconds, and the largest peak memory of each in KiB.

    The commands named in `seldom` take part in one round of so many. Raises `RuntimeError` for one
    that ends by a signal or a traceback.
    """
    for name, command in commands.items():
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode < 0 or run.returncode > 2 or "Traceback" in run.stderr:
            raise RuntimeError(f"{name} exits with {run.returncode}: {run.stderr[-500:]}")
    times: list[dict[str, float]] = []
    memory = dict.fromkeys(commands, 0)
    first = next(iter(commands.values()))
    with open(os.devnull, "wb") as null:
        for count in range(rounds):
            times.append({})
            # Whoever starts first in a round would pay for what the slow ones drove out of caches.
            subprocess.call(first, stdout=null, stderr=null)
            for name, command in commands.items():
                if name in seldom and count % every:
                    continue
                begin = perf_counter()
                process = subprocess.Popen(command, stdout=null, stderr=null)
                _, status, usage = os.wait4(process.pid, 0)
                times[-1][name] = perf_counter() - begin
                process.returncode = os.waitstatus_to_exitcode(status)
                memory[name] = max(memory[name], usage.ru_maxrss)
    return Rounds(times), memory


def repeated(
    candidates: Mapping[str, Callable[[], object]],
    *,
    items: int,
    rounds: int = 15,
    clock: Callable[[], int] = perf_counter_ns,
) -> list[dict[str, float]]:
    """Call functions in turn; return the nanoseconds per item, round by round.

    `clock` is `process_time_ns` for what may be compared on a busy machine.
    """
    for function in candidates.values():
        function()
    times: list[dict[str, float]] = []
    for _ in range(rounds):
        times.append({})
        for name, function in candidates.items():
            gc.collect()
            gc.disable()
            begin = clock()
            function()
            times[-1][name] = (clock() - begin) / items
            gc.enable()
    return times


def inside(python: Path, question: str, *arguments: object) -> Rounds:
    """Have a question of this folder measured in an interpreter."""
    command = [python, "-m", f"benchmarks.{question}", *map(str, arguments)]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Rounds(json.loads(run.stdout))


def tell(rounds: list[dict[str, float]]) -> None:
    """Answer `inside`."""
    json.dump(rounds, sys.stdout)


def available(module: str) -> bool:
    """Say whether this interpreter has a module."""
    return importlib.util.find_spec(module) is not None


def shown(nanoseconds: float) -> str:
    """Return a time as a table has it."""
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.0f} ns"


def listed(figures: Mapping[str, str], absent: Sequence[str] = ()) -> str:
    """Return figures of peers as a table has them, with those left out."""
    said = [f"{name} {figure}" for name, figure in figures.items()]
    return ", ".join(said + [f"{name} not installed" for name in absent])
