"""The validations of a certificate in responses of `ListCertificateDomainValidations`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from acmrules.api_objects import ApiObject
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    DomainValidation,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.diagnosis.responses import only_method, resource_record
from acmrules.request import ValidationMethod
from acmrules.unresolved import read_name


def domain_validations(data: Mapping[str, object], arn: str = "") -> CertificateDetail:
    """Return what a response of `ListCertificateDomainValidations` shows of its certificate.

    `validations` are those in force, and the validations of `update` those of the method that is
    requested. The response contains no ARN: `arn` is that of the call, empty if it is unknown.
    Raises `InvalidArgument`.
    """
    entries = ApiObject(data, "").objects("DomainValidationSummaryList")
    active = _configured(entries, "ActiveValidationConfiguration")
    requested = _configured(entries, "RequestedValidationConfiguration")
    return CertificateDetail(
        arn,
        names=tuple(read_name(each.required("DomainName")) for each in entries),
        method=only_method(active),
        validations=active,
        update=_update_to(requested),
    )


def _configured(entries: Iterable[ApiObject], member: str) -> tuple[DomainValidation, ...]:
    """Return the validations of one of the two configurations."""
    return tuple(
        _configuration(each.required("DomainName"), each.inner(member))
        for each in entries
        if each.has(member)
    )


def _configuration(name: str, given: ApiObject) -> DomainValidation:
    challenge = given.inner("ValidationChallenge")
    mail = challenge.inner("EmailValidationChallenge")
    return DomainValidation(
        read_name(name),
        given.member("ValidationMethod", ValidationMethod),
        given.member("ValidationStatus", ValidationStatus),
        resource_record(challenge.inner("DnsValidationChallenge")),
        mail.text("ValidationDomain"),
        mail.listed("ValidationEmails"),
    )


def _update_to(requested: tuple[DomainValidation, ...]) -> UpdateSummary | None:
    """Return the change of the method that the requested validations belong to."""
    if not requested:
        return None
    statuses = {each.status for each in requested}
    if ValidationStatus.FAILED in statuses:
        status = UpdateStatus.FAILED
    elif statuses == {ValidationStatus.SUCCESS}:
        status = UpdateStatus.SUCCESS
    else:
        status = UpdateStatus.PENDING_DOMAIN_VALIDATION
    return UpdateSummary(status, validations=requested)
