"""The command `calendar`: what the coming years, and the account's quotas, ask of certificates."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.inputs import read_inventory
from acmrules.cli.parser import CLEAN, FOUND, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.analysis.issuance import IssuanceRate
    from acmrules.cli.parser import Arguments
    from acmrules.workspace.resolver import SettingsResolver


def calendar(given: Arguments) -> int:
    """Print what certificates ask for from day to day, and how much of the quotas they use."""
    from acmrules.analysis import calendar
    from acmrules.analysis.quotas import usage
    from acmrules.facts.fact import LAUNCH
    from acmrules.reports import calendar as report
    from acmrules.reports import quotas

    as_of = overrides.day(given, "as_of")
    if as_of < LAUNCH:
        raise UsageError(f"`--as-of {as_of}` lies before {LAUNCH}, when ACM was launched")
    until = overrides.day(given, "until") if given.has("until") else max(as_of, calendar.LAST_TURN)
    if until < as_of:
        raise UsageError(f"`--until {until}` lies before {as_of}")
    found = read_inventory(given)
    ahead = calendar.calendar(found.inventory, as_of, until)
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


def _churn(given: Arguments, lookup: SettingsResolver, as_of: date) -> IssuanceRate | str:
    """Return what the commits of a year made, or why that is not known."""
    from acmrules.workspace.git import GitError
    from acmrules.workspace.git_history import churn

    try:
        kinds = given.every("kind") or None
        return churn(given.operands, lookup, as_of, given.last("since") or None, kinds)
    except GitError as error:
        if given.has("since"):
            raise UsageError(f"option `--since`: {error}") from None
        return str(error)
