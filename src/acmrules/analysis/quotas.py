"""The use of an account's quotas by certificates in files, and by their edits in a year."""

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
        """The accounts and quotas in the settings of files."""

        def account_of(self, file: str) -> str | None:
            """Return the account of a file, or `None` if it is not set."""

        def quotas_of(self, file: str, region: str | None) -> Quotas | None:
            """Return the quotas in a Region, or `None` if none is set."""


_DAYS_OF_A_YEAR = 365
_LEAST_DAYS = 30
"""Minimum number of days for a yearly estimate."""

_NONE = Interval(0, 0)


class QuotaScope(Value):
    """The account and the Region of a quota (fact 2.1), `None` if unknown."""

    account: str | None
    region: str | None


class QuotaUse(Value):
    """The use of one quota in a scope.

    `quota` is a field of `Quotas`, and `bound` is its value. `is_stated` is false if this is the
    default value of every account.
    """

    scope: QuotaScope
    quota: str
    number: Interval
    bound: int
    is_stated: bool

    @property
    def share(self) -> Interval:
        """The used share of the quota."""
        return self.number * Interval(1 / self.bound, 1 / self.bound)

    @property
    def is_exceeded(self) -> bool:
        """Whether the use certainly exceeds the quota."""
        return self.number.least > self.bound


class QuotaUsage(Value):
    """The use of the quotas by the certificates in files, and by the edits of some days.

    `yearly` is the estimate for a year at the same pace, without the certificates of the first
    commit; it is empty if there are too few days. `unknown` says why `issuance` is `None`.
    `existing` is the use by the certificates that exist, if the files show some.
    """

    in_place: tuple[QuotaUse, ...]
    issuance: IssuanceRate | None = None
    made: tuple[QuotaUse, ...] = ()
    yearly: tuple[QuotaUse, ...] = ()
    unknown: str = ""
    existing: tuple[QuotaUse, ...] = ()

    @property
    def has_pace(self) -> bool:
        """Whether there are enough days for a yearly estimate."""
        return self.issuance is not None and self.issuance.days >= _LEAST_DAYS

    @property
    def is_exceeded(self) -> bool:
        """Whether the counted certificates certainly exceed a quota."""
        return any(use.is_exceeded for use in (*self.in_place, *self.made, *self.existing))


def usage(
    known: Iterable[CalendarCertificate],
    issuance: IssuanceRate | str,
    accounts: Accounts,
    as_of: date,
) -> QuotaUsage:
    """Return the use of the quotas; `issuance` is a string if the history is unknown."""
    # Certificates that exist are counted where they are.
    in_files = ((each, True) for each in known if each.existing is None)
    in_place = uses(in_files, accounts, as_of, IN_PLACE)
    if isinstance(issuance, str):
        return QuotaUsage(in_place, unknown=issuance)
    made = uses(((e.certificate, e.is_sure) for e in issuance.made), accounts, as_of, IN_A_YEAR)
    counted = QuotaUsage(in_place, issuance, made)
    if not counted.has_pace:
        return counted
    pace = Interval(_DAYS_OF_A_YEAR / issuance.days, _DAYS_OF_A_YEAR / issuance.days)
    later = ((e.certificate, e.is_sure) for e in issuance.made if not e.is_first)
    yearly = (
        use.__replace__(number=use.number * pace) for use in uses(later, accounts, as_of, IN_A_YEAR)
    )
    return counted.__replace__(yearly=tuple(yearly))


IN_PLACE = ("certificates", "imported_certificates")
IN_A_YEAR = ("yearly_requests", "yearly_imports")
"""The quotas for requested and for imported certificates."""


def uses(
    known: Iterable[tuple[CalendarCertificate, bool]],
    accounts: Accounts,
    as_of: date,
    quotas: tuple[str, str],
) -> tuple[QuotaUse, ...]:
    """Count certificates by account and Region, with the quotas there.

    Each certificate comes with a flag that is true if it certainly counts. Certificates of private
    CAs never count (fact 2.11), and a list of names may not be a request.
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
    """Return the quota for a certificate, and its Region."""
    if isinstance(choice, ImportedCertificate):
        return quotas[1], None
    if choice is None or choice.is_private:
        return None
    return quotas[0], choice.region if isinstance(choice.region, str) else None


def _bound(stated: Quotas | None, quota: str, as_of: date) -> tuple[int, bool]:
    """Return the value of a quota, and whether it differs from the default."""
    default: int = getattr(Quotas.on(as_of=as_of), quota)
    bound: int = getattr(stated, quota) if stated else default
    return bound, bound != default
