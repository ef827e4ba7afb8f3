"""Zone files and the output of `dig`, recognized by their names and their content."""

from __future__ import annotations

import re

from acmrules.model.account import Account
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import UNKNOWN_ZONE_ID
from acmrules.model.placed import Location
from acmrules.readers.dns import endpoint_named, host_record
from acmrules.readers.texts import read_listed
from acmrules.request import Tool
from acmrules.resources import CaaRecordSet, Record, Zone
from acmrules.syntax.source import InputError
from acmrules.syntax.structured import looks_like_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.answers import DnsAnswers, DnsRecord, HostedZone
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source

ZONE_SUFFIXES = (".zone", ".db")
DIG_SUFFIX = ".dig"

_OF_DIG = (
    r"(?m)^\s*;; ->>HEADER<<-|^\s*; <<>> DiG |^\S*[$#>] dig |^;; (?:ANSWER|AUTHORITY) SECTION:"
)
_OF_ZONE = (
    r"(?m)^\$(?:ORIGIN|TTL)\b"
    r"|^\S*[ \t]+(?:[0-9]\w*[ \t]+|IN[ \t]+)*SOA[ \t]+\S+[ \t]+\S+[ \t]+[(0-9]"
)


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:  # noqa: ARG001
    """Return what a zone file or the output of `dig` shows, `None` for another file.

    Raises `InputError`, also if dnspython is not installed.
    """
    if not contains_dns(source):
        return None
    if not source.text.strip():
        raise InputError(source.name, "is empty")
    if _is_dig(source):
        from acmrules.readers.account import dig

        return _declarations(source, dig.read(source.text, source.name))
    from acmrules.readers.account import zone_files

    return _declarations(source, zone_files.read(source.text, source.name))


def contains_dns(source: Source) -> bool:
    """Return whether a source is a zone file or the output of `dig`."""
    if looks_like_json(source.text):
        return False
    is_zone = source.name.endswith(ZONE_SUFFIXES) or bool(re.search(_OF_ZONE, source.text))
    return is_zone or _is_dig(source)


def _is_dig(source: Source) -> bool:
    return source.name.endswith(DIG_SUFFIX) or bool(re.search(_OF_DIG, source.text))


def _declarations(source: Source, answers: DnsAnswers) -> tuple[Declaration, ...]:
    zones = [Zone(read_listed(each.name), UNKNOWN_ZONE_ID, each.name) for each in answers.zones]
    variant = Variant(
        None,
        (),
        {(): Location(source, 0, len(source.line(1)))},
        zones=tuple(zones),
        caa=tuple(each for zone in answers.zones for each in _caa(zone)),
        records=tuple(
            record
            for zone in answers.zones
            for each in zone.records
            if (record := _host_record(each)) is not None
        ),
        account=Account(dns=answers),
    )
    return (Declaration(source, Tool.ACCOUNT, "$", (variant,)),)


def _caa(zone: HostedZone) -> list[CaaRecordSet]:
    by_name: dict[str, list[str]] = {}
    for each in zone.records:
        if each.type == "CAA":
            by_name.setdefault(each.name, []).append(each.value)
    return [
        CaaRecordSet(read_listed(name), tuple(values), name) for name, values in by_name.items()
    ]


def _host_record(record: DnsRecord) -> Record | None:
    if record.type != "CNAME":
        return None
    target = record.value
    return host_record(read_listed(record.name), target, record.name, endpoint_named(target))
