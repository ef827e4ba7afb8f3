"""The coverage of the hosts in files, and the names of certificates that no host needs."""

from __future__ import annotations

from enum import Enum

from acmrules.analysis.usability import Usability, usability
from acmrules.coverage import (
    CoverageIndex,
    Covered,
    HostIndex,
    PartialCoverageIndex,
    UnknownCoverage,
)
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Placed
from acmrules.names import Name, WildcardDomainName
from acmrules.request import Tool
from acmrules.resources import CertificateReference, Consumer, Record
from acmrules.unresolved import ListedName, Malformed
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acmrules.coverage import Uncovered
    from acmrules.model.inventory import Inventory, Located


class HostStatus(Enum):
    """Whether a host is covered, in words for reports."""

    UNCOVERED = "not covered"
    UNDECIDED = "not decided"
    ELSEWHERE = "certificate elsewhere"
    COVERED = "covered"


class HostCoverage(Placed):
    """A host that a consumer serves, and whether a certificate covers it.

    `consumer` and `service` are empty for a record whose target is not in the files. `certificates`
    are the files and addresses of the consumer's certificates. If the host is covered, `covered_by`
    is the name that covers it. If not, `nearest` is the nearest name, if known. Otherwise `reason`
    says what is unknown. If the certificate exists and cannot be used, the host is not covered, and
    `reason` says why; `remark` says that it is not issued yet.
    """

    host: ListedName
    status: HostStatus
    consumer: str
    service: str
    certificates: tuple[tuple[str, str], ...] = ()
    covered_by: ListedName | None = None
    nearest: Uncovered | None = None
    reason: str = ""
    condition: str = ""
    remark: str = ""


class UnneededName(Placed):
    """A name that no host in the files needs.

    Without a `name`, nothing in the files uses the certificate. `is_sure` is false if hosts outside
    of the files may need the name.
    """

    name: ListedName | None
    certificate: str
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


def coverage_of_files(inventory: Inventory, as_of: date | None = None) -> CoverageReport:
    """Return the coverage of each host by its certificates, and the names that no host needs.

    With `as_of`, a certificate that exists covers nothing after its last day.
    """
    hosts: dict[object, list[HostCoverage]] = {}
    recorded: dict[object, list[tuple[Declaration, HostCoverage]]] = {}
    unneeded: dict[object, UnneededName] = {}
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            checker = _checker(declaration, variant, as_of)
            for host in checker.hosts("hosts"):
                hosts.setdefault(_key(host), []).append(host)
            for host in checker.hosts("recorded"):
                recorded.setdefault(_key(host), []).append((declaration, host))
            for name in _unneeded_names(declaration, variant):
                unneeded.setdefault((name.certificate, name.file, name.name), name)
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
    results += {(each.file, each.host, each.reason): each for each in others}.values()
    return CoverageReport(
        tuple(sorted(results, key=lambda each: each.reading_order)),
        tuple(sorted(unneeded.values(), key=lambda each: each.reading_order)),
        frozenset(covered_elsewhere),
    )


def coverage_of_hosts(
    inventory: Inventory, hosts: Iterable[Name], as_of: date | None = None
) -> CoverageReport:
    """Return the coverage of hosts by all certificates in the files."""
    checkers = [
        _checker(declaration, variant, as_of)
        for declaration in inventory.declarations
        for variant in declaration.variants
        if _has_known_names(variant)
    ]
    return CoverageReport(
        tuple(
            _best(
                [
                    checker.check(HostCoverage(None, host, HostStatus.ELSEWHERE, "", ""))
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
    usability: Usability

    def hosts(self, field: str) -> Iterator[HostCoverage]:
        """Yield the coverage of the hosts in a field of the consumers."""
        for number, consumer in enumerate(self.variant.consumers):
            for index, host in enumerate(getattr(consumer, field)):
                served = HostCoverage(
                    self.variant.location(("consumers", number, field, index)),
                    host,
                    HostStatus.ELSEWHERE,
                    consumer.address,
                    consumer.service,
                    condition=self.variant.condition,
                )
                is_of_files = isinstance(consumer.certificate, CertificateReference)
                if is_of_files and _has_known_names(self.variant):
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
        answer = self.index.answer(host)
        usability = self.usability
        if isinstance(answer, Covered) and not usability.is_usable:
            return served.__replace__(status=HostStatus.UNCOVERED, reason=usability.text)
        if isinstance(answer, Covered):
            remark = usability.text
            return served.__replace__(
                status=HostStatus.COVERED, covered_by=answer.by, remark=remark
            )
        if is_recorded and isinstance(host, WildcardDomainName):
            reason = "a wildcard record does not determine the served names"
            return served.__replace__(status=HostStatus.UNDECIDED, reason=reason)
        if isinstance(answer, UnknownCoverage):
            return served.__replace__(status=HostStatus.UNDECIDED, reason=answer.reason)
        return served.__replace__(status=HostStatus.UNCOVERED, nearest=answer.nearest)


def _checker(declaration: Declaration, variant: Variant, as_of: date | None) -> _HostChecker:
    index = PartialCoverageIndex(variant.names)
    return _HostChecker(declaration, variant, index, usability(variant.existing, as_of))


def _has_known_names(variant: Variant) -> bool:
    """Return whether the files contain the names of a certificate, requested or imported."""
    imported = variant.imported
    return variant.request is not None or (imported is not None and imported.leaf is not None)


def _certificate_of(consumer: Consumer) -> str:
    if isinstance(consumer.certificate, CertificateReference):
        return f"{consumer.certificate} is imported"
    return f"certificate {consumer.certificate}"


def _key(served: HostCoverage) -> object:
    return served.location and served.location.span, served.host


def _distinct(several: list[HostCoverage]) -> Iterable[HostCoverage]:
    """Return the distinct results for one host, with their conditions if there are several."""
    by_result: dict[HostCoverage, HostCoverage] = {}
    for served in several:
        by_result.setdefault(served.__replace__(location=None, condition=""), served)
    if len(by_result) > 1:
        return by_result.values()
    return [several[0].__replace__(condition="")]


def _best(several: list[HostCoverage]) -> HostCoverage:
    """Return the result for a host that any of several certificates may cover."""
    order = (HostStatus.COVERED, HostStatus.UNDECIDED, HostStatus.ELSEWHERE, HostStatus.UNCOVERED)
    # A certificate that is issued is better than one that is not yet.
    best = min(several, key=lambda served: (order.index(served.status), bool(served.remark)))
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
    return HostCoverage(location, record.name, HostStatus.ELSEWHERE, "", "", reason=reason)


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
        if variant.existing and variant.existing.in_use is not False:
            return
        yield UnneededName(variant.location(()), None, declaration.address, is_sure=False)
        return
    hosts = [host for each in consumers for host in (*each.hosts, *each.recorded)]
    # An invalid host needs no name, and a wildcard serves the names one label below its parent.
    index = HostIndex(host for host in hosts if not isinstance(host, Malformed))
    served = CoverageIndex(host for host in hosts if isinstance(host, WildcardDomainName))
    # Without a known host, every name would seem unneeded.
    for number, name in enumerate(variant.request.names) if hosts else ():
        if index.needs(name) is False and not (isinstance(name, Name) and served.covers(name)):
            location = variant.location(("names", number))
            yield UnneededName(location, name, declaration.address, is_sure, variant.condition)
