"""The command `calendar`: renewals and manual work by date, and the use of the quotas."""

from __future__ import annotations

import gc

from acmrules.cli import overrides
from acmrules.cli.inputs import read_inventory
from acmrules.cli.output import as_json, deliver
from acmrules.cli.parser import CLEAN, FOUND, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.analysis.calendar import Calendar
    from acmrules.analysis.issuance import IssuanceRate
    from acmrules.analysis.quotas import QuotaUsage
    from acmrules.cli.inputs import InventoryInputs
    from acmrules.cli.output import Page
    from acmrules.cli.table import CalendarOptions
    from acmrules.workspace.resolver import SettingsResolver


def calendar(options: CalendarOptions) -> int:
    """Print the calendar of the certificates in files, and the use of the quotas."""
    from acmrules.analysis import calendar as analysis
    from acmrules.reports import calendar as report
    from acmrules.reports import quotas

    as_of = overrides.date_or_today(options.as_of)
    until = _last_date(options, as_of)
    inputs = read_inventory(options, options.paths)
    dates = analysis.calendar(inputs.inventory, as_of, until)
    rate = _issuance_rate(options, inputs.resolver, as_of)
    used = _quota_usage(inputs, dates, rate, as_of)

    def render(form: str, _: Page) -> str:
        if form == "json":
            from acmrules import __version__

            head = {"version": 1, "acmrules": __version__, "as_of": as_of.isoformat()}
            return as_json(head | report.as_data(dates) | {"quotas": quotas.as_data(used)})
        if form == "svg":
            from acmrules.reports import calendar_picture

            return calendar_picture.render(dates)
        return report.render(dates) + ("\n" + quotas.render(used) if dates.certificates else "")

    deliver(options, render, inputs.files)
    if inputs.code == CLEAN and used.is_exceeded:
        return FOUND
    return inputs.code


def _quota_usage(
    inputs: InventoryInputs, dates: Calendar, rate: IssuanceRate | str, as_of: date
) -> QuotaUsage:
    """Return the use of the quotas, by what exists where the files show it."""
    from acmrules.analysis.quotas import usage

    account = inputs.inventory.account
    if not account.certificates and not account.quotas:
        return usage(dates.certificates, rate, inputs.resolver, as_of)
    from acmrules.analysis.account_quotas import WithAccountQuotas, account_uses

    accounts = WithAccountQuotas(inputs.resolver, account, as_of)
    used = usage(dates.certificates, rate, accounts, as_of)
    return used.__replace__(existing=account_uses(account, as_of))


def _last_date(options: CalendarOptions, as_of: date) -> date:
    """Return the last date of the calendar; raises `UsageError` if there is no such calendar."""
    from acmrules.analysis.calendar import LAST_TURN

    until = options.until or max(as_of, LAST_TURN)
    if until < as_of:
        raise UsageError(f"option `--until`: {until} is before {as_of}")
    return until


def _issuance_rate(
    options: CalendarOptions, resolver: SettingsResolver, as_of: date
) -> IssuanceRate | str:
    """Return how many certificates the commits of a year created, or why this is unknown."""
    from acmrules.workspace.git import GitError
    from acmrules.workspace.git_history import issuance_rate

    # Every commit leaves syntax trees with reference cycles, too many to keep all of them.
    gc.enable()
    try:
        return issuance_rate(
            [*options.paths], resolver, as_of, options.since, options.kinds or None
        )
    except GitError as error:
        if options.since:
            raise UsageError(f"option `--since`: {error}") from None
        return str(error)
