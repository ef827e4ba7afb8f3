"""The DNS records to create, as entries for all writers of records."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ResourceRecord
from acmrules.facts import acm
from acmrules.messages import quoted_list
from acmrules.names import DomainName
from acmrules.partial import unknown_clause
from acmrules.request import Tool
from acmrules.resources import Zone
from acmrules.unresolved import UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.analysis.validation import Validation, ValidationCname

    Base = Callable[[DomainName], DomainName | None]

VALUE = f"_<value>.{acm.RECORD_VALUE_SUFFIX.value}"
"""The value of a record, with a placeholder for the part that ACM chooses."""

NO_RECORDS = "# There are no records to create.\n"
"""The output of a writer without records."""


class RecordEntry(Value):
    """A record to create by hand.

    `zone` is the name of its zone, and `zone_id` its id; both are empty if unknown. `existing` is
    the record that ACM requires, if the certificate exists.
    """

    stem: DomainName
    zone: str
    zone_id: str
    existing: ResourceRecord | None = None

    @property
    def value(self) -> str:
        """The value of the record, with a placeholder unless the certificate exists."""
        return f"{self.existing.value}." if self.existing else VALUE

    @property
    def name(self) -> str:
        """The name of the record, with a placeholder for the token unless it exists."""
        return (
            self.existing.name
            if self.existing
            else acm.RECORD_NAME_FORM.value.replace("<name>", str(self.stem))
        )


def entries(found: Iterable[Validation], *, exclude: Tool | None = None) -> tuple[RecordEntry, ...]:
    """Return the distinct records to create by hand, without those of an excluded tool."""
    listed = {
        RecordEntry(cname.stem, *_zone(cname), cname.proof.record if cname.proof else None)
        for each in found
        if each.tool is not exclude
        for cname in each.left
        if isinstance(cname.stem, DomainName) and not cname.is_too_long
    }
    return tuple(sorted(listed, key=lambda e: (e.zone, e.zone_id, str(e.stem).split(".")[::-1])))


def _zone(cname: ValidationCname) -> tuple[str, str]:
    zone = cname.zone.thing if cname.zone else None
    name = str(zone.name) if isinstance(zone, Zone) and isinstance(zone.name, DomainName) else ""
    found = zone.zone_id if isinstance(zone, Zone) else cname.given
    return name, found if isinstance(found, str) else ""


def unwritable_records(found: Iterable[Validation], form: str) -> Iterator[str]:
    """Yield messages about names for which a format cannot express a record."""
    is_terraform = form == "terraform"
    for each in found:
        by_reason: dict[str, list[object]] = {}
        for cname in each.cnames:
            if cname.proof and cname.proof.record:
                continue
            if cname.written is None:
                by_reason.setdefault("it is unknown whether a resource creates it", []).append(
                    cname.stem
                )
            elif (
                not cname.written
                and cname.open
                and not (is_terraform and each.tool is Tool.TERRAFORM)
            ):
                by_reason.setdefault(cname.open, []).append(cname.stem)
        for name in each.names if each.cnames else ():
            if isinstance(name, UnresolvedNames):
                by_reason.setdefault(unknown_clause(name), []).append(name)
        for reason, names in by_reason.items():
            yield f"{each.title}: no record for {quoted_list(names)}: {reason}"
