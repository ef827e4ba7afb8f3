"""The steps until the certificates in files are validated, and what blocks them."""

from __future__ import annotations

from enum import Enum

from acmrules.analysis.dns import CaaSets, DnsView, DnsViews
from acmrules.analysis.existing_validation import ExistingProof, ProofState, proofs
from acmrules.analysis.usability import usability
from acmrules.caa import check_caa
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.dns_validation import missing
from acmrules.facts import acm, cabf
from acmrules.lint.rule import Problem, is_given
from acmrules.messages import counted, quoted
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import Located
from acmrules.model.placed import Placed
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
from acmrules.renewal import Interval, Validity, foreseen_validity
from acmrules.request import WITH_TERRAFORM_PROVIDER, CertificateRequest, Tool, ValidationMethod
from acmrules.resources import Zone
from acmrules.unresolved import ListedName, Malformed, Text, Unresolved, UnresolvedNames
from acmrules.validation import (
    HttpStep,
    MailStep,
    method_refusal,
    validation_plan,
    validation_record,
)
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
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from acmrules.facts.timeline import Citation
    from acmrules.model.inventory import Inventory
    from acmrules.partial import Symbols
    from acmrules.resources import ValidationRecord


_WAITING = "aws_acm_certificate_validation."
_DECIDED = frozenset({ProofState.DONE, ProofState.MISSING, ProofState.WRONG})


# Results ------------------------------------------------------------------------------------------


class CertificateKind(Enum):
    """The origin of a certificate."""

    PUBLIC = "public"
    PRIVATE = "private"
    IMPORTED = "imported"


class ValidationCname(Value):
    """The validation record of a name and its wildcard, and its zone.

    `zones` are the most specific public zones that contain the name: several if more than one
    declaration has this zone name. The zones in `unsure` may be even more specific, because their
    names are partly known. The zones in `private` contain the name, but ACM cannot see them.
    `given` is the zone id in the request, and `given_zone` the declaration with this id. `written`
    is whether the tool creates the record, or `None` if this is unknown; with `is_repeated`,
    several options create it, and only the first attempt succeeds. With `overwrites`, the resource
    that creates it replaces an existing record. `requested_by` are the certificates that need the
    same record, including this one. `writers` is the number of certificates for which Terraform
    creates it, `refused` the number of those whose resource fails if the record exists; no source
    states what CloudFormation does then. `services` are the DNS services in which it is created, in
    addition to Route 53, and `hidden_by` those that hide it from ACM. If the certificate exists,
    `proof` is the state of the record.
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
    requested_by: tuple[str, ...] = ()
    writers: int = 0
    refused: int = 0
    overwrites: bool = False
    services: tuple[str, ...] = ()
    hidden_by: tuple[str, ...] = ()
    proof: ExistingProof | None = None

    @property
    def record(self) -> str:
        """The name of the record, with a placeholder for the token unless it exists."""
        existing = self.proof.record if self.proof else None
        return existing.name if existing else validation_record(self.stem)

    @property
    def is_left(self) -> bool:
        """Whether you have to create or correct the record by hand."""
        if self.proof and self.proof.state in _DECIDED:
            return self.proof.state is not ProofState.DONE
        return self.written is False and not self.hidden_by

    @property
    def is_too_long(self) -> bool:
        """Whether the name of the record exceeds the limit of DNS (fact 4.12)."""
        octets = acm.RECORD_NAME_OCTETS.value
        return isinstance(self.stem, DomainName) and self.stem.octets + octets > MAX_NAME_OCTETS

    @property
    def zone(self) -> Located | None:
        """The zone of the record, or `None` if the files do not declare it."""
        return self.given_zone or (None if self.given else next(iter(self.zones), None))

    @property
    def open(self) -> str:
        """What is unknown about the name, as a clause; empty if the name is known."""
        return unknown_clause(self.stem)


class ApprovalMails(Value):
    """The mailboxes of one domain, and the names that their owners approve, each with its own link.

    The names in `approved_with` need no approval of their own, because another name includes them.
    If the certificate exists, `approved` are the names that ACM has validated, otherwise `None`.
    """

    domain: str
    mailboxes: tuple[str, ...]
    names: tuple[Name, ...]
    approved_with: tuple[Name, ...] = ()
    approved: tuple[Name, ...] | None = None


class CaaStatus(Value):
    """Whether CAA records allow Amazon to issue for some names, `None` if this is unknown.

    `text` is the reason, and empty if no CAA record in the files applies.
    """

    names: tuple[ListedName, ...]
    allowed: bool | None
    text: str
    sets: tuple[Located, ...] = ()


class YearlyWork(Value):
    """The yearly work under the rules from a date on, or why a renewal is not possible."""

    start: date
    validity: Validity
    work: Workload
    refusal: str = ""
    source: Citation | None = None


class Validation(Placed):
    """The steps for one certificate, under one or several combinations of its conditions.

    If the method is unknown, `method` is `None`, and `cnames` and `mails` are the steps of either
    method. If the request does not set the method, `assumed` says where it comes from.
    `validators` are the Terraform blocks for the validation, and `instance` is the address of one
    of several certificates. `obstacles` block the validation, `remarks` are notes, and `open` says
    what is unknown. If the certificate exists, it is `existing`.
    """

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
    existing: CertificateDetail | None = None

    @property
    def title(self) -> str:
        """The file, the line and the address of the certificate."""
        return ": ".join(filter(None, (self.file_and_line, self.address)))

    @property
    def records(self) -> tuple[str, ...]:
        """The Terraform blocks that create its records, or pass them on."""
        return tuple(each for each in self.validators if not each.startswith(_WAITING))

    @property
    def waiting(self) -> tuple[str, ...]:
        """The Terraform resources that wait for the validation."""
        return tuple(each for each in self.validators if each.startswith(_WAITING))

    @property
    def is_done(self) -> bool:
        """Whether it is the validation of a certificate that exists, and ACM has all its proofs."""
        approved = all({*mail.names} <= {*(mail.approved or ())} for mail in self.mails)
        return self.existing is not None and not self.obstacles and approved and not self.left

    @property
    def left(self) -> tuple[ValidationCname, ...]:
        """The records to create by hand: that no resource creates, or that are not in place."""
        return tuple(cname for cname in self.cnames if cname.is_left)


# Certificates -------------------------------------------------------------------------------------


def validations(inventory: Inventory, as_of: Callable[[str], date]) -> tuple[Validation, ...]:
    """Return the steps of each certificate of an inventory, in the order of files and lines.

    `as_of` returns the date for a file.
    """
    views = DnsViews(inventory)
    evidence = Evidence(inventory.account.dns) if inventory.account.certificates else None
    found = [
        validation
        for declaration in inventory.declarations
        for validation in _of_declaration(declaration, views, evidence, as_of(declaration.file))
    ]
    sharing: dict[ListedName, _Sharing] = {}
    for each in found:
        for cname in each.cnames:
            if isinstance(cname.stem, DomainName):
                sharing.setdefault(cname.stem, _Sharing()).add(each, cname)
    return tuple(sorted((_with_sharing(each, sharing) for each in found), key=_reading_order))


class _Sharing:
    """The certificates that need one record, and those for which Terraform creates it."""

    def __init__(self) -> None:
        self._titles: set[str] = set()
        self._writers: set[str] = set()
        self._refused: set[str] = set()

    def add(self, one: Validation, cname: ValidationCname) -> None:
        """Add a certificate with its own record."""
        self._titles.add(one.title)
        if cname.written is True and one.tool is Tool.TERRAFORM:
            self._writers.add(one.title)
            if not cname.overwrites:
                self._refused.add(one.title)

    def applied(self, cname: ValidationCname) -> ValidationCname:
        """Return a record with the certificates that share it."""
        return cname.__replace__(
            requested_by=tuple(sorted(self._titles)),
            writers=len(self._writers),
            refused=len(self._refused),
        )


def _reading_order(validation: Validation) -> tuple[object, ...]:
    names = [*map(str, validation.names)]
    return validation.file, validation.line or 0, validation.address, validation.condition, names


def _with_sharing(one: Validation, sharing: Mapping[ListedName, _Sharing]) -> Validation:
    return one.__replace__(
        cnames=tuple(
            sharing[cname.stem].applied(cname) if cname.stem in sharing else cname
            for cname in one.cnames
        )
    )


def _of_declaration(
    declaration: Declaration, views: DnsViews, evidence: Evidence | None, as_of: date
) -> Iterator[Validation]:
    """Yield the steps of a certificate, equal ones of several variants once."""
    by_steps: dict[Validation, list[str]] = {}
    for variant in declaration.variants:
        certificate = variant.request or variant.imported
        if certificate:
            steps = _validation(declaration, variant, certificate, views, as_of)
            if variant.existing and evidence:
                steps = _as_it_is(steps, variant.existing, evidence, as_of)
            by_steps.setdefault(steps, []).append(variant.condition)
    for steps, conditions in by_steps.items():
        always = len(by_steps) == 1 and len(conditions) == len(declaration.variants)
        yield steps if always else steps.__replace__(condition=_either(conditions))


def _as_it_is(
    steps: Validation, existing: CertificateDetail, evidence: Evidence, as_of: date
) -> Validation:
    """Return the steps of a certificate that exists, with what is done and what is left.

    A proof by another method than the declared one, such as an email, proves nothing of a record.
    """
    known = proofs(existing, evidence, as_of)
    found = {each.name: each for each in known if each.method is not ValidationMethod.DNS}
    records = {each.name: each for each in known if each.method is not ValidationMethod.EMAIL}
    state = usability(existing, as_of)
    obstacles = () if state.is_usable else (state.text,)
    mails = tuple(
        mail.__replace__(
            approved=tuple(
                name
                for name in (*mail.names, *mail.approved_with)
                if name in found and found[name].state is ProofState.DONE
            )
        )
        for mail in steps.mails
    )
    return steps.__replace__(
        existing=existing,
        obstacles=(*obstacles, *steps.obstacles),
        cnames=tuple(
            each.__replace__(proof=next((records[n] for n in each.names if n in records), None))
            for each in steps.cnames
        ),
        mails=mails if found else steps.mails,
    )


def _either(conditions: list[str]) -> str:
    first, *others = conditions
    if not others:
        return first
    return f"{first}, and in {counted(len(others), 'more case')}"


def _validation(
    declaration: Declaration,
    variant: Variant,
    certificate: CertificateRequest | ImportedCertificate,
    views: DnsViews,
    as_of: date,
) -> Validation:
    request = certificate if isinstance(certificate, CertificateRequest) else None
    authority = request and request.certificate_authority_arn
    is_private = is_given(authority, declaration.tool, request)
    if request and not is_private:
        certificate = request.__replace__(certificate_authority_arn=None)
    validation = Validation(
        variant.location(()),
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
        return validation
    return _public(validation, request, variant, views.of(declaration, variant), as_of)


def _public(
    validation: Validation,
    request: CertificateRequest,
    variant: Variant,
    view: DnsView,
    as_of: date,
) -> Validation:
    """Return a validation with the steps of a public certificate."""
    names = validation.names
    method, assumed, refused = _method(request, validation.tool, as_of)
    obstacles = [*refused, *_invalid_names(names)]
    remarks: list[str] = []
    open_: list[str] = []
    if request.is_private:
        open_.append(undecided_clause("a private CA issues it", request.certificate_authority_arn))
    methods = [] if refused else [method] if method else _possible_methods(as_of)
    if ValidationMethod.DNS in methods:
        cnames = tuple(_cnames(request, validation, variant, view))
        obstacles += [text for cname in cnames for text in _record_obstacles(cname)]
        obstacles += _resource_obstacles(variant)
        validation = validation.__replace__(cnames=cnames)
    if ValidationMethod.EMAIL in methods:
        domains = _Domains(request)
        mails = tuple(_mails(request, domains, as_of))
        obstacles += domains.wrong
        open_ += domains.missing
        open_ += [
            undecided_clause("its domain has mailboxes", name)
            for name in names
            if isinstance(name, Unresolved) and name not in domains.unclear
        ]
        validation = validation.__replace__(mails=mails, approvals=_approvals(request, mails))
    if ValidationMethod.HTTP in methods:
        known = [name for name in names if isinstance(name, DomainName)]
        obstacles += [
            f"{quoted(name)} is a wildcard, which HTTP validation does not support"
            for name in names
            if isinstance(name, WildcardDomainName)
        ]
        remarks.append(f"only {acm.HTTP_STARTED_BY.value} can request HTTP validation")
        steps = validation_plan(known, "HTTP", as_of=as_of).steps if known else ()
        urls = tuple(step.url for step in steps if isinstance(step, HttpStep))
        validation = validation.__replace__(urls=urls)
    caa = tuple(_caa(names, view.caa, as_of, (method,) if method else ()))
    obstacles += [
        f"Amazon may not issue for {', '.join(map(quoted, each.names))}: {each.text}"
        for each in caa
        if each.allowed is False
    ]
    open_ += [
        f"{quoted(name)} may be any number of names: {unknown_clause(name)}"
        for name in names
        if isinstance(name, UnresolvedNames)
    ]
    return validation.__replace__(
        method=method,
        assumed=assumed,
        caa=caa,
        obstacles=tuple(dict.fromkeys(obstacles)),
        remarks=tuple(remarks),
        open=tuple(dict.fromkeys(open_)),
    )


def _invalid_names(names: Iterable[ListedName]) -> Iterator[str]:
    for name in names:
        if isinstance(name, Malformed):
            yield f"{quoted(name)} is not a valid domain name"


# Methods ------------------------------------------------------------------------------------------


_RECORDS_OF_TOOLS = {Tool.SERVERLESS: True, Tool.PULUMI: None, Tool.CROSSPLANE: None}
"""Whether a tool creates the validation records; `None` if its reader does not look for them."""


def _method(
    request: CertificateRequest, tool: Tool, as_of: date
) -> tuple[ValidationMethod | None, str, list[str]]:
    """Return the method if it is known, where it comes from, and why ACM rejects it."""
    stated = request.validation_method
    if isinstance(stated, Malformed):
        return None, "", [f"unknown validation method {quoted(stated)}"]
    method = stated_method(request, tool)
    if method is None:
        missing = unknown_clause(stated or request.certificate_authority_arn)
        if not missing and tool in WITH_TERRAFORM_PROVIDER:
            needed_by = "Terraform" if tool is Tool.TERRAFORM else "the AWS provider"
            return None, "", [f"no validation method is set, and {needed_by} requires one"]
        return None, missing or "a list of names does not determine it", []
    refusal = method_refusal(method, as_of)
    return method, "" if stated else "the default", [refusal[0]] if refusal else []


def _possible_methods(as_of: date) -> list[ValidationMethod]:
    both = ValidationMethod.DNS, ValidationMethod.EMAIL
    return [method for method in both if method_refusal(method, as_of) is None]


# Records ------------------------------------------------------------------------------------------


def _cnames(
    request: CertificateRequest, validation: Validation, variant: Variant, view: DnsView
) -> Iterator[ValidationCname]:
    """Yield the record of each name and its wildcard."""
    stems: dict[Symbols, list[DomainName | WildcardDomainName | Unresolved]] = {}
    for name in dict.fromkeys(request.names):
        text = symbols(name)
        if text is not None and isinstance(name, DomainName | WildcardDomainName | Unresolved):
            stems.setdefault(base(text), []).append(name)
    writers = _Writers(request, validation, variant, view)
    for text, names in stems.items():
        stem = _stem(names[0])
        zones, unsure, private = view.zones.of(stem)
        given = writers.zone_id(text)
        written, is_repeated, overwrites = writers.of(text)
        yield ValidationCname(
            stem,
            tuple(names),
            zones,
            unsure if isinstance(stem, DomainName) else (),
            private,
            given,
            view.zone_of_id(given),
            written,
            is_repeated=is_repeated,
            overwrites=overwrites,
            services=writers.services(text, hidden=False),
            hidden_by=writers.services(text, hidden=True),
        )


class _Writers:
    """What creates the records of a certificate: its options, or the resources of a module."""

    def __init__(
        self,
        request: CertificateRequest,
        validation: Validation,
        variant: Variant,
        view: DnsView,
    ) -> None:
        self._validation = validation
        self._view = view
        self._zone_ids, self._options = _zone_ids(request)
        self._created: dict[Symbols | None, list[ValidationRecord]] | None = None
        self._is_open = variant.may_create_more or _may_pass_on(validation.records)
        found = variant.dns_validation
        self._literal = found.literal_stems() if found else frozenset()
        if variant.created is not None:
            self._created = {}
            for record in variant.created:
                self._created.setdefault(symbols(record.name), []).append(record)

    def zone_id(self, text: Symbols) -> Text | None:
        """Return the zone id of a record: the one in the options, or that of its resource."""
        given: Text | None = next(iter(self._zone_ids.get(text, [])), None)
        if given is None and self._created is not None:
            zone_ids = (record.zone_id for record in self._right(text) or self._all(text))
            given = next((each for each in zone_ids if self._view.zone_of_id(each)), None)
        return given

    def of(self, text: Symbols) -> tuple[bool | None, bool, bool]:
        """Return whether a record is created, more than once, and over an existing one."""
        if self._created is not None:
            right = self._right(text)
            is_open = self._is_open or any(each.is_hidden is None for each in self._all(text))
            written = bool(right) or (None if is_open else False)
            refused = sum(record.overwrites is False for record in right)
            return written, refused > 1, bool(right) and not refused
        if self._validation.tool in _RECORDS_OF_TOOLS:
            return _RECORDS_OF_TOOLS[self._validation.tool], False, False
        if self._validation.tool not in {Tool.CLOUDFORMATION, Tool.TERRAFORM}:
            return False, False, False
        found = self._options.holds(text)
        written = None if self._validation.records and not found else found
        if written is False and "".join(map(str, text)) in self._literal:
            written = None
        return written, len(self._zone_ids.get(text, [])) > 1, False

    def services(self, text: Symbols, *, hidden: bool) -> tuple[str, ...]:
        """Return the services other than Route 53 in which a record is created, or hidden."""
        found = (each for each in self._all(text) if each.service)
        return tuple(
            dict.fromkeys(each.service for each in found if bool(each.is_hidden) is hidden)
        )

    def _all(self, text: Symbols) -> list[ValidationRecord]:
        return (self._created or {}).get(text, [])

    def _right(self, text: Symbols) -> list[ValidationRecord]:
        """Return the records that are not in a zone in which ACM cannot find them."""
        return [
            record
            for record in self._all(text)
            if record.is_hidden is False
            if not isinstance(declared := self._view.zone_of_id(record.zone_id), Located)
            or not isinstance(zone := declared.thing, Zone)
            or not (zone.private or is_within(text, symbols(zone.name)) is False)
        ]


def _may_pass_on(blocks: tuple[str, ...]) -> bool:
    """Return whether Terraform blocks may pass validation options on."""
    if not blocks:
        return False
    from acmrules.readers.terraform.validation import passes_on

    return passes_on(blocks)


def _zone_ids(request: CertificateRequest) -> tuple[dict[Symbols, list[Text]], TextIndex]:
    """Return the zone ids in a request by name without `*.`, and an index of these names."""
    zone_ids: dict[Symbols, list[Text]] = {}
    writers = TextIndex()
    for option in request.validation_options:
        if isinstance(option, Unresolved):
            writers.add(None)
        elif option.hosted_zone_id is not None and option.domain_name is not None:
            text = symbols(option.domain_name)
            writers.add(text and base(text))
            if text is not None:
                zone_ids.setdefault(base(text), []).append(option.hosted_zone_id)
    return zone_ids, writers


def _stem(name: DomainName | WildcardDomainName | Unresolved) -> DomainName | Unresolved:
    """Return a name without a leading `*.`."""
    if isinstance(name, WildcardDomainName):
        return name.parent
    parent = wildcard_parent(name)
    return parent if isinstance(parent, Unresolved) else name


def _record_obstacles(cname: ValidationCname) -> Iterator[str]:
    """Yield the reasons why ACM cannot find a record."""
    name = quoted(cname.stem)
    for service in cname.hidden_by:
        yield f"{service} proxies the validation record of {name}, so ACM cannot find it"
    if cname.is_too_long:
        yield f"the validation record of {name} would have more than {MAX_NAME_OCTETS} characters"
    zone = cname.given_zone.thing if cname.given_zone else None
    if isinstance(zone, Zone):
        if is_within(symbols(cname.stem), symbols(zone.name)) is False:
            yield f"{name} is not in its hosted zone {quoted(zone.name)}"
        if zone.private:
            yield f"the hosted zone {quoted(zone.name)} of {name} is private"


def _resource_obstacles(variant: Variant) -> Iterator[str]:
    """Yield what the resources of a module get wrong, as the rules about them report it."""
    found = variant.dns_validation
    if found is None:
        return
    if found.left_out or found.fewer:
        yield missing(found.left_out, found.fewer, found.needed, "created")
    for wait in found.waits:
        if (wait.left_out or wait.fewer) and not (found.left_out or found.fewer):
            left = missing(wait.left_out, wait.fewer, wait.needed, "listed")
            yield f"{left} in `validation_record_fqdns` of {quoted(wait.address)}"
    if found.records:
        from acmrules.lint.validation_findings import wrong_parts

        for record in found.records:
            for item in wrong_parts(record, ()):
                if isinstance(item, Problem) and not (item.severity or record.of_other):
                    yield f"{quoted(record.address)}: {item.message}"


# Mails --------------------------------------------------------------------------------------------


class _Domains:
    """The validation domains in the options of a request, and what is unknown about them."""

    def __init__(self, request: CertificateRequest) -> None:
        self.given: dict[str, str] = {}
        self.unclear: set[ListedName] = set()
        self.wrong: list[str] = []
        self.missing: list[str] = []
        for option in request.validation_options:
            if isinstance(option, Unresolved):
                self.missing.append(undecided_clause("it sets a validation domain", option))
            elif option.validation_domain is not None and option.domain_name is not None:
                self._add(option.domain_name, option.validation_domain, request.names)

    def _add(self, name: ListedName, domain: ListedName, names: tuple[ListedName, ...]) -> None:
        within = is_within(symbols(name), symbols(domain))
        if within is False:
            self.wrong.append(
                f"validation domain {quoted(domain)} is neither {quoted(name)} nor a parent"
                " domain of it"
            )
        elif isinstance(name, Name) and isinstance(domain, DomainName):
            if name in names:
                self.given[str(name)] = str(domain)
        else:
            self.unclear.add(name)
            self.missing.append(
                undecided_clause(f"messages for {quoted(name)} go there", domain, name)
            )


def _mails(request: CertificateRequest, domains: _Domains, as_of: date) -> Iterator[ApprovalMails]:
    """Yield the mailboxes by domain, for the names whose mailboxes are known."""
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
    """Return the number of approvals that a request needs."""
    number, covered = number_of_names(request), sum(len(mail.approved_with) for mail in mails)
    most = None if number.most is None else number.most - covered
    return Interval(number.least - covered, most)


# Years --------------------------------------------------------------------------------------------

_FACTS = (
    acm.VALIDITY_DAYS,
    acm.N2_VALIDITY_DAYS,
    acm.RENEWAL_WINDOW_DAYS,
    cabf.VALIDITY_DAYS,
    cabf.EMAIL_SUNSET,
)


def _years(
    certificate: CertificateRequest | ImportedCertificate, tool: Tool, as_of: date
) -> Iterator[YearlyWork]:
    """Yield the yearly work from a date on, and again from each date on which it changes."""
    changes = {era.start for fact in _FACTS for era in fact.history if era.start > as_of}
    before = None
    for day in (as_of, *sorted(changes)):
        year = _year(certificate, tool, day)
        values = year.work, year.validity, year.refusal
        if values != before:
            yield year
        if year.refusal:
            return
        before = values


def _year(
    certificate: CertificateRequest | ImportedCertificate, tool: Tool, day: date
) -> YearlyWork:
    work = yearly_workload(certificate, tool=tool, as_of=day)
    if isinstance(certificate, ImportedCertificate) or certificate.is_private:
        return YearlyWork(day, foreseen_validity(as_of=day, private=True), work)
    method = stated_method(certificate, tool)
    refusal = method_refusal(method, day) if method else None
    validity = foreseen_validity(as_of=day, root_hierarchy=known_hierarchy(certificate, day))
    return YearlyWork(day, validity, work, *(refusal or ()))


# CAA ----------------------------------------------------------------------------------------------


def _caa(
    names: tuple[ListedName, ...], sets: CaaSets, as_of: date, methods: tuple[ValidationMethod, ...]
) -> Iterator[CaaStatus]:
    """Yield the status of the names, those with the same status together."""
    by_status: dict[tuple[bool | None, str, tuple[int, ...]], list[ListedName]] = {}
    for name in names:
        allowed: bool | None = None
        text = ""
        locations: tuple[int, ...] = ()
        if isinstance(name, Name) and sets.sets:
            found = check_caa(name, sets.sets, sets.locations, as_of, methods)
            text = found.unsure
            if found.verdict is not None:
                allowed, locations = found.verdict.allowed, found.locations
                text = "; ".join((found.verdict.reason.value, *found.verdict.remarks))
        elif sets.sets and not isinstance(name, Malformed):
            text = unknown_clause(name)
        by_status.setdefault((allowed, text, locations), []).append(name)
    for (allowed, text, locations), group in by_status.items():
        declared = tuple(sets.declared[location] for location in locations)
        yield CaaStatus(tuple(group), allowed, text, declared)
