"""Certificates that another one replaces, and those that fewer certificates could replace."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.coverage import CoverageIndex, redundant_names
from acmrules.diagnosis.certificate import CertificateStatus, CertificateType, KeyPairOrigin
from acmrules.limits import Quotas
from acmrules.names import Name, WildcardDomainName
from acmrules.planner.demands import Demand
from acmrules.planner.plan import plan
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from datetime import date

    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.suffixes import PublicSuffixes
    from acmrules.unresolved import ListedName

_LOAD_BALANCERS = {"loadbalancer/app/": "alb", "loadbalancer/net/": "nlb"}
_ONE_CERTIFICATE = "clb"
"""A service whose consumers have one certificate in their own Region, for those of any other."""


class Redundancy(Value):
    """A certificate whose names another one covers, in the same account and Region."""

    certificate: CertificateDetail
    covered_by: CertificateDetail


class Merger(Value):
    """Certificates in use that fewer certificates can replace: the names of each of those."""

    certificates: tuple[CertificateDetail, ...]
    planned: tuple[tuple[Name, ...], ...]

    @property
    def saved(self) -> int:
        """How many certificates fewer there would be."""
        return len(self.certificates) - len(self.planned)


def redundancies(certificates: Iterable[CertificateDetail]) -> tuple[Redundancy, ...]:
    """Return the certificates that another one can replace where they are used.

    Both are issued, of the same issuer and key algorithm, and both can be exported or neither. If
    two cover each other, the one that is used more, and expires later, replaces the other.
    """
    found: list[Redundancy] = []
    for group in _groups(certificates):
        found += _redundant(group)
    return tuple(sorted(found, key=lambda each: each.certificate.arn))


def _groups(certificates: Iterable[CertificateDetail]) -> Iterable[list[CertificateDetail]]:
    """Return the certificates that can replace each other, if their names allow it."""
    groups: dict[Hashable, list[CertificateDetail]] = {}
    for each in certificates:
        if (
            each.status is CertificateStatus.ISSUED
            and each.type is CertificateType.AMAZON_ISSUED
            and each.key_pair_origin is not KeyPairOrigin.ACME
            and each.managed_by is None
        ):
            kind = each.key_algorithm, each.can_export, each.root_hierarchy, each.usage
            groups.setdefault((each.account, each.region, *kind), []).append(each)
    return groups.values()


def _redundant(group: list[CertificateDetail]) -> Iterator[Redundancy]:
    """Yield the redundant certificates of a group.

    Names that a wildcard of the same certificate covers count for nothing. Then certificates with
    the same names are equal, and no two others can cover each other.
    """
    equal: dict[frozenset[Name], list[CertificateDetail]] = {}
    for each in sorted(group, key=_rank):
        if names := _needed_names(each):
            equal.setdefault(names, []).append(each)
    above = _Coverage([*equal])
    for names, (best, *others) in equal.items():
        top = names
        while over := above.of(top):
            top = over
        if top != names:
            yield Redundancy(best, equal[top][0])
        for each in others:
            yield Redundancy(each, equal[top][0])


def _rank(certificate: CertificateDetail) -> tuple[int, bool, float, str]:
    """Return the sort key of what to keep: in use by more, renewed, expiring later."""
    until = certificate.not_after.timestamp() if certificate.not_after else 0.0
    users = len(certificate.in_use_by or ())
    return -users, certificate.is_renewable is not True, -until, certificate.arn


def _needed_names(certificate: CertificateDetail) -> frozenset[Name]:
    """Return the names without redundant ones; nothing if some are unknown or invalid."""
    names = [name for name in certificate.names if isinstance(name, Name)]
    if not certificate.names_known or len(names) != len(certificate.names):
        return frozenset()
    return frozenset(names).difference(redundant_names(names))


class _Coverage:
    """Which lists of names cover which; the first ones are preferred."""

    def __init__(self, lists: list[frozenset[Name]]) -> None:
        self._lists = lists
        self._indexes = [CoverageIndex(names) for names in lists]
        self._having: dict[str, list[int]] = {}
        for place, names in enumerate(lists):
            for name in names:
                self._having.setdefault(str(name), []).append(place)
        self._found: dict[frozenset[Name], frozenset[Name] | None] = {}

    def of(self, names: frozenset[Name]) -> frozenset[Name] | None:
        """Return another list that covers all names, `None` if there is none."""
        if names not in self._found:
            self._found[names] = self._search(names)
        return self._found[names]

    def _search(self, names: frozenset[Name]) -> frozenset[Name] | None:
        candidates = min(map(self._covering, names), key=len)
        for place in candidates:
            if self._lists[place] != names and all(map(self._indexes[place].covers, names)):
                return self._lists[place]
        return None

    def _covering(self, name: Name) -> list[int]:
        """Return the lists with a name, and with the wildcard that covers it."""
        exact = self._having.get(str(name), [])
        if isinstance(name, WildcardDomainName):
            return exact
        wildcards = self._having.get(f"*.{str(name).partition('.')[2]}", [])
        return wildcards + exact if wildcards else exact


# Mergers


def mergers(
    certificates: Iterable[CertificateDetail],
    quotas_of: Callable[[str, str], Quotas],
    suffixes: PublicSuffixes,
    as_of: date,
) -> tuple[Merger, ...]:
    """Return the certificates in use that fewer can replace, for the same resources.

    Certificates are planned together if they share a resource or a registrable domain. Each
    resource keeps all its names, on one certificate if its service supports only one. `quotas_of`
    returns the quotas of an account in a Region.
    """
    found: list[Merger] = []
    for group in _groups(certificates):
        used = [each for each in group if each.in_use_by and _needed_names(each)]
        for related in _related(used, suffixes):
            merger = _merger(related, quotas_of(related[0].account, related[0].region), as_of)
            if merger and merger.saved > 0:
                found.append(merger)
    return tuple(sorted(found, key=lambda each: (-each.saved, each.certificates[0].arn)))


def _related(
    certificates: list[CertificateDetail], suffixes: PublicSuffixes
) -> Iterator[list[CertificateDetail]]:
    """Yield the certificates that share a resource or a domain, directly or through others."""
    leaders: dict[str, str] = {}

    def leader(key: str) -> str:
        while leaders.setdefault(key, key) != key:
            leaders[key] = leaders[leaders[key]]
            key = leaders[key]
        return key

    for each in certificates:
        keys = [*(each.in_use_by or ()), *(_domain(name, suffixes) for name in each.names)]
        for key in keys:
            leaders[leader(key)] = leader(each.arn)
    together: dict[str, list[CertificateDetail]] = {}
    for each in certificates:
        together.setdefault(leader(each.arn), []).append(each)
    yield from (related for related in together.values() if len(related) > 1)


def _domain(name: ListedName, suffixes: PublicSuffixes) -> str:
    stem = str(name).removeprefix("*.")
    return str(suffixes.base_domain_name(stem) or stem)


def _merger(related: list[CertificateDetail], quotas: Quotas, as_of: date) -> Merger | None:
    users: dict[str, list[Name]] = {}
    for each in related:
        for arn in each.in_use_by or ():
            users.setdefault(arn, []).extend(_needed_names(each))
    region = related[0].region or None
    demands = [
        Demand(sorted({*names}, key=str), _service(arn, related[0].account), region, arn)
        for arn, names in users.items()
    ]
    planned = plan(demands=demands, quotas=quotas, as_of=as_of)
    if planned.refused:
        return None
    return Merger(
        tuple(sorted(related, key=lambda each: each.arn)),
        tuple(tuple(each.names) for each in planned.certificates),
    )


def _service(arn: str, account: str) -> str:
    """Return a service that has as many certificates as the resource can have.

    A load balancer of another account belongs to a service such as API Gateway.
    """
    parts = arn_of(arn)
    if parts.service == "elasticloadbalancing" and parts.account == account:
        for prefix, service in _LOAD_BALANCERS.items():
            if parts.resource.startswith(prefix):
                return service
    return parts.service if parts.service == "cloudfront" else _ONE_CERTIFICATE
