"""Hosted zones and record sets in the responses of Route 53."""

from __future__ import annotations

from acmrules.api_objects import ApiObject
from acmrules.diagnosis.answers import DnsRecord, HostedZone
from acmrules.errors import InvalidArgument
from acmrules.model.inventory import UNKNOWN_ZONE_ID
from acmrules.readers.account.collected import CORRECT
from acmrules.readers.account.record_names import canonical, record_data
from acmrules.readers.account.shapes import ZONES_BY_NAME
from acmrules.readers.dns import HOST_TYPES, endpoint_named, host_record
from acmrules.readers.texts import read_listed
from acmrules.resources import CaaRecordSet, Zone
from acmrules.syntax.tree import items, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.account.collected import Collected
    from acmrules.readers.account.shapes import Response
    from acmrules.syntax.tree import Data, Pointer

_LIST_RECORDS = "aws route53 list-resource-record-sets --hosted-zone-id"


def add_zones(response: Response, found: Collected) -> None:
    """Add the zones of `ListHostedZones` or `ListHostedZonesByName`."""
    place = (*response.pointer, "HostedZones")
    if type(response.data.get("HostedZones")) is not list:
        found.note(place, "the value of `HostedZones`", "is not a list", CORRECT)
    for index, data in enumerate(items(response.data.get("HostedZones"))):
        _add_zone(data, None, (*place, index), found)
    is_by_name = response.operation == ZONES_BY_NAME
    if not is_by_name and (response.data.get("IsTruncated") or "NextToken" in response.data):
        how = "run `aws route53 list-hosted-zones` without `--max-items` and `--no-paginate`"
        found.note(place, "the list of hosted zones", "is only the first part", how)


def add_zone(response: Response, found: Collected) -> None:
    """Add the zone of `GetHostedZone`, with the name servers of its delegation set."""
    delegation = mapping(response.data.get("DelegationSet"))
    servers = [canonical(each) for each in items(delegation.get("NameServers")) if _is_text(each)]
    place = (*response.pointer, "HostedZone")
    _add_zone(response.data.get("HostedZone"), tuple(servers) or None, place, found)


def add_records(response: Response, found: Collected) -> None:
    """Add the records of `ListResourceRecordSets`.

    The response does not name its zone, but each zone has one SOA record, whose owner is the zone.
    """
    place = (*response.pointer, "ResourceRecordSets")
    sets = response.data.get("ResourceRecordSets")
    if type(sets) is not list:
        found.note(place, "the value of `ResourceRecordSets`", "is not a list", CORRECT)
        return
    records: list[DnsRecord] = []
    read: list[tuple[int, ApiObject]] = []
    for index, data in enumerate(sets):
        try:
            given = ApiObject(data, "")
            records += _records(given)
        except InvalidArgument as error:
            found.note_invalid((*place, index), "a record set", error)
        else:
            read.append((index, given))
    id_ = _short_id(mapping(response.request).get("HostedZoneId"))
    name = next((each.name for each in records if each.type == "SOA"), None)
    if name is None:
        name = next((each.name for each in found.hosted(id_)), None)
    is_part = bool(
        {"NextToken", "NextRecordName"} & response.data.keys() or response.data.get("IsTruncated")
    )
    if is_part:
        how = f"run `{_LIST_RECORDS} {id_ or 'ID'}` without `--max-items` and `--no-paginate`"
        found.note(place, "the list of record sets", "is only a part", how)
    if name is None:
        if not is_part:
            how = f"run `{_LIST_RECORDS} ID` without `--query`, so that it has the SOA record"
            found.note(place, "the list of record sets", "does not show its zone", how)
        return
    servers = [e.value for e in records if e.type == "NS" and e.name == name]
    found.add_hosted(
        HostedZone(
            name,
            id_,
            None,
            tuple(servers) or None,
            tuple(records),
            is_complete=not is_part and len(read) == len(sets),
        )
    )
    if not found.has_zone(read_listed(name)):
        found.add_zone(Zone(read_listed(name), id_ or UNKNOWN_ZONE_ID, id_ or name), place)
    is_private = any(each.is_private for each in found.hosted(id_))
    for index, given in read if not is_private else ():
        _add_resources(given, (*place, index), found)


def _add_zone(
    data: Data, servers: tuple[str, ...] | None, place: Pointer, found: Collected
) -> None:
    try:
        given = ApiObject(data, "")
        name = canonical(given.required("Name"))
        id_ = _short_id(given.text("Id"))
        is_private = given.inner("Config").flag("PrivateZone")
    except InvalidArgument as error:
        found.note_invalid(place, "a hosted zone", error)
        return
    found.add_hosted(HostedZone(name, id_, is_private, servers))
    zone = Zone(read_listed(name), id_ or UNKNOWN_ZONE_ID, id_ or name, bool(is_private))
    found.add_zone(zone, (*place, "Name"))


def _records(given: ApiObject) -> list[DnsRecord]:
    """Return the records of a record set; the data of an alias is `ALIAS` and its target.

    An alias of the type CNAME has the same answer as a CNAME record to its target.
    """
    name, type_ = canonical(given.required("Name")), given.required("Type").upper()
    ttl = given.data.get("TTL")
    ttl = ttl if isinstance(ttl, int) else None
    if given.has("AliasTarget"):
        target = canonical(given.inner("AliasTarget").required("DNSName"))
        data = target if type_ == "CNAME" else f"ALIAS {target}"
        return [DnsRecord(name, type_, data, ttl)]
    values = [each.required("Value") for each in given.objects("ResourceRecords")]
    return [DnsRecord(name, type_, record_data(type_, value), ttl) for value in values]


def _add_resources(given: ApiObject, place: Pointer, found: Collected) -> None:
    """Add a CAA record set, or a record that points to a host."""
    name, type_ = canonical(given.required("Name")), given.required("Type").upper()
    values = [each.required("Value") for each in given.objects("ResourceRecords")]
    if type_ == "CAA" and values:
        found.dns_pointers["caa", len(found.caa)] = (*place, "Name"), None
        found.caa.append(CaaRecordSet(read_listed(name), tuple(values), name))
        return
    target = ""
    if given.has("AliasTarget"):
        target = given.inner("AliasTarget").required("DNSName")
    elif type_ == "CNAME" and values:
        target = values[0]
    if target and type_ in HOST_TYPES:
        host = canonical(target)
        record = host_record(read_listed(name), host, name, endpoint_named(host))
        if record is not None:
            found.dns_pointers["records", len(found.records)] = (*place, "Name"), None
            found.records.append(record)


def _short_id(id_: object) -> str:
    """Return the id of a zone without the path before it."""
    return id_.rpartition("/")[2] if isinstance(id_, str) else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)
