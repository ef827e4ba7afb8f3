"""The stages of a run that several commands share, from batches to a report."""

from __future__ import annotations

import sys

from acmrules.cli.parser import CLEAN, DEFECT, UNREADABLE
from acmrules.lint.pipeline import apply_baselines, check_batches, report, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from acmrules.lint.findings import Report
    from acmrules.lint.pipeline import Results
    from acmrules.model.batches import Batch
    from acmrules.workspace.baseline_file import BaselineFiles
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.workspace.load import Loader


def lint(
    batches: Iterable[Batch],
    settings_of: Callable[[str], FileSettings],
    inputs: Inputs,
    loader: Loader,
    baselines: BaselineFiles,
) -> Results:
    """Return what is left of the findings in batches after suppressions and baselines."""
    guard = loader.troubles.guard
    results = check_batches(batches, settings_of, guard)
    results = suppress(results, settings_of, guard, inputs.order.keys() - loader.excluded)
    return apply_baselines(results, baselines.baseline, baselines.was_checked)


def report_on(results: Results, inputs: Inputs, loader: Loader, as_of: date) -> Report:
    """Return the report of a run, with the files that could not be read."""
    unreadable = loader.troubles.unreadable
    return report(results, as_of, inputs.order, unreadable, len(loader.excluded))


def write_troubles(troubles: Troubles) -> int:
    """Print what went wrong on standard error, and return the exit code for it."""
    for trouble in troubles:
        print(f"acmrules: {trouble}", file=sys.stderr)
    if troubles.defects:
        return DEFECT
    return UNREADABLE if troubles.unreadable else CLEAN
