"""What the names of a certificate still show after ACM stopped validating them."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus, FailureReason
from acmrules.diagnosis.methods import open_methods
from acmrules.diagnosis.model import Cause, Certainty, NameDiagnosis, Obstacle
from acmrules.diagnosis.times import later
from acmrules.facts import acm
from acmrules.request import ValidationMethod
from acmrules.unresolved import Malformed

_RIGHT_NOW = (Cause.RECORD_CORRECT, Cause.NAME_FAILED)
_OVER = (
    CertificateStatus.VALIDATION_TIMED_OUT,
    CertificateStatus.FAILED,
    CertificateStatus.EXPIRED,
)


def validation_end(certificate: CertificateDetail) -> datetime | None:
    """Return when the validation of a request times out, `None` if that is unknown (fact 3.13)."""
    return later(certificate.created_at, hours=acm.VALIDATION_HOURS.value)


def is_overdue(certificate: CertificateDetail, as_of: datetime) -> bool:
    """Return whether a request that is pending should have timed out: its description is old."""
    end = validation_end(certificate)
    is_pending = certificate.status is CertificateStatus.PENDING_VALIDATION
    return is_pending and end is not None and end <= as_of


def has_expired(certificate: CertificateDetail, as_of: datetime) -> bool:
    """Return whether an issued certificate has expired, which its status may not show yet."""
    end = certificate.not_after
    is_issued = certificate.status is CertificateStatus.ISSUED
    return is_issued and end is not None and end <= as_of


def are_right(names: tuple[NameDiagnosis, ...]) -> bool:
    """Return whether answers prove of each name that it is right now, and of none a fault."""
    return bool(names) and all(map(_is_right, names))


def _is_right(name: NameDiagnosis) -> bool:
    known = [each.cause for each in name.obstacles if each.certainty is not Certainty.OPEN]
    return bool(known) and all(each in _RIGHT_NOW for each in known)


def still_relevant(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> tuple[NameDiagnosis, ...]:
    """Return the names without what no longer helps: what is right now, and useless look-ups."""
    if not (
        certificate.status in _OVER
        or is_overdue(certificate, as_of)
        or has_expired(certificate, as_of)
    ):
        return names
    return tuple(
        name.__replace__(
            obstacles=()
            if _is_right(name)
            else tuple(each for each in name.obstacles if _helps(certificate, each))
        )
        for name in names
    )


def _helps(certificate: CertificateDetail, obstacle: Obstacle) -> bool:
    """Return whether an obstacle says what to do before the next request."""
    if obstacle.cause in _RIGHT_NOW:
        return False
    if obstacle.certainty is not Certainty.OPEN:
        is_old = certificate.status is CertificateStatus.PENDING_VALIDATION
        return not (is_old and obstacle.cause in (Cause.MAIL_NOT_APPROVED, Cause.NO_MAIL_SENT))
    if certificate.status is CertificateStatus.FAILED:
        reason = certificate.failure_reason
        return reason in (None, FailureReason.CAA_ERROR) or isinstance(reason, Malformed)
    is_mail = ValidationMethod.EMAIL in open_methods(certificate)
    return certificate.status is CertificateStatus.VALIDATION_TIMED_OUT and not is_mail
