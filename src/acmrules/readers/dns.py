"""What stands around certificates: hosted zones and CAA records, whatever tool declares them."""

from __future__ import annotations

from acmrules.resources import CaaRecordSet, Record, Zone
from acmrules.unresolved import Unresolved, UnresolvedNames, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Listed
    from acmrules.unresolved import ListedName, Text


class DnsResources(Value):
    """The zones and records around a certificate, and where they stand."""

    zones: tuple[Zone, ...]
    caa: tuple[CaaRecordSet, ...]
    pointers: PointerMap
    records: tuple[Record, ...] = ()

    @property
    def is_something(self) -> bool:
        """Whether there is any of it."""
        return bool(self.zones or self.caa or self.records)


def absolute(name: Text) -> ListedName:
    """Return the name of a zone or a record, which may end in a dot."""
    if isinstance(name, str):
        return read_name(name.removesuffix("."))
    if name.tail.endswith("."):
        return Unresolved((*name.parts[:-1], *filter(None, [name.tail[:-1]])))
    return name


def caa_set(name: ListedName, records: list[Listed], address: str) -> CaaRecordSet:
    """Return the CAA records of a name; an unknown number of them is one that is unknown."""
    texts = (text for text, _, _ in records)
    return CaaRecordSet(
        name,
        tuple(
            Unresolved((text.unknown,)) if isinstance(text, UnresolvedNames) else text
            for text in texts
        ),
        address,
    )


LEADING = frozenset(("A", "AAAA", "CNAME"))
"""The types of records that may lead to another name."""


def host_record(name: ListedName, target: Text, address: str, endpoint: str) -> Record | None:
    """Return a record that leads to a host; `None` for one of a name that no host can have."""
    validates = _VALIDATION in str(target) or _OPTIONS in str(target)
    if validates or any(label[:1] == "_" for label in str(name).split(".")):
        return None
    return Record(name, target, address, endpoint)


_VALIDATION = "acm-validations."
_OPTIONS = "domain_validation_options"


def endpoint_named(target: str) -> str:
    """Return a name of DNS as an endpoint goes by it: with a dot at its end, as nothing else."""
    return target.rstrip(".").lower().removeprefix("dualstack.") + "."
