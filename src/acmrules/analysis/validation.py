"""What has to be done before the certificates in files are issued, and what stands in the way."""

from __future__ import annotations

from enum import Enum

from acmrules.analysis.dns import DnsViews
from acmrules.caa import check_caa
from acmrules.facts import acm, cabf
from acmrules.lint.rule import is_given
from acmrules.messages import quoted
from acmrules.names import MAX_NAME_OCTETS, DomainName, Name, WildcardDomainName
from acmrules.partial import (
    TextIndex,
    base,
    is_within,
    symbols,
    undecided_clause,
    unknown_clause,
    wildcard_parent,
)
from acmrules.renewal import Interval, foreseen_validity
from acmrules.request import CertificateRequest, Tool, ValidationMethod
from acmrules.resources import Zone
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames
from acmrules.validation import (
    HttpStep,
    MailStep,
    method_refusal,
    validation_plan,
    validation_record,
)
from acmrules.values import Value
from acmrules.workload import number_of_names, stated_method, yearly_workload
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from acmrules.analysis.dns import CaaSets, DnsView
    from acmrules.facts.timeline import Citation
    from acmrules.model.declaration import Declaration, Variant
    from acmrules.model.inventory import Inventory, Located
    from acmrules.partial import Symbols
    from acmrules.renewal import Validity
    from acmrules.unresolved import ListedName, Text
    from acmrules.workload import Workload


_WAITING = "aws_acm_certificate_validation."


# What is answered ---------------------------------------------------------------------------------


class CertificateKind(Enum):
    """How a certificate comes to be; the value is what that means for its validation."""

    PUBLIC = "by ACM's public CA"
    PRIVATE = "by a private CA"
    IMPORTED = "imported"


class ValidationCname(Value):
    """The record that ACM asks for, one for a name and its wildcard, and the zone it belongs in.

    `zones` are those of the nearest name among the public ones, more than one where zones of this
    name are declared more than once; `unsure` may be nearer still; `private` are of no help.
    `given` is the zone id that the request gives, `given_zone` what the files know of it. `written`
    says whether the tool writes the record by itself, `None` where that is not known; with
    `is_repeated`, more than one option asks it to. `asked_by` are the certificates that ask for
    the same record, this one among them, and `writers` says for how many of them Terraform creates
    it; no source states what CloudFormation makes of one that is there.
    """

    stem: DomainName | Unresolved
    names: tuple[ListedName, ...]
    zones: tuple[Located, ...] = ()
    unsure: tuple[Located, ...] = ()
    private: tuple[Located, ...] = ()
    given: Text | None = None
    given_zone: Located | None = None
    written: bool | None = False
    is_repeated: bool = False
    asked_by: tuple[str, ...] = ()
    writers: int = 0

    @property
    def record(self) -> str:
        """The name of the record, its token left open."""
        return validation_record(self.stem)

    @property
    def is_too_long(self) -> bool:
        """Whether the name of the record is longer than DNS takes (fact 4.12)."""
        octets = acm.RECORD_NAME_OCTETS.value
        return isinstance(self.stem, DomainName) and self.stem.octets + octets > MAX_NAME_OCTETS

    @property
    def zone(self) -> Located | None:
        """The zone that the record goes into, as far as these files know it."""
        return self.given_zone or (None if self.given else next(iter(self.zones), None))

    @property
    def open(self) -> str:
        """What would have to be known of its name; empty where all is."""
        return unknown_clause(self.stem)


class ApprovalMails(Value):
    """The mailboxes of one domain, and the names that are approved from there, each by a link.

    An approval that another name of the list brings along is among `approved_with`.
    """

    domain: str
    mailboxes: tuple[str, ...]
    names: tuple[Name, ...]
    approved_with: tuple[Name, ...] = ()


class CaaStatus(Value):
    """What CAA records say of some names: whether Amazon may issue, `None` if that is not known.

    Without `text`, no record in the files says anything of them.
    """

    names: tuple[ListedName, ...]
    allowed: bool | None
    text: str
    sets: tuple[Located, ...] = ()


class YearlyWork(Value):
    """The work of a year under the rules from a day on; `refusal` says why there is none."""

    start: date
    validity: Validity
    work: Workload
    refusal: str = ""
    source: Citation | None = None


class Validation(Value):
    """What has to be done for one certificate, under some choices of its conditions.

    `method` is `None` where it is not known; then `cnames` and `mails` are what either would ask
    for. `assumed` says how the method was found, where the request does not state it. `validators`
    are the blocks of Terraform that are there for it, `instance` is the address of one of
    several certificates. `obstacles` are what validation cannot succeed with, `remarks` what else
    to mind, `open` what would have to be known.
    """

    file: str
    line: int | None
    address: str
    tool: Tool
    kind: CertificateKind
    names: tuple[ListedName, ...]
    condition: str = ""
    method: ValidationMethod | None = None
    assumed: str = ""
    cnames: tuple[ValidationCname, ...] = ()
    mails: tuple[ApprovalMails, ...] = ()
    approvals: Interval = Interval(0, 0)
    urls: tuple[str, ...] = ()
    validators: tuple[str, ...] = ()
    instance: str = ""
    caa: tuple[CaaStatus, ...] = ()
    years: tuple[YearlyWork, ...] = ()
    obstacles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Where it stands, and what it is called there."""
        line = f":{self.line}" if self.line else ""
        return ": ".join(filter(None, (f"{self.file}{line}", self.address)))

    @property
    def records(self) -> tuple[str, ...]:
        """The blocks of Terraform that write its records, or hand on what they are."""
        return tuple(each for each in self.validators if not each.startswith(_WAITING))

    @property
    def waiting(self) -> tuple[str, ...]:
        """The resources of Terraform that wait until it is validated."""
        return tuple(each for each in self.validators if each.startswith(_WAITING))

    @property
    def left(self) -> tuple[ValidationCname, ...]:
        """The records that nothing in the files writes."""
        return tuple(cname for cname in self.cnames if cname.written is False)


# What is asked ------------------------------------------------------------------------------------


def validations(inventory: Inventory, as_of: Callable[[str], date]) -> tuple[Validation, ...]:
    """Say what each certificate of an estate takes, in the order of files and lines.

    `as_of` gives the day that a file is judged as of. Certificates that ask for one and the same
    record know of each other.
    """
    around = DnsViews(inventory)
    found = [
        validation
        for declaration in inventory.declarations
        for validation in _of_document(declaration, around, as_of(declaration.file))
    ]
    asking: dict[ListedName, dict[str, bool]] = {}
    for each in found:
        for cname in each.cnames:
            if isinstance(cname.stem, DomainName):
                writes = asking.setdefault(cname.stem, {})
                creates = cname.written is True and each.tool is Tool.TERRAFORM
                writes[each.title] = writes.get(each.title, False) or creates
    shared = {
        stem: (tuple(sorted(writes)), sum(writes.values())) for stem, writes in asking.items()
    }
    return tuple(sorted((_knowing(each, shared) for each in found), key=_place))


def _place(validation: Validation) -> tuple[object, ...]:
    names = [*map(str, validation.names)]
    return validation.file, validation.line or 0, validation.address, validation.condition, names


def _knowing(
    one: Validation, shared: Mapping[ListedName, tuple[tuple[str, ...], int]]
) -> Validation:
    return one.__replace__(
        cnames=tuple(
            cname.__replace__(asked_by=shared[cname.stem][0], writers=shared[cname.stem][1])
            if cname.stem in shared
            else cname
            for cname in one.cnames
        )
    )


def _of_document(declaration: Declaration, around: DnsViews, as_of: date) -> Iterator[Validation]:
    """Yield what a certificate takes, once for each answer that differs."""
    answers: dict[Validation, list[str]] = {}
    for variant in declaration.variants:
        certificate = variant.request or variant.imported
        if certificate:
            answer = _answer(declaration, variant, certificate, around, as_of)
            answers.setdefault(answer, []).append(variant.condition)
    for answer, conditions in answers.items():
        always = len(answers) == 1 and len(conditions) == len(declaration.variants)
        yield answer if always else answer.__replace__(condition=_either(conditions))


def _either(conditions: list[str]) -> str:
    first, *others = conditions
    return f"{first}, and {len(others):,} more of its choices" if others else first


def _answer(
    declaration: Declaration,
    variant: Variant,
    certificate: CertificateRequest | ImportedCertificate,
    around: DnsViews,
    as_of: date,
) -> Validation:
    request = certificate if isinstance(certificate, CertificateRequest) else None
    authority = request and request.certificate_authority_arn
    is_private = is_given(authority, declaration.tool, request)
    if request and not is_private:
        certificate = request.__replace__(certificate_authority_arn=None)
    answer = Validation(
        declaration.file,
        _line(variant),
        declaration.address.strip("$"),
        declaration.tool,
        CertificateKind.IMPORTED
        if not request
        else CertificateKind.PRIVATE
        if is_private
        else CertificateKind.PUBLIC,
        tuple(dict.fromkeys(request.names)) if request else (),
        validators=variant.validators,
        instance=variant.instance,
        years=tuple(_years(certificate, declaration.tool, as_of)),
    )
    if request is None or is_private:
        return answer
    return _public(answer, request, around.of(declaration, variant), as_of)


def _line(variant: Variant) -> int | None:
    location = variant.location(())
    return location.line if location else None


def _public(
    answer: Validation, request: CertificateRequest, around: DnsView, as_of: date
) -> Validation:
    """Return what the validation of a public certificate takes."""
    tool = answer.tool
    method, assumed, refused = _method(request, tool, as_of)
    obstacles = [*refused, *_unnamable(answer.names)]
    remarks: list[str] = []
    open_: list[str] = []
    if request.is_private:
        open_.append(undecided_clause("a private CA is asked", request.certificate_authority_arn))
    methods = [] if refused else [method] if method else _thinkable(as_of)
    if ValidationMethod.DNS in methods:
        cnames = tuple(_cnames(request, answer, around))
        obstacles += [text for cname in cnames for text in _in_the_way(cname)]
        answer = answer.__replace__(cnames=cnames)
    if ValidationMethod.EMAIL in methods:
        domains = _Domains(request)
        mails = tuple(_mails(request, domains, as_of))
        obstacles += domains.wrong
        open_ += domains.missing
        open_ += [
            undecided_clause("anybody reads mail for it", name)
            for name in answer.names
            if isinstance(name, Unresolved) and name not in domains.unclear
        ]
        answer = answer.__replace__(mails=mails, approvals=_approvals(request, mails))
    if ValidationMethod.HTTP in methods:
        known = [name for name in answer.names if isinstance(name, DomainName)]
        obstacles += [
            f"{quoted(name)} is a wildcard, which HTTP validation never serves"
            for name in answer.names
            if isinstance(name, WildcardDomainName)
        ]
        remarks.append(f"only {acm.HTTP_STARTED_BY.value} can start HTTP validation")
        steps = validation_plan(known, "HTTP", as_of=as_of).steps if known else ()
        urls = tuple(step.url for step in steps if isinstance(step, HttpStep))
        answer = answer.__replace__(urls=urls)
    caa = tuple(_caa(answer.names, around.caa, as_of))
    obstacles += [
        f"Amazon may not issue for {', '.join(map(quoted, each.names))}: {each.text}"
        for each in caa
        if each.allowed is False
    ]
    open_ += [
        f"{quoted(name)} is any number of names: {unknown_clause(name)}"
        for name in answer.names
        if isinstance(name, UnresolvedNames)
    ]
    return answer.__replace__(
        method=method,
        assumed=assumed,
        caa=caa,
        obstacles=tuple(dict.fromkeys(obstacles)),
        remarks=tuple(remarks),
        open=tuple(dict.fromkeys(open_)),
    )


def _unnamable(names: Iterable[ListedName]) -> Iterator[str]:
    for name in names:
        if isinstance(name, Malformed):
            yield f"{quoted(name)} is no name that ACM takes"


# Methods ------------------------------------------------------------------------------------------


def _method(
    request: CertificateRequest, tool: Tool, as_of: date
) -> tuple[ValidationMethod | None, str, list[str]]:
    """Return the method if it is known, how it was found, and what it is refused for."""
    stated = request.validation_method
    if isinstance(stated, Malformed):
        return None, "", [f"{quoted(stated)} is no validation method"]
    method = stated_method(request, tool)
    if method is None:
        missing = unknown_clause(stated or request.certificate_authority_arn)
        if not missing and tool is Tool.TERRAFORM:
            return None, "", ["no validation method is given, and Terraform wants one"]
        return None, missing or "a list of names does not say the method", []
    refusal = method_refusal(method, as_of)
    return method, "" if stated else "the default", [refusal[0]] if refusal else []


def _thinkable(as_of: date) -> list[ValidationMethod]:
    both = ValidationMethod.DNS, ValidationMethod.EMAIL
    return [method for method in both if method_refusal(method, as_of) is None]


# Records ------------------------------------------------------------------------------------------


def _cnames(
    request: CertificateRequest, answer: Validation, around: DnsView
) -> Iterator[ValidationCname]:
    """Yield the record of each name, which its wildcard shares."""
    stems: dict[Symbols, list[DomainName | WildcardDomainName | Unresolved]] = {}
    for name in dict.fromkeys(request.names):
        text = symbols(name)
        if text is not None and isinstance(name, DomainName | WildcardDomainName | Unresolved):
            stems.setdefault(base(text), []).append(name)
    zoned, writers = _zoned(request)
    writes = answer.tool in {Tool.CLOUDFORMATION, Tool.TERRAFORM}
    for text, names in stems.items():
        stem = _stem(names[0])
        zones, nearer, private = around.zones.of(stem)
        given, *again = zoned.get(text, [None])
        written = writers.holds(text)
        if answer.records and not written:
            written = None
        yield ValidationCname(
            stem,
            tuple(names),
            zones,
            nearer if isinstance(stem, DomainName) else (),
            private,
            given,
            around.zone_of_id(given),
            written if writes else False,
            is_repeated=bool(again),
        )


def _zoned(request: CertificateRequest) -> tuple[dict[Symbols, list[Text]], TextIndex]:
    """Return the zone ids that a request gives, by the names without `*.`, and these names."""
    zoned: dict[Symbols, list[Text]] = {}
    writers = TextIndex()
    for option in request.validation_options:
        if isinstance(option, Unresolved):
            writers.add(None)
        elif option.hosted_zone_id is not None and option.domain_name is not None:
            text = symbols(option.domain_name)
            writers.add(text and base(text))
            if text is not None:
                zoned.setdefault(base(text), []).append(option.hosted_zone_id)
    return zoned, writers


def _stem(name: DomainName | WildcardDomainName | Unresolved) -> DomainName | Unresolved:
    """Return a name without the `*.` that it may begin with."""
    if isinstance(name, WildcardDomainName):
        return name.parent
    parent = wildcard_parent(name)
    return parent if isinstance(parent, Unresolved) else name


def _in_the_way(cname: ValidationCname) -> Iterator[str]:
    """Yield what keeps a record from being found."""
    name = quoted(cname.stem)
    if cname.is_too_long:
        yield f"the name of the record of {name} would be longer than {MAX_NAME_OCTETS} octets"
    zone = cname.given_zone.thing if cname.given_zone else None
    if isinstance(zone, Zone):
        if is_within(symbols(cname.stem), symbols(zone.name)) is False:
            yield f"{name} is not in the zone {quoted(zone.name)} that is given for it"
        if zone.private:
            yield f"the zone {quoted(zone.name)} that is given for {name} is private"


# Mails --------------------------------------------------------------------------------------------


class _Domains:
    """The validation domains that the options of a request give names, and what is not known."""

    def __init__(self, request: CertificateRequest) -> None:
        self.given: dict[str, str] = {}
        self.unclear: set[ListedName] = set()
        self.wrong: list[str] = []
        self.missing: list[str] = []
        for option in request.validation_options:
            if isinstance(option, Unresolved):
                self.missing.append(undecided_clause("mail goes elsewhere", option))
            elif option.validation_domain is not None and option.domain_name is not None:
                self._take(option.domain_name, option.validation_domain, request.names)

    def _take(self, name: ListedName, domain: ListedName, names: tuple[ListedName, ...]) -> None:
        within = is_within(symbols(name), symbols(domain))
        if within is False:
            self.wrong.append(
                f"validation domain {quoted(domain)} is not {quoted(name)} or a superdomain of it"
            )
        elif isinstance(name, Name) and isinstance(domain, DomainName):
            if name in names:
                self.given[str(name)] = str(domain)
        else:
            self.unclear.add(name)
            self.missing.append(
                undecided_clause(f"mail for {quoted(name)} goes there", domain, name)
            )


def _mails(request: CertificateRequest, domains: _Domains, as_of: date) -> Iterator[ApprovalMails]:
    """Yield the mailboxes by domain, for the names of which they are known."""
    known = dict.fromkeys(name for _, name in request.known_names() if name not in domains.unclear)
    if not known:
        return
    plan = validation_plan(known, "EMAIL", as_of=as_of, validation_domains=domains.given)
    by_domain: dict[tuple[str, ...], list[MailStep]] = {}
    for step in plan.steps:
        if isinstance(step, MailStep):
            mailed = tuple(contact.address for contact in step.contacts if contact.mailed)
            by_domain.setdefault(mailed, []).append(step)
    for mailboxes, steps in by_domain.items():
        yield ApprovalMails(
            mailboxes[0].partition("@")[2],
            mailboxes,
            tuple(step.name for step in steps if not step.approved_with),
            tuple(step.name for step in steps if step.approved_with),
        )


def _approvals(request: CertificateRequest, mails: Iterable[ApprovalMails]) -> Interval:
    """Return how many approvals the request takes, as far as its names are known."""
    number, covered = number_of_names(request), sum(len(mail.approved_with) for mail in mails)
    most = None if number.most is None else number.most - covered
    return Interval(number.least - covered, most)


# Years --------------------------------------------------------------------------------------------

_TURNING = (acm.VALIDITY_DAYS, acm.RENEWAL_WINDOW_DAYS, cabf.VALIDITY_DAYS, cabf.EMAIL_SUNSET)


def _years(
    certificate: CertificateRequest | ImportedCertificate, tool: Tool, as_of: date
) -> Iterator[YearlyWork]:
    """Yield the work of a year from a day on, and again from each day on which it changes."""
    turns = {era.start for fact in _TURNING for era in fact.history if era.start > as_of}
    before = None
    for day in (as_of, *sorted(turns)):
        year = _year(certificate, tool, day)
        told = year.work, year.validity, year.refusal
        if told != before:
            yield year
        if year.refusal:
            return
        before = told


def _year(
    certificate: CertificateRequest | ImportedCertificate, tool: Tool, day: date
) -> YearlyWork:
    work = yearly_workload(certificate, tool=tool, as_of=day)
    if isinstance(certificate, ImportedCertificate) or certificate.is_private:
        return YearlyWork(day, foreseen_validity(day, private=True), work)
    method = stated_method(certificate, tool)
    refusal = method_refusal(method, day) if method else None
    return YearlyWork(day, foreseen_validity(day), work, *(refusal or ()))


# CAA ----------------------------------------------------------------------------------------------


def _caa(names: tuple[ListedName, ...], sets: CaaSets, as_of: date) -> Iterator[CaaStatus]:
    """Yield what the records say, names of which they say the same together."""
    said: dict[tuple[bool | None, str, tuple[int, ...]], list[ListedName]] = {}
    for name in names:
        allowed: bool | None = None
        text = ""
        locations: tuple[int, ...] = ()
        if isinstance(name, Name) and sets.sets:
            found = check_caa(name, sets.sets, sets.locations, as_of)
            text = found.unsure
            if found.verdict:
                allowed, locations = found.verdict.allowed, found.locations
                text = "; ".join((found.verdict.reason.value, *found.verdict.remarks))
        elif sets.sets and not isinstance(name, Malformed):
            text = unknown_clause(name)
        said.setdefault((allowed, text, locations), []).append(name)
    for (verdict, words, found_at), same in said.items():
        yield CaaStatus(tuple(same), verdict, words, tuple(sets.declared[p] for p in found_at))
