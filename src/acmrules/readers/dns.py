"""DNS resources, such as hosted zones and CAA records: what the readers of all tools share."""

from __future__ import annotations

from acmrules.names import DomainName
from acmrules.readers.texts import read_listed
from acmrules.resources import Authority, CaaRecordSet, Record, Zone, ZoneRecord
from acmrules.unresolved import ListedName, Text, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.dns_validation import DnsValidation
    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Listed


class DnsResources(Value):
    """The zones, records and private CAs that concern a certificate, and the pointers to them.

    `validation` are the validation records that a template contains as literals.
    """

    zones: tuple[Zone, ...]
    caa: tuple[CaaRecordSet, ...]
    pointers: PointerMap
    records: tuple[Record, ...] = ()
    authorities: tuple[Authority, ...] = ()
    zone_records: tuple[ZoneRecord, ...] = ()
    validation: DnsValidation | None = None

    def __bool__(self) -> bool:
        return bool(self.zones or self.caa or self.records)


def absolute(name: Text) -> ListedName:
    """Return the name of a zone or a record, without the dot at its end."""
    if isinstance(name, str):
        return read_listed(name.removesuffix("."))
    if name.tail.endswith("."):
        return Unresolved((*name.parts[:-1], *filter(None, [name.tail[:-1]])))
    return name


def caa_set(name: ListedName, records: list[Listed], address: str) -> CaaRecordSet:
    """Return the CAA records of a name; an unknown number of records is one unknown record."""
    texts = (text for text, _, _ in records)
    return CaaRecordSet(
        name,
        tuple(
            Unresolved((text.unknown,)) if isinstance(text, UnresolvedNames) else text
            for text in texts
        ),
        address,
    )


HOST_TYPES = frozenset(("A", "AAAA", "CNAME"))
"""The types of records that may point to another name."""


def host_record(name: ListedName, target: Text, address: str, endpoint: str) -> Record | None:
    """Return a record that points to a host; `None` for names that cannot be hosts."""
    validates = VALIDATION_TARGET in str(target) or _OPTIONS in str(target)
    if validates or any(label[:1] == "_" for label in str(name).split(".")):
        return None
    return Record(name, target, address, endpoint)


VALIDATION_TARGET = "acm-validations."
"""A part of the values of validation records."""

_OPTIONS = "domain_validation_options"


def endpoint_named(target: str) -> str:
    """Return a DNS name as an endpoint; the dot at its end distinguishes it from other ids."""
    return target.rstrip(".").lower().removeprefix("dualstack.") + "."


def zone_record(
    name: ListedName, zone_id: Text, address: str, values: list[Listed] | None
) -> ZoneRecord | None:
    """Return a record that says something about its zone; `values` are those of an `NS` record.

    The zone of any other record matters only if its id is known. Validation records are omitted,
    because the options of requests contain them.
    """
    if values is None:
        if not isinstance(zone_id, str) or _OPTIONS in str(name):
            return None
        return ZoneRecord(name, zone_id, address)
    texts = (text for text, _, _ in values)
    servers = (Unresolved((t.unknown,)) if isinstance(t, UnresolvedNames) else t for t in texts)
    return ZoneRecord(name, zone_id, address, tuple(servers))


class ZonesShown:
    """The zones whose records show their domain already, so that more of them say nothing new.

    The records are needed completely, `is_complete`, if one of them delegates a part of a zone.
    """

    def __init__(self, *, is_complete: bool) -> None:
        self._is_complete = is_complete
        self._counts: dict[Text, int] = {}

    def needs(self, zone_id: Text) -> bool:
        """Return whether a record of a zone that delegates nothing says something about it."""
        if not isinstance(zone_id, str):
            return False
        return self._is_complete or self._counts.get(zone_id, 0) < _MOST_SHOWN

    def add(self, record: ZoneRecord) -> None:
        """Count a record whose name is known and complete."""
        if record.complete and isinstance(record.name, DomainName):
            self._counts[record.zone_id] = self._counts.get(record.zone_id, 0) + 1


_MOST_SHOWN = 3
"""The first record may have the name of a public suffix, which has no domain."""
