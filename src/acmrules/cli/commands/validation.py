"""The command that says what has to be done before the certificates in files are issued."""

from __future__ import annotations

import sys

from acmrules.cli.parser import FOUND, UsageError
from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.cli.parser import Arguments


def validate(given: Arguments) -> int:
    """Print what has to be done; the exit code is 1 if some of it cannot succeed as it stands."""
    from acmrules.analysis.validation import validations
    from acmrules.cli import overrides
    from acmrules.cli.inputs import read_inventory
    from acmrules.facts.fact import LAUNCH

    def as_of(file: str) -> date:
        day = surveyed.lookup.terms(file).as_of
        if day < LAUNCH:
            raise UsageError(f"there is no ACM on {day}, before {LAUNCH}")
        return day

    surveyed = read_inventory(given)
    found = validations(surveyed.inventory, as_of)
    form = given.last("format", "text")
    if form == "text":
        from acmrules.reports import validation

        sys.stdout.write(validation.render(found))
    elif form == "json":
        from acmrules.reports import validation

        sys.stdout.write(validation.render_json(found, overrides.day(given, "as_of")))
    else:
        from acmrules.suffix_lists import suffixes_from
        from acmrules.writers import record_entries, records

        for missing in record_entries.unwritable_records(found, form):
            print(f"acmrules: {printable(missing)}", file=sys.stderr)
        suffixes = suffixes_from(given.last("suffix_list", "publicsuffixlist"))
        sys.stdout.write(records.render(found, form, suffixes.base_domain_name))
    return surveyed.code or (FOUND if any(each.obstacles for each in found) else surveyed.code)
