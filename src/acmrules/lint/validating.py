"""The command that says what has to be done before the certificates in files are issued."""

from __future__ import annotations

import sys

from acmrules.errors import printable
from acmrules.lint.arguments import FOUND, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.lint.arguments import Arguments


def validate(given: Arguments) -> int:
    """Print what has to be done; the exit code is 1 if some of it cannot succeed as it stands."""
    from acmrules.facts.fact import LAUNCH
    from acmrules.lint import options
    from acmrules.lint.surveying import survey
    from acmrules.lint.validation import validations

    def as_of(file: str) -> date:
        day = surveyed.lookup.terms(file).as_of
        if day < LAUNCH:
            raise UsageError(f"there is no ACM on {day}, before {LAUNCH}")
        return day

    surveyed = survey(given)
    found = validations(surveyed.estate, as_of)
    form = given.last("format", "text")
    if form == "text":
        from acmrules.lint.reports import validation

        sys.stdout.write(validation.render(found))
    elif form == "json":
        from acmrules.lint.reports import validation

        sys.stdout.write(validation.render_json(found, options.day(given, "as_of")))
    else:
        from acmrules.lint.reports import records
        from acmrules.suffixlists import suffixes_from

        for missing in records.unwritten(found, form):
            print(f"acmrules: {printable(missing)}", file=sys.stderr)
        suffixes = suffixes_from(given.last("suffix_list", "publicsuffixlist"))
        sys.stdout.write(records.render(found, form, suffixes.base_domain_name))
    return surveyed.code or (FOUND if any(each.obstacles for each in found) else surveyed.code)
