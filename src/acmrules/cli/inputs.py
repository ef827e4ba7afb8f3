"""What the commands share that take files and answer a question of all of them together."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.parser import CLEAN, DEFECT, UNREADABLE
from acmrules.model.inventory import take_inventory
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.cli.options import InputOptions
    from acmrules.model.inventory import Inventory
    from acmrules.workspace.resolver import SettingsResolver


class Inputs(Value):
    """What files declare, what they are judged by, and the exit code if nothing else is wrong."""

    inventory: Inventory
    lookup: SettingsResolver
    code: int


def read_inventory(options: InputOptions, paths: Sequence[str]) -> Inputs:
    """Read files, and report those that cannot be read on standard error."""
    from acmrules.cli.progress import Progress
    from acmrules.workspace.run import Run

    progress = Progress(sys.stderr)
    lookup = overrides.settings_resolver(options)
    run = Run(lookup.terms, progress.step, options.kinds or None, around=True)
    for path in paths:
        run.take(path)
    report = run.report(overrides.date_or_today(options.as_of))
    progress.clear()
    for trouble in (*report.unreadable, *run.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    code = DEFECT if run.defects else UNREADABLE if report.unreadable else CLEAN
    return Inputs(take_inventory(run.declarations), lookup, code)
