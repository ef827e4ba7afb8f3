"""The command `check`: checks files, fixes them, and forecasts what will change."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.output import Page, deliver, forms, print_problem
from acmrules.cli.parser import FOUND, UNREADABLE, UsageError
from acmrules.messages import printable
from acmrules.syntax.source import STANDARD_INPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from acmrules.cli.options import CheckOptions
    from acmrules.lint.findings import Finding, Report
    from acmrules.lint.forecast import Forecast
    from acmrules.model.batches import Batch
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.workspace.files import Disk
    from acmrules.workspace.load import Loader
    from acmrules.workspace.run import CheckedFiles


def check(options: CheckOptions) -> int:
    """Check files, fix them if that is requested, and print the report."""
    from acmrules.cli.stages import files_of, files_read, is_hook, progress_of
    from acmrules.model.batches import link
    from acmrules.workspace.discover import discover
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.load import Loader
    from acmrules.workspace.run import CheckedFiles, Stages

    _require_baseline(options)
    _require_text(options)
    until = _until(options)
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
    texts: dict[str, str] = {}
    differences = ""
    is_troubled = False
    if fixes:
        run = CheckedFiles(loader, batches, linked, report.findings, findings)
        texts, differences, is_troubled = _change(options, run, inputs)
    if texts:
        linked = [*loader.reloaded(batches, texts)]
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
    rendering = _Rendering(options, report, ahead, differences)
    _write_outputs(
        options,
        files,
        texts,
        lambda: deliver(
            options,
            rendering.render,
            files_read((*results.settings, *results.environments), inputs.order),
        ),
    )
    if is_troubled:
        code = max(code, UNREADABLE)
    return max(code, FOUND) if texts and options.diff else code


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


def _change(
    options: CheckOptions, run: CheckedFiles, inputs: Inputs
) -> tuple[dict[str, str], str, bool]:
    """Fix and suppress findings as options say.

    Return the new texts, `--diff`, and whether any was not written.
    """
    from acmrules.lint.fixes import FixResult, apply_until_stable
    from acmrules.messages import counted

    outcome = FixResult({}, {})
    if options.fix or not options.add_ignores:
        outcome = apply_until_stable(run, unsafe=options.unsafe_fixes)
        _print_rejected(options, outcome.rejected, "fixed")
    before, texts = outcome.before, outcome.texts
    suppressed: tuple[Finding, ...] = ()
    if options.add_ignores:
        from acmrules.lint.suppressions.add import add_suppressions

        least = options.min_severity
        added = add_suppressions(
            run,
            texts,
            options.add_ignores,
            may_edit=inputs.order.__contains__,
            is_meant=lambda finding: least is None or finding.severity >= least,
        )
        _print_rejected(options, added.rejected, "suppressed")
        before, texts = {**added.before, **before}, {**texts, **added.texts}
        suppressed = added.suppressed
    texts = {name: text for name, text in sorted(texts.items()) if text != before[name]}
    if options.diff:
        from acmrules.workspace.write import difference

        differences = []
        for name, text in texts.items():
            secrets = outcome.secrets.get(name, ())
            sides = (_masked(side, secrets) for side in (before[name], text))
            differences.append(difference(name, *sides))
        return texts, "".join(differences), False
    written = _written(options, before, texts)
    done = [("fixed", outcome.applied)] * options.fix
    done += [("suppressed", suppressed)] * bool(options.add_ignores)
    for word, findings in () if options.quiet else done:
        changed = [each for each in findings if each.file in written or written == texts]
        files = {each.file for each in changed} if options.add_ignores else written
        print_problem(f"{len(changed)} {word} in {counted(len(files), 'file')}")
    return written, "", len(written) < len(texts)


def _print_rejected(
    options: CheckOptions, rejected: Iterable[tuple[Finding, str]], word: str
) -> None:
    from acmrules.reports.tables import position

    for finding, reason in () if options.quiet else rejected:
        where = position(finding.location)
        print_problem(f"{where}: {finding.rule.id} not {word}: {reason}")


def _written(
    options: CheckOptions, before: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, str]:
    """Write new texts into their files, and return those that were written."""
    from acmrules.workspace.write import NotWritten, write

    written = {}
    folders = [path for path in options.paths if os.path.isdir(path)]
    for name, text in texts.items():
        try:
            if os.path.normpath(name) != os.path.normpath(_standard_input(options)):
                write(name, before[name], text, [os.curdir, *folders])
            written[name] = text
        except NotWritten as error:
            print_problem(error)
    return written


def _standard_input(options: CheckOptions) -> str:
    """Return the name of the file whose text is standard input."""
    return options.stdin_filename or STANDARD_INPUT


def _write_outputs(
    options: CheckOptions, files: Disk, texts: Mapping[str, str], write_report: Callable[[], None]
) -> None:
    """Print the report, on standard error if standard input is printed with its changes."""
    name = _standard_input(options)
    is_changed = (options.fix or options.add_ignores) and not options.diff
    if name not in options.paths or not is_changed:
        write_report()
        return
    from contextlib import redirect_stdout

    from acmrules.lint.fixes import encoded
    from acmrules.syntax.source import InputError

    with redirect_stdout(sys.stderr):
        write_report()
    try:
        data = files.read(name)
    except InputError:
        return  # The report has the reason.
    fixed = {os.path.normpath(each): text for each, text in texts.items()}
    own = os.path.normpath(name)
    sys.stdout.flush()
    sys.stdout.buffer.write(encoded(fixed[own], data) if own in fixed else data)


def _masked(text: str, secrets: Iterable[str]) -> str:
    """Return text with asterisks for secrets."""
    for secret in secrets:
        text = text.replace(secret, "*" * len(secret))
    return text
