"""Places in a certificate's list: which hosts can have one together, and what then stands there."""

from __future__ import annotations

from acmrules.limits import MAX_FIRST_NAME_OCTETS
from acmrules.matching import covers
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.packing import Load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.demands import PlanPolicy
    from acmrules.suffixes import PublicSuffixes


def name_order(name: Name | str) -> list[str]:
    """Return what sorts names by their families: from the last label on."""
    return str(name).split(".")[::-1]


class Slots:
    """The slots of one Region's hosts, by number.

    Hosts below one parent have one slot together where a wildcard may stand for them: a single
    one is listed by itself there, more of them by the wildcard. A name that a service wants first
    has a slot of its own beside.
    """

    def __init__(
        self,
        hosts: Iterable[Name],
        leading: Iterable[Name],
        policy: PlanPolicy,
        suffixes: PublicSuffixes,
    ) -> None:
        self._policy = policy
        self._suffixes = suffixes
        self._members: dict[str, list[tuple[int, int]]] = {}
        self._children: dict[str, list[tuple[int, int]]] = {}
        for entry, group in enumerate(policy.apart):
            for member, domain in enumerate(group):
                self._members.setdefault(str(domain), []).append((entry, member))
                self._children.setdefault(_parent(domain), []).append((entry, member))
        self._shareable: dict[str, frozenset[tuple[int, int]] | None] = {}
        keys = {host: self._key(host) for host in hosts}
        firsts = {name for name in leading if name not in policy.first}
        ordered = sorted(
            {(key, False) for key in keys.values()} | {(str(name), True) for name in firsts},
            key=lambda pair: (name_order(pair[0]), pair[1]),
        )
        numbers = {pair: number for number, pair in enumerate(ordered)}
        self.of = {host: numbers[key, False] for host, key in keys.items()}
        self.leading = {name: numbers[str(name), True] for name in firsts}
        self.names = [key for key, _ in ordered]
        self.short = frozenset(
            number for number, key in enumerate(self.names) if len(key) <= MAX_FIRST_NAME_OCTETS
        )
        self._set_sides(ordered)

    def _key(self, host: Name) -> str:
        """Return the name of a host's slot: itself, or the wildcard over it."""
        if isinstance(host, WildcardDomainName) or host in self._policy.first:
            return str(host)
        parent = _parent(host)
        if parent not in self._shareable:
            self._shareable[parent] = self._wildcard_sides(parent)
        shared = self._shareable[parent]
        return str(host) if shared is None or shared != self._held(host) else f"*.{parent}"

    def _wildcard_sides(self, parent: str) -> frozenset[tuple[int, int]] | None:
        """Return what a wildcard is held apart with, `None` where none may stand."""
        if "." not in parent:
            return None
        domain = DomainName(parent)
        if self._policy.wildcard_refusal(domain, self._suffixes):
            return None
        wildcard = WildcardDomainName(domain)
        if wildcard in self._policy.first and wildcard.octets > MAX_FIRST_NAME_OCTETS:
            return None
        return self._held(wildcard)

    def _held(self, name: Name) -> frozenset[tuple[int, int]]:
        """Return to which members of groups held apart a name belongs; the nearest counts."""
        if not self._members:
            return frozenset()
        is_wildcard = isinstance(name, WildcardDomainName)
        text = _parent(name) if is_wildcard else str(name)
        below = self._children.get(text, ()) if is_wildcard else ()
        nearest: dict[int, int] = {}
        while text:
            for entry, member in self._members.get(text, ()):
                nearest.setdefault(entry, member)
            text = text.partition(".")[2]
        return frozenset((*nearest.items(), *below))

    def is_torn(self, wildcard: Name) -> bool:
        """Say whether a name covers what is held apart."""
        held = self._held(wildcard)
        return len({entry for entry, _ in held}) < len(held)

    def _set_sides(self, ordered: list[tuple[str, bool]]) -> None:
        """Give every member held apart, and every name that leads, a bit."""
        lead = len(self._policy.apart)
        firsts = {str(name) for name in self._policy.first}
        held: list[list[tuple[int, int]]] = []
        for number, (key, leads) in enumerate(ordered):
            sides = sorted(self._held(parse_name(key))) if self._members else []
            held.append([*sides, (lead, number)] if leads or key in firsts else sides)
        bits = {side: 1 << n for n, side in enumerate(sorted({s for of in held for s in of}))}
        self._lead_bits = {number: bit for (entry, number), bit in bits.items() if entry == lead}
        entries: dict[int, int] = {}
        for (entry, _), bit in bits.items():
            entries[entry] = entries.get(entry, 0) | bit
        self.sides = [sum(bits[side] for side in of) for of in held]
        self.against = [_union(entries[side[0]] & ~bits[side] for side in of) for of in held]

    def load(self, hosts: tuple[Name, ...], leader: Name | None = None) -> Load:
        """Return what hosts need that must be on one certificate, led by a name or not."""
        slots = self._needed(hosts, leader)
        if leader in self.leading:
            slots |= {self.leading[leader]}
        eased = ()
        if leader is None and self.leading:
            over = {name for host in hosts for name in (host, _wildcard_over(host))}
            eased = tuple(
                (self._lead_bits[number], self._needed(hosts, name))
                for name, number in self.leading.items()
                if name in over
            )
        return Load(
            slots,
            _union(self.sides[slot] for slot in slots),
            _union(self.against[slot] for slot in slots),
            eased,
        )

    def _needed(self, hosts: tuple[Name, ...], leader: Name | None) -> frozenset[int]:
        """Return the slots of hosts beside a name that leads their certificate anyway."""
        led = leader if leader in self.leading else None
        return frozenset(self.of[h] for h in hosts if led is None or not covers(led, h))


def _parent(name: Name) -> str:
    return str(name).partition(".")[2]


def _wildcard_over(host: Name) -> Name | None:
    parent = _parent(host)
    return WildcardDomainName(DomainName(parent)) if "." in parent else None


def _union(sets: Iterable[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union
