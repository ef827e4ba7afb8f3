"""The command `calendar`: what the coming years, and the account's quotas, ask of certificates."""

from __future__ import annotations

import sys

from acmrules.lint import options
from acmrules.lint.arguments import UsageError
from acmrules.lint.surveying import survey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.arguments import Arguments


def calendar(given: Arguments) -> int:
    """Print what certificates ask for from day to day, and how much of the quotas they use."""
    from acmrules.facts.fact import LAUNCH
    from acmrules.lint import calendar
    from acmrules.lint.reports import calendar as report

    as_of = options.day(given, "as_of")
    if as_of < LAUNCH:
        raise UsageError(f"`--as-of {as_of}` lies before {LAUNCH}, when ACM was launched")
    until = options.day(given, "until") if given.has("until") else max(as_of, calendar.LAST_TURN)
    if until < as_of:
        raise UsageError(f"`--until {until}` lies before {as_of}")
    found = survey(given)
    ahead = calendar.calendar(found.estate, as_of, until)
    if given.last("format") == "json":
        from json import dumps

        sys.stdout.write(dumps(report.as_data(ahead), indent=2) + "\n")
    else:
        sys.stdout.write(report.render(ahead))
    return found.code
