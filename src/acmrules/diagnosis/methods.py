"""The methods by which the names of a certificate are validated, and what each asks of you."""

from __future__ import annotations

from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.dns.pending import method_of, pending
from acmrules.facts import live
from acmrules.request import ValidationMethod

_REMEDIES = {
    ValidationMethod.DNS: "publish the validation records that are missing, and keep them",
    ValidationMethod.EMAIL: "approve the mail of ACM for each name",
    ValidationMethod.HTTP: "serve the content of HTTP validation for each name",
}


def open_methods(certificate: CertificateDetail) -> frozenset[ValidationMethod | None]:
    """Return the methods of the validations that hold a certificate up; `None` is unknown."""
    return frozenset(method_of(each, certificate) for each in pending(certificate)) or frozenset(
        {certificate.method if isinstance(certificate.method, ValidationMethod) else None}
    )


def renewal_remedy(certificate: CertificateDetail) -> str:
    """Return what to do for a renewal whose names ACM could not validate (fact L.20c)."""
    methods = open_methods(certificate)
    if None in methods:
        return live.RENEWAL_PENDING_VALIDATION.value.do
    steps = [remedy for method, remedy in _REMEDIES.items() if method in methods]
    return f"{', and '.join(steps)}; ACM then renews the certificate automatically"
