"""Hosts and their consumers in, the certificates to request out: as few as serve them all."""

from __future__ import annotations

from acmrules.facts.fact import CHECKED
from acmrules.limits import MAX_NAMES, Quotas
from acmrules.messages import quoted, quoted_list
from acmrules.planner.demands import Demand, PlanPolicy, host_refusal, split_plannable
from acmrules.planner.regional import regional_plan
from acmrules.regions import has_acm
from acmrules.services import SERVICES
from acmrules.suffix_lists import default_suffixes
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acmrules.names import Name
    from acmrules.planner.demands import Unplannable
    from acmrules.planner.regional import PlannedCertificate
    from acmrules.suffixes import PublicSuffixes


class Plan(Value):
    """The certificates to request, by Region, and how near they are to the fewest possible.

    No plan has fewer certificates than `bound`, and none with as many certificates fewer names
    than `names_bound`. `notes` are sentences on what the plan rests on.
    """

    certificates: tuple[PlannedCertificate, ...]
    bound: int
    names_bound: int
    refused: tuple[Unplannable, ...] = ()
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
    asked = [demand for demand in (Demand(hosts), *demands) if demand.hosts]
    faults = {
        host: host_refusal(host, policy, suffixes, as_of)
        for host in dict.fromkeys(host for demand in asked for host in demand.hosts)
    }
    refused: list[Unplannable] = []
    regions: dict[str | None, list[Demand]] = {}
    for demand in asked:
        left, out = split_plannable(demand, faults, as_of)
        refused += out
        if left:
            regions.setdefault(demand.certificate_region, []).append(left)
    parts = [
        regional_plan(region, regions[region], capacity, policy, suffixes)
        for region in sorted(regions, key=lambda region: (region is None, region or ""))
    ]
    locations = _places(regions)
    certificates = tuple(
        certificate.__replace__(reasons=(*certificate.reasons, *_elsewhere(certificate, locations)))
        for part in parts
        for certificate in part.certificates
    )
    return Plan(
        certificates,
        sum(part.bound for part in parts),
        sum(part.names_bound for part in parts),
        (*refused, *(refusal for part in parts for refusal in part.refused)),
        tuple(_notes(regions, certificates, as_of)),
    )


def _places(regions: dict[str | None, list[Demand]]) -> dict[Name, list[str]]:
    """Return the Regions of each host, as far as they are known."""
    locations: dict[Name, list[str]] = {}
    for region, demands in regions.items():
        for host in {host for demand in demands for host in demand.hosts}:
            if region:
                locations.setdefault(host, []).append(region)
    return locations


def _elsewhere(certificate: PlannedCertificate, locations: dict[Name, list[str]]) -> Iterator[str]:
    """Say which hosts need another certificate in another Region (fact 5.1)."""
    others: dict[str, list[Name]] = {}
    for host in certificate.hosts:
        for region in locations.get(host, ()):
            if certificate.region not in (None, region):
                others.setdefault(region, []).append(host)
    for region, hosts in sorted(others.items()):
        yield f"in `{region}`, {quoted_list(hosts)} must have another certificate"


def _notes(
    regions: dict[str | None, list[Demand]],
    certificates: tuple[PlannedCertificate, ...],
    as_of: date,
) -> Iterator[str]:
    """Say what the plan rests on: Regions that are not known, quotas of services, conditions."""
    if None in regions:
        hosts = [*dict.fromkeys(host for demand in regions[None] for host in demand.hosts)]
        yield f"no Region is known for {quoted_list(hosts)}; a certificate serves its own alone"
    for region in regions:
        if region and not has_acm(region):
            yield f"{quoted(region)} is no Region known to have ACM; it may be new"
    counts: dict[str, int] = {}
    for address in (address for one in certificates for address in one.consumers):
        counts[address] = counts.get(address, 0) + 1
    users = {
        (demand.address, demand.service)
        for demands in regions.values()
        for demand in demands
        if demand.address and demand.service
    }
    for address, key in sorted(users):
        service = SERVICES[key]
        if service.certificates and counts.get(address, 0) > service.certificates.value:
            yield (
                f"{quoted(address)} needs {counts[address]} certificates;"
                f" the quota of {service.name} is {service.certificates.value}"
            )
        if sentence := service.terms(as_of).get("export"):
            yield f"{quoted(address)}: {sentence}"
