"""The command `baseline`: records current findings, so that only new ones are reported."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.parser import CLEAN, DEFECT, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.options import BaselineOptions


def baseline(options: BaselineOptions) -> int:
    """Write down what is found today, so that only what is new is told."""
    from acmrules.cli.progress import Progress
    from acmrules.workspace import baseline_file
    from acmrules.workspace.file_settings import BASELINE
    from acmrules.workspace.run import Run

    if options.baseline == os.devnull:
        raise UsageError(f"option `--baseline`: nothing can be written into `{os.devnull}`")
    progress = Progress(sys.stderr)
    run = Run(overrides.settings_resolver(options).terms, progress.step, options.kinds or None)
    for path in options.paths:
        run.take(path)
    report = run.report(overrides.date_or_today(options.as_of))
    progress.clear()
    for trouble in (*report.unreadable, *run.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    found = [*report.findings, *(s.finding for s in report.suppressed if not s.suppression)]
    unreadable = {each.name for each in report.unreadable}
    for stated, own in run.by_baseline(found).items():
        path = stated or BASELINE
        if path in unreadable:
            continue
        had = baseline_file.read(path)
        is_judged = had.judged(report.skips, run.was_judged)
        now = had.updated(own, is_judged, prune=options.prune)
        try:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(now.text())
        except OSError as error:
            raise UsageError(f"{path}: not written: {str(error.strerror).lower()}") from None
        before, after = sum(had.counts.values()), sum(now.counts.values())
        print(f"acmrules: {after} in {os.path.relpath(path)}, {before} before", file=sys.stderr)
    if run.defects:
        return DEFECT
    return UNREADABLE if report.unreadable else CLEAN
