"""What a plan is asked for, what it has to keep to, and what of it no certificate can serve."""

from __future__ import annotations

from acmrules.facts import cabf
from acmrules.facts import names as apart
from acmrules.limits import MAX_FIRST_NAME_OCTETS
from acmrules.name_list import folded
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import dotted, ending
from acmrules.regions import has_acm, looks_like_region
from acmrules.services import SERVICES, required_region
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acmrules.suffixes import PublicSuffixes

_AMAZON = dotted(apart.AMAZON_SUFFIXES.value)
_REVERSE_ZONES = dotted(apart.REVERSE_ZONE_SUFFIXES.value)
_NOT_PUBLIC = dotted(apart.SPECIAL_USE_SUFFIXES.value + apart.INTERNAL_SUFFIXES.value)
_UNLISTED = dotted((apart.ONION_SUFFIX.value, *apart.DOCUMENTATION_NAMES.value))
_LEADING = "verified-access"
_UNMET = ("private", "imported-authority")


class Demand(Value):
    """What one consumer asks: its hosts, from texts or names, and where it is.

    `service` is a key of `acmrules.services.SERVICES`, or `None` where that is not known: then
    the hosts may be on several certificates. `region` is that of the consumer, and `address` what
    it is called. A wildcard among the hosts is asked for as it stands. Raises `InvalidName`, and
    `ValueError` for a service that is not known.
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
            required_region(service)
        super().__init__(folded(hosts), service, region, address)

    @property
    def is_divisible(self) -> bool:
        """Whether the consumer takes several certificates (facts C.5c, C.6c)."""
        return self.service is None or SERVICES[self.service].certificates is not None

    @property
    def certificate_region(self) -> str | None:
        """The Region its certificate must be in, `None` where that is not known (section C)."""
        if self.service is None:
            return self.region
        required = required_region(self.service, self.region)
        return required if SERVICES[self.service].fixed_region else required or self.region

    @property
    def first(self) -> Name | None:
        """The name that the service itself wants first on the certificate (fact C.19b)."""
        return self.hosts[0] if self.service == _LEADING and self.hosts else None


class PlanPolicy(Value):
    """What a plan keeps to beside the rules of ACM; names are given as texts or names.

    Wildcards stand within `wildcard_zones` only, everywhere by default, and left of a suffix of
    the private section of the Public Suffix List only with `private_suffixes`. Of each group in
    `apart`, whose members stand for themselves and everything within them, a certificate serves
    one member at the most. The names in `first` come first on every certificate that serves
    them. `max_names` is the most that a certificate may list, where that is less than the quota.

    Raises `InvalidName`, and `ValueError` for a bound below one name.
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
        if max_names is not None and max_names < 1:
            raise ValueError(f"a certificate lists at least one name, not {max_names}")
        super().__init__(
            None if wildcard_zones is None else _domains(wildcard_zones),
            tuple(map(_domains, apart)),
            folded(first),
            max_names,
            private_suffixes,
        )

    def wildcard_refusal(self, parent: DomainName, suffixes: PublicSuffixes) -> str | None:
        """Return why no wildcard may stand below a domain, `None` if one may (facts 1.25, B2.1)."""
        if suffixes.is_public_suffix(parent):
            if suffixes.icann.is_public_suffix(parent):
                return f"`{parent}` is a public suffix, and no wildcard stands left of one"
            if not self.private_suffixes:
                return f"`{parent}` is a public suffix of the private section"
        zones = self.wildcard_zones
        if zones is not None and not any(map(parent.is_within, zones)):
            return f"the policy allows no wildcard below `{parent}`"
        return None


class Unplannable(Value):
    """Hosts that no plan can serve as they are asked for, by whom, and why."""

    hosts: tuple[Name, ...]
    reason: str
    region: str | None = None
    address: str = ""


def demand_refusal(demand: Demand, as_of: date) -> str | None:
    """Return why no certificate can be requested for a consumer (facts 5.4 to 5.7, section C)."""
    region = demand.region
    if region is not None and not has_acm(region) and not looks_like_region(region):
        return f"`{region}` is no Region known to have ACM"
    if demand.service is None:
        return None
    service = SERVICES[demand.service]
    if instead := service.obstacle(region):
        return f"{service.name} takes no certificate of ACM there: {instead.value}"
    if demand.first and demand.first.octets > MAX_FIRST_NAME_OCTETS:
        return _too_long_to_lead(demand.first)
    terms = service.terms(as_of)
    unmet = next((terms[key] for key in _UNMET if key in terms), None)
    return f"{service.name} takes no public certificate: {unmet}" if unmet else None


def host_refusal(
    host: Name, policy: PlanPolicy, suffixes: PublicSuffixes, as_of: date
) -> str | None:
    """Return why no certificate lists a host (facts 1.19, 1.20, 1.22, 1.25, B2.3)."""
    end = host.parent if isinstance(host, WildcardDomainName) else host
    if amazon := ending(end, _AMAZON)[0]:
        return f"it is under `{amazon}`, which is Amazon's"
    if not cabf.REVERSE_ZONES_ALLOWED.era(as_of).value and (zone := ending(end, _REVERSE_ZONES)[0]):
        return f"it is in the reverse zone `{zone}`"
    if internal := ending(end, _NOT_PUBLIC)[0]:
        return f"it ends in `{internal}`, which is not public"
    if not suffixes.is_listed(end) and not ending(end, _UNLISTED)[0]:
        return f"it ends in `{end.labels[-1]}`, which is no public top-level domain"
    if host in policy.first and host.octets > MAX_FIRST_NAME_OCTETS:
        return _too_long_to_lead(host)
    if isinstance(host, WildcardDomainName):
        return policy.wildcard_refusal(end, suffixes)
    return "it is a public suffix" if suffixes.icann.is_public_suffix(end) else None


def split_plannable(
    demand: Demand, faults: dict[Name, str | None], as_of: date
) -> tuple[Demand | None, list[Unplannable]]:
    """Part a demand into what can be planned and what cannot, given what is wrong with hosts.

    A consumer that takes one certificate has all its hosts on it, or is not served.
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
    why = "; ".join(f"`{host}`: {fault}" for host, fault in bad)
    return None, [Unplannable(demand.hosts, why, region, address)]


def _too_long_to_lead(host: Name) -> str:
    most = MAX_FIRST_NAME_OCTETS
    return f"`{host}` must come first and has {host.octets} octets; a first name has {most} at most"


def _domains(texts: Iterable[str | DomainName]) -> tuple[DomainName, ...]:
    names = (text if isinstance(text, DomainName) else DomainName(text) for text in texts)
    return tuple(dict.fromkeys(names))
