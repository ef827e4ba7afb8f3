"""What covers each host that files say is served, and which names of certificates nobody serves."""

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
    """What there is to say of a host; the value says it in a word or two."""

    UNCOVERED = "not covered"
    UNDECIDED = "not decided"
    ELSEWHERE = "certificate elsewhere"
    COVERED = "covered"


class HostCoverage(Value):
    """A host that the files say is served, where they do, and whether a certificate covers it.

    `consumer` and `service` serve it; both are empty for a record that leads out of the files.
    `certificates` are the addresses of those that are asked, with their files. A host is covered
    `by` a name; if it is not, `missed` has the nearest one; otherwise `reason` says what is open.
    """

    host: ListedName
    verdict: HostStatus
    consumer: str
    service: str
    source: Source | None
    range: Range | None
    certificates: tuple[tuple[str, str], ...] = ()
    by: ListedName | None = None
    missed: Uncovered | None = None
    reason: str = ""
    condition: str = ""


class UnneededName(Value):
    """A name that no host in the files needs; `sure` if nothing else uses the certificate.

    Without a `name`, nothing in the files uses the certificate at all.
    """

    name: ListedName | None
    certificate: str
    source: Source | None
    range: Range | None
    sure: bool
    condition: str = ""


class CoverageReport(Value):
    """The hosts and names of all files.

    `covered_elsewhere` are hosts that belong to the tree of another certificate.

    A record that leads to several certificates is a host of the one that covers it.
    """

    hosts: tuple[HostCoverage, ...]
    unserved: tuple[UnneededName, ...]
    covered_elsewhere: frozenset[tuple[int, ListedName]] = frozenset()

    def of(self, verdict: HostStatus) -> list[HostCoverage]:
        """Return the hosts of which a verdict holds."""
        return [served for served in self.hosts if served.verdict is verdict]


def across(inventory: Inventory) -> CoverageReport:
    """Judge every host by the certificates of what serves it, and every name by the hosts."""
    hosts: dict[object, list[HostCoverage]] = {}
    recorded: dict[object, list[tuple[Declaration, HostCoverage]]] = {}
    unserved: dict[object, UnneededName] = {}
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            judge = _judge(declaration, variant)
            for served in judge.hosts("hosts"):
                hosts.setdefault(_key(served), []).append(served)
            for served in judge.hosts("recorded"):
                recorded.setdefault(_key(served), []).append((declaration, served))
            for found in _unserved(declaration, variant):
                unserved.setdefault((found.certificate, found.source, found.name), found)
    told = [each for several in hosts.values() for each in _apart(several)]
    covered_elsewhere: set[tuple[int, ListedName]] = set()
    for entries in recorded.values():
        best = _best([served for _, served in entries])
        told.append(best)
        covered_elsewhere |= {
            (id(declaration), best.host)
            for declaration, served in entries
            if _is_astray(served, entries)
        }
    known = {served.host for served in told if served.verdict is not HostStatus.ELSEWHERE}
    out = (_led_out(each) for each in inventory.elsewhere if each.thing.name not in known)
    # A name has one record for each version of the protocol.
    told += {(each.source, each.host, each.reason): each for each in out}.values()
    return CoverageReport(
        tuple(sorted(told, key=_reading_order)),
        tuple(sorted(unserved.values(), key=_reading_order)),
        frozenset(covered_elsewhere),
    )


def asked(inventory: Inventory, hosts: Iterable[Name]) -> CoverageReport:
    """Judge hosts that are asked for by all certificates of the files."""
    judges = [
        _judge(declaration, variant)
        for declaration in inventory.declarations
        for variant in declaration.variants
        if variant.request
    ]
    return CoverageReport(
        tuple(
            _best(
                [
                    judge.judged(HostCoverage(host, HostStatus.ELSEWHERE, "", "", None, None))
                    for judge in judges
                ]
            )
            for host in (hosts if judges else ())
        ),
        (),
    )


class _HostChecker(Value):
    """A certificate, or none, in one choice of conditions, and who uses it."""

    declaration: Declaration
    variant: Variant
    index: PartialCoverageIndex
    known: tuple[Name, ...]

    def hosts(self, field: str) -> Iterator[HostCoverage]:
        """Yield what there is to say of the hosts that a field of the consumers has."""
        for number, consumer in enumerate(self.variant.consumers):
            for place, host in enumerate(getattr(consumer, field)):
                source, where = located(self.variant, ("consumers", number, field, place))
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
                    yield self.judged(served, leads=field == "recorded")
                else:
                    yield served.__replace__(reason=_certificate_of(consumer))

    def judged(self, served: HostCoverage, *, leads: bool = False) -> HostCoverage:
        """Return a host with whether the certificate covers it; `leads`, it is that of a record."""
        host = served.host
        here = ((self.declaration.file, self.declaration.address),)
        served = served.__replace__(certificates=here)
        if isinstance(host, Malformed):
            reason = "it is no name that ACM takes"
            return served.__replace__(verdict=HostStatus.UNDECIDED, reason=reason)
        covered = self.index.covers(host)
        if covered:
            return served.__replace__(verdict=HostStatus.COVERED, by=self.index.covering(host))
        if leads and isinstance(host, WildcardDomainName):
            reason = "the record does not say which names are served"
            return served.__replace__(verdict=HostStatus.UNDECIDED, reason=reason)
        if covered is None:
            request = self.variant.request
            reason = unknown_clause(host, *(request.names if request else ()))
            return served.__replace__(verdict=HostStatus.UNDECIDED, reason=reason)
        missed = None
        if isinstance(host, Name):
            [missed] = uncovered(self.known, [host])
        return served.__replace__(verdict=HostStatus.UNCOVERED, missed=missed)


def _judge(declaration: Declaration, variant: Variant) -> _HostChecker:
    request = variant.request
    known = tuple(name for _, name in request.known_names()) if request else ()
    index = PartialCoverageIndex(request.names if request else ())
    return _HostChecker(declaration, variant, index, known[:MAX_NAMES])


def located(variant: Variant, path: Path) -> tuple[Source | None, Range | None]:
    """Return the text that a path of a document stands in, and where."""
    location = variant.location(path)
    return (location.source, location.range) if location else (None, None)


def _certificate_of(consumer: Consumer) -> str:
    if isinstance(consumer.certificate, CertificateReference):
        return f"{consumer.certificate} is imported"
    return f"its certificate: {consumer.certificate}"


def _key(served: HostCoverage) -> object:
    return served.source, served.range, served.host


def _apart(several: list[HostCoverage]) -> Iterable[HostCoverage]:
    """Return what is said of a host at one place, each once, with when, if it depends on that."""
    found: dict[HostCoverage, HostCoverage] = {}
    for served in several:
        found.setdefault(served.__replace__(condition=""), served)
    return found.values() if len(found) > 1 else found


def _best(several: list[HostCoverage]) -> HostCoverage:
    """Return what to say of a host that any of several certificates may cover."""
    order = (HostStatus.COVERED, HostStatus.UNDECIDED, HostStatus.ELSEWHERE, HostStatus.UNCOVERED)
    best = min(several, key=lambda served: order.index(served.verdict))
    if best.verdict is HostStatus.UNCOVERED:
        asked = dict.fromkeys(each for served in several for each in served.certificates)
        best = best.__replace__(certificates=tuple(asked))
    return best.__replace__(condition="")


def _is_astray(served: HostCoverage, entries: list[tuple[Declaration, HostCoverage]]) -> bool:
    if served.verdict is HostStatus.COVERED:
        return False
    several = len({id(declaration) for declaration, _ in entries}) > 1
    return several or isinstance(served.host, WildcardDomainName)


def _led_out(declared: Located) -> HostCoverage:
    """Return a record that leads to nothing in the files that has a certificate of ACM."""
    record = declared.thing
    assert isinstance(record, Record)  # noqa: S101  (what `elsewhere` holds)
    reason = f"a record leads to {record.target}"
    location = declared.location
    source, where = (location.source, location.range) if location else (None, None)
    return HostCoverage(record.name, HostStatus.ELSEWHERE, "", "", source, where, reason=reason)


def _reading_order(said: HostCoverage | UnneededName) -> tuple[object, ...]:
    start = said.range.start if said.range else None
    place = (start.line, start.column) if start else (0, 0)
    return said.source.name if said.source else "", *place


# Names that nobody serves

_WITHOUT_CONSUMERS = (Tool.API, Tool.NAMES)
"""The tools whose files have no place for what uses a certificate."""


def _unserved(declaration: Declaration, variant: Variant) -> Iterator[UnneededName]:
    if variant.request is None:
        return
    consumers = variant.consumers
    sure = variant.all_consumers_known and all(consumer.hosts_known for consumer in consumers)
    if not consumers and declaration.tool in _WITHOUT_CONSUMERS:
        return
    if not consumers:
        source, where = located(variant, ())
        yield UnneededName(None, declaration.address, source, where, sure=False)
        return
    hosts = [host for each in consumers for host in (*each.hosts, *each.recorded)]
    needs = _Needs(hosts)
    # Where not one host is known there is nothing to go by.
    for number, name in enumerate(variant.request.names) if hosts else ():
        if needs.name(name) is False:
            source, where = located(variant, ("names", number))
            yield UnneededName(name, declaration.address, source, where, sure, variant.condition)


class _Needs:
    """The hosts of a certificate, made ready to be asked which names they need."""

    def __init__(self, hosts: list[ListedName]) -> None:
        # What is no name needs none.
        self._hosts = [host for host in dict.fromkeys(hosts) if not isinstance(host, Malformed)]
        known = [host for host in self._hosts if isinstance(host, Name)]
        self._served = {str(host) for host in known}
        self._parents = {str(host).partition(".")[2] for host in known}
        self._starred = {str(h.parent) for h in known if isinstance(h, WildcardDomainName)}
        self._partial = [host for host in self._hosts if not isinstance(host, Name)]

    def name(self, name: ListedName) -> bool | None:
        """Say whether a host needs a name, `None` where that is not known."""
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
        verdicts = {covers_unresolved(name, host) for host in compared}
        return True if True in verdicts else None if None in verdicts else False
