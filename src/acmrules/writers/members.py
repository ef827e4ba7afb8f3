"""The members of a request as plain data, which each writer translates to its language."""

from __future__ import annotations

from enum import Enum

from acmrules.errors import AcmRulesError
from acmrules.messages import quoted
from acmrules.request import CertificateRequest, Tag, ValidationOption
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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

TTL = 300
"""The time to live of validation records in seconds."""


class NotExpressible(AcmRulesError, ValueError):  # noqa: N818  (describes the request)
    """A request that a language cannot express; the message completes "the request"."""


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
    fields = {
        "DomainName": value.domain_name,
        "ValidationDomain": value.validation_domain,
        "HostedZoneId": value.hosted_zone_id,
    }
    return {key: _text(each) for key, each in fields.items() if each is not None}


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


def addresses(
    texts: Iterable[str], joined: Callable[[list[str]], str], taken: Iterable[str] = ()
) -> list[str]:
    """Return a distinct address for each text, made of its words."""
    counts = {address.lower(): 1 for address in taken}
    found = []
    for text in texts:
        words = words_of(text) or ["certificate"]
        plain = address = joined(words)
        while address.lower() in counts:
            counts[plain.lower()] += 1
            address = joined([*words, str(counts[plain.lower()])])
        counts[address.lower()] = 1
        found.append(address)
    return found


def words_of(name: str) -> list[str]:
    """Return the words in a name, from which an address can be made.

    >>> words_of("*.my-site.io")
    ['wildcard', 'my', 'site', 'io']
    """
    text = name.replace("*", "wildcard")
    return "".join(c if c.isascii() and c.isalnum() else " " for c in text).split()
