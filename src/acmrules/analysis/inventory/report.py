"""The report on accounts: the certificates that need you, those to tidy up, and what is unknown."""

from __future__ import annotations

from acmrules.analysis.account_quotas import account_uses
from acmrules.analysis.drift import is_unused
from acmrules.analysis.inventory.outlook import (
    Expiry,
    NotRenewed,
    expiry_of,
    is_validated_by_email,
    not_renewed,
)
from acmrules.analysis.inventory.overlaps import Merger, Redundancy, mergers, redundancies
from acmrules.analysis.inventory.quotas import AccountQuotas
from acmrules.analysis.quotas import QuotaUse
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    KeyPairOrigin,
)
from acmrules.diagnosis.model import Diagnosis, State
from acmrules.model.gaps import Gap, gaps
from acmrules.request import CertificateUsage
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from acmrules.model.account import Account
    from acmrules.suffixes import PublicSuffixes

NEEDS_YOU = (State.BROKEN, State.WAITING_FOR_YOU)

_FAILED = (
    CertificateStatus.FAILED,
    CertificateStatus.VALIDATION_TIMED_OUT,
    CertificateStatus.REVOKED,
    CertificateStatus.EXPIRED,
    CertificateStatus.INACTIVE,
)


class RegionCount(Value):
    """The certificates of an account in a Region: their number by state, in the order of `State`.

    `is_read` is false if AWS refused to list the Region.
    """

    account: str
    region: str
    states: tuple[int, ...]
    is_read: bool = True

    @property
    def total(self) -> int:
        """The number of certificates."""
        return sum(self.states)


class InventoryReport(Value):
    """The certificates of accounts at a point in time, sorted into sections.

    A certificate may be in several sections. `read_at` is when AWS was asked, `None` if unknown.
    `expiring` are those that expire within the days of the last section of `outlook.WITHIN`.
    """

    as_of: datetime
    read_at: datetime | None
    accounts: tuple[str, ...]
    diagnoses: tuple[Diagnosis, ...]
    regions: tuple[RegionCount, ...]
    pending: tuple[Diagnosis, ...]
    failed: tuple[Diagnosis, ...]
    expiries: tuple[Expiry, ...]
    not_renewed: tuple[NotRenewed, ...]
    unused: tuple[CertificateDetail, ...]
    emails: tuple[CertificateDetail, ...]
    redundant: tuple[Redundancy, ...]
    mergeable: tuple[Merger, ...]
    quotas: tuple[QuotaUse, ...]
    gaps: tuple[Gap, ...]

    @property
    def needs_you(self) -> int:
        """The number of certificates that wait for you."""
        return sum(each.state in NEEDS_YOU for each in self.diagnoses)

    @property
    def is_complete(self) -> bool:
        """Whether everything was read."""
        return all(each.is_gone for each in self.gaps)

    def number(self, state: State) -> int:
        """Return the number of certificates in a state."""
        return sum(each.state is state for each in self.diagnoses)


def inventory_report(
    account: Account, diagnoses: Iterable[Diagnosis], as_of: datetime, suffixes: PublicSuffixes
) -> InventoryReport:
    """Return the report on certificates; `account` is the rest of what AWS answered."""
    found = tuple(sorted(diagnoses, key=_place))
    known = [each.certificate for each in found]
    quotas = AccountQuotas(account.quotas, as_of)
    expiries = (expiry_of(each) for each in found)
    times = [each.at for each in account.listed if each.at]
    return InventoryReport(
        as_of,
        min(times, default=None),
        tuple(sorted({*account.ids, *(each.account for each in known if each.account)})),
        found,
        _regions(account, found),
        _by_deadline(
            each
            for each in found
            if each.certificate.status is CertificateStatus.PENDING_VALIDATION
        ),
        tuple(each for each in found if each.certificate.status in _FAILED),
        tuple(sorted((each for each in expiries if each), key=lambda each: each.at)),
        tuple(each for each in map(not_renewed, found) if each),
        tuple(each for each in known if _is_unused(each)),
        tuple(
            each
            for each in known
            if each.status is CertificateStatus.ISSUED and is_validated_by_email(each)
        ),
        redundancies(known),
        mergers(known, quotas.of, suffixes, as_of.date()),
        account_uses(account.__replace__(certificates=tuple(known)), as_of.date()),
        gaps(account),
    )


def _place(diagnosis: Diagnosis) -> tuple[str, str, str]:
    certificate = diagnosis.certificate
    return certificate.account, certificate.region, certificate.arn


def _by_deadline(diagnoses: Iterable[Diagnosis]) -> tuple[Diagnosis, ...]:
    return tuple(sorted(diagnoses, key=lambda each: str(each.deadline.at if each.deadline else "")))


def _regions(account: Account, diagnoses: tuple[Diagnosis, ...]) -> tuple[RegionCount, ...]:
    """Return the numbers of each Region that was read or refused, in order."""
    states = {state: place for place, state in enumerate(State)}
    listed = {(each.account, each.region) for each in account.listed}
    refused = {
        (each.account, each.region)
        for each in account.refusals
        if each.operation == "ListCertificates"
    }
    numbers: dict[tuple[str, str], list[int]] = {}
    for each in diagnoses:
        key = each.certificate.account, each.certificate.region
        numbers.setdefault(key, [0] * len(State))[states[each.state]] += 1
    for key in listed | refused:
        numbers.setdefault(key, [0] * len(State))
    return tuple(
        RegionCount(*key, tuple(counts), not (key in refused and key not in listed))
        for key, counts in sorted(numbers.items())
    )


def _is_unused(certificate: CertificateDetail) -> bool:
    """Return whether no resource uses a certificate that only resources can use.

    An exported certificate may be in use anywhere, and so may one of ACME.
    """
    return (
        certificate.status is CertificateStatus.ISSUED
        and is_unused(certificate)
        and certificate.can_export is not True
        and certificate.key_pair_origin is not KeyPairOrigin.ACME
        and certificate.usage is not CertificateUsage.CLIENT_AUTH_ONLY
    )
