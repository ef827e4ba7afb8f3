"""The zones and CAA records that count for a certificate: those of its file, and of all others."""

from __future__ import annotations

from acmrules.model.inventory import Located
from acmrules.names import DomainName
from acmrules.resources import CaaRecordSet, Zone
from acmrules.unresolved import Unknown, Unresolved
from acmrules.values import Value
from acmrules.zones import ZoneIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from acmrules.model.declaration import Declaration, Variant
    from acmrules.model.inventory import Inventory
    from acmrules.resources import Record
    from acmrules.unresolved import ListedName, Text

    Key = tuple[object, ...]
    T = TypeVar("T")
    N = TypeVar("N", ListedName, Text)


class _Side:
    """Zones that are all public, or all private, with the index of their names."""

    def __init__(self, declared: Iterable[Located], *, private: bool) -> None:
        zones = [(each, each.thing) for each in declared if isinstance(each.thing, Zone)]
        self._declared = [each for each, zone in zones if zone.private is private]
        self._index = ZoneIndex(zone.name for _, zone in zones if zone.private is private)

    def of(self, name: ListedName) -> tuple[list[Located], list[Located]]:
        """Return the nearest zones of a name, and those that may be."""
        found = self._index.match(name)
        sure, unsure = (
            [self._declared[place] for place in p] for p in (found.locations, found.unsure)
        )
        return sure, unsure


class _Views:
    """All zones as any file sees them, or those of one file as it sees its own."""

    def __init__(self, declared: list[Located]) -> None:
        self.sides = _Side(declared, private=False), _Side(declared, private=True)
        self.by_id = {
            zone.zone_id: each
            for each in declared
            if isinstance(zone := each.thing, Zone) and isinstance(zone.zone_id, str)
        }


class Zones:
    """The zones that count for a file: those of all, and what is known in part of its own."""

    def __init__(self, every: _Views, own: list[Located]) -> None:
        self._every = every
        self._own = _Views(own).sides if own else None
        self._hidden = {*map(_spot, own)}

    def of(
        self, name: ListedName
    ) -> tuple[tuple[Located, ...], tuple[Located, ...], tuple[Located, ...]]:
        """Return the public zones that a name is in, those it may be in, and the private ones."""
        public, unsure = self._nearest(name, 0)
        return public, unsure, self._nearest(name, 1)[0]

    def _nearest(
        self, name: ListedName, side: int
    ) -> tuple[tuple[Located, ...], tuple[Located, ...]]:
        sure, unsure = self._every.sides[side].of(name)
        if self._own:
            mine, own_unsure = self._own[side].of(name)
            # What is partly known of a name is left of what others can know of it, so it is nearer.
            sure = mine or sure
            others = [each for each in unsure if _spot(each) not in self._hidden]
            unsure = others + own_unsure
        return tuple(sorted(sure, key=_where)), tuple(sorted(unsure, key=_where))

    def of_id(self, zone_id: Text | None) -> Located | None:
        """Return the zone of an id that is known in full."""
        return self._every.by_id.get(zone_id) if isinstance(zone_id, str) else None


class CaaSets:
    """Sets of CAA records with the places of those for each name, as `judged` takes them."""

    def __init__(self, declared: Iterable[Located]) -> None:
        found = [(each, each.thing) for each in declared if isinstance(each.thing, CaaRecordSet)]
        self.declared = [each for each, _ in found]
        self.sets = [records for _, records in found]
        self.locations: dict[str, list[int]] = {}
        for place, each in enumerate(self.sets):
            name = str(each.name) if isinstance(each.name, DomainName) else ""
            self.locations.setdefault(name, []).append(place)


class DnsView(Value):
    """The zones and the CAA records that count for a variant, its own zones by their ids too."""

    zones: Zones
    own: Mapping[Text, Located]
    caa: CaaSets

    def zone_of_id(self, zone_id: Text | None) -> Located | None:
        """Return the zone of an id, where the files declare it."""
        return None if zone_id is None else self.own.get(zone_id) or self.zones.of_id(zone_id)


class DnsViews:
    """The zones and CAA records of an estate, for any variant; each file's are made ready once."""

    def __init__(self, inventory: Inventory) -> None:
        self._zones = _Listed("zones", inventory.zones)
        self._caa = _Listed("caa", inventory.caa)
        self._ready: dict[Key, DnsView] = {}
        self._made: dict[Key, tuple[object, list[Located]]] = {}

    def of(self, declaration: Declaration, variant: Variant) -> DnsView:
        """Return what stands around a variant."""
        file = declaration.file
        key = file, id(variant.zones), id(variant.caa)
        if key not in self._ready:
            own = self._zones.own(variant)
            seen, partly = self._zones.seen_from(file, own)
            zones = Zones(self._once(_Views, seen), partly)
            by_id = {z.zone_id: each for each in own.values() if isinstance(z := each.thing, Zone)}
            sets, partly = self._caa.seen_from(file, self._caa.own(variant))
            if partly:
                hidden = {*map(_spot, partly)}
                others = [each for each in sets if _spot(each) not in hidden]
                caa = CaaSets(sorted(others + partly, key=_where))
            else:
                caa = self._once(CaaSets, sets)
            self._ready[key] = DnsView(zones, by_id, caa)
        return self._ready[key]

    def _once(self, make: Callable[[list[Located]], T], declared: list[Located]) -> T:
        """Return what is made of a list, which is kept: its id is then that of no other."""
        key = make, id(declared)
        if key not in self._made:
            self._made[key] = make(declared), declared
        return self._made[key][0]  # type: ignore[return-value]


class _Listed:
    """What an estate declares of one kind, sorted by place, as any file sees it.

    Equal labels mean equal values within one file only: here they bear its name.
    """

    def __init__(self, kind: str, declared: Iterable[Located]) -> None:
        self._kind = kind
        self._all = [_foreign(each) for each in sorted(declared, key=_where)]
        self._numbers: dict[str, int] = {}
        for each in self._all:
            self._numbers[each.file] = self._numbers.get(each.file, 0) + 1

    def own(self, variant: Variant) -> dict[Key, Located]:
        """Return what counts for a variant and stands in its own files, by its keys."""
        own: dict[Key, Located] = {}
        for index, thing in enumerate(getattr(variant, self._kind)):
            declared = Located(thing, variant.location((self._kind, index)))
            own[_key(declared)] = declared
        return own

    def seen_from(
        self, file: str, own: Mapping[Key, Located]
    ) -> tuple[list[Located], list[Located]]:
        """Return what counts for a file as any file sees it, and its own that it sees better."""
        partly = [each for each in own.values() if not _is_plain(each)]
        if sum(key[0] == file for key in own) == self._numbers.get(file, 0):
            return self._all, partly
        # A condition takes some of them away.
        plain = {key for key, each in own.items() if _is_plain(each)}
        return [each for each in self._all if each.file != file or _key(each) in plain], partly


def _where(declared: Located) -> tuple[str, int, str]:
    start = declared.location.start if declared.location else 0
    return declared.file, start, declared.thing.address


def _spot(declared: Located) -> Key:
    return (*_where(declared),)


def _key(declared: Located) -> Key:
    return *_where(declared), declared.thing


def _is_plain(declared: Located) -> bool:
    """Say whether a thing is the same from whatever file one looks at it."""
    return _foreign(declared) == declared


def _foreign(declared: Located) -> Located:
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
