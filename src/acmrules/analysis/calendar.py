"""The renewals and the manual work for certificates, from each date on which the rules change."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.analysis.dns import DnsViews, Zones
from acmrules.changes import Change, compare
from acmrules.diagnosis.certificate import CertificateStatus
from acmrules.facts import acm, cabf
from acmrules.lint.forecast import certificate_dates, change_dates
from acmrules.model.declaration import Declaration
from acmrules.model.placed import Placed
from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.renewal import Interval, foreseen_validity
from acmrules.request import (
    CertificateRequest,
    RootHierarchyType,
    Tool,
    ValidationMethod,
    ValidationOption,
)
from acmrules.resources import CaaRecordSet
from acmrules.unresolved import ListedName, Unresolved, UnresolvedNames
from acmrules.validation import method_refusal, validation_record
from acmrules.values import Value
from acmrules.workload import (
    Workload,
    known_hierarchy,
    number_of_names,
    stated_method,
    yearly_workload,
)
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeVar

    from acmrules.analysis.existing_dates import CertificateDate
    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.facts.fact import Fact
    from acmrules.facts.timeline import Citation
    from acmrules.model.inventory import Inventory, Located

    V = TypeVar("V", Interval, Workload)
    Choice = CertificateRequest | ImportedCertificate | None

_DAY = timedelta(days=1)

_OVER = frozenset({"EXPIRED", "FAILED", "REVOKED", "VALIDATION_TIMED_OUT"})
"""The statuses of certificates that ACM does not renew."""

_IMPORTED, _UNKNOWN = "imported", "not known"
_EMAIL = frozenset({ValidationMethod.EMAIL.value, _UNKNOWN})
_PUBLIC = frozenset({*(method.value for method in ValidationMethod), _UNKNOWN})
_CAA_PARAMETERS = ("validationmethods", "accounturi")
_LIMITED = "limited validity"
"""The term for public certificates whose validity the Baseline Requirements limit.

Those of the N2 roots are valid for longer.
"""
_N2 = "N2"
_N2_ONLY = frozenset({RootHierarchyType.N2_AMAZON_MANAGED})

_CONCERNS: tuple[tuple[Fact[Any], frozenset[str]], ...] = (
    (acm.VALIDITY_DAYS, frozenset({_LIMITED})),
    (acm.RENEWAL_WINDOW_DAYS, _PUBLIC),
    (acm.VALIDATION_METHODS, _PUBLIC),
    (acm.APPROVAL_SCOPE, _EMAIL),
    (acm.RENEWAL_WHOIS_CONTACTS, _EMAIL),
    (acm.PROBED_METHODS, _PUBLIC),
    (acm.EMAIL_TO_DNS, _EMAIL),
    (cabf.VALIDITY_DAYS, frozenset({_LIMITED, _IMPORTED})),
    (cabf.REUSE_DAYS, _PUBLIC),
    (cabf.EMAIL_SUNSET, _EMAIL),
    (cabf.REMOTE_PERSPECTIVES, _PUBLIC),
    (cabf.CAA_PARAMETERS, frozenset(_CAA_PARAMETERS)),
    (cabf.CHROME_CLIENT_AUTH, frozenset({"clientAuth"})),
    (acm.N2_VALIDITY_DAYS, frozenset({_N2})),
)
"""The facts about work and issuance, with the methods or other terms that each concerns."""

FACTS = tuple(fact for fact, _ in _CONCERNS)
"""The facts whose changes the calendar contains, if they concern one of its certificates."""

LAST_TURN = max(era.start for fact in FACTS for era in fact.history)
"""The last date on which one of these facts is known to change."""


class CalendarCertificate(Placed):
    """A certificate with its distinct requests or imports, one for each case of its conditions.

    A choice is `None` if the certificate does not exist in that case.
    """

    declaration: Declaration
    choices: tuple[Choice, ...]

    @property
    def address(self) -> str:
        """The logical ID or resource address, empty if the file is a single request."""
        return self.declaration.address.strip("$")

    @property
    def methods(self) -> tuple[str, ...]:
        """The validation methods, or the origins if ACM does not validate the certificate."""
        tool = self.declaration.tool
        return tuple(dict.fromkeys(_method(each, tool) for each in self.choices if each))

    @property
    def regions(self) -> tuple[str | None, ...]:
        """The Regions, `None` for an unknown one."""
        found = (each.region for each in self.requests)
        return tuple(dict.fromkeys(r if isinstance(r, str) else None for r in found)) or (None,)

    @property
    def existing(self) -> CertificateDetail | None:
        """The certificate that exists, `None` if no file shows one."""
        found = (each.existing for each in self.declaration.variants if each.existing)
        return next(found, None)

    @property
    def requests(self) -> tuple[CertificateRequest, ...]:
        """The requests among the choices."""
        return tuple(each for each in self.choices if isinstance(each, CertificateRequest))

    def hierarchies(self, day: date) -> frozenset[RootHierarchyType | None]:
        """Return the root hierarchies on a date, `None` for a standard public certificate."""
        return frozenset(known_hierarchy(each, day) for each in self.requests)

    @property
    def names(self) -> Interval | None:
        """The number of distinct names, `None` if the certificate is imported."""
        return _either(map(number_of_names, self.requests))

    def workload(self, day: date) -> Workload:
        """Return the yearly work under the rules of a date."""
        tool = self.declaration.tool
        works = (
            yearly_workload(each, tool=tool, as_of=day) if each else Workload()
            for each in self.choices
        )
        return _either(works) or Workload()

    def refusal(self, day: date) -> tuple[str, Citation] | None:
        """Return why its method does not allow a renewal on a date, and the source."""
        tool = self.declaration.tool
        for each in self.requests:
            method = None if each.is_private else stated_method(each, tool)
            if method and (refusal := method_refusal(method, day)):
                return refusal
        return None


class FactChange(Value):
    """A change on a date, and its source: `None` for the dates of a certificate itself."""

    sentence: str
    source: Citation | None


class CalendarDay(Value):
    """A date with its changes, and the yearly work for each certificate from then on.

    `stopped` are the indexes of the certificates whose method no longer allows a renewal.
    """

    day: date
    changes: tuple[FactChange, ...]
    works: tuple[Workload, ...]
    stopped: tuple[int, ...] = ()

    @property
    def total(self) -> Workload:
        """The yearly work for all certificates together."""
        total = Workload()
        for work in self.works:
            total += work
        return total

    @property
    def last_end(self) -> date:
        """The expiry date of a certificate that is renewed on the day before."""
        before = self.day - _DAY
        return before + timedelta(days=foreseen_validity(as_of=before).days)


class CalendarRecord(Value):
    """A CNAME for DNS validation, its names, and the zones that may contain it.

    `is_sure` is false if partly known names leave the zone undecided.
    """

    name: str
    names: tuple[str, ...]
    zones: tuple[Located, ...]
    is_sure: bool


class DnsMigration(Value):
    """The migration of a certificate from email to DNS validation.

    `change` is the effect of the edit in its tool. If `may_stay` is true, the API can change the
    method in place. `is_complete` is false if the certificate may need more records, because it
    has an unknown number of names.
    """

    certificate: CalendarCertificate
    change: Change
    may_stay: bool
    records: tuple[CalendarRecord, ...]
    is_complete: bool


class Calendar(Value):
    """The certificates and their work from one date to another; the first page is for `as_of`.

    A page is left out if its changes concern none of the certificates. `dates` are those of the
    certificates that exist.
    """

    as_of: date
    until: date
    certificates: tuple[CalendarCertificate, ...]
    pages: tuple[CalendarDay, ...]
    moves: tuple[DnsMigration, ...]
    dates: tuple[CertificateDate, ...] = ()


def certificates(declarations: Iterable[Declaration]) -> tuple[CalendarCertificate, ...]:
    """Return the certificates among declarations, without consumers and certificate chains.

    One that failed, expired or was revoked needs no work anymore.
    """
    found = []
    for declaration in declarations:
        if declaration.tool is Tool.ACCOUNT and _is_over(declaration.variants[0].existing):
            continue
        choices: dict[Choice, None] = dict.fromkeys(
            variant.request or _import(variant.imported) for variant in declaration.variants
        )
        if any(choices):
            location = declaration.variants[0].location(())
            found.append(CalendarCertificate(location, declaration, tuple(choices)))
    return tuple(found)


def calendar(inventory: Inventory, as_of: date, until: date) -> Calendar:
    """Return the work for the certificates of an inventory, from each date on which it changes.

    Raises `ValueError` if a date is before the launch of ACM.
    """
    known = certificates(inventory.declarations)
    terms = {*_terms(known, inventory, until)}
    facts = [fact for fact, concerned in _CONCERNS if not concerned.isdisjoint(terms)]
    own = {day for each in known for day in certificate_dates(each.declaration, as_of, until)}
    pages = [
        CalendarDay(
            as_of, (), tuple(each.workload(as_of) for each in known), _stopped(known, as_of)
        )
    ]
    for day in sorted({*change_dates((), as_of, until), *own}):
        changes = (
            *_fact_changes(facts, day),
            *(c for each in known for c in _validity_changes(each, day)),
        )
        if changes:
            works = tuple(each.workload(day) for each in known)
            pages.append(CalendarDay(day, changes, works, _stopped(known, day)))
    views = DnsViews(inventory)
    moves = tuple(_migration(each, as_of, views) for each in known if "EMAIL" in each.methods)
    dates: tuple[CertificateDate, ...] = ()
    if inventory.account.certificates:
        from acmrules.analysis.existing_dates import certificate_days

        existing = ((each.location, each.address, each.existing) for each in known if each.existing)
        dates = certificate_days(existing, as_of, until)
    return Calendar(as_of, until, known, tuple(pages), moves, dates)


def _is_over(existing: CertificateDetail | None) -> bool:
    return existing is not None and existing.status in _OVER


def _import(imported: ImportedCertificate | None) -> ImportedCertificate | None:
    is_chain = imported is not None and imported.leaf is None and imported.chain
    return None if is_chain else imported


def _method(choice: CertificateRequest | ImportedCertificate, tool: Tool) -> str:
    if isinstance(choice, ImportedCertificate):
        return _IMPORTED
    if choice.is_private:
        return "private CA"
    method = stated_method(choice, tool)
    return method.value if method else _UNKNOWN


def _either(values: Iterable[V]) -> V | None:
    """Return the bounds of several values, because it is unknown which of them applies."""
    bounds = None
    for value in values:
        bounds = value if bounds is None else bounds | value
    return bounds


def _terms(
    known: tuple[CalendarCertificate, ...], inventory: Inventory, until: date
) -> Iterator[str]:
    """Yield the methods, kinds and usages of certificates, and the CAA parameters in the files."""
    for each in known:
        yield from each.methods
        hierarchies = each.hierarchies(until)
        if not _PUBLIC.isdisjoint(each.methods) and hierarchies != _N2_ONLY:
            yield _LIMITED
        is_open = any(isinstance(r.root_hierarchy, Unresolved) for r in each.requests)
        if hierarchies - {None} or is_open:
            yield _N2
        for request in each.requests:
            if not request.is_private:
                yield from request.extended_key_usages
    if any(not _PUBLIC.isdisjoint(each.methods) for each in known):
        for found in inventory.caa:
            records = found.thing.records if isinstance(found.thing, CaaRecordSet) else ()
            text = " ".join(map(str, records)).lower()
            yield from (parameter for parameter in _CAA_PARAMETERS if parameter in text)


def _fact_changes(facts: Iterable[Fact[Any]], day: date) -> Iterator[FactChange]:
    from acmrules.facts.wording import format_value

    for fact in facts:
        era = fact.history.era(day)
        if era is not None and era.start == day:
            statement = fact.statement.removesuffix(".")
            before = fact.history.era(day - _DAY)
            was = f" (was {format_value(before.value)})" if before else ""
            yield FactChange(f"{statement}: {format_value(era.value)}{was}", era.source)


def _validity_changes(certificate: CalendarCertificate, day: date) -> Iterator[FactChange]:
    if certificate.existing:
        return  # Its dates are listed apart.
    imports = (each for each in certificate.choices if isinstance(each, ImportedCertificate))
    for each in (each for whole in imports for each in whole.certificates):
        if each.first_day == day:
            yield FactChange(f"`{each}` becomes valid", None)
        if each.last_day == day - _DAY:
            yield FactChange(f"`{each}` has expired", None)


def _stopped(known: tuple[CalendarCertificate, ...], day: date) -> tuple[int, ...]:
    return tuple(place for place, each in enumerate(known) if each.refusal(day))


def _migration(certificate: CalendarCertificate, as_of: date, views: DnsViews) -> DnsMigration:
    declaration = certificate.declaration
    variant, request = next(
        (variant, variant.request)
        for variant in declaration.variants
        if variant.request and _method(variant.request, declaration.tool) == "EMAIL"
    )
    wanted = request.__replace__(validation_method=ValidationMethod.DNS)
    if declaration.tool is Tool.CLOUDFORMATION:
        # ACM rejects a validation domain with DNS validation.
        wanted = wanted.__replace__(validation_options=_without_domains(request))
    stems: dict[ListedName, list[ListedName]] = {}
    for name in dict.fromkeys(request.names):
        stems.setdefault(wildcard_parent(name) or name, []).append(name)
    zones = views.of(declaration, variant).zones
    records = tuple(
        _record(stem, names, zones)
        for stem, names in stems.items()
        if isinstance(stem, DomainName | Unresolved)
    )
    is_complete = not any(isinstance(name, UnresolvedNames) for name in request.names)
    change = compare(request, wanted, tool=declaration.edited_with, as_of=as_of)
    existing = variant.existing
    # No source says that the operation accepts a certificate before it is issued.
    is_issued = existing is None or existing.status is CertificateStatus.ISSUED
    may_stay = is_issued and acm.EMAIL_TO_DNS.era(as_of).value
    return DnsMigration(certificate, change, may_stay, records, is_complete)


def _without_domains(request: CertificateRequest) -> tuple[ValidationOption | Unresolved, ...]:
    return tuple(
        option
        for option in request.validation_options
        if isinstance(option, Unresolved) or option.validation_domain is None
    )


def _record(stem: DomainName | Unresolved, names: list[ListedName], zones: Zones) -> CalendarRecord:
    found, unsure, _ = zones.of(stem)
    return CalendarRecord(validation_record(stem), tuple(map(str, names)), found, not unsure)
