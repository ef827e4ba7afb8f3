"""The command `check`: checks files, fixes them, and forecasts what will change."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import Page, deliver, forms, print_problem
from acmrules.cli.parser import UsageError
from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from acmrules.cli.options import CheckOptions
    from acmrules.lint.findings import Finding, Report
    from acmrules.lint.forecast import Forecast
    from acmrules.model.batches import Batch
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.workspace.load import Loader


def check(options: CheckOptions) -> int:
    """Check files, fix them if that is requested, and print the report."""
    from acmrules.cli.stages import files_of, files_read, is_hook, progress_of
    from acmrules.model.batches import link
    from acmrules.workspace.discover import discover
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.load import Loader
    from acmrules.workspace.run import Stages

    until = _required(options)
    fixes = options.fix or options.diff or bool(options.add_ignores)
    progress = progress_of(options)
    kinds = options.kinds or None
    resolver = overrides.settings_resolver(options)
    inputs = discover(options.paths, kinds, standard_input=options.stdin_filename)
    files = files_of(options)
    overrides.require_known_parameters(options, inputs, files)
    loader = Loader(
        resolver.settings_of, files, Troubles(), kinds, step=progress.step, is_hook=is_hook()
    )
    if options.list_files:
        return _list_files(options, loader, inputs)
    stages = Stages(inputs, loader, overrides.date_or_today(options.as_of), progress.checked)

    def findings(
        batches: Iterable[Batch], settings_of: Callable[[str], FileSettings] | None = None
    ) -> Sequence[Finding]:
        return stages.report(stages.lint(batches, settings_of)).findings

    batches: Iterable[Batch] = progress.watch(loader.batches(inputs))
    if fixes:
        batches = [*batches]
    linked: Iterable[Batch] = link(batches, loader.importing)
    if fixes or until is not None:
        linked = [*linked]
    results = stages.lint(linked)
    report = stages.report(results)
    changes = None
    if fixes:
        from acmrules.cli.rewriting import change
        from acmrules.workspace.checked_files import CheckedFiles

        run = CheckedFiles(loader, batches, linked, report.findings, findings)
        changes = change(options, run, inputs)
        if changes.texts:
            linked = [*loader.reloaded(batches, changes.texts)]
            results = stages.lint(linked)
            report = stages.report(results)
    ahead = None
    if until is not None:
        ahead = _forecast(
            linked, report, until, lambda day: findings(linked, resolver.settings_as_of(day))
        )
    progress.finish(resolver.settings_of, loader.excluded)
    is_unchecked = stages.is_unchecked(report, options.paths)
    code = stages.exit_code(report, is_unchecked=is_unchecked)
    _write_problems(options, report, loader, inputs, is_unchecked=is_unchecked)
    rendering = _Rendering(options, report, ahead, (changes and changes.differences) or "")
    read = files_read((*results.settings, *results.environments), inputs.order)
    if changes is None:
        deliver(options, rendering.render, read)
        return code
    changes.print(options, files, lambda: deliver(options, rendering.render, read))
    return changes.exit_code(code)


def _write_problems(
    options: CheckOptions, report: Report, loader: Loader, inputs: Inputs, *, is_unchecked: bool
) -> None:
    """Print the problems with files, and what was not checked, on standard error."""
    from acmrules.cli.stages import write_nothing, write_troubles, write_unchecked

    trouble = write_troubles(loader.troubles, options.quiet)
    if report.is_empty and not trouble and (is_unchecked or not options.quiet):
        write_nothing(report, inputs, loader.remarks)
    elif is_unchecked and options.quiet:
        write_unchecked(report, options.quiet)


def _list_files(options: CheckOptions, loader: Loader, inputs: Inputs) -> int:
    """Print the files that are checked, each in a line, and what cannot be read."""
    from acmrules.cli.stages import write_troubles

    text = "".join(f"{printable(path)}\n" for path in loader.files_to_check(inputs))
    deliver(options, lambda *_: text, inputs.order)
    for path in sorted(loader.excluded) if options.verbose else ():
        print_problem(f"{path}: excluded")
    return write_troubles(loader.troubles, options.quiet)


def _required(options: CheckOptions) -> date | None:
    """Return the last date of the forecast, if there is to be one; raises `UsageError`."""
    _require_baseline(options)
    _require_text(options)
    return _until(options)


def _require_baseline(options: CheckOptions) -> None:
    """Raise `UsageError` if the baseline that is named does not exist."""
    baseline = options.baseline or os.devnull
    if baseline != os.devnull and not os.path.isfile(baseline):
        raise UsageError(f"option `--baseline`: no file `{baseline}`")


def _require_text(options: CheckOptions) -> None:
    """Raise `UsageError` if a file for programs would have the text that replaces the report."""
    if not options.formats or not (options.diff or options.list_files):
        return
    from acmrules.cli.targets import targets

    option = "--list-files" if options.list_files else "--diff"
    for each in targets(options):
        if each.file and each.form != "text":
            raise UsageError(
                f"`{option}` prints text instead of a report, which `{printable(each.file)}`"
                f" cannot have as `{each.form}`"
            )


def _until(options: CheckOptions) -> date | None:
    """Return the last date of the forecast, if there is to be one; raises `UsageError`."""
    chosen = forms(options)
    if options.until is None:
        if "svg" in chosen:
            raise UsageError("format `svg` draws a forecast, so it needs `--until DATE`")
        return None
    if not set(chosen).issubset(_FORECAST_FORMATS):
        raise UsageError(f"`--until` supports the formats {', '.join(_FORECAST_FORMATS)}")
    if options.until < overrides.date_or_today(options.as_of):
        raise UsageError(f"`--until {options.until}` is before the date of the report")
    return options.until


_FORECAST_FORMATS = ("text", "json", "svg")


def _forecast(
    batches: Iterable[Batch],
    report: Report,
    until: date,
    findings_on: Callable[[date], Sequence[Finding]],
) -> Forecast:
    """Return how the findings of a report change up to a date."""
    from acmrules.lint.forecast import forecast
    from acmrules.lint.rules import CATALOGUE

    as_of = report.as_of
    return forecast(
        (declaration for batch in batches for declaration in batch.declarations),
        lambda day: report.findings if day == as_of else findings_on(day),
        CATALOGUE,
        as_of=as_of,
        until=until,
    )


class _Rendering:
    """The report of a run in each of its formats."""

    def __init__(
        self, options: CheckOptions, report: Report, ahead: Forecast | None, differences: str
    ) -> None:
        self._options = options
        self._report = report
        if options.min_severity is not None:
            self._report = report.from_severity(options.min_severity)
        self._ahead = ahead
        self._differences = differences

    def render(self, form: str, page: Page) -> str:
        """Return the report in a format, or what `--diff` prints instead."""
        if self._options.diff:
            return self._differences
        ahead = self._ahead
        if ahead is None or form == "text":
            return self._of_today(form, page) + ("\n" + _as_text(ahead) if ahead else "")
        if form == "svg":
            from acmrules.reports import timeline

            return timeline.render(ahead)
        from acmrules.reports import forecast
        from acmrules.reports.findings import json

        return json.render(self._report, {"forecast": forecast.as_data(ahead)})

    def _of_today(self, form: str, page: Page) -> str:
        from acmrules.reports.findings import render
        from acmrules.reports.findings.layout import Layout

        layout = Layout(
            page.width,
            page.height,
            page.color,
            self._options.show_undecided,
            self._options.statistics,
            page.links,
            bool(self._options.quiet),
        )
        return render(self._report, form, os.getcwd(), layout)


def _as_text(ahead: Forecast) -> str:
    from acmrules.reports import forecast

    return forecast.render(ahead)
