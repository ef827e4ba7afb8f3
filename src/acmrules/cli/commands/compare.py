"""The command `compare`: which edits replace certificates, and what they break."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import deliver, print_problem
from acmrules.cli.parser import CLEAN, FOUND, UsageError
from acmrules.cli.stages import progress_of, write_troubles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.changes import Verdict
    from acmrules.cli.output import Page
    from acmrules.cli.table import CompareOptions
    from acmrules.lint.rule import Severity
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.files import Files


def compare(options: CompareOptions) -> int:
    """Print the effects of edits: between two paths, since a revision, or of a plan.

    If a path shows what exists in an account, print how the other paths differ from that.
    """
    if not options.git and len(options.paths) > 1 and _shows_account(options.paths):
        return _drift(options)
    from acmrules.analysis.change_findings import findings
    from acmrules.analysis.changes import worst
    from acmrules.changes import Verdict
    from acmrules.reports import changes
    from acmrules.workspace.comparison import Comparison, ComparisonError
    from acmrules.workspace.git import GitError

    def require_known(inputs: Inputs, *both: Files) -> None:
        overrides.require_known_parameters(options, inputs, *both)

    progress = progress_of(options)
    sides = Comparison(
        overrides.settings_resolver(options),
        overrides.date_or_today(options.as_of),
        options.kinds or None,
        require_known=require_known if options.parameters else None,
        step=progress.step,
        declared=progress.declared,
    )
    try:
        edits = sides.compared([*options.paths], options.git)
    except (GitError, ComparisonError) as error:
        raise UsageError(str(error)) from None
    finally:
        progress.clear()
        for remark in sides.remarks:
            print_problem(remark)
    limit = Verdict.IMPOSSIBLE if options.fail_on is None else options.fail_on
    report = findings(
        edits,
        lambda file: sides.resolver.settings_of(file).linter,
        sides.as_of,
        sides.troubles.guard,
    )
    progress.finish(sides.resolver.settings_of)
    bars = tuple((each.file, _least_severity(limit)) for each in report.findings)
    report = report.__replace__(unreadable=sides.troubles.unreadable, fail_on=bars)
    code = write_troubles(sides.troubles, options.quiet)

    def render(form: str, page: Page) -> str:
        from acmrules.reports.findings.layout import Layout

        size = page.width, page.height
        layout = Layout(*size, page.color, links=page.links, is_quiet=bool(options.quiet))
        return changes.render(edits, report, form, os.getcwd(), layout)

    deliver(options, render, sides.declaring)
    if code:
        return code
    return FOUND if worst(edits) >= limit else CLEAN


def _shows_account(paths: tuple[str, ...]) -> bool:
    from acmrules.syntax.source import STANDARD_INPUT
    from acmrules.workspace.account_files import shows_account
    from acmrules.workspace.files import Disk

    named = (path for path in paths if path != STANDARD_INPUT and os.path.isfile(path))
    return any(shows_account(path, Disk()) for path in named)


def _drift(options: CompareOptions) -> int:
    """Print how the files differ from what exists in accounts."""
    from acmrules.analysis.drift import drift_report
    from acmrules.cli.inputs import read_inventory
    from acmrules.cli.options import InputOptions, ReadOptions
    from acmrules.cli.output import forms
    from acmrules.reports import drift

    if not set(forms(options)).issubset(drift.FORMATS):
        raise UsageError(f"drift from an account has the formats {', '.join(drift.FORMATS)}")
    shared = {field: getattr(options, field) for field in InputOptions._fields}
    inputs = read_inventory(
        ReadOptions(**shared), options.paths, finds_environments=True, joins=False
    )
    as_of = overrides.date_or_today(options.as_of)
    report = drift_report(inputs.inventory, inputs.resolver.account_of)
    if not report.pairs and inputs.code == CLEAN:
        raise UsageError("no certificate to compare with the account: give its templates too")

    def render(form: str, page: Page) -> str:
        return drift.render(report, form, as_of, is_colored=page.color)

    deliver(options, render, inputs.files)
    has_drift = any(each.is_certain for each in report.drifts)
    return inputs.code or (FOUND if has_drift else CLEAN)


def _least_severity(limit: Verdict) -> Severity:
    """Return the severity of the findings about an effect that fails the run."""
    from acmrules.changes import Verdict
    from acmrules.lint.rule import Severity

    severities = {Verdict.IMPOSSIBLE: Severity.ERROR, Verdict.IN_PLACE: Severity.NOTE}
    return severities.get(limit, Severity.WARNING)
