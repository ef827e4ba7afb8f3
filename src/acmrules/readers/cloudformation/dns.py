"""The hosted zones and CAA records that a template declares."""

from __future__ import annotations

from acmrules.model.declaration import IMPORT
from acmrules.readers.cloudformation.consumers import is_created, properties_of
from acmrules.readers.dns import (
    HOST_TYPES,
    DnsResources,
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

    from acmrules.model.locations import Origin, PointerMap
    from acmrules.readers.cloudformation.intrinsics import Resolver
    from acmrules.readers.cloudformation.template import Resource
    from acmrules.readers.fields import Fields
    from acmrules.syntax.tree import Pointer

    PointerAndOrigin = tuple[Pointer, Origin | None]

_HOSTED_ZONE = "AWS::Route53::HostedZone"
_RECORD_SET = "AWS::Route53::RecordSet"
_RECORD_SET_GROUP = "AWS::Route53::RecordSetGroup"

_AUTHORITIES = frozenset(
    f"AWS::ACMPCA::{kind}" for kind in ("CertificateAuthority", "Permission", "Certificate")
)

TYPES = frozenset((_HOSTED_ZONE, _RECORD_SET, _RECORD_SET_GROUP)) | _AUTHORITIES
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
    of_authorities: list[tuple[str, str, Fields]] = []
    placed: list[ZoneRecord] = []
    for resource in resources:
        try:
            if not is_created(resolver, resource):
                continue
            properties = properties_of(resolver, resource)
            if resource.type in _AUTHORITIES:
                of_authorities.append((resource.type, resource.logical_id, properties))
                continue
            for zone in _zones(properties, resource):
                pointers["zones", len(zones)] = (*resource.pointer, KEY), None
                zones.append(zone)
            for record_set in _record_sets(properties, resource):
                for caa_record_set in _caa(record_set, resource):
                    pointers["caa", len(caa)] = record_set.pointer, None
                    caa.append(caa_record_set)
                if placed_record := _placed(record_set, properties, resource):
                    pointers["zone_records", len(placed)] = record_set.pointer, None
                    placed.append(placed_record)
                for record, pointer in _host_records(record_set, resource) if records else ():
                    pointers["records", len(host_records)] = pointer
                    host_records.append(record)
        except TypeMismatchError:
            continue
    found: tuple[Authority, ...] = ()
    if of_authorities:
        from acmrules.readers.authorities import CLOUDFORMATION, authorities

        found = authorities(of_authorities, CLOUDFORMATION)
        heads = {each.logical_id: (*each.pointer, KEY) for each in resources}
        for index, authority in enumerate(found):
            pointers["authorities", index] = heads[authority.address], None
    return DnsResources(
        tuple(zones), tuple(caa), pointers, tuple(host_records), found, tuple(placed)
    )


def _zones(properties: Fields, resource: Resource) -> Iterator[Zone]:
    name = properties.text("Name") if resource.type == _HOSTED_ZONE else None
    if name:
        zone_id = Unresolved((Unknown(f"${{{resource.logical_id}}}"),))
        yield Zone(absolute(name[0]), zone_id, resource.logical_id, "VPCs" in properties)


def _record_sets(properties: Fields, resource: Resource) -> list[Fields]:
    if resource.type == _RECORD_SET_GROUP:
        return properties.each("RecordSets")
    return [properties] if resource.type == _RECORD_SET else []


def _caa(record_set: Fields, resource: Resource) -> Iterator[CaaRecordSet]:
    name = record_set.text("Name")
    if name and record_set.literal("Type") == "CAA":
        records = record_set.texts("ResourceRecords")
        yield caa_set(absolute(name[0]), records, resource.logical_id)


def _placed(record_set: Fields, properties: Fields, resource: Resource) -> ZoneRecord | None:
    """Return a record whose zone is given by its id; a group gives it once for all records."""
    name = record_set.text("Name")
    zone = record_set.text("HostedZoneId") or properties.text("HostedZoneId")
    if name is None or zone is None:
        return None
    is_delegation = record_set.literal("Type") == "NS"
    values = record_set.texts("ResourceRecords") if is_delegation else None
    return zone_record(absolute(name[0]), zone[0], resource.logical_id, values)


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
