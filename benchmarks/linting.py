"""What do the rules of acmrules add to the time of cfn-lint?"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import write_templates
from benchmarks.measuring import Rounds, Row, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measuring import Environments

FILES = ("tiny.yaml", "large.yaml")
BAR = 1.05
SECOND = 1e9
ROUNDS = 7
GUARD = ("-a", "acmrules.guards.cfnlint")


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table: one template with one certificate, and one with 300 resources.

    cfn-lint runs twice without the rules, so that the ratio of these two runs shows the noise.
    Times are those of the processor: other work on the machine changes them less.
    """
    program = environments.peer("cfn-lint")
    what = (
        "cfn-lint with the rules of acmrules, 1 / 300 resources, processor time compared with none"
    )
    if program is None:
        yield Row(what, f"{BAR:g} x", "", "cfn-lint not installed", holds=True)
        return
    with TemporaryDirectory() as folder:
        files = write_templates(Path(folder))
        commands = {}
        for file in FILES:
            alone = [program, str(files[file])]
            commands |= {file: alone, f"{file} again": alone, f"{file} guarded": [*alone, *GUARD]}
        times = Rounds([_processor_times(commands) for _ in range(ROUNDS)])
    ratios = [times.ratio(f"{file} guarded", file) for file in FILES]
    noise = " / ".join(f"{times.ratio(f'{file} again', file):.2f} x" for file in FILES)
    own = " / ".join(shown(times.median(file) * SECOND) for file in FILES)
    yield Row(
        what,
        f"{BAR:g} x",
        " / ".join(f"{ratio:.3f} x" for ratio in ratios),
        f"cfn-lint alone {own}; again {noise}",
        max(ratios) <= BAR,
    )


def _processor_times(commands: dict[str, list[str]]) -> dict[str, float]:
    """Start each command once; return the seconds that a processor works for it."""
    times = {}
    for name, command in commands.items():
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times[name] = usage.ru_utime + usage.ru_stime
    return times
