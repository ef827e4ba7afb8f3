"""The hosted zone that contains the validation record of a name."""

from __future__ import annotations

from collections.abc import Iterable

from acmrules.errors import require_list
from acmrules.names import (
    DomainName,
    Name,
    WildcardDomainName,
    parse_name,
    plain_dns_name,
)
from acmrules.partial import MOST_COMPARED, base, is_within, known_tail, symbols
from acmrules.unresolved import ListedName
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, SupportsIndex

    from acmrules.partial import Symbols


def zone_of(name: str | Name, zones: Iterable[str | DomainName]) -> DomainName | None:
    """Return the most specific zone that contains a name and so its record (fact E.1).

    A wildcard is in the zone of its parent. A zone may end in a dot. Raises `InvalidName`.

    >>> zone_of("*.api.example.com", ["com.example", "example.com", "api.example.com"])
    DomainName('api.example.com')
    """
    require_list(zones, "zones")
    listed = [*map(plain_dns_name, zones)]
    found = ZoneIndex(listed).match(parse_name(name)).locations
    return listed[found[0]] if found else None


class ZoneMatch(Value):
    """The most specific zones that certainly contain a name.

    `locations` are their indexes; several zones may have the same name. `length` is the length of
    that name in characters, or 0 if there is none. `unsure` are the indexes of partly known zones
    that may be more specific.
    """

    locations: tuple[int, ...] = ()
    length: int = 0
    unsure: tuple[int, ...] = ()


class ZoneIndex:
    """An index of zones that finds the zone of a name.

    For a fully known name, the cost of fully known zones does not depend on their number. Others
    are compared one by one, up to `MOST_COMPARED`; beyond that all of them are unsure. A zone may
    be a string, which may end in a dot. Raises `InvalidName` if a string is not a domain name.
    """

    __slots__ = ("_open", "_partial", "_places")

    def __init__(self, zones: Iterable[str | ListedName]) -> None:
        require_list(zones, "zones")
        self._places: dict[str, list[int]] = {}
        self._partial: list[tuple[int, Symbols]] = []
        self._open: list[int] = []
        for place, listed in enumerate(zones):
            zone = listed if isinstance(listed, ListedName) else plain_dns_name(listed)
            text = symbols(zone)
            if isinstance(zone, DomainName):
                self._places.setdefault(str(zone), []).append(place)
            elif text is None:
                self._open.append(place)
            else:
                self._partial.append((place, text))

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        return object.__reduce_ex__(self, 2)  # Older protocols have no slots.

    def match(self, name: str | ListedName) -> ZoneMatch:
        """Return the zones that contain a name; a wildcard is in the zone of its parent.

        Raises `InvalidName` if a string is not a name.
        """
        if not isinstance(name, ListedName):
            name = parse_name(name)
        text = symbols(name)
        if text is None:
            return ZoneMatch(unsure=self._all())
        plain = base(text)
        if isinstance(name, DomainName | WildcardDomainName):
            return self._among(plain, self._climbed("".join(map(str, plain))), self._partial)
        known = [
            (place, tuple(zone)) for zone, locations in self._places.items() for place in locations
        ]
        found = self._climbed(known_tail(name)[0])
        return self._among(plain, found, [*known, *self._partial])

    def _climbed(self, name: str) -> ZoneMatch:
        """Return the most specific fully known zone that contains a name."""
        while name:
            if name in self._places:
                return ZoneMatch(tuple(self._places[name]), len(name))
            name = name.partition(".")[2]
        return ZoneMatch()

    def _among(
        self, name: Symbols, found: ZoneMatch, others: list[tuple[int, Symbols]]
    ) -> ZoneMatch:
        """Return the most specific match of `found` and of `others`, compared one by one."""
        if found.length == len(name):
            return found
        if len(others) > MOST_COMPARED:
            rest = (place for place, _ in others if place not in found.locations)
            return found.__replace__(unsure=(*rest, *self._open))
        unsure = [*self._open]
        for place, zone in others:
            within = is_within(name, zone)
            if within is None:
                unsure.append(place)
            elif within and len(zone) > found.length:
                found = ZoneMatch((place,), len(zone))
            elif within and len(zone) == found.length and place not in found.locations:
                found = found.__replace__(locations=(*found.locations, place))
        return found.__replace__(unsure=tuple(sorted(unsure)))

    def _all(self) -> tuple[int, ...]:
        known = (place for locations in self._places.values() for place in locations)
        return tuple(sorted((*known, *(place for place, _ in self._partial), *self._open)))
