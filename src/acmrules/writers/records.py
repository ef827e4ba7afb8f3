"""The validation records to create by hand, for Route 53, CloudFormation and Terraform.

`<token>` and `<value>` are placeholders for the parts of a record that ACM chooses.
"""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.unresolved import Unknown, Unresolved
from acmrules.writers import cloudformation
from acmrules.writers.members import TTL, addresses
from acmrules.writers.record_entries import NO_RECORDS, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.analysis.validation import Validation
    from acmrules.api_parameters import Members
    from acmrules.writers.record_entries import Base, RecordEntry

_NO_ID = "<zone id>"


def render(found: Sequence[Validation], form: str, base_of: Base) -> str:
    """Return the records in a format; `base_of` returns the base domain name of a name."""
    if form == "changes":
        return _changes(entries(found), base_of)
    if form == "cloudformation":
        return _cloudformation(entries(found), base_of)
    from acmrules.writers import terraform_records

    return terraform_records.render(found, base_of)


# Route 53 -----------------------------------------------------------------------------------------


def _changes(left: Iterable[RecordEntry], base_of: Base) -> str:
    """Return a list with an input of `aws route53 change-resource-record-sets` for each zone."""
    import json

    zones: dict[tuple[str, str], list[RecordEntry]] = {}
    for entry in left:
        zones.setdefault((entry.zone_id, entry.zone or _zone_of(entry, base_of)), []).append(entry)
    batches = [
        {
            "HostedZoneId": zone_id or _NO_ID,
            "ChangeBatch": {
                "Comment": f"validation by ACM, in {zone}",
                "Changes": [{"Action": "UPSERT", "ResourceRecordSet": _set(e)} for e in group],
            },
        }
        for (zone_id, zone), group in zones.items()
    ]
    return json.dumps(batches, indent=2) + "\n"


def _zone_of(entry: RecordEntry, base_of: Base) -> str:
    return f"the zone of {base_of(entry.stem) or entry.stem}"


def _set(entry: RecordEntry) -> Members:
    return {
        "Name": f"{entry.name}.",
        "Type": acm.DNS_RECORD_TYPE.value,
        "TTL": TTL,
        "ResourceRecords": [{"Value": entry.value}],
    }


# CloudFormation -----------------------------------------------------------------------------------


def _cloudformation(left: Sequence[RecordEntry], base_of: Base) -> str:
    """Return a template with the record sets; the id of an unknown zone is a parameter."""
    if not left:
        return NO_RECORDS
    unknown = {_zone_of(e, base_of): None for e in left if not (e.zone_id or e.zone)}
    parameters = dict(zip(unknown, addresses(unknown, cloudformation.logical_id), strict=True))
    names = (f"validation of {entry.stem}" for entry in left)
    resources = []
    for entry, address in zip(left, addresses(names, cloudformation.logical_id), strict=True):
        if entry.zone_id:
            zone: Members = {"HostedZoneId": entry.zone_id}
        elif entry.zone:
            zone = {"HostedZoneName": f"{entry.zone}."}
        else:
            parameter = Unknown(f"${{{parameters[_zone_of(entry, base_of)]}}}")
            zone = {"HostedZoneId": Unresolved((parameter,))}
        properties = zone | _set(entry) | {"ResourceRecords": [entry.value]}
        resources.append(cloudformation.resource(address, "AWS::Route53::RecordSet", properties))
    types = dict.fromkeys(parameters.values(), cloudformation.ZONE_ID)
    return cloudformation.template(types, resources, {})
