"""What the coming years ask of the certificates in some documents, turning day by turning day."""

from __future__ import annotations

from datetime import timedelta

from acmrules.analysis.dns import DnsViews
from acmrules.changes import compare
from acmrules.facts import acm, cabf
from acmrules.lint.forecast import certificate_dates, turning_days
from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.renewal import Interval, foreseen_validity
from acmrules.request import CertificateRequest, Tool, ValidationMethod
from acmrules.unresolved import Unresolved, UnresolvedNames
from acmrules.validation import method_refusal, validation_record
from acmrules.values import Value
from acmrules.workload import Workload, number_of_names, stated_method, yearly_workload
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import TypeVar

    from acmrules.analysis.dns import Zones
    from acmrules.changes import Change
    from acmrules.facts.timeline import Citation
    from acmrules.model.declaration import Declaration
    from acmrules.model.inventory import Inventory, Located
    from acmrules.request import ValidationOption
    from acmrules.unresolved import ListedName

    V = TypeVar("V", Interval, Workload)
    Choice = CertificateRequest | ImportedCertificate | None

_DAY = timedelta(days=1)
_ONE, _NONE = Interval(1, 1), Interval(0, 0)

TURNING = (
    acm.VALIDITY_DAYS,
    acm.RENEWAL_WINDOW_DAYS,
    acm.VALIDATION_METHODS,
    acm.APPROVAL_SCOPE,
    acm.RENEWAL_WHOIS_CONTACTS,
    acm.PROBED_METHODS,
    acm.EMAIL_TO_DNS,
    cabf.VALIDITY_DAYS,
    cabf.REUSE_DAYS,
    cabf.EMAIL_SUNSET,
)
"""The facts that a year's work rests on, and what can be done about it."""

LAST_TURN = max(era.start for fact in TURNING for era in fact.history)
"""The last day from which any of them is known to say something else."""


class CalendarCertificate(Value):
    """A certificate under each choice of the conditions in its file: `None` where it is absent."""

    declaration: Declaration
    choices: tuple[Choice, ...]

    @property
    def file(self) -> str:
        """The name of its source, empty without one."""
        return self.declaration.file

    @property
    def address(self) -> str:
        """Its logical id or resource address, empty where the file has but one."""
        return self.declaration.address.strip("$")

    @property
    def line(self) -> int | None:
        """The line on which it is declared."""
        location = self.declaration.variants[0].location(())
        return location.line if location else None

    @property
    def methods(self) -> tuple[str, ...]:
        """How it is validated, or comes to be: one word for each choice that differs."""
        tool = self.declaration.tool
        return tuple(dict.fromkeys(_method(each, tool) for each in self.choices if each))

    @property
    def regions(self) -> tuple[str | None, ...]:
        """The Regions it is in, `None` for one that is not known."""
        found = (each.region for each in self.requests)
        return tuple(dict.fromkeys(r if isinstance(r, str) else None for r in found)) or (None,)

    @property
    def requests(self) -> tuple[CertificateRequest, ...]:
        """The requests among its choices."""
        return tuple(each for each in self.choices if isinstance(each, CertificateRequest))

    @property
    def names(self) -> Interval | None:
        """How many distinct names it lists, `None` if it was imported."""
        return _either(map(number_of_names, self.requests))

    def workload(self, day: date) -> Workload:
        """Return what it asks for in a year under the rules of a day."""
        tool = self.declaration.tool
        works = (
            yearly_workload(each, tool=tool, as_of=day) if each else Workload()
            for each in self.choices
        )
        return _either(works) or Workload()

    def refusal(self, day: date) -> tuple[str, Citation] | None:
        """Say why it cannot be renewed by its method on a day, and who says so."""
        tool = self.declaration.tool
        for each in self.requests:
            method = None if each.is_private else stated_method(each, tool)
            if method and (refusal := method_refusal(method, day)):
                return refusal
        return None


class FactChange(Value):
    """What is otherwise from a day on, and who says so: nobody, where a certificate's dates do."""

    sentence: str
    source: Citation | None


class CalendarDay(Value):
    """A day of the calendar: what turns, and the year's work of each certificate from then on.

    `stopped` are the places of the certificates that their method renews no more.
    """

    day: date
    turns: tuple[FactChange, ...]
    works: tuple[Workload, ...]
    stopped: tuple[int, ...] = ()

    @property
    def total(self) -> Workload:
        """The work of all certificates together."""
        total = Workload()
        for work in self.works:
            total += work
        return total

    @property
    def last_end(self) -> date:
        """The day by which a certificate ends that was renewed on the day before."""
        before = self.day - _DAY
        return before + timedelta(days=foreseen_validity(before).days)


class CalendarRecord(Value):
    """A CNAME that DNS validation asks for, the names it is for, and the zones it may go into.

    `is_sure` is false where what is not known of names keeps the zone open.
    """

    name: str
    names: tuple[str, ...]
    zones: tuple[Located, ...]
    is_sure: bool


class DnsMigration(Value):
    """What it takes to have a certificate validated by DNS instead of e-mail.

    `change` is what the tool makes of it; with `may_stay`, the API itself leaves it in place.
    `is_complete` is false where there are names of which nothing is known, and so more records.
    """

    certificate: CalendarCertificate
    change: Change
    may_stay: bool
    records: tuple[CalendarRecord, ...]
    is_complete: bool


class Calendar(Value):
    """What some certificates ask for from one day up to another; the first page is that day's."""

    as_of: date
    until: date
    certificates: tuple[CalendarCertificate, ...]
    pages: tuple[CalendarDay, ...]
    moves: tuple[DnsMigration, ...]


def certificates(declarations: Iterable[Declaration]) -> tuple[CalendarCertificate, ...]:
    """Return the certificates of some documents; consumers and chains alone are none."""
    found = []
    for declaration in declarations:
        choices: dict[Choice, None] = dict.fromkeys(
            variant.request or _import(variant.imported) for variant in declaration.variants
        )
        if any(choices):
            found.append(CalendarCertificate(declaration, tuple(choices)))
    return tuple(found)


def calendar(inventory: Inventory, as_of: date, until: date) -> Calendar:
    """Say what the certificates of an estate ask for on a day, and on each on which that turns.

    Raises `ValueError` for a day before ACM was there.
    """
    known = certificates(inventory.declarations)
    own = {day for each in known for day in certificate_dates(each.declaration, as_of, until)}
    pages = [
        CalendarDay(
            as_of, (), tuple(each.workload(as_of) for each in known), _stopped(known, as_of)
        )
    ]
    for day in sorted({*turning_days((), as_of, until), *own}):
        turns = (*_turns(day), *(turn for each in known for turn in _own_turns(each, day)))
        if turns:
            works = tuple(each.workload(day) for each in known)
            pages.append(CalendarDay(day, turns, works, _stopped(known, day)))
    around = DnsViews(inventory)
    moves = tuple(_move(each, as_of, around) for each in known if "EMAIL" in each.methods)
    return Calendar(as_of, until, known, tuple(pages), moves)


def _import(imported: ImportedCertificate | None) -> ImportedCertificate | None:
    is_chain = imported is not None and imported.leaf is None and imported.chain
    return None if is_chain else imported


def _method(choice: CertificateRequest | ImportedCertificate, tool: Tool) -> str:
    if isinstance(choice, ImportedCertificate):
        return "imported"
    if choice.is_private:
        return "private CA"
    method = stated_method(choice, tool)
    return method.value if method else "not known"


def _either(things: Iterable[V]) -> V | None:
    """Return what is one of several things, as they are not known apart."""
    found = None
    for thing in things:
        found = thing if found is None else found | thing
    return found


def _turns(day: date) -> Iterator[FactChange]:
    from acmrules.facts.wording import format_value

    for fact in TURNING:
        era = fact.history.era(day)
        if era is not None and era.start == day:
            what = fact.statement.removesuffix(".")
            before = fact.history.era(day - _DAY)
            was = f", was {format_value(before.value)}" if before else ""
            yield FactChange(f"{what}: {format_value(era.value)}{was}", era.source)


def _own_turns(certificate: CalendarCertificate, day: date) -> Iterator[FactChange]:
    imports = (each for each in certificate.choices if isinstance(each, ImportedCertificate))
    for each in (each for whole in imports for each in whole.certificates):
        if each.first_day == day:
            yield FactChange(f"`{each}` is valid from this day on", None)
        if each.last_day == day - _DAY:
            yield FactChange(f"`{each}` is valid no longer", None)


def _stopped(known: tuple[CalendarCertificate, ...], day: date) -> tuple[int, ...]:
    return tuple(place for place, each in enumerate(known) if each.refusal(day))


def _move(certificate: CalendarCertificate, as_of: date, around: DnsViews) -> DnsMigration:
    declaration = certificate.declaration
    variant, request = next(
        (variant, variant.request)
        for variant in declaration.variants
        if variant.request and _method(variant.request, declaration.tool) == "EMAIL"
    )
    wanted = request.__replace__(validation_method=ValidationMethod.DNS)
    if declaration.tool is Tool.CLOUDFORMATION:
        # A validation domain is refused beside DNS, so these options have to go.
        wanted = wanted.__replace__(validation_options=_without_domains(request))
    stems: dict[ListedName, list[ListedName]] = {}
    for name in dict.fromkeys(request.names):
        stems.setdefault(wildcard_parent(name) or name, []).append(name)
    zones = around.of(declaration, variant).zones
    records = tuple(
        _record(stem, names, zones)
        for stem, names in stems.items()
        if isinstance(stem, DomainName | Unresolved)
    )
    is_complete = not any(isinstance(name, UnresolvedNames) for name in request.names)
    change = compare(request, wanted, tool=declaration.tool, as_of=as_of)
    may_stay = acm.EMAIL_TO_DNS.era(as_of).value
    return DnsMigration(certificate, change, may_stay, records, is_complete)


def _without_domains(request: CertificateRequest) -> tuple[ValidationOption | Unresolved, ...]:
    return tuple(
        option
        for option in request.validation_options
        if isinstance(option, Unresolved) or option.validation_domain is None
    )


def _record(stem: DomainName | Unresolved, names: list[ListedName], zones: Zones) -> CalendarRecord:
    found, nearer, _ = zones.of(stem)
    return CalendarRecord(validation_record(stem), tuple(map(str, names)), found, not nearer)
