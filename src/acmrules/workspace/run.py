"""The stages of a run, from inputs to a report, for the commands and for programs."""

from __future__ import annotations

import os

from acmrules.workspace import BUG, CLEAN, FOUND, UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from acmrules.lint.findings import Report
    from acmrules.lint.pipeline import LintSettings, Results
    from acmrules.model.batches import Batch
    from acmrules.workspace.baseline_file import BaselineFiles
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.load import Loader


class Stages:
    """The stages of a run after `discover`: load, link, check, suppress, apply baselines, report.

    `as_of` is the date of a report whose files have no date in common. `step` is called with the
    number of checked requests, and of all, in a batch.
    """

    def __init__(
        self,
        inputs: Inputs,
        loader: Loader,
        as_of: date,
        step: Callable[[int, int], None] | None = None,
    ) -> None:
        loader.finds_environments = not loader.is_alone
        self._inputs = inputs
        self._loader = loader
        self._as_of = as_of
        self._step = step
        self._baselines: BaselineFiles | None = None

    @property
    def baselines(self) -> BaselineFiles:
        """The baselines of the inputs, each read once."""
        if self._baselines is None:
            from acmrules.workspace.baseline_file import BaselineFiles

            self._baselines = BaselineFiles(self._inputs, self._loader)
        return self._baselines

    def linked(self) -> Iterator[Batch]:
        """Yield the declarations of the inputs, linked."""
        from acmrules.model.batches import link

        return link(self._loader.batches(self._inputs), self._loader.importing)

    def lint(
        self, batches: Iterable[Batch], settings_of: Callable[[str], LintSettings] | None = None
    ) -> Results:
        """Return the findings of batches, without those in suppressions and baselines."""
        from acmrules.lint.pipeline import apply_baselines, check_batches, suppress

        settings_of = settings_of or self._loader.settings_of
        guard = self._loader.troubles.guard
        results = check_batches(batches, settings_of, guard, self._step)
        if results.annotated:
            reported = self._inputs.order.keys() - self._loader.excluded
            results = suppress(results, settings_of, guard, reported)
        if any(settings.baseline for settings in results.settings.values()):
            baselines = self.baselines
            results = apply_baselines(
                results, baselines.baseline, baselines.was_checked, baselines.follow
            )
        return results

    def report(self, results: Results) -> Report:
        """Return the report of results, with the files that cannot be read."""
        from acmrules.lint.pipeline import report

        unreadable = self._loader.troubles.unreadable
        excluded = len(self._loader.excluded)
        done = report(results, self._as_of, self._inputs.order, unreadable, excluded)
        return done.__replace__(unimported=self._loader.unimported)

    def exit_code(self, report: Report, *, is_unchecked: bool) -> int:
        """Return the exit code of a run of `check` that fixes nothing."""
        troubles = self._loader.troubles
        if troubles.bugs:
            return BUG
        if troubles.fails or is_unchecked:
            return UNREADABLE
        return FOUND if any(report.failing()) else CLEAN

    def is_unchecked(self, report: Report, paths: Iterable[str]) -> bool:
        """Return whether the settings of files require that something, or everything, is checked.

        `paths` are those that the caller named. Wrong settings are added to the problems of the
        loader: no file reports them if none has a certificate.
        """
        # The files of a folder agree about this setting, which has no globs.
        settings_of = self._loader.settings_of
        files = {*self._inputs.files}
        places = {os.path.dirname(path) if path in files else path for path in paths}
        with self._loader.troubles.guard(""):
            nothing = report.is_empty and any(settings_of(path).fail_on_nothing for path in places)
            unchecked = {each.name for each in report.unreadable}
            unchecked.update(each.file for each in report.not_checked)
            return nothing or any(settings_of(file).is_strict for file in unchecked)
        return False
