"""The records that somebody has to write, ready for Route 53, CloudFormation and Terraform.

What ACM alone knows, the token in the name of a record and all of its value but the end, stands
as `<token>` and `<value>`.
"""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.writers.members import addresses
from acmrules.writers.quoting import in_yaml
from acmrules.writers.record_entries import TTL, VALUE, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.analysis.validation import Validation
    from acmrules.writers.record_entries import Base, RecordEntry


_NO_ID = "<zone id>"


def render(found: Sequence[Validation], form: str, base_of: Base) -> str:
    """Return the records in a format; `base_of` gives the shortest domain a zone could be of."""
    if form == "changes":
        return _changes(entries(found), base_of)
    if form == "cloudformation":
        return _cloudformation(entries(found), base_of)
    from acmrules.writers import terraform_records

    return terraform_records.render(found, base_of)


# Route 53 -----------------------------------------------------------------------------------------


def _changes(left: Iterable[RecordEntry], base_of: Base) -> str:
    """Return the input of `aws route53 change-resource-record-sets`, a list with one per zone."""
    import json

    zones: dict[tuple[str, str], list[RecordEntry]] = {}
    for entry in left:
        zones.setdefault((entry.zone_id, entry.zone or _of(entry, base_of)), []).append(entry)
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


def _of(entry: RecordEntry, base_of: Base) -> str:
    return f"the zone of {base_of(entry.stem) or entry.stem}"


def _set(entry: RecordEntry) -> dict[str, object]:
    return {
        "Name": f"{entry.name}.",
        "Type": acm.DNS_RECORD_TYPE.value,
        "TTL": TTL,
        "ResourceRecords": [{"Value": VALUE}],
    }


# CloudFormation -----------------------------------------------------------------------------------


def _cloudformation(left: Sequence[RecordEntry], base_of: Base) -> str:
    """Return a template with a record set each; a zone that no file has is a parameter."""
    if not left:
        return "# No record is left to write.\n"
    asked = {_of(entry, base_of): None for entry in left if not (entry.zone_id or entry.zone)}
    parameters = dict(zip(asked, addresses(asked, _joined), strict=True))
    lines = ["AWSTemplateFormatVersion: 2010-09-09"]
    if parameters:
        lines.append("Parameters:")
        for parameter in parameters.values():
            lines += [f"  {parameter}:", "    Type: AWS::Route53::HostedZone::Id"]
    lines.append("Resources:")
    resources = addresses((f"validation of {entry.stem}" for entry in left), _joined)
    for entry, resource in zip(left, resources, strict=True):
        if entry.zone_id:
            zone = f"HostedZoneId: {in_yaml(entry.zone_id)}"
        elif entry.zone:
            zone = f"HostedZoneName: {in_yaml(f'{entry.zone}.')}"
        else:
            zone = f"HostedZoneId: !Ref {parameters[_of(entry, base_of)]}"
        lines += [
            f"  {resource}:",
            "    Type: AWS::Route53::RecordSet",
            "    Properties:",
            f"      {zone}",
            f"      Name: {in_yaml(f'{entry.name}.')}",
            f"      Type: {acm.DNS_RECORD_TYPE.value}",
            f"      TTL: {TTL}",
            "      ResourceRecords:",
            f"        - {in_yaml(VALUE)}",
        ]
    return "\n".join(lines) + "\n"


def _joined(words: list[str]) -> str:
    return "".join(word[:1].upper() + word[1:] for word in words)
