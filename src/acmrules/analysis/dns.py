"""The zones and CAA records for a certificate, from its own file and from all others."""

from __future__ import annotations

from acmrules.model.inventory import Inventory, Located
from acmrules.names import DomainName
from acmrules.resources import CaaRecordSet, Record, Zone
from acmrules.unresolved import ListedName, Text, Unknown, Unresolved
from acmrules.values import Value
from acmrules.zones import ZoneIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from acmrules.model.declaration import Declaration, Variant

    Key = tuple[object, ...]
    T = TypeVar("T")
    N = TypeVar("N", ListedName, Text)


class _Side:
    """The public zones, or the private ones, indexed by their names."""

    def __init__(self, declared: Iterable[Located], *, private: bool) -> None:
        zones = [(each, each.thing) for each in declared if isinstance(each.thing, Zone)]
        self._declared = [each for each, zone in zones if zone.private is private]
        self._index = ZoneIndex(zone.name for _, zone in zones if zone.private is private)

    def of(self, name: ListedName) -> tuple[list[Located], list[Located]]:
        """Return the most specific zones of a name, and zones that may be more specific."""
        match = self._index.match(name)
        sure = [self._declared[index] for index in match.locations]
        return sure, [self._declared[index] for index in match.unsure]


class _Views:
    """The zones of all files, or of one file."""

    def __init__(self, declared: list[Located]) -> None:
        self.sides = _Side(declared, private=False), _Side(declared, private=True)
        self.by_id = {
            zone.zone_id: each
            for each in declared
            if isinstance(zone := each.thing, Zone) and isinstance(zone.zone_id, str)
        }


class Zones:
    """The zones for a file: those of all files, and the partly known ones of the file itself."""

    def __init__(self, every: _Views, own: list[Located]) -> None:
        self._every = every
        self._own = _Views(own).sides if own else None
        self._hidden = {*map(_reading_order, own)}

    def of(
        self, name: ListedName
    ) -> tuple[tuple[Located, ...], tuple[Located, ...], tuple[Located, ...]]:
        """Return the public zones of a name, the possible ones, and the private ones."""
        public, unsure = self._nearest(name, 0)
        return public, unsure, self._nearest(name, 1)[0]

    def _nearest(
        self, name: ListedName, side: int
    ) -> tuple[tuple[Located, ...], tuple[Located, ...]]:
        sure, unsure = self._every.sides[side].of(name)
        if self._own:
            own_sure, own_unsure = self._own[side].of(name)
            # A partly known zone of the file shares the unknown part, so it is more specific.
            sure = own_sure or sure
            others = [each for each in unsure if _reading_order(each) not in self._hidden]
            unsure = others + own_unsure
        return tuple(sorted(sure, key=_reading_order)), tuple(sorted(unsure, key=_reading_order))

    def of_id(self, zone_id: Text | None) -> Located | None:
        """Return the zone with a known id."""
        return self._every.by_id.get(zone_id) if isinstance(zone_id, str) else None


class CaaSets:
    """Sets of CAA records, with their indexes by name, as arguments of `check_caa`."""

    def __init__(self, declared: Iterable[Located]) -> None:
        found = [(each, each.thing) for each in declared if isinstance(each.thing, CaaRecordSet)]
        self.declared = [each for each, _ in found]
        self.sets = [records for _, records in found]
        self.locations: dict[str, list[int]] = {}
        for index, each in enumerate(self.sets):
            name = str(each.name) if isinstance(each.name, DomainName) else ""
            self.locations.setdefault(name, []).append(index)


class DnsView(Value):
    """The zones and CAA records for a variant; `own` are its own zones by their ids."""

    zones: Zones
    own: Mapping[Text, Located]
    caa: CaaSets

    def zone_of_id(self, zone_id: Text | None) -> Located | None:
        """Return the zone with an id, or `None` if the files do not declare it."""
        return None if zone_id is None else self.own.get(zone_id) or self.zones.of_id(zone_id)


class DnsViews:
    """The zones and CAA records of an inventory; the view of each file is cached."""

    def __init__(self, inventory: Inventory) -> None:
        self._zones = _Declared("zones", inventory.zones)
        self._caa = _Declared("caa", inventory.caa)
        self._views: dict[Key, DnsView] = {}
        self._parts: dict[Key, tuple[object, list[Located]]] = {}

    def of(self, declaration: Declaration, variant: Variant) -> DnsView:
        """Return the zones and CAA records for a variant."""
        file = declaration.file
        key = file, id(variant.zones), id(variant.caa)
        if key not in self._views:
            own = self._zones.own(variant)
            visible, partial = self._zones.visible_from(file, own)
            zones = Zones(self._cached(_Views, visible), partial)
            by_id = {z.zone_id: each for each in own.values() if isinstance(z := each.thing, Zone)}
            sets, partial = self._caa.visible_from(file, self._caa.own(variant))
            if partial:
                hidden = {*map(_reading_order, partial)}
                others = [each for each in sets if _reading_order(each) not in hidden]
                caa = CaaSets(sorted(others + partial, key=_reading_order))
            else:
                caa = self._cached(CaaSets, sets)
            self._views[key] = DnsView(zones, by_id, caa)
        return self._views[key]

    def _cached(self, make: Callable[[list[Located]], T], declared: list[Located]) -> T:
        """Return `make(declared)`; the list is kept, so that its `id` stays unique."""
        key = make, id(declared)
        if key not in self._parts:
            self._parts[key] = make(declared), declared
        return self._parts[key][0]  # type: ignore[return-value]


class _Declared:
    """All zones or all CAA record sets of an inventory, in reading order.

    The same label of an unknown value means the same value within one file only, so the labels
    include the name of the file.
    """

    def __init__(self, kind: str, declared: Iterable[Located]) -> None:
        self._kind = kind
        self._all = [_foreign(each) for each in sorted(declared, key=_reading_order)]
        self._counts: dict[str, int] = {}
        for each in self._all:
            self._counts[each.file] = self._counts.get(each.file, 0) + 1

    def own(self, variant: Variant) -> dict[Key, Located]:
        """Return the resources of a variant in its own files, by key."""
        things = enumerate(getattr(variant, self._kind))
        declared = (
            Located(variant.location((self._kind, index)), thing) for index, thing in things
        )
        return {_key(each): each for each in declared}

    def visible_from(
        self, file: str, own: Mapping[Key, Located]
    ) -> tuple[list[Located], list[Located]]:
        """Return the resources that a file sees, and the partly known ones of its own."""
        partial = [each for each in own.values() if not _is_plain(each)]
        if sum(key[0] == file for key in own) == self._counts.get(file, 0):
            return self._all, partial
        # Under its conditions, the variant has only some of the resources in the file.
        plain = {key for key, each in own.items() if _is_plain(each)}
        return [each for each in self._all if each.file != file or _key(each) in plain], partial


def _reading_order(declared: Located) -> tuple[str, int, str]:
    start = declared.location.start if declared.location else 0
    return declared.file, start, declared.thing.address


def _key(declared: Located) -> Key:
    return *_reading_order(declared), declared.thing


def _is_plain(declared: Located) -> bool:
    """Return whether a resource is the same from every file, without unknown values."""
    return _foreign(declared) == declared


def _foreign(declared: Located) -> Located:
    thing: Zone | CaaRecordSet | Record = declared.thing
    thing = thing.__replace__(name=_labelled(thing.name, declared.file))
    if isinstance(thing, CaaRecordSet):
        records = tuple(_labelled(record, declared.file) for record in thing.records)
        thing = thing.__replace__(records=records)
    return declared.__replace__(thing=thing)


def _labelled(text: N, file: str) -> N | Unresolved:
    """Return a value with the name of its file in the labels of unknown parts."""
    if not isinstance(text, Unresolved):
        return text
    return Unresolved(
        tuple(Unknown(f"{p.label} of {file}") if isinstance(p, Unknown) else p for p in text.parts)
    )
