"""The command `validation`: the steps until certificates are validated and renewed."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import deliver, forms, print_problem
from acmrules.cli.parser import FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.analysis.validation import Validation
    from acmrules.cli.output import Page
    from acmrules.cli.table import ValidationOptions


def validation(options: ValidationOptions) -> int:
    """Print the steps; the exit code is 1 if the validation of a certificate cannot succeed."""
    from acmrules.analysis.validation import validations
    from acmrules.cli.inputs import read_inventory

    inputs = read_inventory(options, options.paths, finds_environments=True)
    steps = validations(inputs.inventory, lambda file: inputs.resolver.settings_of(file).as_of)
    for form in forms(options):
        if form not in _REPORTS:
            _print_unwritable(steps, form)

    def render(form: str, page: Page) -> str:
        if form not in _REPORTS:
            return _records(options, steps, form)
        from acmrules.reports import validation as report

        if form == "text":
            return report.render(steps, is_colored=page.color)
        return report.render_json(steps, overrides.date_or_today(options.as_of))

    deliver(options, render, inputs.files)
    return inputs.code or (FOUND if any(each.obstacles for each in steps) else inputs.code)


_REPORTS = frozenset(("text", "json"))


def _print_unwritable(steps: Sequence[Validation], form: str) -> None:
    """Report the DNS records that a format cannot express."""
    from acmrules.writers import record_entries

    for missing in record_entries.unwritable_records(steps, form):
        print_problem(missing)


def _records(options: ValidationOptions, steps: Sequence[Validation], form: str) -> str:
    """Return the DNS records to publish."""
    from acmrules.writers import records

    suffixes = overrides.public_suffixes(options.suffix_list)
    return records.render(steps, form, suffixes.base_domain_name)
