"""The records that somebody has to write, ready for Route 53, CloudFormation and Terraform.

What ACM alone knows, the token in the name of a record and all of its value but the end, stands
as `<token>` and `<value>`.
"""

from __future__ import annotations

from acmrules.errors import shown_some
from acmrules.facts import acm
from acmrules.lint.writers.members import addresses
from acmrules.lint.writers.quoting import in_yaml
from acmrules.names import DomainName
from acmrules.partial import not_known
from acmrules.request import Tool, UnresolvedNames, Zone
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from acmrules.lint.validation import Cname, Validation

    Base = Callable[[DomainName], DomainName | None]

TTL = 300
"""Seconds for which others may keep a record."""

VALUE = f"_<value>.{acm.RECORD_VALUE_SUFFIX.value}"
"""The value of a record, as far as anybody but ACM knows it."""

_NO_ID = "<zone id>"


class Entry(Value):
    """A record that somebody has to write: for which name, and into which zone.

    `zone` is the zone's name, empty where no file has it; `zone_id` is its id, where that is known.
    """

    stem: DomainName
    zone: str
    zone_id: str

    @property
    def name(self) -> str:
        """The name of the record, its token left open."""
        return acm.RECORD_NAME_FORM.value.replace("<name>", str(self.stem))


def entries(found: Iterable[Validation], *, but: Tool | None = None) -> tuple[Entry, ...]:
    """Return the records that are left to write, each once; those of one tool may be left out."""
    listed = {
        Entry(cname.stem, *_zone(cname))
        for each in found
        if each.tool is not but
        for cname in each.left
        if isinstance(cname.stem, DomainName) and not cname.is_too_long
    }
    return tuple(sorted(listed, key=lambda e: (e.zone, e.zone_id, str(e.stem).split(".")[::-1])))


def _zone(cname: Cname) -> tuple[str, str]:
    zone = cname.zone.thing if cname.zone else None
    name = str(zone.name) if isinstance(zone, Zone) and isinstance(zone.name, DomainName) else ""
    found = zone.zone_id if isinstance(zone, Zone) else cname.given
    return name, found if isinstance(found, str) else ""


def unwritten(found: Iterable[Validation], form: str) -> Iterator[str]:
    """Yield in words for which names of which certificates a format has no record, and why."""
    tells = form == "terraform"
    for each in found:
        by_reason: dict[str, list[object]] = {}
        for cname in each.cnames:
            if cname.written is None:
                by_reason.setdefault("whether there is one is not known", []).append(cname.stem)
            elif not cname.written and cname.open and not (tells and each.tool is Tool.TERRAFORM):
                by_reason.setdefault(cname.open, []).append(cname.stem)
        for name in each.names if each.cnames else ():
            if isinstance(name, UnresolvedNames):
                by_reason.setdefault(not_known(name), []).append(name)
        for reason, names in by_reason.items():
            yield f"{each.title}: no record is written for {shown_some(names)}: {reason}"


def render(found: Sequence[Validation], form: str, base_of: Base) -> str:
    """Return the records in a format; `base_of` gives the shortest domain a zone could be of."""
    if form == "changes":
        return _changes(entries(found), base_of)
    if form == "cloudformation":
        return _cloudformation(entries(found), base_of)
    from acmrules.lint.reports import records_terraform

    return records_terraform.render(found, base_of)


# Route 53 -----------------------------------------------------------------------------------------


def _changes(left: Iterable[Entry], base_of: Base) -> str:
    """Return the input of `aws route53 change-resource-record-sets`, a list with one per zone."""
    import json

    zones: dict[tuple[str, str], list[Entry]] = {}
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


def _of(entry: Entry, base_of: Base) -> str:
    return f"the zone of {base_of(entry.stem) or entry.stem}"


def _set(entry: Entry) -> dict[str, object]:
    return {
        "Name": f"{entry.name}.",
        "Type": acm.DNS_RECORD_TYPE.value,
        "TTL": TTL,
        "ResourceRecords": [{"Value": VALUE}],
    }


# CloudFormation -----------------------------------------------------------------------------------


def _cloudformation(left: Sequence[Entry], base_of: Base) -> str:
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
