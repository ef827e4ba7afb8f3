"""Whether a certificate that exists can be used, in words for reports."""

from __future__ import annotations

from acmrules.diagnosis.certificate import CertificateStatus
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.diagnosis.certificate import CertificateDetail

_UNUSABLE = {
    CertificateStatus.EXPIRED: "the certificate has expired",
    CertificateStatus.FAILED: "the request for the certificate failed",
    CertificateStatus.REVOKED: "the certificate was revoked",
    CertificateStatus.VALIDATION_TIMED_OUT: "the validation of the certificate timed out",
}


class Usability(Value):
    """Whether a certificate can be used, and why not; `text` is empty if there is nothing to say.

    `is_pending` is whether it waits for its validation: ACM may still issue it.
    """

    is_usable: bool = True
    is_pending: bool = False
    text: str = ""


def usability(existing: CertificateDetail | None, as_of: date | None = None) -> Usability:
    """Return whether a certificate can be used on a date; one that is only declared can be."""
    if existing is None:
        return Usability()
    status = existing.status
    if status is CertificateStatus.PENDING_VALIDATION:
        return Usability(is_pending=True, text="the certificate is pending validation")
    if status in _UNUSABLE:
        text = _UNUSABLE[status]  # type: ignore[index]
        if existing.failure_reason and status is CertificateStatus.FAILED:
            text = f"{text} (`{existing.failure_reason}`)"
        return Usability(is_usable=False, text=text)
    last_day = existing.not_after.date() if existing.not_after else None
    if as_of and last_day and last_day < as_of:
        return Usability(is_usable=False, text=f"the certificate expired on {last_day}")
    return Usability()
