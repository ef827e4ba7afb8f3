"""Changes of DNS records as input of `aws route53 change-resource-record-sets`.

`<zone id>` and `<ttl>` are placeholders for what the input does not contain. Route 53 removes a set
of records only if the time to live is that of the set.
"""

from __future__ import annotations

from acmrules.diagnosis.model import RecordAction
from acmrules.names import DomainName
from acmrules.unresolved import read_name
from acmrules.writers.members import TTL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.diagnosis.answers import DnsAnswers, DnsRecord
    from acmrules.diagnosis.model import RecordChange
    from acmrules.writers.record_entries import Base

    Batches = dict[tuple[str, str], list[RecordChange]]
    """The changes by the id and the name of their zone."""

NO_ID = "<zone id>"
NO_TTL = "<ttl>"
MOST_OF_A_BATCH = 400
"""Maximum number of changes in a batch: Route 53 allows 1,000 records, and counts UPSERT twice."""

_WITH_FINAL_DOT = frozenset(("CNAME", "NS", "MX", "PTR"))


def render(changes: Iterable[RecordChange], answers: DnsAnswers, base_of: Base) -> str:
    """Return a list with an input for each zone; `base_of` returns the base domain name of a name.

    `answers` have the times to live of the sets to remove. Changes at a registrar are left out.
    """
    import json

    lifetimes = _lifetimes(answers)
    inputs = [
        {
            "HostedZoneId": zone_id or NO_ID,
            "ChangeBatch": {
                "Comment": f"validation by ACM, in {zone}",
                "Changes": [_change(each, lifetimes) for each in part],
            },
        }
        for (zone_id, zone), group in _batches(_in_zones(changes, base_of), base_of).items()
        for part in _parts(group)
    ]
    return json.dumps(inputs, indent=2) + "\n"


def _in_zones(changes: Iterable[RecordChange], base_of: Base) -> Iterator[RecordChange]:
    """Yield the changes that a zone contains."""
    return (each for each in changes if not _is_of_registrar(each, base_of))


def _is_of_registrar(change: RecordChange, base_of: Base) -> bool:
    """Return whether the registrar of a domain makes a change: that of its own name servers."""
    if change.type != "NS" or change.zone_name:
        return False
    name = read_name(change.name)
    return not isinstance(name, DomainName) or base_of(name) in {name, None}


def _batches(changes: Iterable[RecordChange], base_of: Base) -> Batches:
    """Return the changes by zone; what is removed makes room for what is published."""
    batches: Batches = {}
    for change in dict.fromkeys(changes):
        zone = change.zone_name or _zone_of(change, base_of)
        batches.setdefault((change.zone_id, zone), []).append(change)
    for group in batches.values():
        group.sort(key=lambda each: each.action is not RecordAction.REMOVE)
    return batches


def _zone_of(change: RecordChange, base_of: Base) -> str:
    """Return the zone of the base domain name, without the labels with an underscore before it."""
    labels = change.name.split(".")
    while labels and labels[0].startswith(("_", "*")):
        del labels[0]
    name = read_name(".".join(labels))
    base = base_of(name) if isinstance(name, DomainName) else None
    return f"the zone of {base or change.name}"


def _parts(group: list[RecordChange]) -> Iterator[list[RecordChange]]:
    for start in range(0, len(group), MOST_OF_A_BATCH):
        yield group[start : start + MOST_OF_A_BATCH]


def _change(change: RecordChange, lifetimes: dict[tuple[str, str], int]) -> dict[str, object]:
    is_removed = change.action is RecordAction.REMOVE
    key = change.name, change.type
    return {
        "Action": "DELETE" if is_removed else "UPSERT",
        "ResourceRecordSet": {
            "Name": f"{change.name}.",
            "Type": change.type,
            "TTL": lifetimes.get(key, NO_TTL) if is_removed else TTL,
            "ResourceRecords": [
                {"Value": written_value(change.type, each)} for each in change.values
            ],
        },
    }


def written_value(kind: str, value: str) -> str:
    """Return the data of a record for a zone; a name in it ends with a dot."""
    return f"{value}." if kind in _WITH_FINAL_DOT and not value.endswith(".") else value


def _lifetimes(answers: DnsAnswers) -> dict[tuple[str, str], int]:
    """Return the times to live in zones, and in answers of their own servers."""
    found: dict[tuple[str, str], int] = {}

    def add(records: Iterable[DnsRecord]) -> None:
        for record in records:
            if record.ttl is not None:
                found.setdefault((record.name, record.type), record.ttl)

    for zone in answers.zones:
        add(zone.records)
    for answer in answers.answers:
        if answer.is_authoritative:
            add(answer.records)
    return found


def unwritable(changes: Iterable[RecordChange], base_of: Base) -> Iterator[str]:
    """Yield a message for each change that no hosted zone can contain, or that another excludes."""
    from acmrules.messages import quoted, quoted_list

    afterward: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for change in dict.fromkeys(changes):
        key = change.name, change.type, change.zone_id
        if _is_of_registrar(change, base_of):
            servers = quoted_list(change.values, len(change.values))
            yield f"set the name servers of {quoted(change.name)} at its registrar: {servers}"
            continue
        if change.action is RecordAction.REMOVE:
            continue
        if afterward.setdefault(key, change.values) != change.values:
            yield f"two changes of the {change.type} records at {quoted(change.name)} differ"
