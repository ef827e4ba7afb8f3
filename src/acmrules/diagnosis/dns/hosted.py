"""Records that are in a hosted zone, but that resolvers do not see."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ResourceRecord
from acmrules.diagnosis.dns.case import Case, serves
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.domains import is_within
from acmrules.diagnosis.dns.evidence import Delegation
from acmrules.diagnosis.dns.outcomes import is_value
from acmrules.diagnosis.dns.wording import code, dig, in_zone, zone_called
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Obstacle,
    RecordAction,
    RecordChange,
)
from acmrules.facts import acm, sources
from acmrules.messages import quoted_list


def unseen(case: Case, record: ResourceRecord, proof: str) -> Obstacle | None:
    """Return why a record in a hosted zone is not published, `None` if no zone explains it.

    `proof` is what servers answer.
    """
    having = [zone for zone in case.evidence.zones_of(record.name) if has_record(zone, record)]
    public = [zone for zone in having if zone.is_private is not True]
    for zone in public:
        found = _of_public(case, record, zone, proof)
        if found:
            return found
    if having and not public:
        return _private(case, record, having[0], proof)
    return _perhaps_elsewhere(case, record, proof)


def _perhaps_elsewhere(case: Case, record: ResourceRecord, proof: str) -> Obstacle | None:
    """Return that a hosted zone is not delegated; not all of its records are known."""
    zone, delegated = _not_delegated(case, record)
    if zone is None or delegated is None or zone.is_complete:
        return None
    return _elsewhere(case, record, zone, delegated, proof).__replace__(
        certainty=Certainty.LIKELY,
        text=f"resolvers query other name servers than those of {zone_called(zone)}, which may"
        f" contain {code(record.name)}",
    )


def unused(case: Case, record: ResourceRecord, proof: str) -> Obstacle | None:
    """Return that the hosted zone of a name, which lacks the record too, is not delegated."""
    zone, delegated = _not_delegated(case, record)
    if zone is None or delegated is None or not zone.is_complete:
        return None
    return _elsewhere(case, record, zone, delegated, proof).__replace__(
        certainty=Certainty.LIKELY,
        text=f"resolvers query other name servers than those of {zone_called(zone)}",
        proof=_servers_seen(zone, delegated),
        remedy="add the record at the servers that resolvers query; or add it to"
        f" {zone_called(zone)}, and set its name servers at the registrar",
        changes=(),
    )


def _not_delegated(
    case: Case, record: ResourceRecord
) -> tuple[ZoneContent | None, Delegation | None]:
    """Return a public hosted zone of a name if no zone of its name is the delegated one."""
    delegated = case.delegation(record.name)
    zones = [each for each in case.evidence.zones_of(record.name) if each.is_private is not True]
    alike = [each for each in zones if delegated and each.name == delegated.zone]
    if not delegated or not alike or any(serves(each, delegated) for each in alike):
        return None, None
    return next((each for each in alike if not each.is_complete), alike[0]), delegated


def has_record(zone: ZoneContent, record: ResourceRecord) -> bool:
    """Return whether a zone contains a validation record with its value."""
    return any(
        each.type == record.type and is_value(each.value, record) for each in zone.at(record.name)
    )


def _of_public(
    case: Case, record: ResourceRecord, zone: ZoneContent, proof: str
) -> Obstacle | None:
    delegated = case.delegation(record.name)
    cut = zone.cut(record.name)
    if delegated and delegated.zone != zone.name and is_within(delegated.zone, zone.name):
        cut = delegated.zone
    if cut:
        return _child(case, record, zone, cut, proof)
    if delegated and not serves(zone, delegated):
        return _elsewhere(case, record, zone, delegated, proof)
    return _not_served(record, zone, delegated, proof) if delegated else None


def _not_served(
    record: ResourceRecord, zone: ZoneContent, delegated: Delegation, proof: str
) -> Obstacle:
    server = next(iter(delegated.servers), "")
    return Obstacle(
        Cause.RECORD_MISSING,
        Certainty.LIKELY,
        Actor.YOU,
        f"the record {code(record.name)} is in {zone_called(zone)}, but was not published at the"
        " time of the answers",
        proof,
        "wait a minute, then look up the record again",
        commands=(dig(record.type, record.name, server=server),),
        source=acm.RECORD_NAME_FORM.source,
    )


def _child(case: Case, record: ResourceRecord, zone: ZoneContent, cut: str, proof: str) -> Obstacle:
    own = [each for each in case.evidence.zones_of(record.name) if each.name == cut]
    zone_id = next((each.id for each in own if each.is_private is not True), "")
    return Obstacle(
        Cause.CHILD_ZONE,
        Certainty.CERTAIN,
        Actor.YOU,
        f"{zone_called(zone)} delegates {code(cut)}, so its own record {code(record.name)} is not"
        " visible",
        proof,
        f"add the record {in_zone(cut, zone_id)}",
        (
            RecordChange(
                RecordAction.PUBLISH, record.name, record.type, (record.value,), cut, zone_id
            ),
        ),
        (dig("NS", cut, "+trace"),),
        acm.RECORDS_BELOW_DELEGATION.source,
    )


def _elsewhere(
    case: Case, record: ResourceRecord, zone: ZoneContent, delegated: Delegation, proof: str
) -> Obstacle:
    """Return that the zone above points to other servers than those of the hosted zone."""
    servers = sorted(zone.name_servers)
    other = next(
        (
            each
            for each in case.evidence.zones_of(record.name)
            if each.is_private is not True and each.name_servers and serves(each, delegated)
        ),
        None,
    )
    if other:
        remedy = f"add the record to {zone_called(other)}, whose name servers resolvers query"
        if other.name != zone.name and servers:
            remedy += f", or delegate {code(zone.name)} to {', '.join(map(code, servers))}"
        changes: tuple[RecordChange, ...] = (
            case.publication(record.name, record.type, record.value),
        )
    else:
        remedy = _delegate(zone, delegated)
        changes = _name_servers(case, zone, servers, delegated)
    return Obstacle(
        Cause.OTHER_NAME_SERVERS,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the record {code(record.name)} is in {zone_called(zone)}, but resolvers query other"
        " name servers",
        f"{_servers_seen(zone, delegated)}; {proof}",
        remedy,
        changes,
        (dig("NS", zone.name, "+trace"),),
        sources.UG_DNSTS,
    )


def _servers_seen(zone: ZoneContent, delegated: Delegation) -> str:
    """Return which servers resolvers query, and which ones a hosted zone has."""
    if delegated.zone == zone.name:
        who = f"the parent zone of {code(zone.name)}" if delegated.by_parent else "the answer"
        seen = f"{who} lists {quoted_list(delegated.servers, 4)}"
    else:
        seen = f"the zone {code(delegated.zone)} does not delegate {code(zone.name)}"
    servers = sorted(zone.name_servers)
    own = quoted_list(servers, 4) if servers else "others"
    return f"{seen}; {zone_called(zone)} has {own}"


def _delegate(zone: ZoneContent, delegated: Delegation) -> str:
    """Return how to let resolvers query the servers of a hosted zone."""
    if delegated.zone != zone.name:
        return (
            f"in the zone {code(delegated.zone)}, delegate {code(zone.name)} to the name servers of"
            f" {zone_called(zone)}; or add the record there"
        )
    return (
        f"set the name servers of {code(zone.name)}, at its registrar or in its parent zone, to"
        f" those of {zone_called(zone)}; or add the record at the servers that resolvers query"
    )


def _name_servers(
    case: Case, zone: ZoneContent, servers: list[str], delegated: Delegation
) -> tuple[RecordChange, ...]:
    """Return the change of the delegation of a zone, in its parent zone if that is known."""
    if not servers:
        return ()
    is_new = delegated.zone != zone.name
    action = RecordAction.PUBLISH if is_new else RecordAction.CHANGE
    above = zone.name.partition(".")[2]
    zone_name, zone_id = (
        case.zone_to_edit(above) if is_new or above in _hosted_names(case, above) else ("", "")
    )
    return (RecordChange(action, zone.name, "NS", tuple(servers), zone_name, zone_id),)


def _hosted_names(case: Case, name: str) -> set[str]:
    return {zone.name for zone in case.evidence.zones_of(name)}


def _private(case: Case, record: ResourceRecord, zone: ZoneContent, proof: str) -> Obstacle:
    zone_name, zone_id = case.zone_to_edit(record.name)
    return Obstacle(
        Cause.PRIVATE_ZONE,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the record {code(record.name)} is only in {zone_called(zone)}, which ACM cannot see",
        proof,
        f"add the record {in_zone(zone_name, zone_id)}"
        f"{'' if zone_id else ', which must be public'}",
        (case.publication(record.name, record.type, record.value),),
        (dig("NS", zone_name or zone.name, "+trace"),),
        acm.ZONE_MUST_BE_PUBLIC.source,
    )
