"""How much of an account's quotas the certificates in some files use, and their edits in a year."""

from __future__ import annotations

from acmrules.limits import Quotas
from acmrules.renewal import Interval
from acmrules.request import Tool
from acmrules.values import Value
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Protocol

    from acmrules.analysis.calendar import CalendarCertificate, Choice
    from acmrules.analysis.issuance import IssuanceRate

    class Accounts(Protocol):
        """What the settings of a file state about the account that it is deployed to."""

        def account_of(self, file: str) -> str | None:
            """Return the account, if it is stated."""

        def quotas_of(self, file: str, region: str | None) -> Quotas | None:
            """Return the quotas in a Region, if any is stated."""


_DAYS_OF_A_YEAR = 365
_LEAST_DAYS = 30
"""Days from which a pace is told: a few edits of one week say nothing of a year."""

_NONE = Interval(0, 0)


class QuotaScope(Value):
    """For what a quota holds separately (fact 2.1); either may not be known."""

    account: str | None
    region: str | None


class QuotaUse(Value):
    """How many of a kind there are in a scope, and how many the account may have there.

    `quota` is a field of `Quotas`; `is_stated` is false for the default that every account has.
    """

    scope: QuotaScope
    quota: str
    number: Interval
    bound: int
    is_stated: bool

    @property
    def share(self) -> Interval:
        """Which part of the quota they use."""
        return self.number * Interval(1 / self.bound, 1 / self.bound)

    @property
    def is_exceeded(self) -> bool:
        """Whether there are surely more than there may be."""
        return self.number.least > self.bound


class QuotaUsage(Value):
    """What the files use of the quotas, and what their edits used in the days of a churn.

    `yearly` is that of a year at the same pace, without what the very first commit declared; there
    is none where the days are too few. `unknown` says why there is no churn.
    """

    in_place: tuple[QuotaUse, ...]
    churn: IssuanceRate | None = None
    made: tuple[QuotaUse, ...] = ()
    yearly: tuple[QuotaUse, ...] = ()
    unknown: str = ""

    @property
    def has_pace(self) -> bool:
        """Whether the edits of enough days are known to tell those of a year."""
        return self.churn is not None and self.churn.days >= _LEAST_DAYS

    @property
    def is_exceeded(self) -> bool:
        """Whether a quota is surely exceeded by what was counted."""
        return any(use.is_exceeded for use in (*self.in_place, *self.made))


def usage(
    known: Iterable[CalendarCertificate], churn: IssuanceRate | str, accounts: Accounts, as_of: date
) -> QuotaUsage:
    """Count the certificates in files, and those of a churn, or say why there is none."""
    in_place = uses(((each, True) for each in known), accounts, as_of, IN_PLACE)
    if isinstance(churn, str):
        return QuotaUsage(in_place, unknown=churn)
    made = uses(((e.certificate, e.is_sure) for e in churn.made), accounts, as_of, IN_A_YEAR)
    counted = QuotaUsage(in_place, churn, made)
    if not counted.has_pace:
        return counted
    pace = Interval(_DAYS_OF_A_YEAR / churn.days, _DAYS_OF_A_YEAR / churn.days)
    later = ((e.certificate, e.is_sure) for e in churn.made if not e.is_first)
    yearly = (
        use.__replace__(number=use.number * pace) for use in uses(later, accounts, as_of, IN_A_YEAR)
    )
    return counted.__replace__(yearly=tuple(yearly))


IN_PLACE = ("certificates", "imported_certificates")
IN_A_YEAR = ("yearly_requests", "yearly_imports")
"""The quotas of what is requested, and of what is imported."""


def uses(
    known: Iterable[tuple[CalendarCertificate, bool]],
    accounts: Accounts,
    as_of: date,
    quotas: tuple[str, str],
) -> tuple[QuotaUse, ...]:
    """Count certificates by account and Region against the quotas that hold there.

    Each comes with whether it surely counts. Those of private CAs never do (fact 2.11), and a list
    of names may be requested or not.
    """
    numbers: dict[tuple[QuotaScope, str], Interval] = {}
    bounds: dict[tuple[QuotaScope, str], tuple[int, bool]] = {}
    for certificate, is_sure in known:
        found = {_kind(each, quotas) for each in certificate.choices}
        counts = is_sure and len(found) == 1 and certificate.declaration.tool is not Tool.NAMES
        for quota, region in filter(None, found):
            key = QuotaScope(accounts.account_of(certificate.file), region), quota
            numbers[key] = numbers.get(key, _NONE) + Interval(counts, 1)
            bounds[key] = _bound(accounts.quotas_of(certificate.file, region), quota, as_of)
    return tuple(QuotaUse(*key, numbers[key], *bounds[key]) for key in sorted(numbers, key=repr))


def _kind(choice: Choice, quotas: tuple[str, str]) -> tuple[str, str | None] | None:
    """Return the quota that a certificate counts to, and its Region."""
    if isinstance(choice, ImportedCertificate):
        return quotas[1], None
    if choice is None or choice.is_private:
        return None
    return quotas[0], choice.region if isinstance(choice.region, str) else None


def _bound(stated: Quotas | None, quota: str, as_of: date) -> tuple[int, bool]:
    """Return a quota, and whether it was stated."""
    default: int = getattr(Quotas.on(as_of), quota)
    bound: int = getattr(stated, quota) if stated else default
    return bound, bound != default
