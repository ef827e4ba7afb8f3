"""The zones and CAA records that count for a certificate: those of its file, and of all others."""

from __future__ import annotations

from acmrules.names import DomainName
from acmrules.request import CaaRecordSet, Unknown, Unresolved, Zone
from acmrules.values import Value
from acmrules.zones import ZoneIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from acmrules.lint.estate import Declared, Estate
    from acmrules.lint.source import Document, Variant
    from acmrules.request import ListedName, Record, Text

    Key = tuple[object, ...]
    T = TypeVar("T")
    N = TypeVar("N", ListedName, Text)


class Zones:
    """Zones, made ready to be asked in which of them a name is."""

    def __init__(self, declared: Iterable[Declared]) -> None:
        zones = [(each, each.thing) for each in declared if isinstance(each.thing, Zone)]
        self._public = [(each, zone.name) for each, zone in zones if not zone.private]
        self._private = [(each, zone.name) for each, zone in zones if zone.private]
        self._by_id = {zone.zone_id: each for each, zone in zones}
        self._publics = ZoneIndex(name for _, name in self._public)
        self._privates = ZoneIndex(name for _, name in self._private)

    def of(
        self, name: ListedName
    ) -> tuple[tuple[Declared, ...], tuple[Declared, ...], tuple[Declared, ...]]:
        """Return the public zones that a name is in, those it may be in, and the private ones."""
        public, private = self._publics.match(name), self._privates.match(name)
        return (
            tuple(self._public[place][0] for place in public.places),
            tuple(self._public[place][0] for place in public.unsure),
            tuple(self._private[place][0] for place in private.places),
        )

    def of_id(self, zone_id: Text | None) -> Declared | None:
        """Return the zone of an id that is known in full."""
        return self._by_id.get(zone_id) if isinstance(zone_id, str) else None


class CaaSets:
    """Sets of CAA records with the places of those for each name, as `judged` takes them."""

    def __init__(self, declared: Iterable[Declared]) -> None:
        found = [(each, each.thing) for each in declared if isinstance(each.thing, CaaRecordSet)]
        self.declared = [each for each, _ in found]
        self.sets = [records for _, records in found]
        self.places: dict[str, list[int]] = {}
        for place, each in enumerate(self.sets):
            name = str(each.name) if isinstance(each.name, DomainName) else ""
            self.places.setdefault(name, []).append(place)


class Surroundings(Value):
    """The zones and the CAA records that count for a variant, its own zones by their ids too."""

    zones: Zones
    own: Mapping[Text, Declared]
    caa: CaaSets

    def zone_of_id(self, zone_id: Text | None) -> Declared | None:
        """Return the zone of an id, where the files declare it."""
        return None if zone_id is None else self.own.get(zone_id) or self.zones.of_id(zone_id)


class Around:
    """The zones and CAA records of an estate, for any variant; each file's are made ready once."""

    def __init__(self, estate: Estate) -> None:
        self._zones = _Listed("zones", estate.zones)
        self._caa = _Listed("caa", estate.caa)
        self._ready: dict[Key, Surroundings] = {}
        self._made: dict[Key, tuple[object, list[Declared]]] = {}

    def of(self, document: Document, variant: Variant) -> Surroundings:
        """Return what stands around a variant."""
        key = document.file, id(variant.zones), id(variant.caa)
        if key not in self._ready:
            own = self._zones.own(document, variant)
            zones = self._zones.seen_from(document.file, own)
            caa = self._caa.seen_from(document.file, self._caa.own(document, variant))
            by_id = {
                thing.zone_id: each
                for each in zones
                if _key(each) in own and isinstance(thing := each.thing, Zone)
            }
            self._ready[key] = Surroundings(
                self._once(Zones, zones), by_id, self._once(CaaSets, caa)
            )
        return self._ready[key]

    def _once(self, make: Callable[[list[Declared]], T], declared: list[Declared]) -> T:
        """Return what is made of a list, which is kept: its id is then that of no other."""
        key = make, id(declared)
        if key not in self._made:
            self._made[key] = make(declared), declared
        return self._made[key][0]  # type: ignore[return-value]


class _Listed:
    """What an estate declares of one kind, sorted by place, and what each file sees of it.

    Equal labels mean equal values within one file only: those of others bear the file's name.
    """

    def __init__(self, kind: str, declared: Iterable[Declared]) -> None:
        self._kind = kind
        self._all = sorted(declared, key=_where)
        self._abroad = [_foreign(each) for each in self._all]
        self._numbers: dict[str, int] = {}
        for each in self._all:
            self._numbers[each.file] = self._numbers.get(each.file, 0) + 1
        self._are_plain = self._all == self._abroad

    def own(self, document: Document, variant: Variant) -> set[Key]:
        """Return the keys of what counts for a variant and stands in its own files."""
        own: set[Key] = set()
        for index, thing in enumerate(getattr(variant, self._kind)):
            place = variant.place((self._kind, index))
            source = place.source or document.source
            where = source.range(place.start, place.end) if source else None
            own.add((source.name if source else "", where, thing))
        return own

    def seen_from(self, file: str, own: set[Key]) -> list[Declared]:
        """Return what counts for a file: its own things, and those of the others."""
        if not self._numbers.get(file, 0) and not own:
            return self._abroad
        is_all = sum(key[0] == file for key in own) == self._numbers.get(file, 0)
        if self._are_plain and is_all:
            return self._all
        return [
            here if _key(here) in own else there
            for here, there in zip(self._all, self._abroad, strict=True)
            if here.file != file or _key(here) in own
        ]


def _where(declared: Declared) -> tuple[str, int, int, str]:
    if declared.range is None:
        return declared.file, 0, 0, declared.thing.address
    start = declared.range.start
    return declared.file, start.line, start.column, declared.thing.address


def _key(declared: Declared) -> Key:
    return declared.file, declared.range, declared.thing


def _foreign(declared: Declared) -> Declared:
    thing: Zone | CaaRecordSet | Record = declared.thing
    thing = thing.__replace__(name=_labelled(thing.name, declared.file))
    if isinstance(thing, CaaRecordSet):
        records = tuple(_labelled(record, declared.file) for record in thing.records)
        thing = thing.__replace__(records=records)
    return declared.__replace__(thing=thing)


def _labelled(text: N, file: str) -> N | Unresolved:
    """Return a text with the name of its file at what is unknown in it."""
    if not isinstance(text, Unresolved):
        return text
    return Unresolved(
        tuple(Unknown(f"{p.label} of {file}") if isinstance(p, Unknown) else p for p in text.parts)
    )
