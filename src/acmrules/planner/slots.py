"""Slots for names on certificates: which hosts share one, and which are kept apart."""

from __future__ import annotations

from acmrules.limits import MAX_FIRST_NAME_OCTETS
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.planner.packing.model import Item
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.planner.demands import PlanPolicy
    from acmrules.suffixes import PublicSuffixes

    Member = tuple[int, int]
    """The index of a group in `PlanPolicy.apart`, and the index of a member in it."""


class NameSlot(Value):
    """A slot for one name: a host, or a wildcard that may cover several hosts.

    If `is_first` is true, the name must be the primary name. If `is_exclusive` is true, it must be
    so for one service, and no other consumer shares the slot. `members` are the members of groups
    in the policy's `apart` to which the name belongs.
    """

    name: Name
    is_first: bool
    is_exclusive: bool
    members: frozenset[Member]
    sides: int
    against: int

    @property
    def is_short(self) -> bool:
        """Whether the name can be the primary name (fact 1.3)."""
        return self.name.octets <= MAX_FIRST_NAME_OCTETS


def family(name: Name | str) -> list[str]:
    """Return a sort key that puts names of one domain together: the labels in reverse order."""
    return str(name).split(".")[::-1]


class NameSlots:
    """The slots for the hosts of one Region, by number, in the order of `family`.

    Hosts with the same parent share a slot if the policy allows a wildcard for them. A single host
    is listed by its own name there, and several hosts by the wildcard. A primary name that a
    service requires has an additional slot of its own.
    """

    def __init__(
        self,
        hosts: Iterable[Name],
        required_first: Iterable[Name],
        policy: PlanPolicy,
        suffixes: PublicSuffixes,
    ) -> None:
        self._policy = policy
        self._suffixes = suffixes
        self._members: dict[str, list[Member]] = {}
        self._below: dict[str, list[Member]] = {}
        for group, domains in enumerate(policy.apart):
            for member, domain in enumerate(domains if len(domains) > 1 else ()):
                self._members.setdefault(str(domain), []).append((group, member))
                self._below.setdefault(_parent(domain), []).append((group, member))
        self._shared: dict[str, tuple[Name, frozenset[Member]] | None] = {}
        names = {host: self._slot_name(host) for host in hosts}
        own = {name for name in required_first if name not in policy.first}
        pairs = {(name, False) for name in names.values()} | {(name, True) for name in own}
        ordered = sorted(pairs, key=lambda pair: (family(pair[0]), pair[1]))
        self.apart: tuple[int, ...] = ()
        self.all = self._sided(ordered)
        numbers = {pair: number for number, pair in enumerate(ordered)}
        self.of = {host: numbers[name, False] for host, name in names.items()}
        self.own = {name: numbers[name, True] for name in own}

    def _slot_name(self, host: Name) -> Name:
        """Return the name of a host's slot: the host itself, or the wildcard that covers it."""
        if isinstance(host, WildcardDomainName) or host in self._policy.first:
            return host
        parent = _parent(host)
        if parent not in self._shared:
            self._shared[parent] = self._wildcard(parent)
        shared = self._shared[parent]
        return shared[0] if shared and shared[1] == self._members_of(host) else host

    def _wildcard(self, parent: str) -> tuple[Name, frozenset[Member]] | None:
        """Return the wildcard below a domain and its members, or `None` if it is not allowed."""
        if "." not in parent:
            return None
        domain = DomainName(parent)
        if self._policy.wildcard_refusal(domain, self._suffixes):
            return None
        wildcard = WildcardDomainName(domain)
        if wildcard in self._policy.first and wildcard.octets > MAX_FIRST_NAME_OCTETS:
            return None
        return wildcard, self._members_of(wildcard)

    def _members_of(self, name: Name) -> frozenset[Member]:
        """Return the members to which a name belongs: nearest of each group, and covered ones."""
        if not self._members:
            return frozenset()
        text = str(name)
        covered: Iterable[Member] = ()
        if isinstance(name, WildcardDomainName):
            text = _parent(name)
            covered = self._below.get(text, ())
        nearest: dict[int, int] = {}
        while text:
            for group, member in self._members.get(text, ()):
                nearest.setdefault(group, member)
            text = text.partition(".")[2]
        return frozenset((*nearest.items(), *covered))

    def _sided(self, ordered: list[tuple[Name, bool]]) -> list[NameSlot]:
        """Return the slots, with a bit for every member and for every required primary name."""
        first = len(self._policy.apart)
        found: list[tuple[Name, bool, bool, frozenset[Member], list[Member]]] = []
        for number, (name, is_exclusive) in enumerate(ordered):
            members = self._members_of(name)
            is_first = is_exclusive or name in self._policy.first
            sides = [*members, (first, number)] if is_first else [*members]
            found.append((name, is_first, is_exclusive, members, sides))
        bits: dict[Member, int] = {}
        for side in sorted({side for *_, sides in found for side in sides}):
            bits[side] = 1 << len(bits)
        entries: dict[int, int] = {}
        for (entry, _), bit in bits.items():
            entries[entry] = entries.get(entry, 0) | bit
        self.apart = tuple(entries.values())
        return [
            NameSlot(
                name,
                is_first,
                is_exclusive,
                members,
                sum(bits[side] for side in sides),
                union(entries[side[0]] & ~bits[side] for side in sides),
            )
            for name, is_first, is_exclusive, members, sides in found
        ]

    def item(self, hosts: tuple[Name, ...], first: Name | None = None) -> Item:
        """Return the item of hosts on one certificate, possibly with a required primary name."""
        own = self.own.get(first) if first else None
        slots = self.needed(hosts, first if own is not None else None)
        if own is not None:
            slots |= {own}
        alternatives: tuple[tuple[int, frozenset[int]], ...] = ()
        if self.own and own is None:
            related = {name for host in hosts for name in (host, self._wildcard_over(host)) if name}
            alternatives = tuple(
                (self._first_bit(number), self.needed(hosts, name))
                for name, number in sorted(self.own.items(), key=lambda item: item[1])
                if name in related
            )
        sides = union(self.all[slot].sides for slot in slots)
        return Item(slots, sides, union(self.all[slot].against for slot in slots), alternatives)

    def needed(self, hosts: Iterable[Name], first: Name | None) -> frozenset[int]:
        """Return the slots of the hosts that the primary name, if given, does not cover."""
        if first is None:
            return frozenset(self.of[host] for host in hosts)
        return frozenset(self.of[host] for host in hosts if not self._replaces(first, host))

    def _replaces(self, first: Name, host: Name) -> bool:
        """Return whether a primary name covers a host that need not be listed itself."""
        if first == host:
            return True
        is_listed = host in self._policy.first or first != self._wildcard_over(host)
        return not is_listed and self._members_of(first) == self._members_of(host)

    def _first_bit(self, number: int) -> int:
        # The primary names are the last entry, so their bits are the highest.
        sides = self.all[number].sides
        return 1 << sides.bit_length() - 1

    def _wildcard_over(self, host: Name) -> Name | None:
        """Return the wildcard that covers a host; for a wildcard, the wildcard itself."""
        parent = _parent(host)
        return WildcardDomainName(DomainName(parent)) if "." in parent else None


def union(sets: Iterable[int]) -> int:
    """Return the union of sets of bits."""
    bits = 0
    for one in sets:
        bits |= one
    return bits


def _parent(name: Name) -> str:
    return str(name).partition(".")[2]
