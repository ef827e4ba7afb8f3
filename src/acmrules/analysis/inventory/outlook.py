"""When certificates expire, and whether ACM renews them before."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    RenewalStatus,
    UpdateStatus,
)
from acmrules.diagnosis.expiry import renewal_start
from acmrules.diagnosis.model import Actor, Cause, Certainty, Diagnosis, State
from acmrules.request import ValidationMethod
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
    APPROVED = "renewed if you approve the email"
    VALIDATED = "renewed if you validate its names"
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


class NotRenewed(Value):
    """A certificate that expires unless you act: why, and what to do."""

    diagnosis: Diagnosis
    cause: Cause
    text: str
    remedy: str


def not_renewed(diagnosis: Diagnosis) -> NotRenewed | None:
    """Return what stops the renewal of an issued certificate, `None` if nothing does.

    Certificates that nothing uses are not meant: if they are needed, they are renewed.
    """
    certificate = diagnosis.certificate
    if certificate.status is not CertificateStatus.ISSUED:
        return None
    for each in diagnosis.all_obstacles:
        if each.cause in _RENEWAL and each.actor is Actor.YOU:
            return NotRenewed(diagnosis, each.cause, each.text, each.remedy)
    if certificate.type is CertificateType.IMPORTED:
        return NotRenewed(diagnosis, Cause.IMPORT_AGAIN, _IMPORTED, _IMPORT)
    if diagnosis.state is State.WAITING_FOR_YOU:
        # ACM is trying, and the files show that it cannot succeed.
        for each in diagnosis.all_obstacles:
            if each.actor is Actor.YOU and each.certainty is not Certainty.OPEN:
                return NotRenewed(diagnosis, each.cause, each.text, each.remedy)
    return None


_IMPORTED = "ACM does not renew imported certificates"
_IMPORT = "import a new certificate into the same ARN before this one expires"


def expiry_of(diagnosis: Diagnosis) -> Expiry | None:
    """Return the expiry of an issued certificate, `None` if there is none or it is unknown."""
    certificate = diagnosis.certificate
    end = certificate.not_after
    if end is None or certificate.status is not CertificateStatus.ISSUED or end < diagnosis.as_of:
        return None
    outlook = _outlook(diagnosis)
    is_renewed = outlook in (Outlook.RENEWED, Outlook.APPROVED)
    start = renewal_start(certificate) if is_renewed else None
    days = (end - diagnosis.as_of).days
    return Expiry(diagnosis, end, days, outlook, start and start.date())


def _outlook(diagnosis: Diagnosis) -> Outlook:
    certificate = diagnosis.certificate
    renewal = certificate.renewal.status if certificate.renewal else None
    is_trying = renewal is RenewalStatus.PENDING_AUTO_RENEWAL
    if renewal is RenewalStatus.PENDING_VALIDATION or (is_trying and not_renewed(diagnosis)):
        return Outlook.APPROVED if is_validated_by_email(certificate) else Outlook.VALIDATED
    if certificate.is_renewable is False or not_renewed(diagnosis):
        return Outlook.NOT_RENEWED
    if certificate.is_renewable or renewal is RenewalStatus.PENDING_AUTO_RENEWAL:
        return Outlook.APPROVED if is_validated_by_email(certificate) else Outlook.RENEWED
    return Outlook.UNKNOWN


def is_validated_by_email(certificate: CertificateDetail) -> bool:
    """Return whether the renewal of a certificate needs the approval of email."""
    if certificate.type not in (CertificateType.AMAZON_ISSUED, None):
        return False
    update = certificate.update.status if certificate.update else None
    if update is UpdateStatus.SUCCESS:
        return False
    if certificate.method is not None:
        return certificate.method is ValidationMethod.EMAIL
    return any(each.method is ValidationMethod.EMAIL for each in certificate.validations)
