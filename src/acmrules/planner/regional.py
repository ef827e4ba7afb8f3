"""The certificates of one Region: what they list, for whom, and why."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.limits import MAX_FIRST_NAME_OCTETS
from acmrules.messages import quoted_list
from acmrules.name_list import NameList
from acmrules.names import Name, WildcardDomainName
from acmrules.planner.demands import Unplannable
from acmrules.planner.packing.model import ItemGroup, PackingRules
from acmrules.planner.packing.solve import pack
from acmrules.planner.slots import NameSlots, family, union
from acmrules.request import KeyAlgorithm
from acmrules.services import SERVICES
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.planner.demands import Demand, PlanPolicy
    from acmrules.planner.packing.model import Bin, Item
    from acmrules.planner.slots import Member, NameSlot
    from acmrules.suffixes import PublicSuffixes

    Want = tuple[tuple[Name, ...], Name | None]
    """Hosts that have to be on one certificate, and the name that a service wants first on it."""

DEFAULT_ALGORITHM = KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0])
"""The key algorithm that ACM takes by default, and every service that takes one of ACM's."""


class PlannedCertificate(Value):
    """A certificate to request: where, with which names, for whom, and why so.

    `region` is `None` where the Region is not known. `hosts` are those it is to serve,
    `consumers` the addresses of those who are to use it.
    """

    region: str | None
    names: NameList
    key_algorithm: KeyAlgorithm
    hosts: tuple[Name, ...]
    consumers: tuple[str, ...]
    reasons: tuple[str, ...]


class RegionalPlan(Value):
    """The certificates of one Region, the bounds for them, and what they cannot serve."""

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
    """Plan the certificates for demands that are served from one Region."""
    hosts = {host for demand in demands for host in demand.hosts}
    leading = {demand.first for demand in demands if demand.first}
    slots = NameSlots(hosts, leading, policy, suffixes)
    wanted: dict[Want, list[Demand]] = {}
    for demand in demands:
        for together in _together(demand):
            wanted.setdefault((together, demand.first), []).append(demand)
    part = _Part({want: slots.load(*want) for want in wanted}, slots, capacity)
    refused = [
        Unplannable(want[0], _worded(reason, want, demand), region, demand.address)
        for want, reason in part.refused.items()
        for demand in wanted[want]
    ]
    packing = pack(part.loads, part.crowds, part.rules)
    certificates = []
    for names, wants, reasons in part.lists(packing.boxes, policy):
        users = [demand for want in wants for demand in wanted[want]]
        certificates.append(
            PlannedCertificate(
                region,
                names,
                DEFAULT_ALGORITHM,
                tuple(sorted({host for hosts, _ in wants for host in hosts}, key=family)),
                tuple(dict.fromkeys(user.address for user in users if user.address)),
                (*_placed(region, users), *reasons),
            )
        )
    certificates.sort(key=lambda certificate: [*map(family, certificate.names)])
    return RegionalPlan(tuple(certificates), packing.bound, packing.slots_bound, tuple(refused))


def _together(demand: Demand) -> Iterable[tuple[Name, ...]]:
    """Return the hosts of a consumer that have to be on one certificate."""
    if demand.is_divisible:
        return [(host,) for host in demand.hosts]
    return [tuple(sorted(demand.hosts, key=family))]


def _placed(region: str | None, users: Iterable[Demand]) -> Iterator[str]:
    """Say which services take the certificate from another Region than their own (fact 5.2)."""
    away = {user.service for user in users if user.region not in (None, region) and user.service}
    for key in sorted(away):
        yield f"{SERVICES[key].name} takes certificates from `{region}` alone"


def _worded(reason: str, want: Want, demand: Demand) -> str:
    """Say why hosts have to be on one certificate, where there are several."""
    if len(want[0]) == 1 or demand.service is None:
        return reason
    return f"{reason}, and {SERVICES[demand.service].name} takes one"


class _Part:
    """What one Region's hosts need, as loads and crowds, and what the boxes of it list.

    A slot that one host alone needs, or several for which a wildcard may stand, goes with others
    like it into a crowd: these are interchangeable.
    """

    def __init__(self, wants: dict[Want, Item], slots: NameSlots, capacity: int) -> None:
        self._slots = slots
        self.refused: dict[Want, str] = {}
        by_load: dict[Item, list[Want]] = {}
        for want, load in wants.items():
            if fault := self._fault(want, load, capacity):
                self.refused[want] = fault
            else:
                by_load.setdefault(load, []).append(want)
        # Who is refused lends nobody a name that can come first.
        self.rules = self._rules(by_load, capacity)
        for load in tuple(by_load):
            if fault := self._too_long(load):
                self.refused |= dict.fromkeys(by_load.pop(load), fault)
        users: dict[int, int] = {}
        for load in by_load:
            for slot in load.slots:
                users[slot] = users.get(slot, 0) + 1
        alike: dict[ItemGroup, list[int]] = {}
        self.loads: list[Item] = []
        for load in sorted(by_load, key=lambda load: sorted(load.slots)):
            [slot, *others] = load.slots
            if others or users[slot] > 1 or load.eased or slots.all[slot].own:
                self.loads.append(load)
            else:
                kind = ItemGroup(0, slots.all[slot].is_short, load.sides, load.against)
                alike.setdefault(kind, []).append(slot)
        self.crowds = [kind.__replace__(count=len(of)) for kind, of in alike.items()]
        self._crowded = [*alike.values()]
        self._wants = by_load
        self._by_slot = {next(iter(load.slots)): load for load in by_load if len(load.slots) == 1}

    def _rules(self, loads: Iterable[Item], capacity: int) -> PackingRules:
        slots = self._slots
        used = {slot for load in loads for slot in load.slots}
        short = frozenset(slot for slot in used if slots.all[slot].is_short)
        helpers = {(slots.all[slot].sides, slots.all[slot].against) for slot in short}
        return PackingRules(capacity, short, tuple(sorted(helpers)), slots.apart)

    def _fault(self, want: Want, load: Item, capacity: int) -> str | None:
        """Return why a load is on no certificate, whatever else is asked for."""
        if load.sides & load.against:
            return self._conflict(want, load)
        if len(load.slots) > capacity:
            return f"{len(load.slots)} names are needed on one certificate, which lists {capacity}"
        return None

    def _conflict(self, want: Want, load: Item) -> str:
        """Say what in a load must not share a certificate."""
        names = {self._slots.of[host]: host for host in want[0]}
        slots = [(self._slots.all[slot], names.get(slot)) for slot in sorted(load.slots)]
        for slot, _ in slots:
            if slot.sides & slot.against:
                return f"`{slot.name}` covers names that are held apart from each other"
        one, other = next(
            (one, other) for one in slots for other in slots if one[0].sides & other[0].against
        )
        both = f"`{one[1] or one[0].name}` and `{other[1] or other[0].name}`"
        lead = one[0].leads and other[0].leads
        return f"{both} must both come first" if lead else f"{both} are held apart"

    def _too_long(self, load: Item) -> str | None:
        """Return why none of a load's names can come first, and none beside them (fact 1.3)."""
        if not self.rules.short.isdisjoint(load.slots):
            return None
        most = f"a first name has {MAX_FIRST_NAME_OCTETS} octets at the most"
        if not self.rules.helps(load.sides, load.against):
            return f"no name that could come first is asked for beside: {most}"
        if len(load.slots) == self.rules.capacity:
            return f"there is no room for a name that could come first: {most}"
        return None

    def lists(
        self, boxes: Sequence[Bin], policy: PlanPolicy
    ) -> Iterator[tuple[NameList, list[Want], tuple[str, ...]]]:
        """Yield what each certificate lists, whom it serves, and why it is so."""
        waiting = [iter(slots) for slots in self._crowded]
        filled = []
        for box in boxes:
            loads = [self.loads[index] for index in box.loads]
            for index, count in box.crowds:
                loads += [self._by_slot[next(waiting[index])] for _ in range(count)]
            filled.append(loads)
        held = [self._held(loads) for loads in filled]
        total = len({slot for loads in filled for load in loads for slot in load.slots})
        for loads, own in zip(filled, held, strict=True):
            wants = [want for load in loads for want in self._wants[load]]
            names, reasons = self._names(loads, wants)
            if len(boxes) > 1 and total > self.rules.capacity:
                reasons.append(
                    f"{total} names are needed here, and a certificate lists {self.rules.capacity}"
                )
            for group, member in sorted(own):
                others = sorted({m for of in held for g, m in of if g == group and m != member})
                if others:
                    domains = policy.apart[group]
                    away = quoted_list([domains[other] for other in others])
                    reasons.append(f"`{domains[member]}` is held apart from {away}")
            yield names, wants, tuple(reasons)

    def _held(self, loads: Sequence[Item]) -> frozenset[Member]:
        slots = self._slots.all
        return frozenset(member for load in loads for s in load.slots for member in slots[s].held)

    def _names(self, loads: Sequence[Item], wants: Sequence[Want]) -> tuple[NameList, list[str]]:
        """Name what loads need, the first name first, and say what it is for."""
        slots = self._slots
        inside = {slot for load in loads for slot in load.slots if slots.all[slot].own}
        leader = next((slots.all[slot].name for slot in inside), None)
        here: dict[int, list[Name]] = {}
        for host in sorted({host for hosts, _ in wants for host in hosts}, key=family):
            for slot in slots.needed((host,), leader):
                here.setdefault(slot, []).append(host)
        reasons = []
        names = {slot: self._named(slots.all[slot], hosts) for slot, hosts in here.items()}
        for slot, name in sorted(names.items()):
            if isinstance(name, WildcardDomainName) and name not in here[slot]:
                reasons.append(f"`{name}` stands for {quoted_list(here[slot])}")
        first = leader or next((n for s, n in names.items() if slots.all[s].leads), None)
        if first:
            why = "as Verified Access takes it from there" if leader else "by the policy"
            reasons.append(f"`{first}` comes first {why}")
        else:
            short = [n for n in names.values() if n.octets <= MAX_FIRST_NAME_OCTETS]
            wildcard = next((s for s in sorted(names) if slots.all[s].is_short), None)
            if short:
                first = min(short, key=lambda name: (len(name.labels), str(name)))
            elif wildcard is not None:
                first = names[wildcard] = slots.all[wildcard].name
                reasons.append(
                    f"`{first}` can come first, which {quoted_list(here[wildcard])} cannot:"
                    f" a first name has {MAX_FIRST_NAME_OCTETS} octets at the most"
                )
            else:
                first = self._helper(loads)
                reasons.append(
                    f"`{first}` is listed again to come first:"
                    f" the others have more than {MAX_FIRST_NAME_OCTETS} octets"
                )
        return NameList(first, *sorted(names.values(), key=family)), reasons

    def _named(self, slot: NameSlot, hosts: Sequence[Name]) -> Name:
        """Return a slot's wildcard where it saves names or has to be there, else its one host."""
        return slot.name if len(hosts) > 1 or slot.leads else hosts[0]

    def _helper(self, loads: Sequence[Item]) -> Name:
        """Return a name of another certificate that may stand on this one too, and come first."""
        sides, against = (union(getattr(x, kind) for x in loads) for kind in ("sides", "against"))
        slots = self._slots.all
        fitting = (
            slot
            for slot in sorted(self.rules.short)
            if not (slots[slot].sides & against or slots[slot].against & sides)
        )
        slot = min(fitting, key=lambda slot: (slots[slot].leads, slot))
        hosts = {host for wants in self._wants.values() for hosts, _ in wants for host in hosts}
        short = [
            host
            for host in hosts
            if self._slots.of[host] == slot and host.octets <= MAX_FIRST_NAME_OCTETS
        ]
        return slots[slot].name if slots[slot].leads or not short else min(short)
