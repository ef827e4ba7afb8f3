"""The command `validation`: the steps until certificates are validated and renewed."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.output import print_problem, print_report
from acmrules.cli.parser import FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.analysis.validation import Validation
    from acmrules.cli.table import ValidationOptions


def validation(options: ValidationOptions) -> int:
    """Print the steps; the exit code is 1 if the validation of a certificate cannot succeed."""
    from acmrules.analysis.validation import validations
    from acmrules.cli.inputs import read_inventory

    inputs = read_inventory(options, options.paths, finds_environments=True)
    steps = validations(inputs.inventory, lambda file: inputs.resolver.settings_of(file).as_of)
    if options.format in {"text", "json"}:
        from acmrules.reports import validation as report

        if options.format == "text":
            print_report(report.render(steps))
        else:
            sys.stdout.write(report.render_json(steps, overrides.date_or_today(options.as_of)))
    else:
        _write_records(options, steps)
    return inputs.code or (FOUND if any(each.obstacles for each in steps) else inputs.code)


def _write_records(options: ValidationOptions, steps: Sequence[Validation]) -> None:
    """Print the DNS records to publish, and report those that the format cannot express."""
    from acmrules.writers import record_entries, records

    for missing in record_entries.unwritable_records(steps, options.format):
        print_problem(missing)
    suffixes = overrides.public_suffixes(options.suffix_list)
    sys.stdout.write(records.render(steps, options.format, suffixes.base_domain_name))
