"""The members that requests have in common, by whatever tool they reach ACM."""

from __future__ import annotations

from acmrules.lint.readers.fields import Fields
from acmrules.lint.readers.places import KEY, Misfit
from acmrules.request import (
    CertificateRequest,
    KeyAlgorithm,
    Malformed,
    Tag,
    Unresolved,
    ValidationMethod,
    ValidationOption,
    read_member,
    read_name,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum
    from typing import TypeVar

    from acmrules.lint.readers.fields import Listed
    from acmrules.lint.readers.places import Spots
    from acmrules.request import ListedName, Path, Text, UnresolvedNames

    E = TypeVar("E", bound=Enum)

_ALTERNATIVES = "SubjectAlternativeNames"
_OPTIONS = "DomainValidationOptions"


def read_request(
    fields: Fields,
    spots: Spots,
    *,
    export: Text | None,
    transparency_logging: Text | None,
    region: Text | None,
) -> CertificateRequest:
    """Return a request, with what the API and CloudFormation call by the same names.

    Where each value stands is put into `spots`. Raises `Misfit`.
    """
    names = _names(fields, spots)
    parsed: dict[str, ListedName] = {}
    for index, (_, pointer, origin) in enumerate(names):
        spots["names", index] = pointer, origin
    method = read_text(fields, "ValidationMethod", ("validation_method",), spots)
    algorithm = read_text(fields, "KeyAlgorithm", ("key_algorithm",), spots)
    authority = ("certificate_authority_arn",)
    return CertificateRequest(
        tuple(_parsed(name, parsed) for name, _, _ in names),
        tuple(str(name) for name, _, _ in names),
        _member(ValidationMethod, method),
        tuple(_options(fields, spots, parsed)),
        _member(KeyAlgorithm, algorithm),
        read_text(fields, "CertificateAuthorityArn", authority, spots),
        export,
        transparency_logging,
        tuple(_tags(fields, spots)),
        read_text(fields, "IdempotencyToken", ("idempotency_token",), spots),
        read_text(fields, "ManagedBy", ("managed_by",), spots),
        region,
    )


def read_text(fields: Fields, member: str, path: Path, spots: Spots) -> Text | None:
    """Return a member's text, `None` where it is absent, and keep where it stands."""
    found = fields.text(member) if member in fields.data else None
    if found is None:
        return None
    value, pointer, origin = found
    spots[path] = pointer, origin
    return value


def listed(found: Listed) -> ListedName:
    """Return what stands in a list of names, without raising."""
    value = found[0]
    return read_name(value) if isinstance(value, str) else value


def _parsed(name: Text | UnresolvedNames, parsed: dict[str, ListedName]) -> ListedName:
    """Do the same once for each text: options repeat the names."""
    if not isinstance(name, str):
        return name
    if name not in parsed:
        parsed[name] = read_name(name)
    return parsed[name]


def _names(fields: Fields, spots: Spots) -> list[Listed]:
    unknown = fields.language.unknown(fields.data, fields.pointer)
    if unknown:
        return [(unknown, fields.pointer, None)]
    if "DomainName" not in fields.data:
        raise Misfit((*fields.pointer, KEY), "has no `DomainName`")
    # One that a condition takes away is as good as empty: ACM will say the same.
    first = fields.text("DomainName") or ("", fields.pointer, None)
    if _ALTERNATIVES not in fields.data:
        spots["names",] = first[1], None
        return [first]
    alternatives = fields.language.settle(*fields.member(_ALTERNATIVES))
    spots["names",] = alternatives[1], None
    return [first, *(fields.language.texts(*alternatives) if alternatives[0] is not None else ())]


def _options(
    fields: Fields, spots: Spots, parsed: dict[str, ListedName]
) -> Iterator[ValidationOption | Unresolved]:
    if _OPTIONS in fields.data:
        spots["validation_options",] = fields.member(_OPTIONS)[1], None
    for index, (data, pointer) in enumerate(fields.elements(_OPTIONS)):
        path = ("validation_options", index)
        spots[path] = pointer, None
        unknown = fields.language.unknown(data, pointer)
        if unknown:
            yield unknown
            continue
        option = Fields(fields.language, data, pointer)
        name = read_text(option, "DomainName", (*path, "domain_name"), spots)
        domain = read_text(option, "ValidationDomain", (*path, "validation_domain"), spots)
        yield ValidationOption(
            None if name is None else _parsed(name, parsed),
            None if domain is None else _parsed(domain, parsed),
            read_text(option, "HostedZoneId", (*path, "hosted_zone_id"), spots),
        )


def _tags(fields: Fields, spots: Spots) -> Iterator[Tag | Unresolved]:
    for index, (data, pointer) in enumerate(fields.elements("Tags")):
        path = ("tags", index)
        spots[path] = pointer, None
        unknown = fields.language.unknown(data, pointer)
        if unknown:
            yield unknown
            continue
        tag = Fields(fields.language, data, pointer)
        yield Tag(
            read_text(tag, "Key", (*path, "key"), spots) or "",
            read_text(tag, "Value", (*path, "value"), spots) or "",
        )


def _member(kind: type[E], text: Text | None) -> E | Malformed | Unresolved | None:
    return read_member(kind, text) if isinstance(text, str) else text
