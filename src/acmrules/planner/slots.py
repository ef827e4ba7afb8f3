"""Places in a certificate's list: which hosts can have one together, and what holds them apart."""

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
    """A member of a group that is held apart: which group, and which of its members."""


class NameSlot(Value):
    """A place for one name: that of a host, or the wildcard that may stand for several.

    `leads` says that the name has to come first, and `own` that it does so for one service, which
    has the slot to itself. `held` are the members of groups held apart that the name belongs to.
    """

    name: Name
    leads: bool
    own: bool
    held: frozenset[Member]
    sides: int
    against: int

    @property
    def is_short(self) -> bool:
        """Whether the name can come first (fact 1.3)."""
        return self.name.octets <= MAX_FIRST_NAME_OCTETS


def family(name: Name | str) -> list[str]:
    """Return what sorts names by their families: the labels from the last on."""
    return str(name).split(".")[::-1]


class NameSlots:
    """The slots of one Region's hosts, by number, in the order of their families.

    Hosts below one parent have a slot together where a wildcard may stand for them: a single one
    of them is listed as itself there, more by the wildcard. A name that a service wants first has
    a slot of its own beside that.
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
        self._members: dict[str, list[Member]] = {}
        self._below: dict[str, list[Member]] = {}
        for group, domains in enumerate(policy.apart):
            for member, domain in enumerate(domains if len(domains) > 1 else ()):
                self._members.setdefault(str(domain), []).append((group, member))
                self._below.setdefault(_parent(domain), []).append((group, member))
        self._shared: dict[str, tuple[Name, frozenset[Member]] | None] = {}
        names = {host: self._listed(host) for host in hosts}
        own = {name for name in leading if name not in policy.first}
        pairs = {(name, False) for name in names.values()} | {(name, True) for name in own}
        ordered = sorted(pairs, key=lambda pair: (family(pair[0]), pair[1]))
        self.apart: tuple[int, ...] = ()
        self.all = self._sided(ordered)
        numbers = {pair: number for number, pair in enumerate(ordered)}
        self.of = {host: numbers[name, False] for host, name in names.items()}
        self.own = {name: numbers[name, True] for name in own}

    def _listed(self, host: Name) -> Name:
        """Return the name of a host's slot: itself, or the wildcard over it."""
        if isinstance(host, WildcardDomainName) or host in self._policy.first:
            return host
        parent = _parent(host)
        if parent not in self._shared:
            self._shared[parent] = self._wildcard(parent)
        shared = self._shared[parent]
        return shared[0] if shared and shared[1] == self._held(host) else host

    def _wildcard(self, parent: str) -> tuple[Name, frozenset[Member]] | None:
        """Return the wildcard below a domain and what holds it apart, `None` if none may stand."""
        if "." not in parent:
            return None
        domain = DomainName(parent)
        if self._policy.wildcard_refusal(domain, self._suffixes):
            return None
        wildcard = WildcardDomainName(domain)
        if wildcard in self._policy.first and wildcard.octets > MAX_FIRST_NAME_OCTETS:
            return None
        return wildcard, self._held(wildcard)

    def _held(self, name: Name) -> frozenset[Member]:
        """Return the members that a name belongs to: of each group the nearest, and all covered."""
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
        """Make the slots, with a bit for every member held apart and every name that leads."""
        lead = len(self._policy.apart)
        found: list[tuple[Name, bool, bool, frozenset[Member], list[Member]]] = []
        for number, (name, own) in enumerate(ordered):
            held = self._held(name)
            leads = own or name in self._policy.first
            found.append((name, leads, own, held, [*held, (lead, number)] if leads else [*held]))
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
                leads,
                own,
                held,
                sum(bits[side] for side in sides),
                union(entries[side[0]] & ~bits[side] for side in sides),
            )
            for name, leads, own, held, sides in found
        ]

    def load(self, hosts: tuple[Name, ...], leader: Name | None = None) -> Item:
        """Return what hosts need that have to be on one certificate, which a name leads or not."""
        own = self.own.get(leader) if leader else None
        slots = self.needed(hosts, leader if own is not None else None)
        if own is not None:
            slots |= {own}
        eased: tuple[tuple[int, frozenset[int]], ...] = ()
        if self.own and own is None:
            over = {name for host in hosts for name in (host, self._over(host)) if name}
            eased = tuple(
                (self._lead_bit(number), self.needed(hosts, name))
                for name, number in sorted(self.own.items(), key=lambda item: item[1])
                if name in over
            )
        sides = union(self.all[slot].sides for slot in slots)
        return Item(slots, sides, union(self.all[slot].against for slot in slots), eased)

    def needed(self, hosts: Iterable[Name], leader: Name | None) -> frozenset[int]:
        """Return the slots of hosts that a name which leads anyway does not cover."""
        if leader is None:
            return frozenset(self.of[host] for host in hosts)
        return frozenset(self.of[host] for host in hosts if not self._serves(leader, host))

    def _serves(self, leader: Name, host: Name) -> bool:
        """Say whether a name stands for a host, held apart alike, that need not be listed."""
        if leader == host:
            return True
        is_listed = host in self._policy.first or leader != self._over(host)
        return not is_listed and self._held(leader) == self._held(host)

    def _lead_bit(self, number: int) -> int:
        # Of all entries, that of the names that lead is the last, and its bits are the highest.
        sides = self.all[number].sides
        return 1 << sides.bit_length() - 1

    def _over(self, host: Name) -> Name | None:
        """Return the wildcard over a host, which is that host itself if it is one."""
        parent = _parent(host)
        return WildcardDomainName(DomainName(parent)) if "." in parent else None


def union(sets: Iterable[int]) -> int:
    """Return the bits that any of some sets has."""
    bits = 0
    for one in sets:
        bits |= one
    return bits


def _parent(name: Name) -> str:
    return str(name).partition(".")[2]
