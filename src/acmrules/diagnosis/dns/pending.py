"""The names of a certificate whose validation is open, and the records that validate them."""

from __future__ import annotations

from acmrules.contacts import mail_domain
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    FailureReason,
    RenewalStatus,
    UpdateStatus,
    ValidationStatus,
)
from acmrules.errors import AcmRulesError
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.request import ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = (
    CertificateStatus.PENDING_VALIDATION,
    CertificateStatus.VALIDATION_TIMED_OUT,
    CertificateStatus.FAILED,
)
_DECIDED_BY_DNS = (FailureReason.CAA_ERROR, FailureReason.NO_AVAILABLE_CONTACTS)
"""The known reasons of a failed request that DNS may explain; `OTHER` is as good as unknown."""

_OVER = (CertificateStatus.REVOKED, CertificateStatus.INACTIVE)


def pending(certificate: CertificateDetail) -> tuple[DomainValidation, ...]:
    """Return the validations that hold a certificate up, each once.

    These are those of the request until ACM issues the certificate, then those of a renewal or of a
    change of method that is not complete. One that succeeded is not among them.
    """
    if certificate.type not in {None, CertificateType.AMAZON_ISSUED}:
        return ()
    open_ = (each for each in _current(certificate) if each.status is not ValidationStatus.SUCCESS)
    return tuple(dict.fromkeys(open_))


def _current(certificate: CertificateDetail) -> Iterator[DomainValidation]:
    status, renewal, update = certificate.status, certificate.renewal, certificate.update
    if status in _OVER or (status is CertificateStatus.FAILED and not _may_be_dns(certificate)):
        return
    if status in _FIRST or not isinstance(status, CertificateStatus):
        yield from certificate.validations
        return
    if renewal and renewal.status is not RenewalStatus.SUCCESS:
        yield from renewal.validations
    if update and update.status is not UpdateStatus.SUCCESS:
        yield from update.validations


def _may_be_dns(certificate: CertificateDetail) -> bool:
    """Return whether DNS may be why a request failed."""
    reason = certificate.failure_reason
    is_known = isinstance(reason, FailureReason) and reason is not FailureReason.OTHER
    return not is_known or reason in _DECIDED_BY_DNS


def method_of(
    validation: DomainValidation, certificate: CertificateDetail
) -> ValidationMethod | None:
    """Return the method of a validation, `None` if it is unknown."""
    if isinstance(validation.method, ValidationMethod):
        return validation.method
    if validation.record:
        return ValidationMethod.DNS
    if validation.redirect:
        return ValidationMethod.HTTP
    if validation.validation_emails:
        return ValidationMethod.EMAIL
    method = certificate.method
    return method if isinstance(method, ValidationMethod) else None


def plain_name(name: Name) -> DomainName:
    """Return a name without its `*.`: its own record, and that of its wildcard, are the same."""
    return name.parent if isinstance(name, WildcardDomainName) else name


def domain_of_mail(validation: DomainValidation) -> str:
    """Return the domain whose mailboxes ACM writes to, empty if it is unknown (fact 3.4)."""
    if not isinstance(validation.name, Name):
        return ""
    try:
        return str(mail_domain(validation.name, validation.validation_domain))
    except AcmRulesError:
        return ""
