"""Certificate requests: what the readers of all tools share."""

from __future__ import annotations

from acmrules.model.member_names import AWS, MemberNames
from acmrules.readers.fields import Fields
from acmrules.readers.texts import read_free, read_listed, read_reference
from acmrules.request import (
    CertificateRequest,
    CertificateUsage,
    KeyAlgorithm,
    RootHierarchyType,
    Tag,
    ValidationMethod,
    ValidationOption,
)
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames, read_member

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum
    from typing import TypeVar

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Listed
    from acmrules.readers.members import Meant, MemberCheck
    from acmrules.request import Path
    from acmrules.unresolved import ListedName, Text

    E = TypeVar("E", bound=Enum)

_REFERENCES = frozenset(
    ("certificate_authority_arn", "domain_name", "endpoint", "hosted_zone_id", "region", "role")
)
"""The fields that contain ARNs, ids, Regions and names, in requests and in ACME resources."""

_NOT_IN_REQUESTS: tuple[tuple[str, ...], None, tuple[str, ...]] = ((), None, ())
"""The values of `import_fields`, `create_before_destroy` and `extended_key_usages`."""


def read_request(
    fields: Fields,
    pointers: PointerMap,
    member_names: MemberNames = AWS,
    *,
    export: Text | None,
    transparency_logging: Text | None,
    region: Text | None,
    root_hierarchy: Text | None = None,
    certificate_usage: Text | None = None,
    check: MemberCheck | None = None,
) -> CertificateRequest:
    """Return a request, and add the pointers to its values to `pointers`.

    `member_names` are the names of the members in the tool's syntax. With `check`, unknown members
    are collected; without it, the members are known to be right. Raises `TypeMismatchError`.
    """
    region = None if region is None else read_reference(region)
    unknown = fields.reader.unknown(fields.data, fields.pointer)
    if unknown:
        pointers["names", 0] = pointers["names", 1] = fields.pointer, None
        request = unknown_request(unknown, region)
        return check.completed(request) if check else request
    meant = check.look(fields) if check else {}
    names = _names(fields, pointers, member_names, meant)
    parsed: dict[str, ListedName] = {}
    for index, (_, pointer, origin) in enumerate(names):
        pointers["names", index] = pointer, origin
    method = read_text(fields, member_names.method, ("validation_method",), pointers)
    algorithm = read_text(fields, member_names.algorithm, ("key_algorithm",), pointers)
    authority = ("certificate_authority_arn",)
    request = CertificateRequest(
        tuple(_parsed(name, parsed) for name, _, _ in names),
        tuple(str(name) for name, _, _ in names),
        _member(ValidationMethod, method),
        tuple(_options(fields, pointers, member_names, parsed, check)),
        _member(KeyAlgorithm, algorithm),
        read_text(fields, member_names.authority, authority, pointers),
        export,
        transparency_logging,
        tuple(_tags(fields, pointers, member_names, check)),
        read_text(fields, member_names.token, ("idempotency_token",), pointers),
        read_text(fields, member_names.managed_by, ("managed_by",), pointers),
        region,
        *_NOT_IN_REQUESTS,
        _member(RootHierarchyType, root_hierarchy),
        _member(CertificateUsage, certificate_usage),
    )
    return check.completed(request) if check else request


def unknown_request(unknown: Unresolved, region: Text | None) -> CertificateRequest:
    """Return a request in which everything but the Region is unknown."""
    names = (unknown, UnresolvedNames(unknown.unknowns[0]))
    return CertificateRequest(
        names,
        tuple(map(str, names)),
        validation_method=unknown,
        validation_options=(unknown,),
        key_algorithm=unknown,
        certificate_authority_arn=unknown,
        export=unknown,
        transparency_logging=unknown,
        tags=(unknown,),
        idempotency_token=unknown,
        managed_by=unknown,
        region=region,
        unknown_members=(unknown,),
    )


def read_text(fields: Fields, member: str, path: Path, pointers: PointerMap) -> Text | None:
    """Return a member's string, `None` if it is absent, and add its pointer to `pointers`."""
    value = _raw(fields, member, path, pointers) if member in fields.data else None
    if value is None:
        return None
    return read_reference(value) if path[-1] in _REFERENCES else read_free(value)


def _raw(fields: Fields, member: str, path: Path, pointers: PointerMap) -> Text | None:
    """Return a member's string as it is written, and add its pointer to `pointers`."""
    found = fields.text(member) if member in fields.data else None
    if found is None:
        return None
    value, pointer, origin = found
    pointers[path] = pointer, origin
    return value


def listed(found: Listed) -> ListedName:
    """Return an entry of a list of names; an invalid name becomes `Malformed`."""
    return read_listed(found[0])


def _parsed(name: Text | UnresolvedNames, parsed: dict[str, ListedName]) -> ListedName:
    """Return a parsed name; each string is parsed once, because options repeat the names."""
    if not isinstance(name, str):
        return read_listed(name)
    if name not in parsed:
        parsed[name] = read_listed(name)
    return parsed[name]


def _names(
    fields: Fields, pointers: PointerMap, member_names: MemberNames, meant: Meant
) -> list[Listed]:
    first: Listed
    if member_names.domain_name in fields.data:
        # ACM treats a name that a condition removes like an empty one.
        first = fields.text(member_names.domain_name) or ("", fields.pointer, None)
    elif member_names.domain_name in meant:
        first = (*meant[member_names.domain_name], None)
    else:
        raise TypeMismatchError((*fields.pointer, KEY), f"has no `{member_names.domain_name}`")
    if member_names.alternatives not in fields.data:
        pointers["names",] = first[1], None
        return [first]
    alternatives = fields.reader.settle(*fields.member(member_names.alternatives))
    pointers["names",] = alternatives[1], None
    return [first, *(fields.reader.texts(*alternatives) if alternatives[0] is not None else ())]


def _options(
    fields: Fields,
    pointers: PointerMap,
    member_names: MemberNames,
    parsed: dict[str, ListedName],
    check: MemberCheck | None,
) -> Iterator[ValidationOption | Unresolved]:
    if member_names.options in fields.data:
        pointers["validation_options",] = fields.member(member_names.options)[1], None
    for index, (data, pointer) in enumerate(fields.elements(member_names.options)):
        path = ("validation_options", index)
        pointers[path] = pointer, None
        unknown = fields.reader.unknown(data, pointer)
        if unknown:
            yield unknown
            continue
        option = Fields(fields.reader, data, pointer)
        name = _raw(option, member_names.option_name, (*path, "domain_name"), pointers)
        domain = _raw(option, member_names.option_domain, (*path, "validation_domain"), pointers)
        zone = read_text(option, member_names.option_zone, (*path, "hosted_zone_id"), pointers)
        if check and (meant := check.look(option, member_names.options, is_item=True)):
            name = name or _meant(meant, member_names.option_name)
            domain = domain or _meant(meant, member_names.option_domain)
            zone = zone or _meant(meant, member_names.option_zone)
        yield ValidationOption(
            None if name is None else _parsed(name, parsed),
            None if domain is None else _parsed(domain, parsed),
            zone,
        )


def _meant(meant: Meant, member: str) -> Unresolved | None:
    """Return the unknown value of a member that a misspelled one may mean."""
    return meant[member][0] if member in meant else None


def _tags(
    fields: Fields, pointers: PointerMap, member_names: MemberNames, check: MemberCheck | None
) -> Iterator[Tag | Unresolved]:
    for index, (data, pointer) in enumerate(fields.elements(member_names.tags)):
        path = ("tags", index)
        pointers[path] = pointer, None
        unknown = fields.reader.unknown(data, pointer)
        if unknown:
            yield unknown
            continue
        tag = Fields(fields.reader, data, pointer)
        key = read_text(tag, member_names.tag_key, (*path, "key"), pointers)
        value = read_text(tag, member_names.tag_value, (*path, "value"), pointers)
        if check and (meant := check.look(tag, member_names.tags, is_item=True)):
            key = key or _meant(meant, member_names.tag_key)
            value = _meant(meant, member_names.tag_value) if value is None else value
        yield Tag(key or "", value)


def _member(kind: type[E], text: Text | None) -> E | Malformed | Unresolved | None:
    return read_member(kind, text) if isinstance(text, str) else text
