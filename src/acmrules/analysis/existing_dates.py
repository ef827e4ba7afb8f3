"""The dates of certificates that exist: when they are renewed, time out or expire."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from acmrules.analysis.existing_validation import deadline
from acmrules.analysis.inventory.outlook import is_validated_by_email
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    RenewalStatus,
)
from acmrules.diagnosis.expiry import renewal_start
from acmrules.diagnosis.not_renewed import is_of_acme
from acmrules.messages import quoted
from acmrules.model.placed import Placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.placed import Location


class DateKind(StrEnum):
    """What happens on a date of a certificate."""

    TIMES_OUT = "times-out"
    RENEWAL_BEGINS = "renewal-begins"
    RENEWAL_PENDING = "renewal-pending"
    EXPIRES = "expires"


class CertificateDate(Placed):
    """A date of a certificate that exists, and what happens then.

    `needs_you` is whether you have to act by then. `text` is a clause without a final period, and
    `name` the primary name, empty if it is unknown.
    """

    day: date
    kind: DateKind
    arn: str
    address: str
    name: str
    text: str
    needs_you: bool = False


def certificate_days(
    certificates: Iterable[tuple[Location | None, str, CertificateDetail]],
    as_of: date,
    until: date,
) -> tuple[CertificateDate, ...]:
    """Return the dates of the certificates that exist, from one date to another.

    Each certificate comes with its location and its address in the files. What was due before the
    first date and is not done yet is at that date.
    """
    found = [
        CertificateDate(
            location,
            max(moment.date(), as_of),
            kind,
            existing.arn,
            address,
            str(existing.names[0]) if existing.names else "",
            text,
            needs,
        )
        for location, address, existing in certificates
        for moment, kind, text, needs in _moments(existing, as_of)
        if moment.date() <= until
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.reading_order, each.arn)))


def _moments(
    existing: CertificateDetail, as_of: date
) -> Iterator[tuple[datetime, DateKind, str, bool]]:
    """Yield what happens to a certificate: when, what it is, a sentence, and whether you act."""
    ends = deadline(existing)
    if ends is not None:
        yield ends, DateKind.TIMES_OUT, "its validation times out", True
    end = existing.not_after
    if existing.status is not CertificateStatus.ISSUED or end is None or end.date() < as_of:
        return
    if existing.type is CertificateType.IMPORTED:
        yield end, DateKind.EXPIRES, "it expires: import a new certificate before", True
        return
    if is_of_acme(existing):
        text = "it expires: ACM does not renew certificates of ACME clients"
        yield end, DateKind.EXPIRES, text, True
        return
    status = existing.renewal.status if existing.renewal else None
    if status in {RenewalStatus.PENDING_VALIDATION, RenewalStatus.FAILED}:
        since = (existing.renewal and existing.renewal.updated_at) or renewal_start(existing) or end
        text = f"the status of its renewal is {quoted(status)}"
        yield min(since, end), DateKind.RENEWAL_PENDING, text, True
        if status is RenewalStatus.FAILED:
            yield end, DateKind.EXPIRES, "it expires: its renewal failed", True
            return
    elif existing.is_renewable is False and status is None:
        unused = " while no resource uses it" if existing.in_use is False else ""
        yield end, DateKind.EXPIRES, f"it expires: ACM does not renew it{unused}", True
        return
    elif status is None or status is RenewalStatus.SUCCESS:
        start = renewal_start(existing)
        if start is not None and is_validated_by_email(existing):
            yield start, DateKind.RENEWAL_BEGINS, "ACM sends mail for its renewal: approve it", True
        elif start is not None:
            yield start, DateKind.RENEWAL_BEGINS, "ACM begins to renew it", False
    yield end, DateKind.EXPIRES, "it expires, unless ACM renews it before", False
