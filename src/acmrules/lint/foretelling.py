"""The command `calendar`: what the coming years, and the account's quotas, ask of certificates."""

from __future__ import annotations

import sys

from acmrules.lint import options
from acmrules.lint.arguments import CLEAN, FOUND, UsageError
from acmrules.lint.surveying import survey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.lint.arguments import Arguments
    from acmrules.lint.churn import Churn
    from acmrules.lint.terms import Lookup


def calendar(given: Arguments) -> int:
    """Print what certificates ask for from day to day, and how much of the quotas they use."""
    from acmrules.facts.fact import LAUNCH
    from acmrules.lint import calendar
    from acmrules.lint.reports import calendar as report
    from acmrules.lint.reports import quotas
    from acmrules.lint.usage import usage

    as_of = options.day(given, "as_of")
    if as_of < LAUNCH:
        raise UsageError(f"`--as-of {as_of}` lies before {LAUNCH}, when ACM was launched")
    until = options.day(given, "until") if given.has("until") else max(as_of, calendar.LAST_TURN)
    if until < as_of:
        raise UsageError(f"`--until {until}` lies before {as_of}")
    found = survey(given)
    ahead = calendar.calendar(found.estate, as_of, until)
    used = usage(ahead.certificates, _churn(given, found.lookup, as_of), found.lookup, as_of)
    if given.last("format") == "json":
        from json import dumps

        from acmrules import __version__

        head = {"version": 1, "acmrules": __version__, "as_of": as_of.isoformat()}
        data = head | report.as_data(ahead) | {"quotas": quotas.as_data(used)}
        sys.stdout.write(dumps(data, indent=2) + "\n")
    else:
        sys.stdout.write(report.render(ahead))
        if ahead.certificates:
            sys.stdout.write("\n" + quotas.render(used))
    if found.code == CLEAN and used.is_exceeded:
        return FOUND
    return found.code


def _churn(given: Arguments, lookup: Lookup, as_of: date) -> Churn | str:
    """Return what the commits of a year made, or why that is not known."""
    from acmrules.lint.churn import churn
    from acmrules.lint.history import NoHistory

    try:
        kinds = given.every("kind") or None
        return churn(given.operands, lookup, as_of, given.last("since") or None, kinds)
    except NoHistory as error:
        if given.has("since"):
            raise UsageError(f"option `--since`: {error}") from None
        return str(error)
