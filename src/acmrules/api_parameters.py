"""The parameters of `RequestCertificate`, as the API, its SDKs and its command line spell them.

Requests are read from them and written as them, and read from the description of a certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from acmrules.api_objects import ApiObject
from acmrules.errors import NotExpressible
from acmrules.messages import quoted
from acmrules.request import CertificateRequest, KeyAlgorithm, Tag, ValidationOption
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Members = dict[str, Any]
    """Strings, known or not, lists of strings, and lists of members."""

_MEMBERS = {
    "validation_method": "ValidationMethod",
    "validation_options": "DomainValidationOptions",
    "key_algorithm": "KeyAlgorithm",
    "certificate_authority_arn": "CertificateAuthorityArn",
    "export": "Export",
    "transparency_logging": "CertificateTransparencyLoggingPreference",
    "tags": "Tags",
    "idempotency_token": "IdempotencyToken",
    "managed_by": "ManagedBy",
    "root_hierarchy": "RootHierarchyType",
    "certificate_usage": "CertificateUsage",
}
ONLY_OF_API = ("IdempotencyToken", "ManagedBy", "RootHierarchyType", "CertificateUsage")
"""The members that neither CloudFormation nor Terraform has."""

_NOT_REQUESTABLE = ("import_fields", "extended_key_usages")

_OPTIONS = ("Export", "CertificateTransparencyLoggingPreference")
"""The members of `Options`."""

_OPTION_FIELDS = {
    "domain_name": "DomainName",
    "validation_domain": "ValidationDomain",
    "hosted_zone_id": "HostedZoneId",
}

_STRINGS = tuple(
    field
    for field, member in _MEMBERS.items()
    if member not in (*_OPTIONS, "DomainValidationOptions", "Tags")
)
"""The fields whose members are strings at the top."""

_REGION = 3
"""The index of the Region in an ARN."""


# From a request


def to_api(request: CertificateRequest) -> Members:
    """Return the parameters of a request; raises `NotExpressible`."""
    found = members(request)
    for unknown in unknowns(found):
        raise NotExpressible(f"has {quoted(unknown)}, but the API needs a value")
    for option in found.get("DomainValidationOptions", ()):
        refuse(dict(option), "the API", "HostedZoneId")
    options = {member: found.pop(member) for member in _OPTIONS if member in found}
    return found | ({"Options": options} if options else {})


def members(request: CertificateRequest) -> Members:
    """Return the values of a request by the member names of the API, without absent ones.

    Raises `NotExpressible` if the request has no names, or values that no request can have.
    """
    if not request.names:
        raise NotExpressible("has no names")
    first, *others = _names(request)
    found: Members = {"DomainName": first}
    if others:
        found["SubjectAlternativeNames"] = [*others]
    for field, member in _MEMBERS.items():
        value = getattr(request, field)
        if value not in (None, ()):
            found[member] = _data(value)
    for field in _NOT_REQUESTABLE:
        if getattr(request, field):
            raise NotExpressible(f"has `{field.replace('_', ' ')}`, which cannot be requested")
    return found


def _names(request: CertificateRequest) -> Iterator[Text]:
    """Yield the names in their original spelling, or partly known."""
    spellings = request.spellings or map(str, request.names)
    for name, spelling in zip(request.names, spellings, strict=True):
        yield _text(name) if isinstance(name, Unresolved | UnresolvedNames) else spelling


def _data(value: object) -> Text | Members | list[Any]:
    if isinstance(value, tuple):
        return [_entry(each) for each in value]
    return _text(value)


def _entry(value: ValidationOption | Tag | Unresolved) -> Text | Members | list[Any]:
    if isinstance(value, Unresolved):
        raise NotExpressible(f"has an unknown entry: {quoted(value)}")
    if not isinstance(value, ValidationOption):
        return {"Key": value.key} | ({} if value.value is None else {"Value": value.value})
    fields = {member: getattr(value, field) for field, member in _OPTION_FIELDS.items()}
    return {member: _text(each) for member, each in fields.items() if each is not None}


def _text(value: object) -> Text:
    if isinstance(value, UnresolvedNames):
        raise NotExpressible(f"has an unknown number of names: {quoted(value)}")
    if isinstance(value, Unresolved):
        return value
    return str(value.value if isinstance(value, Enum) else value)


def refuse(found: Members, language: str, *missing: str) -> None:
    """Raise `NotExpressible` for members that a language cannot express."""
    for member in missing:
        if member in found:
            raise NotExpressible(f"has `{member}`, which {language} cannot express")


def unknowns(data: Text | Members | list[Any]) -> Iterator[Unknown]:
    """Yield the unknown values in data."""
    if isinstance(data, Unresolved):
        yield from data.unknowns
    elif isinstance(data, list | dict):
        for each in data.values() if isinstance(data, dict) else data:
            yield from unknowns(each)


# To a request


def from_api(params: Mapping[str, object], region: str | None = None) -> CertificateRequest:
    """Return the request of parameters; raises `InvalidArgument`."""
    own = {*_MEMBERS.values()}.difference(_OPTIONS)
    given = ApiObject(params, "", {"DomainName", "SubjectAlternativeNames", "Options", *own})
    options = given.inner("Options", (*_OPTIONS, "ValidationMethod"))
    strings: dict[str, Any] = {field: given.text(_MEMBERS[field]) for field in _STRINGS}
    # The API has the method in its options too, with which it may be changed later.
    strings["validation_method"] = strings["validation_method"] or options.text("ValidationMethod")
    validations = given.objects("DomainValidationOptions", _OPTION_FIELDS.values())
    tags = given.objects("Tags", ("Key", "Value"))
    return CertificateRequest.of(
        [given.required("DomainName"), *given.texts("SubjectAlternativeNames")],
        **strings,
        validation_options=map(_option, validations),
        export=options.text("Export"),
        transparency_logging=options.text("CertificateTransparencyLoggingPreference"),
        tags=[Tag(each.required("Key"), each.text("Value")) for each in tags],
        region=region,
    )


def from_description(data: Mapping[str, object]) -> CertificateRequest:
    """Return the request for a certificate that is described; raises `InvalidArgument`."""
    outer = ApiObject(data, "")
    given = outer.inner("Certificate") if "Certificate" in outer.data else outer
    first = given.required("DomainName")
    options, validations = given.inner("Options"), given.objects("DomainValidationOptions")
    methods = [each.text("ValidationMethod") for each in (options, *validations)]
    arn = (given.text("CertificateArn") or "").split(":")
    by_name = map(_option, validations)
    return CertificateRequest.of(
        [first, *(name for name in given.texts("SubjectAlternativeNames") if name != first)],
        validation_method=next(filter(None, methods), None),
        # A description has the domain of each name, which is the name itself by default.
        validation_options=[
            each for each in by_name if each.validation_domain not in {None, each.domain_name}
        ],
        key_algorithm=as_requested(given.text("KeyAlgorithm")),
        certificate_authority_arn=given.text("CertificateAuthorityArn"),
        export=options.text("Export"),
        transparency_logging=options.text("CertificateTransparencyLoggingPreference"),
        managed_by=given.text("ManagedBy"),
        region=arn[_REGION] if len(arn) > _REGION else None,
        import_fields=("Certificate",) if given.text("Type") == "IMPORTED" else (),
        root_hierarchy=given.text("RootHierarchyType"),
        certificate_usage=given.text("CertificateUsage"),
    )


def _option(given: ApiObject) -> ValidationOption:
    name, domain = given.text("DomainName"), given.text("ValidationDomain")
    return ValidationOption(
        None if name is None else read_name(name),
        None if domain is None else read_name(domain),
        given.text("HostedZoneId"),
    )


def as_requested(algorithm: str | None) -> str | None:
    """Return a key algorithm, which descriptions may spell `RSA-2048`, as requests spell it."""
    plain = (algorithm or "").replace("-", "_")
    return plain if plain in {each.value for each in KeyAlgorithm} else algorithm
