"""The demands of consumers, the policy for a plan, and the demands that no plan can satisfy."""

from __future__ import annotations

from collections.abc import Iterable

from acmrules.errors import require_list, require_string
from acmrules.facts import cabf
from acmrules.facts import names as name_facts
from acmrules.limits import MAX_FIRST_NAME_OCTETS, check_count
from acmrules.name_list import folded, folded_hosts
from acmrules.names import DomainName, Name, WildcardDomainName, plain_dns_name
from acmrules.partial import dotted, ending
from acmrules.regions import has_acm, looks_like_region
from acmrules.services import SERVICES, Service
from acmrules.suffixes import PublicSuffixes
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


_AMAZON = dotted(name_facts.AMAZON_SUFFIXES.value)
_REVERSE_ZONES = dotted(name_facts.REVERSE_ZONE_SUFFIXES.value)
_NOT_PUBLIC = dotted(name_facts.SPECIAL_USE_SUFFIXES.value + name_facts.INTERNAL_SUFFIXES.value)
_UNLISTED = dotted((name_facts.ONION_SUFFIX.value, *name_facts.DOCUMENTATION_NAMES.value))
_REQUIRES_PRIMARY_NAME = "verified-access"
_UNMET = ("private", "imported-authority", "imported", "client")


class Demand(Value):
    """The hosts of one consumer, with its service, Region and address.

    `service` is a key of `acmrules.services.SERVICES`, or `None` if it is unknown; then the hosts
    may be on several certificates. A wildcard among the hosts is requested as it is. A host may end
    in a dot. Raises `InvalidName` and `UnknownService`.
    """

    hosts: tuple[Name, ...]
    service: str | None
    region: str | None
    address: str

    def __init__(
        self,
        hosts: Iterable[str | Name],
        service: str | None = None,
        region: str | None = None,
        address: str = "",
    ) -> None:
        if service is not None:
            Service.of(service)
        if region is not None:
            require_string(region, "region")
        require_string(address, "address")
        super().__init__(folded_hosts(hosts), service, region, address)

    @property
    def is_divisible(self) -> bool:
        """Whether the consumer supports several certificates (facts C.5c, C.6c)."""
        return self.service is None or SERVICES[self.service].certificates is not None

    @property
    def certificate_region(self) -> str | None:
        """The Region that its certificate must be in, or `None` if it is unknown (section C)."""
        if self.service is None:
            return self.region
        service = Service.of(self.service)
        required = service.certificate_region(self.region)
        return required if service.fixed_region else required or self.region

    @property
    def first(self) -> Name | None:
        """The primary name that the service requires (fact C.19b)."""
        return self.hosts[0] if self.service == _REQUIRES_PRIMARY_NAME and self.hosts else None


class PlanPolicy(Value):
    """The rules of your organization for a plan.

    `wildcard_zones` are the domains in which wildcards are allowed, by default all of them.
    `private_suffixes` allows wildcards directly under suffixes of the private section of the Public
    Suffix List. Each group in `apart` is a list of domains, and a certificate has names of at most
    one of them. Domains may end in a dot. The names in `first`, which may not, are the primary name
    of every certificate that serves them.
    `max_names` limits the names of a certificate if it is lower than the quota.

    Raises `InvalidName`, and `InvalidArgument` if `max_names` is less than 1.
    """

    wildcard_zones: tuple[DomainName, ...] | None
    apart: tuple[tuple[DomainName, ...], ...]
    first: tuple[Name, ...]
    max_names: int | None
    private_suffixes: bool

    def __init__(
        self,
        wildcard_zones: Iterable[str | DomainName] | None = None,
        apart: Iterable[Iterable[str | DomainName]] = (),
        first: Iterable[str | Name] = (),
        max_names: int | None = None,
        private_suffixes: bool = False,
    ) -> None:
        if max_names is not None:
            check_count(max_names, "max_names", 1)
        require_list(apart, "apart")
        super().__init__(
            None if wildcard_zones is None else _domains(wildcard_zones, "wildcard_zones"),
            tuple(_domains(group, "apart") for group in apart),
            folded(first, "first"),
            max_names,
            private_suffixes,
        )

    def wildcard_refusal(self, parent: str | DomainName, suffixes: PublicSuffixes) -> str | None:
        """Return why a domain cannot have a wildcard, or `None` if it can (facts 1.25, B2.1).

        Raises `InvalidName` if a string is not a domain name.
        """
        parent = plain_dns_name(parent)
        if suffixes.is_public_suffix(parent):
            if suffixes.icann.is_public_suffix(parent):
                return f"`{parent}` is a public suffix, and CAs reject wildcards directly under one"
            if not self.private_suffixes:
                return f"`{parent}` is a public suffix of the private section"
        zones = self.wildcard_zones
        if zones == ():
            return "the plan allows no wildcards"
        if zones is not None and not any(map(parent.is_within, zones)):
            return f"the policy allows no wildcard below `{parent}`"
        return None


class Unplannable(Value):
    """Hosts that no plan can serve, the reason, and the consumer and its Region if known."""

    hosts: tuple[Name, ...]
    reason: str
    region: str | None = None
    address: str = ""


def demand_refusal(demand: Demand, as_of: date) -> str | None:
    """Return why no certificate works for a consumer, or `None` (facts 5.4 to 5.7, section C)."""
    region = demand.region
    if region is not None and not has_acm(region) and not looks_like_region(region):
        return f"unknown Region `{region}`"
    if demand.service is None:
        return None
    service = SERVICES[demand.service]
    if instead := service.obstacle(region):
        return f"{service.name} does not accept ACM certificates there: {instead.value}"
    if demand.first and demand.first.octets > MAX_FIRST_NAME_OCTETS:
        return _too_long_for_primary_name(demand.first)
    terms = service.terms(as_of=as_of)
    unmet = next((terms[key] for key in _UNMET if key in terms), None)
    return f"{service.name} does not accept public certificates: {unmet}" if unmet else None


def host_refusal(
    host: Name, policy: PlanPolicy, suffixes: PublicSuffixes, as_of: date
) -> str | None:
    """Return why no certificate can have a host (facts 1.19, 1.20, 1.22, 1.25, B2.3)."""
    end = host.parent if isinstance(host, WildcardDomainName) else host
    if amazon := ending(end, _AMAZON)[0]:
        return f"`{amazon}` belongs to Amazon"
    if not cabf.REVERSE_ZONES_ALLOWED.era(as_of).value and (zone := ending(end, _REVERSE_ZONES)[0]):
        return f"it is a reverse DNS name (`{zone}`)"
    if internal := ending(end, _NOT_PUBLIC)[0]:
        return f"`.{internal}` is not a public top-level domain"
    if not suffixes.is_listed(end) and not ending(end, _UNLISTED)[0]:
        return f"`.{end.labels[-1]}` is not a public top-level domain"
    if host in policy.first and host.octets > MAX_FIRST_NAME_OCTETS:
        return _too_long_for_primary_name(host)
    if isinstance(host, WildcardDomainName):
        return policy.wildcard_refusal(end, suffixes)
    return "it is a public suffix" if suffixes.icann.is_public_suffix(end) else None


def split_plannable(
    demand: Demand, faults: dict[Name, str | None], as_of: date
) -> tuple[Demand | None, list[Unplannable]]:
    """Split a demand into what can be planned and what cannot; `faults` are reasons by host.

    A consumer with only one certificate gets all its hosts on it, or none.
    """
    region, address = demand.certificate_region, demand.address
    if reason := demand_refusal(demand, as_of):
        return None, [Unplannable(demand.hosts, reason, demand.region, address)]
    good = tuple(host for host in demand.hosts if not faults[host])
    bad = [(host, fault) for host in demand.hosts if (fault := faults[host])]
    if not bad:
        return demand, []
    if demand.is_divisible:
        left = demand.__replace__(hosts=good) if good else None
        return left, [Unplannable((host,), fault, region, address) for host, fault in bad]
    reasons = "; ".join(f"`{host}`: {fault}" for host, fault in bad)
    return None, [Unplannable(demand.hosts, reasons, region, address)]


def _too_long_for_primary_name(host: Name) -> str:
    return (
        f"`{host}` must be the primary name, but is {host.octets} characters long; the limit is"
        f" {MAX_FIRST_NAME_OCTETS}"
    )


def _domains(texts: Iterable[str | DomainName], parameter: str) -> tuple[DomainName, ...]:
    require_list(texts, parameter)
    return tuple(dict.fromkeys(map(plain_dns_name, texts)))
