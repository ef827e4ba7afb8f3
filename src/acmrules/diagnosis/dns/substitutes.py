"""What is at the name of a validation record instead of its CNAME record."""

from __future__ import annotations

from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.domains import parents
from acmrules.diagnosis.dns.evidence import records_at
from acmrules.diagnosis.dns.outcomes import RecordOutcome, View
from acmrules.diagnosis.dns.wording import code, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import dns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.certificate import ResourceRecord

_ALONE = ("TXT", "MX", "NS")


def in_place_of(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle | None:
    """Return what other data is at the name, `None` if the name does not exist."""
    if all(each.outcome is RecordOutcome.NXDOMAIN for each in views):
        return None
    for kind in dns.ALIAS_FLATTENED.value:
        if values := _values(case, record.name, kind):
            return _address(case, record, kind, values)
    for kind in _ALONE:
        if values := _values(case, record.name, kind):
            wildcard = wildcard_above(case, record.name, kind, values[0])
            return _other_data(case, record, kind, values, wildcard)
    return Obstacle(
        Cause.NO_CNAME,
        Certainty.LIKELY,
        Actor.YOU,
        f"the name {code(record.name)} exists, but has no CNAME record",
        said([each.answer for each in views], record.name, record.type),
        "publish the record; if it is there, turn off flattening and proxying for"
        " it at the DNS host",
        (case.publication(record.name, record.type, record.value),),
        source=dns.ALIAS_FLATTENED.source,
    )


def _values(case: Case, name: str, kind: str) -> tuple[str, ...]:
    found = (
        record.value
        for answer in case.evidence.about(name, kind)
        for record in records_at(answer, name, kind)
    )
    return tuple(dict.fromkeys(found))


def wildcard_above(case: Case, name: str, kind: str, value: str) -> str:
    """Return the wildcard whose record of a type has a value, empty if there is none."""
    # `*.example.com` answers for `*.www.example.com` too, so the last one counts.
    above = [each for each in parents(name.partition(".")[2]) if "." in each]
    found = (f"*.{each}" for each in reversed(above) if value in _values(case, f"*.{each}", kind))
    return next(found, "")


def _address(case: Case, record: ResourceRecord, kind: str, values: tuple[str, ...]) -> Obstacle:
    wildcard = wildcard_above(case, record.name, kind, values[0])
    proof = said(case.evidence.about(record.name, kind), record.name, kind)
    if wildcard:
        return Obstacle(
            Cause.NO_CNAME,
            Certainty.LIKELY,
            Actor.YOU,
            f"the wildcard record {code(wildcard)} answers for {code(record.name)}, which has no"
            " CNAME record",
            proof,
            "publish the record itself; it takes precedence over the wildcard",
            (case.publication(record.name, record.type, record.value),),
            source=dns.NAME_BEATS_WILDCARD.source,
        )
    return Obstacle(
        Cause.FLATTENED,
        Certainty.LIKELY,
        Actor.YOU,
        f"the DNS host answers for {code(record.name)} with an address instead of the CNAME record",
        proof,
        "turn off the proxy and CNAME flattening for this record, and check its value",
        (case.replacement(record.name, record.type, record.value),),
        source=dns.ALIAS_FLATTENED.source,
    )


def _other_data(
    case: Case, record: ResourceRecord, kind: str, values: tuple[str, ...], wildcard: str
) -> Obstacle:
    publication = case.publication(record.name, record.type, record.value)
    proof = said(case.evidence.about(record.name, kind), record.name, kind)
    remedy = "publish the CNAME record"
    if wildcard:
        return Obstacle(
            Cause.NO_CNAME,
            Certainty.LIKELY,
            Actor.YOU,
            f"the wildcard record {code(wildcard)} answers for {code(record.name)}, which has no"
            " CNAME record",
            proof,
            f"{remedy}; it takes precedence over the wildcard",
            (publication,),
            source=dns.NAME_BEATS_WILDCARD.source,
        )
    return Obstacle(
        Cause.OTHER_DATA,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the {kind} record at {code(record.name)} does not allow a CNAME record next to it",
        proof,
        f"remove the {kind} record, then {remedy}",
        (case.removal(record.name, kind, *values), publication),
        source=dns.CNAME_IS_ALONE.source,
    )
