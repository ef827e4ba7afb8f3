"""What the responses of a file show, collected one by one, and what was not read in it."""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.model.account import Account
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.existing import as_declared
from acmrules.model.joining import join_certificates
from acmrules.model.locations import Locations
from acmrules.model.not_checked import RESPONSE, NotChecked
from acmrules.model.placed import Location
from acmrules.request import Tool
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.diagnosis.answers import HostedZone
    from acmrules.diagnosis.certificate import CertificateDetail, CertificateEvent
    from acmrules.model.account import ListedRegion, Refusal, ServiceQuota
    from acmrules.model.locations import PointerMap
    from acmrules.readers.account.documents import Documents
    from acmrules.resources import CaaRecordSet, Record, Zone
    from acmrules.syntax.tree import Pointer

CORRECT = "correct it, or save the output of the command again"
"""What to do about a response that is not valid."""


class Collected:
    """What the responses of a file show.

    `certificates` has one for each response about it, with its pointers; `partial` are those
    without an ARN. `dns_pointers` are those of `zones`, `caa` and `records`.
    """

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.certificates: list[tuple[CertificateDetail, PointerMap]] = []
        self.partial: list[tuple[CertificateDetail, Pointer]] = []
        self.hosted_zones: list[HostedZone] = []
        self.zones: dict[Zone, None] = {}
        self.caa: list[CaaRecordSet] = []
        self.records: list[Record] = []
        self.dns_pointers: PointerMap = {}
        self.quotas: list[ServiceQuota] = []
        self.events: list[CertificateEvent] = []
        self.refusals: list[Refusal] = []
        self.listed: list[ListedRegion] = []
        self.ids: list[str] = []
        self.not_checked: list[NotChecked] = []
        self._zone_names: set[object] = set()
        self._by_id: dict[str, list[HostedZone]] = {}

    def add_hosted(self, zone: HostedZone) -> None:
        """Add a zone, or a part of it, as an answer about DNS."""
        self.hosted_zones.append(zone)
        if zone.id:
            self._by_id.setdefault(zone.id, []).append(zone)

    def hosted(self, id_: str) -> list[HostedZone]:
        """Return what was added of the zone with an id, nothing for an empty id."""
        return self._by_id.get(id_, [])

    def add_zone(self, zone: Zone, pointer: Pointer) -> None:
        """Add a zone as a resource at a pointer, once."""
        if zone not in self.zones:
            self.dns_pointers["zones", len(self.zones)] = pointer, None
            self.zones[zone] = None
            self._zone_names.add(zone.name)

    def has_zone(self, name: object) -> bool:
        """Return whether a zone with a name was added as a resource."""
        return name in self._zone_names

    def add(
        self,
        detail: CertificateDetail,
        pointer: Pointer,
        names: Mapping[str, Pointer] | None = None,
    ) -> None:
        """Add a certificate at a pointer; `names` are the pointers to its names in lowercase."""
        pointers: PointerMap = {(): ((*pointer, KEY), None)}
        for index, name in enumerate(detail.names if names else ()):
            place = names.get(str(name).lower()) if names else None
            if place:
                pointers["names", index] = place, None
        self.certificates.append((detail, pointers))

    def note(self, pointer: Pointer, what: str, why: str, how: str) -> None:
        """Add what was not read at a pointer: a subject, a predicate and an instruction."""
        start, end = self.documents.place(pointer)
        location = Location(self.documents.source, start, end)
        self.not_checked.append(NotChecked(location, RESPONSE, what, why, how))

    def note_invalid(self, pointer: Pointer, what: str, fault: object) -> None:
        """Add a part at a pointer that is not valid, and why."""
        self.note(pointer, what, f"is not valid: {fault}", CORRECT)

    def _account(self) -> Account:
        """Return what the file shows, apart from its certificates."""
        return Account(
            (),
            DnsAnswers(zones=tuple(self.hosted_zones)),
            tuple(self.quotas),
            tuple(self.events),
            tuple(self.refusals),
            tuple(self.listed),
            tuple(dict.fromkeys(self.ids)),
            tuple(self.not_checked),
        )

    def declarations(self) -> tuple[Declaration, ...]:
        """Return the certificates, whose addresses are their ARNs, and the rest as one."""
        zones, caa, records = tuple(self.zones), tuple(self.caa), tuple(self.records)
        declarations = [
            self._declaration(
                as_declared(
                    Variant(
                        None,
                        (),
                        Locations(self.documents, pointers, self.dns_pointers),
                        zones,
                        caa,
                        records=records,
                    ),
                    detail,
                ),
                detail.arn,
            )
            for detail, pointers in self.certificates
        ]
        declarations += [
            self._declaration(
                Variant(None, (), self._locations(pointer), account=Account((detail,)))
            )
            for detail, pointer in self.partial
        ]
        account = self._account()
        if account != Account() or zones:
            locations = self._locations((0,))
            rest = Variant(
                None, (), locations, zones=zones, caa=caa, records=records, account=account
            )
            declarations.append(self._declaration(rest))
        return join_certificates(declarations)

    def _declaration(self, variant: Variant, arn: str = "") -> Declaration:
        exported = (arn,) if arn else ()
        source = self.documents.source
        return Declaration(source, Tool.ACCOUNT, arn or "$", (variant,), exported_as=exported)

    def _locations(self, pointer: Pointer) -> Locations:
        return Locations(self.documents, {(): ((*pointer, KEY), None)}, self.dns_pointers)
