"""The stages of a run that several commands share, from batches to a report."""

from __future__ import annotations

from acmrules.cli.output import print_problem
from acmrules.cli.parser import BUG, CLEAN, UNREADABLE

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


class Stages:
    """The stages that follow the loading of inputs: check, suppress, apply baselines, report.

    `as_of` is the date of a report whose files have no date in common.
    """

    def __init__(self, inputs: Inputs, loader: Loader, as_of: date) -> None:
        self._inputs = inputs
        self._loader = loader
        self._as_of = as_of
        self._baselines: BaselineFiles | None = None

    @property
    def baselines(self) -> BaselineFiles:
        """The baselines of the inputs, each read once."""
        if self._baselines is None:
            from acmrules.workspace.baseline_file import BaselineFiles

            self._baselines = BaselineFiles(self._inputs, self._loader)
        return self._baselines

    def lint(
        self, batches: Iterable[Batch], settings_of: Callable[[str], FileSettings] | None = None
    ) -> Results:
        """Return the findings of batches, without those in suppressions and baselines."""
        from acmrules.lint.pipeline import apply_baselines, check_batches, suppress

        settings_of = settings_of or self._loader.settings_of
        guard = self._loader.troubles.guard
        results = check_batches(batches, settings_of, guard)
        if results.annotated:
            reported = self._inputs.order.keys() - self._loader.excluded
            results = suppress(results, settings_of, guard, reported)
        if any(settings.baseline for settings in results.settings.values()):
            baselines = self.baselines
            results = apply_baselines(results, baselines.baseline, baselines.was_checked)
        return results

    def report(self, results: Results) -> Report:
        """Return the report of results, with the files that cannot be read."""
        from acmrules.lint.pipeline import report

        unreadable = self._loader.troubles.unreadable
        excluded = len(self._loader.excluded)
        return report(results, self._as_of, self._inputs.order, unreadable, excluded)


def write_troubles(troubles: Troubles) -> int:
    """Print problems with files on standard error, and return their exit code."""
    for trouble in troubles:
        print_problem(trouble)
    if troubles.bugs:
        return BUG
    return UNREADABLE if troubles.unreadable else CLEAN
