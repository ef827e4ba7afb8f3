"""A validation record that is not published, or that is published under another name."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ResourceRecord
from acmrules.diagnosis.dns import slips
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.outcomes import RecordOutcome, View, is_value, proof_of
from acmrules.diagnosis.dns.remedies import yours
from acmrules.diagnosis.dns.wording import code, dig, in_zone
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import acm, dns, sources
from acmrules.messages import quoted_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.model import RecordChange


def misplaced(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle | None:
    """Return under which other name the record was written, `None` if under none of the usual."""
    zones = _zones(case, record)
    for name in slips.doubled(record.name, case.plain, zones):
        if _has_value(case, name, record):
            return _doubled(case, record, views, name)
    for name in slips.without_underscore(record.name):
        if _has_value(case, name, record):
            return _without_underscore(case, record, views, name)
    for name in slips.shortened(record.name, case.plain, zones):
        if _has_value(case, name, record):
            return missing(case, record, views, name)
    return None


def _zones(case: Case, record: ResourceRecord) -> tuple[str, ...]:
    delegated = case.delegation(record.name)
    hosted = (zone.name for zone in case.evidence.zones_of(record.name))
    return (*([delegated.zone] if delegated else []), *hosted)


def _has_value(case: Case, name: str, record: ResourceRecord) -> bool:
    """Return whether a CNAME record with the value, perhaps with the zone added, is at a name."""
    targets = case.evidence.chain(name)
    return any(
        is_value(each, record) or each.startswith(f"{record.value}.") for each in targets[:1]
    )


def _found_at(case: Case, name: str) -> str:
    return f"the record is at {code(name)}, with the value {code(case.evidence.chain(name)[0])}"


def _doubled(case: Case, record: ResourceRecord, views: tuple[View, ...], name: str) -> Obstacle:
    added = name.removeprefix(f"{record.name}.")
    return yours(
        Cause.DOUBLED_DOMAIN,
        f"the DNS host added {code(added)} to the name of the record once more",
        f"{_found_at(case, name)}; {proof_of(record, views)}",
        f"enter the name without the zone: {code(record.name.removesuffix(f'.{added}'))}",
        _moved(case, record, name),
        dns.NAME_WITH_ZONE,
    )


def _without_underscore(
    case: Case, record: ResourceRecord, views: tuple[View, ...], name: str
) -> Obstacle:
    return yours(
        Cause.UNDERSCORE_MISSING,
        "the name of the record lacks its leading underscore",
        f"{_found_at(case, name)}; {proof_of(record, views)}",
        f"change the name to {code(record.name)}",
        _moved(case, record, name),
        dns.NAME_UNDERSCORE_REQUIRED,
    )


def _moved(case: Case, record: ResourceRecord, name: str) -> tuple[RecordChange, ...]:
    """Return the changes that move a record from another name to its own."""
    return (
        case.publication(record.name, record.type, record.value),
        case.removal(name, record.type, *case.evidence.chain(name)[:1]),
    )


def missing(
    case: Case, record: ResourceRecord, views: tuple[View, ...], elsewhere: str = ""
) -> Obstacle:
    """Return that the record is not published, or only under the name `elsewhere`."""
    proof = proof_of(record, views)
    delegated = case.delegation(record.name)
    if delegated and "." not in delegated.zone and views[0].outcome is RecordOutcome.NXDOMAIN:
        return _unregistered(case, record, proof, delegated.zone)
    zone_name, zone_id = case.zone_to_edit(record.name)
    remedy = f"publish the record {in_zone(zone_name, zone_id)}"
    if elsewhere:
        proof = f"{_found_at(case, elsewhere)}; {proof}"
    elif not zone_id:
        remedy += "; if you did, check that the domain is delegated to that zone"
    return Obstacle(
        Cause.RECORD_MISSING,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the validation record {code(record.name)} is not published",
        f"{proof}{_listed(case, record)}",
        remedy,
        (case.publication(record.name, record.type, record.value),),
        (dig("NS", zone_name or case.plain, "+trace"),),
        acm.RECORD_NAME_FORM.source,
    )


def _listed(case: Case, record: ResourceRecord) -> str:
    """Return which name servers the parent zone lists, and which others the zone itself lists."""
    delegated = case.delegation(record.name)
    if not delegated or not delegated.by_parent:
        return ""
    text = f"; the parent zone lists {quoted_list(delegated.servers, 4)}"
    answers = case.evidence.about(delegated.zone, "NS")
    own = {each.value: None for answer in answers for each in answer.records if each.type == "NS"}
    if own and {*own} != {*delegated.servers}:
        text += f", but the zone itself {quoted_list([*own], 4)}"
    return text


def _unregistered(case: Case, record: ResourceRecord, proof: str, zone: str) -> Obstacle:
    return Obstacle(
        Cause.RECORD_MISSING,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the zone {code(zone)} does not delegate the domain of {code(case.plain)}",
        proof,
        "register the domain or renew its registration, set its name servers, and publish"
        f" {code(record.name)} with the value {code(record.value)}",
        commands=(dig("NS", case.plain, "+trace"),),
        source=sources.UG_DNSTS,
    )
