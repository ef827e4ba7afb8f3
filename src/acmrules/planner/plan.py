"""The fewest certificates for a set of hosts and their consumers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from acmrules.errors import InvalidArgument, require_instance, require_list
from acmrules.facts.fact import CHECKED
from acmrules.limits import MAX_NAMES, Quotas
from acmrules.messages import quoted, quoted_list
from acmrules.names import Name
from acmrules.planner.demands import Demand, PlanPolicy, Unplannable, host_refusal, split_plannable
from acmrules.planner.regional import PlannedCertificate, regional_plan
from acmrules.regions import has_acm
from acmrules.services import SERVICES
from acmrules.suffix_lists import default_suffixes
from acmrules.suffixes import PublicSuffixes
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Plan(Value):
    """The certificates to request, by Region, with lower bounds.

    No plan has fewer certificates than `bound`, and no plan with the same number of certificates
    has fewer names than `names_bound`. `notes` are conditions under which the plan works.
    """

    certificates: tuple[PlannedCertificate, ...]
    bound: int
    names_bound: int
    refused: tuple[Unplannable, ...] = ()
    notes: tuple[str, ...] = ()

    _computed = ("gap", "names", "names_gap")
    _open = True

    @property
    def names(self) -> int:
        """The number of names on all certificates."""
        return sum(len(certificate.names) for certificate in self.certificates)

    @property
    def gap(self) -> int:
        """The maximum number of certificates that a better plan could save."""
        return len(self.certificates) - self.bound

    @property
    def names_gap(self) -> int:
        """The maximum number of names that a better plan could save."""
        return self.names - self.names_bound

    @property
    def is_exact(self) -> bool:
        """Whether the plan has the fewest certificates, and among such plans the fewest names."""
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
    """Return the fewest certificates for hosts without a known Region, and for demands.

    The plan has the fewest certificates in each Region, and among these the fewest names. A
    consumer with only one certificate gets all its hosts on it; the hosts of a load balancer may be
    on several. The plan uses a wildcard if it saves names and the policy allows it. Raises
    `InvalidName`, `InvalidArgument`, and `NoSuffixList` if `suffixes` is `None` and no list is
    installed (facts 1.3, 1.23, 1.25, 2.2, 5.1 to 5.3, section C).

    >>> planned = plan(["example.com", "www.example.com", "api.example.com"])
    >>> [str(certificate.names) for certificate in planned.certificates]
    ['example.com, *.example.com']
    """
    require_instance(quotas, Quotas, "quotas")
    require_instance(policy, PlanPolicy, "policy")
    require_list(demands, "demands", "demands")
    demands = tuple(demands)
    for demand in demands:
        require_instance(demand, Demand, "demands", "each of ")
    capacity = min(quotas.names, MAX_NAMES, policy.max_names or MAX_NAMES)
    if capacity < 1:
        raise InvalidArgument(f"the name quota must be at least 1, not {capacity}")
    suffixes = default_suffixes() if suffixes is None else suffixes
    require_instance(suffixes, PublicSuffixes, "suffixes")
    requested = [demand for demand in (Demand(hosts), *demands) if demand.hosts]
    faults = {
        host: host_refusal(host, policy, suffixes, as_of)
        for host in dict.fromkeys(host for demand in requested for host in demand.hosts)
    }
    refused: list[Unplannable] = []
    regions: dict[str | None, list[Demand]] = {}
    for demand in requested:
        plannable, unplannable = split_plannable(demand, faults, as_of)
        refused += unplannable
        if plannable:
            regions.setdefault(demand.certificate_region, []).append(plannable)
    parts = [
        regional_plan(region, regions[region], capacity, policy, suffixes)
        for region in sorted(regions, key=lambda region: (region is None, region or ""))
    ]
    by_host = _regions_by_host(regions)
    certificates = tuple(
        certificate.__replace__(reasons=(*certificate.reasons, *_elsewhere(certificate, by_host)))
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


def _regions_by_host(regions: dict[str | None, list[Demand]]) -> dict[Name, list[str]]:
    by_host: dict[Name, list[str]] = {}
    for region, demands in regions.items():
        for host in {host for demand in demands for host in demand.hosts}:
            if region:
                by_host.setdefault(host, []).append(region)
    return by_host


def _elsewhere(certificate: PlannedCertificate, by_host: dict[Name, list[str]]) -> Iterator[str]:
    """Yield the hosts that need another certificate in another Region (fact 5.1)."""
    others: dict[str, list[Name]] = {}
    for host in certificate.hosts:
        for region in by_host.get(host, ()):
            if certificate.region not in (None, region):
                others.setdefault(region, []).append(host)
    for region, hosts in sorted(others.items()):
        yield f"{quoted_list(hosts)} must also be on a certificate in `{region}`"


def _notes(
    regions: dict[str | None, list[Demand]],
    certificates: tuple[PlannedCertificate, ...],
    as_of: date,
) -> Iterator[str]:
    """Yield the conditions for the plan: unknown Regions, quotas of services, exports."""
    if None in regions:
        hosts = [*dict.fromkeys(host for demand in regions[None] for host in demand.hosts)]
        yield (
            f"unknown Region for {quoted_list(hosts)}; a certificate only works in the Region of"
            " its request"
        )
    for region in regions:
        if region and not has_acm(region):
            yield f"unknown Region {quoted(region)}; it may be new"
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
        if sentence := service.terms(as_of=as_of).get("export"):
            yield f"{quoted(address)}: {sentence}"
