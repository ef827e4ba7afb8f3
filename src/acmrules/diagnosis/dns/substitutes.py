"""What is at the name of a validation record instead of its CNAME record."""

from __future__ import annotations

from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.domains import parents
from acmrules.diagnosis.dns.evidence import records_at
from acmrules.diagnosis.dns.outcomes import RecordOutcome, View
from acmrules.diagnosis.dns.remedies import yours
from acmrules.diagnosis.dns.wording import code, said
from acmrules.diagnosis.model import Cause, Certainty, Obstacle
from acmrules.facts import dns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.certificate import ResourceRecord

_ALONE = ("TXT", "MX", "NS")


def in_place_of(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle | None:
    """Return what other data is at the name, `None` if the name does not exist."""
    if all(each.outcome is RecordOutcome.NXDOMAIN for each in views):
        return None
    addresses = dns.ALIAS_FLATTENED.value
    for kind in (*addresses, *_ALONE):
        if values := _values(case, record.name, kind):
            if wildcard := wildcard_above(case, record.name, kind, values[0]):
                return _of_wildcard(case, record, kind, wildcard)
            if kind in addresses:
                return _address(case, record, kind)
            return _other_data(case, record, kind, values)
    return yours(
        Cause.NO_CNAME,
        f"the name {code(record.name)} exists, but has no CNAME record",
        said([each.answer for each in views], record.name, record.type),
        "publish the record; if it is there, turn off flattening and proxying for"
        " it at the DNS host",
        (case.publication(record.name, record.type, record.value),),
        dns.ALIAS_FLATTENED,
        Certainty.LIKELY,
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


def _of_wildcard(case: Case, record: ResourceRecord, kind: str, wildcard: str) -> Obstacle:
    return yours(
        Cause.NO_CNAME,
        f"the wildcard record {code(wildcard)} answers for {code(record.name)}, which has no"
        " CNAME record",
        _proof(case, record, kind),
        "publish the record itself; it takes precedence over the wildcard",
        (case.publication(record.name, record.type, record.value),),
        dns.NAME_BEATS_WILDCARD,
        Certainty.LIKELY,
    )


def _address(case: Case, record: ResourceRecord, kind: str) -> Obstacle:
    return yours(
        Cause.FLATTENED,
        f"the DNS host answers for {code(record.name)} with an address instead of the CNAME record",
        _proof(case, record, kind),
        "turn off the proxy and CNAME flattening for this record, and check its value",
        (case.replacement(record.name, record.type, record.value),),
        dns.ALIAS_FLATTENED,
        Certainty.LIKELY,
    )


def _other_data(case: Case, record: ResourceRecord, kind: str, values: tuple[str, ...]) -> Obstacle:
    publication = case.publication(record.name, record.type, record.value)
    return yours(
        Cause.OTHER_DATA,
        f"the {kind} record at {code(record.name)} does not allow a CNAME record next to it",
        _proof(case, record, kind),
        f"remove the {kind} record, then publish the CNAME record",
        (case.removal(record.name, kind, *values), publication),
        dns.CNAME_IS_ALONE,
    )


def _proof(case: Case, record: ResourceRecord, kind: str) -> str:
    return said(case.evidence.about(record.name, kind), record.name, kind)
