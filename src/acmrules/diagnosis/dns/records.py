"""What answers prove about the validation record of a name."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ResourceRecord, ValidationStatus
from acmrules.diagnosis.dns import servers, slips
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.evidence import is_within
from acmrules.diagnosis.dns.hosted import unseen
from acmrules.diagnosis.dns.outcomes import ACM_DOMAIN, Outcome, View, deciding, is_value, views_of
from acmrules.diagnosis.dns.substitutes import in_place_of, wildcard_above
from acmrules.diagnosis.dns.wording import code, dig, hops, in_zone, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import acm, dns
from acmrules.facts.fact import Fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.diagnosis.model import RecordChange


def obstacles(case: Case, record: ResourceRecord) -> tuple[Obstacle, ...]:
    """Return what answers prove about a validation record; empty if nothing is known about it.

    A record that is correct is the one obstacle `RECORD_CORRECT`.
    """
    views = views_of(record, case.evidence)
    if not views:
        return ()
    failure = servers.failure(case, record.name, views)
    shown = deciding(views)
    first = [failure] if failure else []
    if not shown:
        return tuple(first)
    found = servers.difference(case, record.name, views, record.value) or _wrong(
        case, record, shown
    )
    if found:
        return (*first, found)
    return tuple(first) or (_correct(case, record, shown),)


def _wrong(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle | None:
    """Return what is wrong with the record that servers agree on, `None` if it is correct."""
    view = views[0]
    if view.outcome is Outcome.CORRECT:
        return None
    if view.outcome is Outcome.LONG:
        return _long(case, record, views)
    if view.outcome is Outcome.OTHER:
        return _other(case, record, views)
    if view.outcome is Outcome.OPEN:
        return _unfinished(record, views)
    return (
        _misplaced(case, record, views)
        or unseen(case, record, _proof(record, views))
        or in_place_of(case, record, views)
        or _absent(case, record, views)
    )


def _proof(record: ResourceRecord, views: tuple[View, ...]) -> str:
    return said([each.answer for each in views], record.name, record.type)


def _obstacle(
    cause: Cause,
    text: str,
    proof: str,
    remedy: str,
    changes: tuple[RecordChange, ...],
    fact: Fact[Any],
    certainty: Certainty = Certainty.CERTAIN,
) -> Obstacle:
    return Obstacle(cause, certainty, Actor.YOU, text, proof, remedy, changes, source=fact.source)


# A record that is there


def _correct(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    proof = _proof(record, views)
    minutes = dns.RECORD_MINUTES.value
    if case.validation.status is ValidationStatus.FAILED:
        return Obstacle(
            Cause.NAME_FAILED,
            Certainty.CERTAIN,
            Actor.YOU,
            f"ACM no longer looks for the validation record {code(record.name)}, which is correct"
            " now",
            proof,
            "keep the record, and request the certificate again",
            source=dns.RECORD_MINUTES.source,
        )
    if not case.is_late:
        return Obstacle(
            Cause.RECORD_CORRECT,
            Certainty.CERTAIN,
            Actor.AWS,
            f"the validation record {code(record.name)} is correct",
            proof,
            f"wait: ACM needs up to {minutes} minutes",
            source=dns.RECORD_MINUTES.source,
        )
    return Obstacle(
        Cause.RECORD_CORRECT,
        Certainty.LIKELY,
        Actor.AWS,
        f"the validation record {code(record.name)} is correct, and no answer explains why ACM"
        " still waits",
        proof,
        f"if the record is older than {minutes} minutes, check that this certificate is the newest"
        " request for these names, and look up the record from other networks",
        source=dns.RECORD_MINUTES.source,
    )


def _long(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    places = next(n for n, each in enumerate(views[0].targets, 1) if is_value(each, record))
    most = dns.LONGEST_CHAIN.value
    return _obstacle(
        Cause.LONG_CHAIN,
        f"the chain from {code(record.name)} to the value has {hops(places)}; ACM follows {most}",
        " → ".join(map(code, (record.name, *views[0].targets[:places]))),
        f"set the value of {code(record.name)} to {code(record.value)} directly",
        (case.replacement(record.name, record.type, record.value),),
        dns.LONGEST_CHAIN,
    )


def _other(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    target = views[0].targets[0]
    if target.startswith((f"{record.value}.", f"{record.value[1:]}.")):
        return _with_zone(case, record, views, target)
    if is_within(target, ACM_DOMAIN):
        return _other_value(case, record, views, target)
    return _other_target(case, record, views, target)


def _unfinished(record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    last = views[0].targets[-1]
    return Obstacle(
        Cause.OTHER_TARGET,
        Certainty.OPEN,
        Actor.YOU,
        f"the record {code(record.name)} points to {code(last)}, which was not looked up",
        _proof(record, views),
        f"if {code(last)} is not an alias of {code(record.value)}, set the value of"
        f" {code(record.name)} to {code(record.value)}",
        commands=(dig(record.type, last),),
        source=dns.LONGEST_CHAIN.source,
    )


def _with_zone(
    case: Case, record: ResourceRecord, views: tuple[View, ...], target: str
) -> Obstacle:
    added = target.partition(f"{ACM_DOMAIN}.")[2]
    return _obstacle(
        Cause.VALUE_WITH_DOMAIN,
        f"the DNS host added {code(added)} to the value of {code(record.name)}",
        _proof(record, views),
        f"enter the value with a final dot: {code(record.value + '.')}",
        (case.replacement(record.name, record.type, record.value),),
        dns.VALUE_WITH_ZONE,
    )


def _other_value(
    case: Case, record: ResourceRecord, views: tuple[View, ...], target: str
) -> Obstacle:
    own = (each for each in case.certificate.validations if each.record)
    owner = next((each.name for each in own if each.record and each.record.value == target), None)
    whose = f"is that of `{owner}`" if owner else "is not that of this request"
    return _obstacle(
        Cause.OTHER_VALUE,
        f"the value of {code(record.name)} {whose}",
        _proof(record, views),
        f"replace the value with {code(record.value)}",
        (case.replacement(record.name, record.type, record.value),),
        dns.VALUE_IS_OF_ONE_NAME,
    )


def _other_target(
    case: Case, record: ResourceRecord, views: tuple[View, ...], target: str
) -> Obstacle:
    wildcard = wildcard_above(case, record.name, record.type, target)
    if wildcard:
        text = f"the wildcard record {code(wildcard)} answers for {code(record.name)}"
        remedy = (
            f"add the CNAME record {code(record.name)} with the value {code(record.value)}; it"
            " takes precedence over the wildcard"
        )
        change = case.publication(record.name, record.type, record.value)
    else:
        text = (
            f"the record {code(record.name)} points to {code(target)}, which is not a name of ACM"
        )
        remedy = f"set the value of {code(record.name)} to {code(record.value)}"
        change = case.replacement(record.name, record.type, record.value)
    return _obstacle(
        Cause.OTHER_TARGET,
        text,
        _proof(record, views),
        remedy,
        (change,),
        dns.NAME_BEATS_WILDCARD,
        Certainty.LIKELY,
    )


# A record that is not there


def _misplaced(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle | None:
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
            return _absent(case, record, views, name)
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
    return _obstacle(
        Cause.DOUBLED_DOMAIN,
        f"the DNS host added {code(added)} to the name of the record once more",
        f"{_found_at(case, name)}; {_proof(record, views)}",
        f"enter the name without the zone: {code(record.name.removesuffix(f'.{added}'))}",
        _moved(case, record, name),
        dns.NAME_WITH_ZONE,
    )


def _without_underscore(
    case: Case, record: ResourceRecord, views: tuple[View, ...], name: str
) -> Obstacle:
    return _obstacle(
        Cause.UNDERSCORE_MISSING,
        "the name of the record lacks its leading underscore",
        f"{_found_at(case, name)}; {_proof(record, views)}",
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


def _absent(
    case: Case, record: ResourceRecord, views: tuple[View, ...], elsewhere: str = ""
) -> Obstacle:
    proof = _proof(record, views)
    delegated = case.delegation(record.name)
    if delegated and "." not in delegated.zone and views[0].outcome is Outcome.NXDOMAIN:
        return _unregistered(case, record, proof, delegated.zone)
    zone_name, zone_id = case.zone_to_edit(record.name)
    if elsewhere:
        proof = f"{_found_at(case, elsewhere)}; {proof}"
    return Obstacle(
        Cause.RECORD_MISSING,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the validation record {code(record.name)} is not published",
        proof,
        f"add the CNAME record {code(record.name)} with the value {code(record.value)}"
        f" {in_zone(zone_name, zone_id)}",
        (case.publication(record.name, record.type, record.value),),
        (dig("NS", zone_name or case.plain, "+trace"),),
        acm.RECORD_NAME_FORM.source,
    )


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
        source=dns.PARENT_DECIDES.source,
    )
