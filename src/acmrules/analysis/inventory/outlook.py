"""When certificates expire, and whether ACM renews them before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from acmrules.diagnosis.certificate import CertificateStatus, CertificateType, RenewalStatus
from acmrules.diagnosis.model import Actor, Cause, Diagnosis, Obstacle
from acmrules.renewal import renewal_window
from acmrules.values import Value

WITHIN = (30, 60, 90)
"""The days to expiry that the report counts."""

_RENEWAL = frozenset(
    (
        *(Cause.NOT_RENEWED, Cause.RENEWAL_FAILED, Cause.RENEWAL_PENDING),
        *(Cause.IMPORT_AGAIN, Cause.EXPORT_AGAIN, Cause.EXPIRES),
    )
)


class Outlook(Enum):
    """What happens before a certificate expires."""

    RENEWED = "ACM renews it"
    NOT_RENEWED = "ACM does not renew it"
    UNKNOWN = "unknown"


class Expiry(Value):
    """The expiry of an issued certificate.

    `days` are whole days from the report to the expiry. `renewal` is the date on which ACM starts
    to renew, `None` if it does not, or if that is unknown.
    """

    diagnosis: Diagnosis
    at: datetime
    days: int
    outlook: Outlook
    renewal: date | None = None


def renewal_obstacle(diagnosis: Diagnosis) -> Obstacle | None:
    """Return what stops the renewal until you act, `None` if nothing does."""
    if diagnosis.certificate.status is not CertificateStatus.ISSUED:
        return None
    for each in diagnosis.all_obstacles:
        if each.cause in _RENEWAL and each.actor is Actor.YOU:
            return each
    return None


def expiry_of(diagnosis: Diagnosis) -> Expiry | None:
    """Return the expiry of an issued certificate, `None` if there is none or it is unknown."""
    certificate = diagnosis.certificate
    end = certificate.not_after
    if end is None or certificate.status is not CertificateStatus.ISSUED or end < diagnosis.as_of:
        return None
    outlook = _outlook(diagnosis)
    start = None
    if outlook is Outlook.RENEWED:
        issued = certificate.issued_at or certificate.not_before
        is_private = certificate.type is CertificateType.PRIVATE
        as_of = diagnosis.as_of.date()
        days = renewal_window(
            as_of=as_of, private=is_private, issued_on=issued.date() if issued else None
        )
        start = end.date() - timedelta(days=days)
    return Expiry(diagnosis, end, (end - diagnosis.as_of).days, outlook, start)


def _outlook(diagnosis: Diagnosis) -> Outlook:
    certificate = diagnosis.certificate
    if certificate.is_renewable is False or renewal_obstacle(diagnosis):
        return Outlook.NOT_RENEWED
    if certificate.type is CertificateType.IMPORTED:
        return Outlook.NOT_RENEWED
    renewal = certificate.renewal.status if certificate.renewal else None
    if certificate.is_renewable or renewal is RenewalStatus.PENDING_AUTO_RENEWAL:
        return Outlook.RENEWED
    return Outlook.UNKNOWN
