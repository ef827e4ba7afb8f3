"""The hosted zones and CAA records that a template declares."""

from __future__ import annotations

from acmrules.model.declaration import IMPORT
from acmrules.readers.cloudformation.consumers import is_created, properties_of
from acmrules.readers.dns import (
    HOST_TYPES,
    VALIDATION_TARGET,
    DnsResources,
    ZonesShown,
    absolute,
    caa_set,
    endpoint_named,
    host_record,
    zone_record,
)
from acmrules.resources import Authority, CaaRecordSet, Record, Zone, ZoneRecord
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.dns_validation import DnsValidation
    from acmrules.model.locations import Origin, PointerMap
    from acmrules.readers.cloudformation.intrinsics import Resolver
    from acmrules.readers.cloudformation.template import Resource
    from acmrules.readers.fields import Fields
    from acmrules.syntax.tree import Pointer

    PointerAndOrigin = tuple[Pointer, Origin | None]

_HOSTED_ZONE = "AWS::Route53::HostedZone"
_RECORD_SET = "AWS::Route53::RecordSet"
_RECORD_SET_GROUP = "AWS::Route53::RecordSetGroup"

_AUTHORITY_TYPES = frozenset(
    f"AWS::ACMPCA::{kind}" for kind in ("CertificateAuthority", "Permission", "Certificate")
)

TYPES = frozenset((_HOSTED_ZONE, _RECORD_SET, _RECORD_SET_GROUP)) | _AUTHORITY_TYPES
"""The resource types of zones, records and private CAs."""


def dns_resources(
    resolver: Resolver, resources: list[Resource], *, records: bool = False
) -> DnsResources:
    """Return the zones, CAA records and private CAs of resources, without invalid ones.

    With `records`, the records that point to hosts are included.
    """
    host_records: list[Record] = []
    zones: list[Zone] = []
    caa: list[CaaRecordSet] = []
    pointers: PointerMap = {}
    validating: list[Fields] = []
    of_authorities: list[tuple[str, str, Fields]] = []
    placing: list[tuple[str, Fields, Fields, Resource]] = []
    for resource in resources:
        try:
            if not is_created(resolver, resource):
                continue
            properties = properties_of(resolver, resource)
            if resource.type in _AUTHORITY_TYPES:
                of_authorities.append((resource.type, resource.logical_id, properties))
                continue
            for zone in _zones(properties, resource):
                pointers["zones", len(zones)] = (*resource.pointer, KEY), None
                zones.append(zone)
            for record_set in _record_sets(properties, resource):
                kind = record_set.literal("Type")
                if kind == "CAA" and (caa_record_set := _caa(record_set, resource)):
                    pointers["caa", len(caa)] = record_set.pointer, None
                    caa.append(caa_record_set)
                if _validates(record_set):
                    validating.append(record_set)
                placing.append((kind, record_set, properties, resource))
                for record, pointer in _host_records(record_set, resource) if records else ():
                    pointers["records", len(host_records)] = pointer
                    host_records.append(record)
        except TypeMismatchError:
            continue
    return DnsResources(
        tuple(zones),
        tuple(caa),
        pointers,
        tuple(host_records),
        _authorities(of_authorities, resources, pointers) if of_authorities else (),
        _zone_records(placing, pointers),
        _validation(validating, pointers) if validating else None,
    )


def _authorities(
    found: list[tuple[str, str, Fields]], resources: list[Resource], pointers: PointerMap
) -> tuple[Authority, ...]:
    from acmrules.readers.authorities import CLOUDFORMATION, authorities

    read = authorities(found, CLOUDFORMATION)
    heads = {each.logical_id: (*each.pointer, KEY) for each in resources}
    for index, authority in enumerate(read):
        pointers["authorities", index] = heads[authority.address], None
    return read


def _zones(properties: Fields, resource: Resource) -> Iterator[Zone]:
    name = properties.text("Name") if resource.type == _HOSTED_ZONE else None
    if name:
        zone_id = Unresolved((Unknown(f"${{{resource.logical_id}}}"),))
        yield Zone(absolute(name[0]), zone_id, resource.logical_id, "VPCs" in properties)


def _record_sets(properties: Fields, resource: Resource) -> list[Fields]:
    if resource.type == _RECORD_SET_GROUP:
        return properties.each("RecordSets")
    return [properties] if resource.type == _RECORD_SET else []


def _validates(record_set: Fields) -> bool:
    """Return whether a record has a literal value of ACM."""
    data = record_set.data.get("ResourceRecords")
    if type(data) is list and all(type(v) is str and VALIDATION_TARGET not in v for v in data):
        return False
    return any(
        isinstance(value, str) and VALIDATION_TARGET in value
        for value, *_ in record_set.texts("ResourceRecords")
    )


def _validation(record_sets: list[Fields], pointers: PointerMap) -> DnsValidation:
    """Return validation records as they are written."""
    from acmrules.dns_validation import DnsValidation, RecordResource

    records = []
    for index, record_set in enumerate(record_sets):
        name, kind = record_set.text("Name"), record_set.text("Type")
        value = record_set.texts("ResourceRecords")[0][0]
        path = ("dns_validation", "records", index)
        pointers[path] = record_set.pointer, None
        if name:
            pointers[(*path, "name")] = name[1:]
        records.append(
            RecordResource(
                str(record_set.pointer[1]),
                name=name and name[0],
                value=None if isinstance(value, UnresolvedNames) else value,
                type=kind and kind[0],
            )
        )
    return DnsValidation(tuple(records))


def _caa(record_set: Fields, resource: Resource) -> CaaRecordSet | None:
    name = record_set.text("Name")
    if name is None:
        return None
    return caa_set(absolute(name[0]), record_set.texts("ResourceRecords"), resource.logical_id)


def _zone_records(
    found: list[tuple[str, Fields, Fields, Resource]], pointers: PointerMap
) -> tuple[ZoneRecord, ...]:
    """Return the records whose zones are given by their ids, and add pointers to them.

    A record set has a type, its fields and those of its resource: a group gives the zone once.
    """
    placed: list[ZoneRecord] = []
    shown = ZonesShown(is_complete=any(kind == "NS" for kind, *_ in found))
    for kind, record_set, properties, resource in found:
        is_delegation = kind == "NS"
        try:
            zone = record_set.text("HostedZoneId") or properties.text("HostedZoneId")
            if zone is None or not (is_delegation or shown.needs(zone[0])):
                continue
            name = record_set.text("Name")
            values = record_set.texts("ResourceRecords") if is_delegation else None
        except TypeMismatchError:
            continue
        record = name and zone_record(absolute(name[0]), zone[0], resource.logical_id, values)
        if record:
            shown.add(record)
            pointers["zone_records", len(placed)] = record_set.pointer, None
            placed.append(record)
    return tuple(placed)


def _host_records(
    record_set: Fields, resource: Resource
) -> Iterator[tuple[Record, PointerAndOrigin]]:
    name = record_set.text("Name")
    if name is None or record_set.literal("Type") not in HOST_TYPES:
        return
    alias = record_set.inner("AliasTarget").text("DNSName")
    targets = [alias] if alias else record_set.texts("ResourceRecords")[:1]
    for target, _, _ in targets:
        is_address = record_set.literal("Type") != "CNAME" and not alias
        if not is_address and not isinstance(target, UnresolvedNames):
            found = host_record(absolute(name[0]), target, resource.logical_id, endpoint(target))
            yield from [(found, name[1:])] if found else ()


def endpoint(target: Text) -> str:
    """Return the target of a record: a logical id, a name, an import, or an empty string."""
    if isinstance(target, str):
        return endpoint_named(target)
    label = str(target).removeprefix("dualstack.")
    if label.startswith(IMPORT) and "${" not in label:
        return label
    is_whole = label.startswith("${") and label.find("}") == len(label) - 1
    return label[2:-1].partition(".")[0] if is_whole else ""
