"""Usage: python -m benchmarks [--clean PYTHON] [--peers PYTHON] [QUESTION ...]

Measures and prints the table of README.md. PYTHON is the interpreter of an environment: the clean
one has `acmrules[all,arrow]` and nothing else, the other the dependency group `linter` as well.
Without an interpreter, one is created in `.venv/bench`. Exits with 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks import (
    accounts,
    adopting,
    agents,
    asking,
    bulk,
    calling,
    churning,
    cold,
    columns,
    comparing,
    coverage,
    editing,
    linting,
    names,
    planning,
    reading,
    requesting,
    rules,
    suffixes,
    walking,
)
from benchmarks.measuring import ROOT, Environments, Row

QUESTIONS = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        *(cold, adopting, reading, names, coverage, suffixes, rules, walking, comparing, planning),
        *(requesting, churning, calling, agents, editing, linting, asking, accounts, columns),
        bulk,
    )
}
MADE = ROOT / ".venv" / "bench"


def main() -> int:
    """Measure, print, and say whether all bars hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--clean", type=Path, help="interpreter with acmrules alone")
    parser.add_argument("--peers", type=Path, help="interpreter with the peers as well")
    parser.add_argument("question", nargs="*", choices=[[], *QUESTIONS], metavar="QUESTION")
    given = parser.parse_args()
    environments = Environments(
        given.clean or _made("clean"),
        given.peers or (None if given.clean else _made("peers", "--group", "bench")),
    )
    version = subprocess.check_output([environments.clean, "-V"], text=True).strip()
    print(f"{version}, {platform.machine()}, {os.cpu_count()} cores\n")
    print(
        "| what | target | result | met | peers in the same run |\n| --- | --- | --- | --- | --- |"
    )
    holds = True
    for question in given.question or QUESTIONS:
        for row in QUESTIONS[question].rows(environments):
            print(_line(row), flush=True)
            holds &= row.holds
    return 0 if holds else 1


def _line(row: Row) -> str:
    verdict = "" if not row.bar else "yes" if row.holds else "**no**"
    return f"| {row.what} | {row.bar} | {row.reached} | {verdict} | {row.peers} |"


def _made(name: str, *more: str) -> Path:
    """Make an environment, or take the one made before, and install this tree into it."""
    python = MADE / name / "bin" / "python"
    if not python.exists():
        venv.create(MADE / name, with_pip=True)
        # A console script of an older pip imports `re`, which costs half a bare interpreter.
        subprocess.check_call([python, "-m", "pip", "install", "-q", "--upgrade", "pip>=26"])
    install = [python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", str(ROOT)]
    subprocess.check_call([python, "-m", "pip", "install", "-q", f"{ROOT}[all,arrow]", *more])
    subprocess.check_call(install)
    return python


if __name__ == "__main__":
    sys.exit(main())
