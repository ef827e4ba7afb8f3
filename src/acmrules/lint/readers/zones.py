"""The hosted zones and CAA records that a template declares."""

from __future__ import annotations

from acmrules.lint.readers.consumers import is_created, properties_of
from acmrules.lint.readers.places import KEY, Misfit
from acmrules.lint.readers.surroundings import Surroundings, absolute, caa_set
from acmrules.request import Unknown, Unresolved, Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.readers.fields import Fields
    from acmrules.lint.readers.intrinsics import Resolver
    from acmrules.lint.readers.places import Spots
    from acmrules.lint.readers.template import Resource
    from acmrules.request import CaaRecordSet

_HOSTED_ZONE = "AWS::Route53::HostedZone"
_RECORD_SET = "AWS::Route53::RecordSet"
_RECORD_SET_GROUP = "AWS::Route53::RecordSetGroup"

TYPES = frozenset((_HOSTED_ZONE, _RECORD_SET, _RECORD_SET_GROUP))
"""The types of resources that zones and CAA records are declared by."""


def surroundings(resolver: Resolver, resources: list[Resource]) -> Surroundings:
    """Return the zones and CAA records of resources; what is not as it should be is left out."""
    zones: list[Zone] = []
    caa: list[CaaRecordSet] = []
    spots: Spots = {}
    for resource in resources:
        try:
            if not is_created(resolver, resource):
                continue
            properties = properties_of(resolver, resource)
            for zone in _zones(properties, resource):
                spots["zones", len(zones)] = (*resource.pointer, KEY), None
                zones.append(zone)
            for record_set in _record_sets(properties, resource):
                for records in _caa(record_set, resource):
                    spots["caa", len(caa)] = record_set.pointer, None
                    caa.append(records)
        except Misfit:
            continue
    return Surroundings(tuple(zones), tuple(caa), spots)


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
