"""The stages of a run that several commands share, from batches to a report."""

from __future__ import annotations

import os

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


def is_hook() -> bool:
    """Return whether pre-commit runs the command, which names all files that changed."""
    return bool(os.environ.get("PRE_COMMIT"))


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


def is_unchecked(
    report: Report,
    inputs: Inputs,
    paths: Iterable[str],
    settings_of: Callable[[str], FileSettings],
    troubles: Troubles,
) -> bool:
    """Return whether the settings of files require that something, or everything, is checked.

    Wrong settings are added to `troubles`: no file reports them if none has a certificate.
    """
    # The files of a folder agree about this setting, which has no globs.
    files = {*inputs.files}
    places = {os.path.dirname(path) if path in files else path for path in paths}
    with troubles.guard(""):
        nothing = report.is_empty and any(settings_of(path).fail_on_nothing for path in places)
        unchecked = {each.name for each in report.unreadable}
        unchecked.update(each.file for each in report.not_checked)
        return nothing or any(settings_of(file).is_strict for file in unchecked)
    return False


def write_nothing(report: Report, inputs: Inputs, remarks: Iterable[str]) -> None:
    """Print on standard error that nothing was checked, and what was looked at."""
    from acmrules.messages import counted

    suffixes: dict[str, int] = {}
    for path in {os.path.normpath(path) for path in inputs.order}:
        name = path.rpartition(os.sep)[2]
        stem, dot, last = name.rpartition(".")
        suffix = "standard input" if path == "-" else dot + last if stem.strip(".") else name
        suffixes[suffix] = suffixes.get(suffix, 0) + 1
    kinds = [
        kind if kind == "standard input" else counted(count, f"{kind} file")
        for kind, count in sorted(suffixes.items(), key=lambda item: (-item[1], item[0]))
    ]
    looked_at = f" in {', '.join(kinds)}" if kinds else ": no files of a known kind"
    excluded = f" ({report.excluded:,} excluded)" if report.excluded else ""
    print_problem(f"nothing was checked{looked_at}{excluded}")
    for remark in remarks:
        print_problem(remark)


def write_troubles(troubles: Troubles) -> int:
    """Print problems with files on standard error, and return their exit code."""
    for error in troubles.unreadable:
        print_problem(f"{'warning: ' * error.is_warning}{error}")
    for notice in troubles.notices:
        print_problem(f"warning: {notice}")
    for bug in troubles.bugs:
        print_problem(bug)
    if troubles.bugs:
        return BUG
    return UNREADABLE if troubles.fails else CLEAN
