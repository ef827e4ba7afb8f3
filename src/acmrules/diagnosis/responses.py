"""Certificates in the responses of the ACM API, as boto3 and the AWS CLI return them."""

from __future__ import annotations

from collections.abc import Mapping

from acmrules.api_objects import ApiObject
from acmrules.api_parameters import as_requested
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    FailureReason,
    HttpRedirect,
    KeyPairOrigin,
    RenewalStatus,
    RenewalSummary,
    ResourceRecord,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.diagnosis.dns.domains import canonical
from acmrules.request import (
    CertificateUsage,
    KeyAlgorithm,
    RootHierarchyType,
    ValidationMethod,
)
from acmrules.unresolved import Malformed, read_member, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ONLY_DESCRIBED = (
    "DomainValidationOptions",
    "FailureReason",
    "InUseBy",
    "Issuer",
    "Options",
    "RenewalSummary",
    "Serial",
    "SignatureAlgorithm",
    "Subject",
    "SubjectAlternativeNames",
    "UpdateSummary",
)
"""The members that a description has, and an entry of a list has not."""

_TIMES = {
    "created_at": "CreatedAt",
    "issued_at": "IssuedAt",
    "imported_at": "ImportedAt",
    "revoked_at": "RevokedAt",
}


def certificate(data: Mapping[str, object]) -> CertificateDetail:
    """Return the certificate of a response; raises `InvalidArgument`."""
    given = ApiObject(data, "")
    if given.has("Certificate") and not given.has("CertificateArn"):
        return _described(given.inner("Certificate"), whole=True)
    if given.has("X509Attributes", "CertificateMetadata"):
        return _found(given)
    if given.has(*_ONLY_DESCRIBED):
        return _described(given, whole=False)
    return _listed(given)


def _described(given: ApiObject, *, whole: bool) -> CertificateDetail:
    """Return a described certificate; `whole` is whether no member can be left out."""
    options = given.inner("Options")
    validations = _validations(given)
    first = given.required("DomainName") if whole else given.text("DomainName")
    in_use_by = given.listed("InUseBy")
    return CertificateDetail(
        given.required("CertificateArn"),
        names=_names(first, given.texts("SubjectAlternativeNames")),
        names_known=whole or given.has("SubjectAlternativeNames"),
        described=True,
        failure_reason=given.member("FailureReason", FailureReason),
        key_algorithm=_algorithm(given),
        method=options.member("ValidationMethod", ValidationMethod) or only_method(validations),
        validations=validations,
        not_before=given.time("NotBefore"),
        not_after=given.time("NotAfter"),
        revocation_reason=given.text("RevocationReason"),
        in_use=None if in_use_by is None else bool(in_use_by),
        in_use_by=in_use_by,
        renewal=_renewal(given),
        update=_update(given),
        certificate_authority_arn=given.text("CertificateAuthorityArn"),
        can_export=_is(options, "Export", "ENABLED", "DISABLED"),
        transparency_logging=options.text("CertificateTransparencyLoggingPreference"),
        issuer=given.text("Issuer"),
        serial=given.text("Serial"),
        key_usages=_usages(given, "KeyUsages"),
        extended_key_usages=_usages(given, "ExtendedKeyUsages"),
        **_common(given),
    )


def _listed(given: ApiObject) -> CertificateDetail:
    """Return an entry of `ListCertificates`, which has the first 100 names."""
    return CertificateDetail(
        given.required("CertificateArn"),
        names=_names(given.text("DomainName"), given.texts("SubjectAlternativeNameSummaries")),
        names_known=given.flag("HasAdditionalSubjectAlternativeNames") is False,
        key_algorithm=_algorithm(given),
        not_before=given.time("NotBefore"),
        not_after=given.time("NotAfter"),
        key_usages=given.listed("KeyUsages"),
        extended_key_usages=given.listed("ExtendedKeyUsages"),
        **_common(given),
        **_use_and_export(given),
    )


def _found(given: ApiObject) -> CertificateDetail:
    """Return an entry of `SearchCertificates`."""
    x509 = given.inner("X509Attributes")
    acm = given.inner("CertificateMetadata").inner("AcmCertificateMetadata")
    issuer, subject = x509.inner("Issuer"), x509.inner("Subject")
    alternative = x509.objects("SubjectAlternativeNames")
    names = [name for each in alternative if (name := each.text("DnsName")) is not None]
    common = subject.text("CommonName")
    status = acm.member("RenewalStatus", RenewalStatus)
    return CertificateDetail(
        given.required("CertificateArn"),
        # The common name of an imported certificate need not be a domain name.
        names=_names(common if common in names else None, names),
        names_known=x509.has("SubjectAlternativeNames"),
        key_algorithm=_algorithm(x509),
        method=acm.member("ValidationMethod", ValidationMethod),
        not_before=x509.time("NotBefore"),
        not_after=x509.time("NotAfter"),
        renewal=None if status is None else RenewalSummary(status),
        issuer=issuer.text("Organization") or issuer.text("CommonName"),
        serial=x509.text("SerialNumber"),
        key_usages=x509.listed("KeyUsages"),
        extended_key_usages=x509.listed("ExtendedKeyUsages"),
        **_common(acm),
        **_use_and_export(acm),
    )


def _common(given: ApiObject) -> dict[str, Any]:
    """Return the fields whose members have the same names in all shapes."""
    found: dict[str, Any] = {field: given.time(member) for field, member in _TIMES.items()}
    return found | {
        "type": given.member("Type", CertificateType),
        "status": given.member("Status", CertificateStatus),
        "is_renewable": _is(given, "RenewalEligibility", "ELIGIBLE", "INELIGIBLE"),
        "managed_by": given.text("ManagedBy"),
        "key_pair_origin": given.member("CertificateKeyPairOrigin", KeyPairOrigin),
        "acme_endpoint_arn": given.text("AcmeEndpointArn"),
        "root_hierarchy": given.member("RootHierarchyType", RootHierarchyType),
        "usage": given.member("CertificateUsage", CertificateUsage),
    }


def _use_and_export(given: ApiObject) -> dict[str, Any]:
    return {
        "in_use": given.flag("InUse"),
        "can_export": _is(given, "ExportOption", "ENABLED", "DISABLED"),
        "was_exported": given.flag("Exported"),
    }


# Parts of a description


def _validations(given: ApiObject) -> tuple[DomainValidation, ...]:
    return tuple(_validation(each) for each in given.objects("DomainValidationOptions"))


def _validation(given: ApiObject) -> DomainValidation:
    redirect = given.inner("HttpRedirect")
    return DomainValidation(
        read_name(given.required("DomainName")),
        given.member("ValidationMethod", ValidationMethod),
        given.member("ValidationStatus", ValidationStatus),
        resource_record(given),
        given.text("ValidationDomain"),
        given.listed("ValidationEmails"),
        HttpRedirect(redirect.required("RedirectFrom"), redirect.required("RedirectTo"))
        if given.has("HttpRedirect")
        else None,
    )


def resource_record(given: ApiObject) -> ResourceRecord | None:
    """Return the record in the member `ResourceRecord`, `None` without it."""
    if not given.has("ResourceRecord"):
        return None
    record = given.inner("ResourceRecord")
    return ResourceRecord(
        canonical(record.required("Name")),
        record.text("Type") or "CNAME",
        canonical(record.required("Value")),
    )


def _renewal(given: ApiObject) -> RenewalSummary | None:
    if not given.has("RenewalSummary"):
        return None
    summary = given.inner("RenewalSummary")
    return RenewalSummary(
        read_member(RenewalStatus, summary.required("RenewalStatus")),
        summary.member("RenewalStatusReason", FailureReason),
        _validations(summary),
        summary.time("UpdatedAt"),
    )


def _update(given: ApiObject) -> UpdateSummary | None:
    if not given.has("UpdateSummary"):
        return None
    summary = given.inner("UpdateSummary")
    return UpdateSummary(
        read_member(UpdateStatus, summary.required("Status")),
        summary.time("RequestedAt"),
        summary.time("UpdatedAt"),
    )


def only_method(
    validations: tuple[DomainValidation, ...],
) -> ValidationMethod | Malformed | None:
    """Return the method of all validations, `None` if they differ."""
    methods = {each.method for each in validations}
    return methods.pop() if len(methods) == 1 else None


# Members


def _names(first: str | None, others: list[str]) -> tuple[Any, ...]:
    listed = ([] if first is None else [first]) + others
    return tuple(dict.fromkeys(read_name(each) for each in listed))


def _is(given: ApiObject, member: str, yes: str, no: str) -> bool | None:
    return {yes: True, no: False}.get(given.text(member) or "")


def _algorithm(given: ApiObject) -> KeyAlgorithm | Malformed | None:
    text = as_requested(given.text("KeyAlgorithm"))
    return None if text is None else read_member(KeyAlgorithm, text)


def _usages(given: ApiObject, member: str) -> tuple[str, ...] | None:
    """Return the names of key usages, or the OID of one that has no name."""
    if not given.has(member):
        return None
    pairs = [(each.text("Name"), each.text("OID")) for each in given.objects(member)]
    return tuple(oid if oid and name in {None, "CUSTOM"} else name or "" for name, oid in pairs)
