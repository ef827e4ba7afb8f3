"""Hosts and their consumers in, the certificates to request out: as few as serve them all."""

from __future__ import annotations

from acmrules.demands import (
    Demand,
    PlanPolicy,
    Refused,
    demand_refusal,
    host_refusal,
    too_long_to_lead,
)
from acmrules.facts import acm
from acmrules.facts.fact import CHECKED
from acmrules.limits import MAX_FIRST_NAME_OCTETS, MAX_NAMES, Quotas
from acmrules.namelist import NameList
from acmrules.names import Name, WildcardDomainName, parse_name
from acmrules.packing import Crowd, Load, Rules, helped, pack
from acmrules.request import KeyAlgorithm
from acmrules.services import SERVICES, required_region
from acmrules.slots import Slots, name_order
from acmrules.suffixlists import default_suffixes
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acmrules.packing import Box
    from acmrules.suffixes import PublicSuffixes


class PlannedCertificate(Value):
    """A certificate to request: where, with which names, for whom, and why so.

    `region` is `None` where the Region is not known. `hosts` are those it is to serve,
    `consumers` the addresses of those who use it.
    """

    region: str | None
    names: NameList
    key_algorithm: KeyAlgorithm
    hosts: tuple[Name, ...]
    consumers: tuple[str, ...]
    reasons: tuple[str, ...]


class Plan(Value):
    """The certificates to request, by Region, and how near they are to the fewest possible.

    No plan has fewer certificates than `bound`, and none with as many certificates fewer names
    than `names_bound`. `notes` are sentences on what the plan rests on.
    """

    certificates: tuple[PlannedCertificate, ...]
    bound: int
    names_bound: int
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> int:
        """How many names the certificates list together."""
        return sum(len(certificate.names) for certificate in self.certificates)

    @property
    def gap(self) -> int:
        """How many certificates there may be too many, at the most."""
        return len(self.certificates) - self.bound

    @property
    def names_gap(self) -> int:
        """How many names there may be too many, at the most."""
        return self.names - self.names_bound

    @property
    def is_exact(self) -> bool:
        """Whether no plan has fewer certificates, nor as many with fewer names."""
        return self.gap == 0 and self.names_gap == 0


def plan(
    hosts: Iterable[str | Name] = (),
    *,
    demands: Iterable[Demand] = (),
    quotas: Quotas = Quotas(),  # noqa: B008  (frozen)
    policy: PlanPolicy = PlanPolicy(),  # noqa: B008  (frozen)
    as_of: date = CHECKED,
    suffixes: PublicSuffixes | None = None,
) -> Plan:
    """Plan the certificates for hosts of no known Region, and for what consumers demand.

    The fewest certificates in each Region, then the fewest names. A consumer that takes one
    certificate gets all its hosts on it; the hosts of a load balancer may be on several. A
    wildcard stands where it saves names and is allowed. Raises `InvalidName`, `ValueError`, and
    `NoSuffixList` where no suffixes are given and none are installed (facts 1.3, 1.23, 1.25, 2.2,
    5.1 to 5.3, section C).

    >>> planned = plan(["example.com", "www.example.com", "api.example.com"])
    >>> [str(certificate.names) for certificate in planned.certificates]
    ['example.com, *.example.com']
    """
    capacity = min(quotas.names, MAX_NAMES, policy.max_names or MAX_NAMES)
    if capacity < 1:
        raise ValueError(f"a certificate lists at least one name, not {capacity}")
    suffixes = default_suffixes() if suffixes is None else suffixes
    refused: list[Refused] = []
    regions: dict[str | None, list[Demand]] = {}
    asked = (Demand(hosts), *demands)
    faults = {
        host: host_refusal(host, policy, suffixes, as_of)
        for host in dict.fromkeys(host for demand in asked for host in demand.hosts)
    }
    for demand in asked:
        region = demand.region
        if demand.service is not None:
            region = required_region(demand.service, region)
            if region is None and not SERVICES[demand.service].fixed_region:
                region = demand.region
        reason = demand_refusal(demand, as_of)
        if demand.hosts and reason:
            refused.append(Refused(demand.hosts, reason, demand.region, demand.address))
            continue
        good = tuple(host for host in demand.hosts if not faults[host])
        bad = [host for host in demand.hosts if faults[host]]
        if bad and not demand.is_divisible:
            reason = "; ".join(f"`{host}`: {faults[host]}" for host in bad)
            refused.append(Refused(demand.hosts, reason, region, demand.address))
            continue
        refused += [Refused((h,), str(faults[h]), region, demand.address) for h in bad]
        if good:
            regions.setdefault(region, []).append(demand.__replace__(hosts=good))
    certificates: list[PlannedCertificate] = []
    bound = names_bound = 0
    for region in sorted(regions, key=lambda region: (region is None, region or "")):
        part = _Part(region, regions[region], capacity, policy, suffixes)
        certificates += part.certificates
        refused += part.refused
        bound += part.bound
        names_bound += part.names_bound
    return Plan(tuple(certificates), bound, names_bound, tuple(refused), ())


class _Part:
    """The plan of one Region."""

    def __init__(
        self,
        region: str | None,
        demands: list[Demand],
        capacity: int,
        policy: PlanPolicy,
        suffixes: PublicSuffixes,
    ) -> None:
        self.region = region
        self.refused: list[Refused] = []
        hosts = sorted({h for demand in demands for h in demand.hosts}, key=name_order)
        leading = [demand.first for demand in demands if demand.first]
        slots = Slots(hosts, leading, policy, suffixes)
        # Who asks for the same hosts together is served alike.
        asked: dict[tuple[tuple[Name, ...], Name | None], list[Demand]] = {}
        for demand in demands:
            groups = [(h,) for h in demand.hosts] if demand.is_divisible else [demand.hosts]
            for group in groups:
                key = tuple(sorted(group, key=name_order)), demand.first
                asked.setdefault(key, []).append(demand)
        wanted = {key: slots.load(*key) for key in asked}
        short = frozenset(s for load in wanted.values() for s in load.slots) & slots.short
        helpers = {(slots.sides[s], slots.against[s]): s for s in sorted(short, reverse=True)}
        rules = Rules(capacity, short, tuple(helpers))
        for key, load in list(wanted.items()):
            reason = self._reason(load, rules, slots)
            if reason:
                for demand in asked[key]:
                    self.refused.append(Refused(key[0], reason, region, demand.address))
                del wanted[key], asked[key]
        keys = list(wanted)
        packing = pack([wanted[key] for key in keys], (), rules)
        self.bound = packing.bound
        self.names_bound = packing.slots_bound
        self.certificates = []
        for box in packing.boxes:
            served = [keys[index] for index in box.loads]
            names, box_hosts = self._names(box, served, slots, policy, helpers)
            consumers = dict.fromkeys(
                demand.address for key in served for demand in asked[key] if demand.address
            )
            self.certificates.append(
                PlannedCertificate(
                    region,
                    names,
                    KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0]),
                    box_hosts,
                    tuple(consumers),
                    (),
                )
            )
        self.certificates.sort(key=lambda c: [name_order(name) for name in c.names])

    def _reason(self, load: Load, rules: Rules, slots: Slots) -> str | None:
        if load.sides & load.against:
            return "its hosts must not share a certificate"
        is_short = not rules.short.isdisjoint(load.slots)
        if not is_short and not helped(load.sides, load.against, rules):
            return "no name of at most 64 octets can come first"
        if len(load.slots) + (not is_short) > rules.capacity:
            return f"needs {len(load.slots)} names on one certificate, {rules.capacity} at the most"
        return None

    def _names(self, box, served, slots, policy, helpers):
        hosts = sorted({h for key in served for h in key[0]}, key=name_order)
        leader = next((x for x, n in slots.leading.items() if n in box.slots), None)
        by_slot: dict[int, list[Name]] = {}
        for host in hosts:
            by_slot.setdefault(slots.of[host], []).append(host)
        names = [] if leader is None else [leader]
        for slot in sorted(box.slots - set(slots.leading.values())):
            wildcard = parse_name(slots.names[slot])
            here = by_slot[slot]
            many = len(here) > 1 or wildcard in policy.first
            names.append(wildcard if many else here[0])
        first = leader or next((n for n in names if n in policy.first), None)
        if first is None:
            short = [n for n in names if n.octets <= MAX_FIRST_NAME_OCTETS]
            first = min(short, key=lambda n: (len(n.labels), str(n)))
        return NameList(first, *sorted(names, key=name_order)), tuple(hosts)
