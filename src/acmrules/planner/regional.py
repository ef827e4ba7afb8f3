"""The certificates of one Region: their names, their consumers, and the reasons."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.limits import MAX_FIRST_NAME_OCTETS
from acmrules.messages import quoted_list
from acmrules.name_list import NameList
from acmrules.names import Name, WildcardDomainName
from acmrules.planner.demands import Demand, PlanPolicy, Unplannable
from acmrules.planner.packing.model import Bin, Item, ItemGroup, PackingRules
from acmrules.planner.packing.solve import pack
from acmrules.planner.slots import NameSlots, family, union
from acmrules.request import KeyAlgorithm
from acmrules.services import SERVICES
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.planner.slots import Member, NameSlot
    from acmrules.suffixes import PublicSuffixes

    Want = tuple[tuple[Name, ...], Name | None]
    """Hosts that must be on one certificate, and the primary name that a service requires."""

DEFAULT_ALGORITHM = KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0])
"""The default key algorithm of ACM, which every service with ACM certificates supports."""


class PlannedCertificate(Value):
    """A certificate to request, with the reasons for its names.

    `region` is `None` if the Region is unknown. `consumers` are the addresses of the consumers
    that will use the certificate for `hosts`.
    """

    region: str | None
    names: NameList
    key_algorithm: KeyAlgorithm
    hosts: tuple[Name, ...]
    consumers: tuple[str, ...]
    reasons: tuple[str, ...]

    _open = True


class RegionalPlan(Value):
    """The certificates of one Region, lower bounds, and the demands that cannot be satisfied."""

    certificates: tuple[PlannedCertificate, ...]
    bound: int
    names_bound: int
    refused: tuple[Unplannable, ...]


def regional_plan(
    region: str | None,
    demands: Sequence[Demand],
    capacity: int,
    policy: PlanPolicy,
    suffixes: PublicSuffixes,
) -> RegionalPlan:
    """Return the certificates for the demands of one Region."""
    hosts = {host for demand in demands for host in demand.hosts}
    first_names = {demand.first for demand in demands if demand.first}
    slots = NameSlots(hosts, first_names, policy, suffixes)
    wanted: dict[Want, list[Demand]] = {}
    for demand in demands:
        for together in _together(demand):
            wanted.setdefault((together, demand.first), []).append(demand)
    problem = _PackingProblem({want: slots.item(*want) for want in wanted}, slots, capacity)
    refused = [
        Unplannable(want[0], _with_service(reason, want, demand), region, demand.address)
        for want, reason in problem.refused.items()
        for demand in wanted[want]
    ]
    packing = pack(problem.items, problem.groups, problem.rules)
    certificates = []
    for names, wants, reasons in problem.name_lists(packing.bins, policy):
        users = [demand for want in wants for demand in wanted[want]]
        certificates.append(
            PlannedCertificate(
                region,
                names,
                DEFAULT_ALGORITHM,
                tuple(sorted({host for hosts, _ in wants for host in hosts}, key=family)),
                tuple(dict.fromkeys(user.address for user in users if user.address)),
                (*_region_reasons(region, users), *reasons),
            )
        )
    certificates.sort(key=lambda certificate: [*map(family, certificate.names)])
    return RegionalPlan(tuple(certificates), packing.bound, packing.slots_bound, tuple(refused))


def _together(demand: Demand) -> Iterable[tuple[Name, ...]]:
    """Return the sets of hosts of a consumer that must be on one certificate."""
    if demand.is_divisible:
        return [(host,) for host in demand.hosts]
    return [tuple(sorted(demand.hosts, key=family))]


def _region_reasons(region: str | None, users: Iterable[Demand]) -> Iterator[str]:
    """Yield the services that need the certificate in another Region than their own (fact 5.2)."""
    away = {user.service for user in users if user.region not in (None, region) and user.service}
    for key in sorted(away):
        yield f"{SERVICES[key].name} only accepts certificates from `{region}`"


def _with_service(reason: str, want: Want, demand: Demand) -> str:
    """Add the service that requires several hosts on one certificate to a reason."""
    if len(want[0]) == 1 or demand.service is None:
        return reason
    return f"{reason} ({SERVICES[demand.service].name} uses only one certificate)"


class _PackingProblem:
    """The hosts of one Region as items and groups, and the name lists of the packed bins.

    Slots that only one item needs are interchangeable if they have the same sides, so they form a
    group.
    """

    def __init__(self, wants: dict[Want, Item], slots: NameSlots, capacity: int) -> None:
        self._slots = slots
        self.refused: dict[Want, str] = {}
        by_item: dict[Item, list[Want]] = {}
        for want, item in wants.items():
            if fault := self._fault(want, item, capacity):
                self.refused[want] = fault
            else:
                by_item.setdefault(item, []).append(want)
        # A refused item cannot provide a primary name for others.
        self.rules = self._rules(by_item, capacity)
        for item in tuple(by_item):
            if fault := self._too_long(item):
                self.refused |= dict.fromkeys(by_item.pop(item), fault)
        users: dict[int, int] = {}
        for item in by_item:
            for slot in item.slots:
                users[slot] = users.get(slot, 0) + 1
        alike: dict[ItemGroup, list[int]] = {}
        self.items: list[Item] = []
        for item in sorted(by_item, key=lambda item: sorted(item.slots)):
            [slot, *others] = item.slots
            if others or users[slot] > 1 or item.alternatives or slots.all[slot].is_exclusive:
                self.items.append(item)
            else:
                kind = ItemGroup(0, slots.all[slot].is_short, item.sides, item.against)
                alike.setdefault(kind, []).append(slot)
        self.groups = [kind.__replace__(count=len(of)) for kind, of in alike.items()]
        self._grouped = [*alike.values()]
        self._wants = by_item
        self._by_slot = {next(iter(item.slots)): item for item in by_item if len(item.slots) == 1}

    def _rules(self, items: Iterable[Item], capacity: int) -> PackingRules:
        slots = self._slots
        used = {slot for item in items for slot in item.slots}
        short = frozenset(slot for slot in used if slots.all[slot].is_short)
        helpers = {(slots.all[slot].sides, slots.all[slot].against) for slot in short}
        return PackingRules(capacity, short, tuple(sorted(helpers)), slots.apart)

    def _fault(self, want: Want, item: Item, capacity: int) -> str | None:
        """Return why no certificate can have an item."""
        if item.sides & item.against:
            return self._conflict(want, item)
        if len(item.slots) > capacity:
            return f"{len(item.slots)} names must be on one certificate, but {capacity} fit"
        return None

    def _conflict(self, want: Want, item: Item) -> str:
        """Return which names of an item must not share a certificate."""
        names = {self._slots.of[host]: host for host in want[0]}
        slots = [(self._slots.all[slot], names.get(slot)) for slot in sorted(item.slots)]
        for slot, _ in slots:
            if slot.sides & slot.against:
                return f"`{slot.name}` covers names that the policy separates"
        one, other = next(
            (one, other) for one in slots for other in slots if one[0].sides & other[0].against
        )
        both = f"`{one[1] or one[0].name}` and `{other[1] or other[0].name}`"
        if one[0].is_first and other[0].is_first:
            return f"{both} must both be the primary name"
        return f"the policy separates {both}"

    def _too_long(self, item: Item) -> str | None:
        """Return why a certificate with an item has no possible primary name (fact 1.3)."""
        if not self.rules.short.isdisjoint(item.slots):
            return None
        limit = f"the limit is {MAX_FIRST_NAME_OCTETS} characters"
        if not self.rules.helps(item.sides, item.against):
            return f"every name is too long for the primary name: {limit}"
        if len(item.slots) == self.rules.capacity:
            return f"every name is too long for the primary name, and there is no room: {limit}"
        return None

    def name_lists(
        self, bins: Sequence[Bin], policy: PlanPolicy
    ) -> Iterator[tuple[NameList, list[Want], tuple[str, ...]]]:
        """Yield the names of each certificate, the hosts it serves, and the reasons."""
        remaining = [iter(slots) for slots in self._grouped]
        filled = []
        for bin_ in bins:
            items = [self.items[index] for index in bin_.items]
            for index, count in bin_.groups:
                items += [self._by_slot[next(remaining[index])] for _ in range(count)]
            filled.append(items)
        members = [self._members_of(items) for items in filled]
        total = len({slot for items in filled for item in items for slot in item.slots})
        for items, own in zip(filled, members, strict=True):
            wants = [want for item in items for want in self._wants[item]]
            names, reasons = self._names(items, wants)
            if len(bins) > 1 and total > self.rules.capacity:
                reasons.append(
                    f"{total} names are needed, and {self.rules.capacity} fit on a certificate"
                )
            for group, member in sorted(own):
                others = sorted(
                    {m for each in members for g, m in each if g == group and m != member}
                )
                if others:
                    domains = policy.apart[group]
                    separated = quoted_list([domains[other] for other in others])
                    reasons.append(f"the policy separates `{domains[member]}` from {separated}")
            yield names, wants, tuple(reasons)

    def _members_of(self, items: Sequence[Item]) -> frozenset[Member]:
        slots = self._slots.all
        return frozenset(m for item in items for slot in item.slots for m in slots[slot].members)

    def _names(self, items: Sequence[Item], wants: Sequence[Want]) -> tuple[NameList, list[str]]:
        """Return the names of a certificate, the primary name first, and the reasons for them."""
        slots = self._slots
        exclusive = {slot for item in items for slot in item.slots if slots.all[slot].is_exclusive}
        required = next((slots.all[slot].name for slot in exclusive), None)
        here: dict[int, list[Name]] = {}
        for host in sorted({host for hosts, _ in wants for host in hosts}, key=family):
            for slot in slots.needed((host,), required):
                here.setdefault(slot, []).append(host)
        reasons = []
        names = {slot: self._name_of(slots.all[slot], hosts) for slot, hosts in here.items()}
        for slot, name in sorted(names.items()):
            if isinstance(name, WildcardDomainName) and name not in here[slot]:
                reasons.append(f"`{name}` replaces {quoted_list(here[slot])}")
        first = required or next((n for s, n in names.items() if slots.all[s].is_first), None)
        if first:
            by = "Verified Access" if required else "the policy"
            reasons.append(f"{by} requires `{first}` as the primary name")
        else:
            short = [n for n in names.values() if n.octets <= MAX_FIRST_NAME_OCTETS]
            wildcard = next((s for s in sorted(names) if slots.all[s].is_short), None)
            if short:
                first = min(short, key=lambda name: (len(name.labels), str(name)))
            elif wildcard is not None:
                first = names[wildcard] = slots.all[wildcard].name
                reasons.append(
                    f"`{first}` is the primary name instead of {quoted_list(here[wildcard])}:"
                    f" the limit is {MAX_FIRST_NAME_OCTETS} characters"
                )
            else:
                first = self._helper(items)
                reasons.append(
                    f"`{first}` is also the primary name of this certificate: the others are"
                    f" longer than {MAX_FIRST_NAME_OCTETS} characters"
                )
        return NameList([first, *sorted(names.values(), key=family)]), reasons

    def _name_of(self, slot: NameSlot, hosts: Sequence[Name]) -> Name:
        """Return the wildcard of a slot if it saves names or is required, or else its only host."""
        return slot.name if len(hosts) > 1 or slot.is_first else hosts[0]

    def _helper(self, items: Sequence[Item]) -> Name:
        """Return a name of another certificate that can be the primary name of this one too."""
        sides, against = (union(getattr(x, kind) for x in items) for kind in ("sides", "against"))
        slots = self._slots.all
        fitting = (
            slot
            for slot in sorted(self.rules.short)
            if not (slots[slot].sides & against or slots[slot].against & sides)
        )
        slot = min(fitting, key=lambda slot: (slots[slot].is_first, slot))
        hosts = {host for wants in self._wants.values() for hosts, _ in wants for host in hosts}
        short = [
            host
            for host in hosts
            if self._slots.of[host] == slot and host.octets <= MAX_FIRST_NAME_OCTETS
        ]
        return slots[slot].name if slots[slot].is_first or not short else min(short)
