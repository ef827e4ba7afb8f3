"""Certificates that exist, as the requests that obtained them or as imports."""

from __future__ import annotations

from acmrules.diagnosis.certificate import CertificateType
from acmrules.request import CertificateRequest, ValidationOption
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_name
from acmrules.x509 import Certificate, ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.model.declaration import Variant

_VERSION = 3
"""The version of X.509 of certificates with extensions, which all certificates with names have."""


def request_of(detail: CertificateDetail) -> CertificateRequest | None:
    """Return the request that obtained a certificate, `None` for an import.

    What a list does not contain is unknown, with the name of its member as the label.
    """
    if detail.type is CertificateType.IMPORTED:
        return None
    names = detail.names
    if not detail.names_known:
        names = (*names, UnresolvedNames(Unknown("SubjectAlternativeNames")))
    exports = {True: "ENABLED", False: "DISABLED"}
    authority = detail.certificate_authority_arn
    is_private = detail.type is CertificateType.PRIVATE
    unknown = () if detail.type else (_unknown("CertificateAuthorityArn"),)
    return CertificateRequest(
        names,
        tuple(map(str, names)),
        None if is_private else detail.method or _unknown("ValidationMethod"),
        tuple(_options(detail)),
        detail.key_algorithm or _unknown("KeyAlgorithm"),
        authority or (_unknown("CertificateAuthorityArn") if is_private or unknown else None),
        exports.get(detail.can_export) if detail.can_export is not None else None,
        detail.transparency_logging,
        managed_by=detail.managed_by,
        region=detail.region or None,
        root_hierarchy=detail.root_hierarchy,
        certificate_usage=detail.usage,
        unknown_members=unknown,
    )


def _options(detail: CertificateDetail) -> Iterator[ValidationOption]:
    """Yield the validation domains that are not the names themselves, as a request states them."""
    for each in detail.validations:
        if each.validation_domain is not None and each.validation_domain != str(each.name):
            yield ValidationOption(each.name, read_name(each.validation_domain))


def imported_of(detail: CertificateDetail) -> ImportedCertificate:
    """Return an imported certificate; without its dates, nothing of its content is known."""
    region = detail.region or None
    if detail.not_before is None or detail.not_after is None:
        return ImportedCertificate(exists=True, is_chain_known=False, region=region)
    leaf = Certificate(
        subject=f"CN={detail.names[0]}" if detail.names else "",
        issuer=detail.issuer or "",
        serial_number=_number(detail.serial),
        version=_VERSION,
        key_algorithm=str(detail.key_algorithm or ""),
        signed_with=None,
        first_day=detail.not_before.date(),
        last_day=detail.not_after.date(),
        octets=0,
        names=detail.names,
    )
    return ImportedCertificate(leaf=leaf, is_chain_known=False, exists=True, region=region)


def as_declared(variant: Variant, detail: CertificateDetail) -> Variant:
    """Return a variant with a certificate that exists, and with its request or its import."""
    request = request_of(detail)
    imported = None if request else imported_of(detail)
    return variant.__replace__(existing=detail, request=request, imported=imported)


def _unknown(member: str) -> Unresolved:
    return Unresolved((Unknown(member),))


def _number(serial: str | None) -> int:
    """Return a serial number, which descriptions write as hexadecimal bytes with colons."""
    digits = (serial or "").replace(":", "")
    try:
        return int(digits or "0", 16)
    except ValueError:
        return 0
