"""The coverage of the hosts in files, and the names of certificates that no host needs."""

from __future__ import annotations

from enum import Enum

from acmrules.coverage import PartialCoverageIndex, covers_unresolved, uncovered
from acmrules.limits import MAX_NAMES
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import MOST_COMPARED, unknown_clause
from acmrules.request import Tool
from acmrules.resources import CertificateReference, Record
from acmrules.unresolved import Malformed, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.coverage import Uncovered
    from acmrules.model.declaration import Declaration, Variant
    from acmrules.model.inventory import Inventory, Located
    from acmrules.request import Path
    from acmrules.resources import Consumer
    from acmrules.syntax.source import Range, Source
    from acmrules.unresolved import ListedName


class HostStatus(Enum):
    """Whether a host is covered, in words for reports."""

    UNCOVERED = "not covered"
    UNDECIDED = "not decided"
    ELSEWHERE = "certificate elsewhere"
    COVERED = "covered"


class HostCoverage(Value):
    """A host that a consumer serves, and whether a certificate covers it.

    `consumer` and `service` are empty for a record whose target is not in the files. `certificates`
    are the files and addresses of the consumer's certificates. If the host is covered, `covered_by`
    is the name that covers it. If not, `nearest` is the nearest name, if known. Otherwise `reason`
    says what is unknown.
    """

    host: ListedName
    status: HostStatus
    consumer: str
    service: str
    source: Source | None
    range: Range | None
    certificates: tuple[tuple[str, str], ...] = ()
    covered_by: ListedName | None = None
    nearest: Uncovered | None = None
    reason: str = ""
    condition: str = ""


class UnneededName(Value):
    """A name that no host in the files needs.

    Without a `name`, nothing in the files uses the certificate. `is_sure` is false if hosts outside
    of the files may need the name.
    """

    name: ListedName | None
    certificate: str
    source: Source | None
    range: Range | None
    is_sure: bool
    condition: str = ""


class CoverageReport(Value):
    """The coverage of all hosts and names in the files.

    If the record of a host points to consumers with different certificates, the host belongs to the
    certificate that covers it. For the other certificates, `covered_elsewhere` has the `id` of the
    declaration, and the host.
    """

    hosts: tuple[HostCoverage, ...]
    unneeded: tuple[UnneededName, ...]
    covered_elsewhere: frozenset[tuple[int, ListedName]] = frozenset()

    def with_status(self, status: HostStatus) -> list[HostCoverage]:
        """Return the hosts with a status."""
        return [host for host in self.hosts if host.status is status]


def coverage_of_files(inventory: Inventory) -> CoverageReport:
    """Return the coverage of each host by its certificates, and the names that no host needs."""
    hosts: dict[object, list[HostCoverage]] = {}
    recorded: dict[object, list[tuple[Declaration, HostCoverage]]] = {}
    unneeded: dict[object, UnneededName] = {}
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            checker = _checker(declaration, variant)
            for host in checker.hosts("hosts"):
                hosts.setdefault(_key(host), []).append(host)
            for host in checker.hosts("recorded"):
                recorded.setdefault(_key(host), []).append((declaration, host))
            for name in _unneeded_names(declaration, variant):
                unneeded.setdefault((name.certificate, name.source, name.name), name)
    results = [each for several in hosts.values() for each in _distinct(several)]
    covered_elsewhere: set[tuple[int, ListedName]] = set()
    for entries in recorded.values():
        best = _best([host for _, host in entries])
        results.append(best)
        covered_elsewhere |= {
            (id(declaration), best.host)
            for declaration, host in entries
            if _belongs_elsewhere(host, entries)
        }
    known = {each.host for each in results if each.status is not HostStatus.ELSEWHERE}
    others = (_external_host(each) for each in inventory.elsewhere if each.thing.name not in known)
    # A name has one record for each version of IP.
    results += {(each.source, each.host, each.reason): each for each in others}.values()
    return CoverageReport(
        tuple(sorted(results, key=_reading_order)),
        tuple(sorted(unneeded.values(), key=_reading_order)),
        frozenset(covered_elsewhere),
    )


def coverage_of_hosts(inventory: Inventory, hosts: Iterable[Name]) -> CoverageReport:
    """Return the coverage of hosts by all certificates in the files."""
    checkers = [
        _checker(declaration, variant)
        for declaration in inventory.declarations
        for variant in declaration.variants
        if variant.request
    ]
    return CoverageReport(
        tuple(
            _best(
                [
                    checker.check(HostCoverage(host, HostStatus.ELSEWHERE, "", "", None, None))
                    for checker in checkers
                ]
            )
            for host in (hosts if checkers else ())
        ),
        (),
    )


class _HostChecker(Value):
    """The certificate of one variant, or none, with its consumers."""

    declaration: Declaration
    variant: Variant
    index: PartialCoverageIndex
    known: tuple[Name, ...]

    def hosts(self, field: str) -> Iterator[HostCoverage]:
        """Yield the coverage of the hosts in a field of the consumers."""
        for number, consumer in enumerate(self.variant.consumers):
            for index, host in enumerate(getattr(consumer, field)):
                source, where = located(self.variant, ("consumers", number, field, index))
                served = HostCoverage(
                    host,
                    HostStatus.ELSEWHERE,
                    consumer.address,
                    consumer.service,
                    source,
                    where,
                    condition=self.variant.condition,
                )
                if isinstance(consumer.certificate, CertificateReference) and self.variant.request:
                    yield self.check(served, is_recorded=field == "recorded")
                else:
                    yield served.__replace__(reason=_certificate_of(consumer))

    def check(self, served: HostCoverage, *, is_recorded: bool = False) -> HostCoverage:
        """Return the host with its status; `is_recorded` if it comes from a DNS record."""
        host = served.host
        certificate = self.declaration.file, self.declaration.address
        served = served.__replace__(certificates=(certificate,))
        if isinstance(host, Malformed):
            reason = "it is not a valid domain name"
            return served.__replace__(status=HostStatus.UNDECIDED, reason=reason)
        covered = self.index.covers(host)
        if covered:
            name = self.index.covering(host)
            return served.__replace__(status=HostStatus.COVERED, covered_by=name)
        if is_recorded and isinstance(host, WildcardDomainName):
            reason = "a wildcard record does not determine the served names"
            return served.__replace__(status=HostStatus.UNDECIDED, reason=reason)
        if covered is None:
            request = self.variant.request
            reason = unknown_clause(host, *(request.names if request else ()))
            return served.__replace__(status=HostStatus.UNDECIDED, reason=reason)
        nearest = None
        if isinstance(host, Name):
            [nearest] = uncovered(self.known, [host])
        return served.__replace__(status=HostStatus.UNCOVERED, nearest=nearest)


def _checker(declaration: Declaration, variant: Variant) -> _HostChecker:
    request = variant.request
    known = tuple(name for _, name in request.known_names()) if request else ()
    index = PartialCoverageIndex(request.names if request else ())
    return _HostChecker(declaration, variant, index, known[:MAX_NAMES])


def located(variant: Variant, path: Path) -> tuple[Source | None, Range | None]:
    """Return the source and the range of a path in a variant."""
    location = variant.location(path)
    return (location.source, location.range) if location else (None, None)


def _certificate_of(consumer: Consumer) -> str:
    if isinstance(consumer.certificate, CertificateReference):
        return f"{consumer.certificate} is imported"
    return f"certificate {consumer.certificate}"


def _key(served: HostCoverage) -> object:
    return served.source, served.range, served.host


def _distinct(several: list[HostCoverage]) -> Iterable[HostCoverage]:
    """Return the distinct results for one host, with their conditions if there are several."""
    by_result: dict[HostCoverage, HostCoverage] = {}
    for served in several:
        by_result.setdefault(served.__replace__(condition=""), served)
    return by_result.values() if len(by_result) > 1 else by_result


def _best(several: list[HostCoverage]) -> HostCoverage:
    """Return the result for a host that any of several certificates may cover."""
    order = (HostStatus.COVERED, HostStatus.UNDECIDED, HostStatus.ELSEWHERE, HostStatus.UNCOVERED)
    best = min(several, key=lambda served: order.index(served.status))
    if best.status is HostStatus.UNCOVERED:
        certificates = dict.fromkeys(each for served in several for each in served.certificates)
        best = best.__replace__(certificates=tuple(certificates))
    return best.__replace__(condition="")


def _belongs_elsewhere(
    served: HostCoverage, entries: list[tuple[Declaration, HostCoverage]]
) -> bool:
    """Return whether a recorded host is not a host of one of its certificates."""
    if served.status is HostStatus.COVERED:
        return False
    several = len({id(declaration) for declaration, _ in entries}) > 1
    return several or isinstance(served.host, WildcardDomainName)


def _external_host(declared: Located) -> HostCoverage:
    """Return the host of a record whose target has no certificate in the files."""
    record = declared.thing
    assert isinstance(record, Record)  # noqa: S101  (`elsewhere` contains only records)
    reason = f"a record points to {record.target}"
    location = declared.location
    source, where = (location.source, location.range) if location else (None, None)
    return HostCoverage(record.name, HostStatus.ELSEWHERE, "", "", source, where, reason=reason)


def _reading_order(result: HostCoverage | UnneededName) -> tuple[object, ...]:
    start = result.range.start if result.range else None
    position = (start.line, start.column) if start else (0, 0)
    return result.source.name if result.source else "", *position


# Names that no host needs

_WITHOUT_CONSUMERS = (Tool.API, Tool.NAMES)
"""The tools whose files cannot declare consumers."""


def _unneeded_names(declaration: Declaration, variant: Variant) -> Iterator[UnneededName]:
    if variant.request is None:
        return
    consumers = variant.consumers
    is_sure = variant.all_consumers_known and all(consumer.hosts_known for consumer in consumers)
    if not consumers and declaration.tool in _WITHOUT_CONSUMERS:
        return
    if not consumers:
        source, where = located(variant, ())
        yield UnneededName(None, declaration.address, source, where, is_sure=False)
        return
    hosts = [host for each in consumers for host in (*each.hosts, *each.recorded)]
    needs = _Needs(hosts)
    # Without a known host, every name would seem unneeded.
    for number, name in enumerate(variant.request.names) if hosts else ():
        if needs.name(name) is False:
            source, where = located(variant, ("names", number))
            yield UnneededName(name, declaration.address, source, where, is_sure, variant.condition)


class _Needs:
    """The hosts of a certificate, indexed by the names that they need."""

    def __init__(self, hosts: list[ListedName]) -> None:
        # An invalid host needs no name.
        self._hosts = [host for host in dict.fromkeys(hosts) if not isinstance(host, Malformed)]
        known = [host for host in self._hosts if isinstance(host, Name)]
        self._served = {str(host) for host in known}
        self._parents = {str(host).partition(".")[2] for host in known}
        self._starred = {str(h.parent) for h in known if isinstance(h, WildcardDomainName)}
        self._partial = [host for host in self._hosts if not isinstance(host, Name)]

    def name(self, name: ListedName) -> bool | None:
        """Return whether a host needs a name, or `None` if this is unknown."""
        if isinstance(name, Malformed | UnresolvedNames):
            return None
        compared = self._partial if isinstance(name, Name) else self._hosts
        if isinstance(name, DomainName):
            _, _, parent = str(name).partition(".")
            if str(name) in self._served or parent in self._starred:
                return True
        elif isinstance(name, WildcardDomainName) and str(name.parent) in self._parents:
            return True
        if len(compared) > MOST_COMPARED:
            return None
        covered = {covers_unresolved(name, host) for host in compared}
        return True if True in covered else None if None in covered else False
