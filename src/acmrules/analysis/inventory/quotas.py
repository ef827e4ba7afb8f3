"""The use of the quotas of accounts, from the certificates that exist and the quotas in force."""

from __future__ import annotations

from datetime import timedelta

from acmrules.analysis.quotas import QuotaScope, QuotaUse
from acmrules.diagnosis.certificate import CertificateStatus, CertificateType, KeyPairOrigin
from acmrules.facts import acm
from acmrules.limits import Quotas
from acmrules.renewal import Interval

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.model.account import ServiceQuota

_YEAR = timedelta(days=365)

_FIELDS = {name: field for field, name in acm.QUOTA_NAMES.value}
"""The quotas by their names in Service Quotas (fact 2.17)."""

_COUNTED = (CertificateStatus.PENDING_VALIDATION, CertificateStatus.ISSUED)
"""The states that count toward the quota; whether others do is disputed (fact 2.10)."""


class AccountQuotas:
    """The quotas of accounts in each Region: those in force, or the defaults."""

    def __init__(self, quotas: Iterable[ServiceQuota], as_of: datetime) -> None:
        self._defaults = Quotas.on(as_of=as_of.date())
        self._stated: dict[tuple[str, str], dict[str, int]] = {}
        for each in quotas:
            if each.name in _FIELDS and each.value >= 0:
                known = self._stated.setdefault((each.account, each.region), {})
                known[_FIELDS[each.name]] = int(each.value)

    def of(self, account: str, region: str) -> Quotas:
        """Return the quotas of an account in a Region."""
        return self._defaults.__replace__(**self._stated.get((account, region), {}))

    def is_stated(self, account: str, region: str, quota: str) -> bool:
        """Return whether the value of a quota is the one in force, not a default."""
        return quota in self._stated.get((account, region), {})


def quota_uses(
    certificates: Iterable[CertificateDetail], quotas: AccountQuotas, as_of: datetime
) -> tuple[QuotaUse, ...]:
    """Return the use of each quota by account and Region, the most used first.

    Certificates of private CAs and of ACME do not count (fact 2.11). The numbers of a year are
    minimums, because certificates that were deleted count too.
    """
    numbers: dict[tuple[str, str, str], Interval] = {}
    for each in certificates:
        for quota, number in _counts(each, as_of):
            key = each.account, each.region, quota
            numbers[key] = numbers.get(key, Interval(0, 0)) + number
    uses = (
        QuotaUse(
            QuotaScope(account or None, region or None),
            quota,
            number,
            getattr(quotas.of(account, region), quota),
            quotas.is_stated(account, region, quota),
        )
        for (account, region, quota), number in numbers.items()
    )
    return tuple(sorted(uses, key=_most_used))


def _most_used(use: QuotaUse) -> tuple[float, str, str, str]:
    share = use.number.least / use.bound if use.bound else float(use.number.least > 0)
    return -share, use.scope.account or "", use.scope.region or "", use.quota


def _counts(certificate: CertificateDetail, as_of: datetime) -> Iterator[tuple[str, Interval]]:
    if certificate.key_pair_origin is KeyPairOrigin.ACME:
        return
    in_place = _number(certificate.status in _COUNTED)
    if certificate.type is CertificateType.IMPORTED:
        yield "imported_certificates", in_place
        if _is_recent(certificate.imported_at, as_of):
            yield "yearly_imports", Interval(1)
    elif certificate.type is CertificateType.AMAZON_ISSUED:
        yield "certificates", in_place
        if _is_recent(certificate.created_at, as_of):
            yield "yearly_requests", Interval(1)


def _number(is_sure: bool) -> Interval:
    return Interval(int(is_sure), 1)


def _is_recent(moment: datetime | None, as_of: datetime) -> bool:
    return moment is not None and as_of - _YEAR < moment <= as_of
