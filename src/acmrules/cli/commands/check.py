"""The commands that judge files: `check`, with its fixes and its forecast, and `baseline`."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.output import terminal_height, terminal_width, wants_color
from acmrules.cli.parser import CLEAN, DEFECT, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from acmrules.cli.options import CheckOptions
    from acmrules.lint.findings import Finding, Report
    from acmrules.lint.forecast import Forecast
    from acmrules.workspace.run import Run


def check(options: CheckOptions) -> int:
    """Judge files, fix them if asked to, and report."""
    from acmrules.cli.progress import Progress
    from acmrules.workspace.run import Run

    baseline = options.baseline or os.devnull
    if baseline != os.devnull and not os.path.isfile(baseline):
        raise UsageError(f"option `--baseline`: there is no file `{baseline}`")
    until = _until(options)
    progress = Progress(sys.stderr)
    inputs: dict[str, bytes] = {}

    def judged(texts: Mapping[str, str], on: date | None = None) -> tuple[Run, Report]:
        """Judge the files, some with other texts than they hold, maybe as on another day."""
        kinds = options.kinds or None
        terms = overrides.settings_resolver(options, on).terms
        run = Run(terms, progress.step, kinds, texts, inputs, keep=until is not None)
        for path in options.paths:
            run.take(path)
        return run, run.report(on or overrides.date_or_today(options.as_of))

    run, report = judged({})
    texts: dict[str, str] = {}
    troubled = False
    if options.fix or options.diff:
        texts, troubled = _mended(options, report, lambda texts: judged(texts)[1].findings)
        run, report = judged(texts)
    ahead = None
    if until is not None:
        ahead = _ahead(run, report, until, lambda day: judged(texts, day)[1])
    progress.clear()
    for trouble in (*report.unreadable, *run.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    if not options.diff:
        _write_report(options, report, ahead)
    if run.defects:
        return DEFECT
    if report.unreadable or troubled:
        return UNREADABLE
    failed = any(map(run.is_failure, report.findings)) or (bool(texts) and options.diff)
    return FOUND if failed else CLEAN


def _until(options: CheckOptions) -> date | None:
    """Return the day up to which is foretold, if any; raises `UsageError`."""
    if options.until is None:
        if options.format == "svg":
            raise UsageError("format `svg` is the picture of a forecast; give `--until DAY` too")
        return None
    if options.format not in _FORETOLD:
        raise UsageError(f"`--until` is told in {', '.join(_FORETOLD)}")
    if options.until < overrides.date_or_today(options.as_of):
        raise UsageError(f"`--until {options.until}` lies before the day of the report")
    return options.until


_FORETOLD = ("text", "json", "svg")


def _ahead(run: Run, report: Report, until: date, judge: Callable[[date], Report]) -> Forecast:
    """Return what changes from the day of a report on, judging again on each turning day."""
    from acmrules.lint.forecast import Forecast, certificate_dates, histories, turning_days
    from acmrules.lint.rules import CATALOGUE

    as_of = report.as_of
    own = {
        day
        for declaration in run.declarations
        for day in certificate_dates(declaration, as_of, until)
    }
    days = sorted({*turning_days(CATALOGUE, as_of, until), *own} - {as_of})
    found = [(as_of, report.findings), *((day, judge(day).findings) for day in days)]
    return Forecast(as_of, until, (as_of, *days), histories(found, own))


def _write_report(options: CheckOptions, report: Report, ahead: Forecast | None) -> None:
    form = options.format
    if ahead is None or form == "text":
        from acmrules.reports.findings import render
        from acmrules.reports.findings.layout import Layout

        layout = Layout(
            terminal_width(),
            terminal_height(),
            wants_color(),
            options.show_undecided,
            options.statistics,
        )
        sys.stdout.write(render(report, form, os.getcwd(), layout))
        if ahead is not None:
            from acmrules.reports import forecast

            sys.stdout.write("\n" + forecast.render(ahead))
    elif form == "svg":
        from acmrules.reports import timeline

        sys.stdout.write(timeline.render(ahead))
    else:
        from acmrules.reports import forecast
        from acmrules.reports.findings import json

        sys.stdout.write(json.render(report, {"forecast": forecast.as_data(ahead)}))


def _mended(
    options: CheckOptions, report: Report, judge: Callable[[Mapping[str, str]], Iterable[Finding]]
) -> tuple[dict[str, str], bool]:
    """Fix what can be fixed; return the texts that came of it, and whether any was not written."""
    from acmrules.lint.fixes import apply_until_stable
    from acmrules.workspace.write import NotWritten, difference, write

    first = report.findings
    outcome = apply_until_stable(
        lambda texts: judge(texts) if texts else first, unsafe=options.unsafe_fixes
    )
    before = outcome.before
    texts = {name: text for name, text in sorted(outcome.texts.items()) if text != before[name]}
    for finding, reason in outcome.refused:
        start = finding.range.start if finding.range else None
        place = f"{finding.file}:{start.line}:{start.column}" if start else finding.file
        print(f"acmrules: {place}: {finding.rule.id} not fixed: {reason}", file=sys.stderr)
    if options.diff:
        for name, text in texts.items():
            sys.stdout.write(difference(name, before[name], text))
        return texts, False
    written = {}
    folders = [path for path in options.paths if os.path.isdir(path)]
    for name, text in texts.items():
        try:
            write(name, before[name], text, [os.curdir, *folders])
            written[name] = text
        except NotWritten as error:
            print(f"acmrules: {error}", file=sys.stderr)
    all_written = len(written) == len(texts)
    count = sum(all_written or finding.file in written for finding in outcome.fixed)
    where = "1 file" if len(written) == 1 else f"{len(written)} files"
    print(f"acmrules: {count} fixed in {where}", file=sys.stderr)
    return written, len(written) < len(texts)
