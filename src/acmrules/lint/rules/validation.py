"""ACM4xx: whether every name can be validated, and stays so without anybody's help."""

from __future__ import annotations

from datetime import date

from acmrules.dated import Era, Timeline
from acmrules.errors import shown
from acmrules.facts import acm, cabf, sources, tools
from acmrules.facts.fact import LAUNCH
from acmrules.lint.rule import (
    ALL_NAMES,
    ALL_OPTIONS,
    Decided,
    Edit,
    Fix,
    Problem,
    Related,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import (
    MOST_COMPARED,
    TextIndex,
    base,
    head,
    is_wildcard,
    is_within,
    known_tail,
    literal,
    same,
    signs,
    starred_base,
    unsure,
    wildcard_parent,
)
from acmrules.request import (
    CaaRecordSet,
    Malformed,
    Tool,
    Unresolved,
    ValidationMethod,
    ValidationOption,
    Zone,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.partial import Signs
    from acmrules.request import CertificateRequest, ListedName, Path, Text

_METHOD = ("validation_method",)
_OPTIONS = ("validation_options",)
_HARBOR = DomainName("brightharbor.io")
_DEEP = DomainName("api.brightharbor.io")
_ZONE = "Z0123456789ABCDEFGHIJ"


def _options(request: CertificateRequest) -> Iterator[tuple[int, ValidationOption]]:
    """Yield the options that are known, with their places."""
    for index, option in enumerate(request.validation_options):
        if isinstance(option, ValidationOption):
            yield index, option


def _name_signs(name: ListedName | None) -> Signs | None:
    return None if name is None else signs(name)


class _Records:
    """The validation records that the options of a request write: one for a name and its wildcard.

    What begins with something unknown may be a wildcard too, and then shares another record.
    """

    def __init__(self, request: CertificateRequest) -> None:
        texts = [
            text
            for _, option in _options(request)
            if option.hosted_zone_id is not None and (text := _name_signs(option.domain_name))
        ]
        self.writers = TextIndex(map(base, texts))
        self._starred = TextIndex(s for text in texts if (s := starred_base(text)) is not None)

    def hold(self, text: Signs | None) -> bool | None:
        """Say whether the record of a name is among them."""
        if not self.writers:
            return False
        found = self.writers.holds(text and base(text))
        if found is not False or text is None:
            return found
        starred = starred_base(text)
        may_be = self._starred.holds(base(text)) is not False or (
            starred is not None and self.writers.holds(starred) is not False
        )
        return None if may_be else False

    def is_alone(self, text: Signs) -> bool:
        """Say whether surely no other option writes the record of an option's name."""
        starred = starred_base(text)
        return (
            self.writers.is_alone(base(text))
            and self._starred.holds(base(text)) is False
            and (starred is None or self.writers.holds(starred) is False)
        )


@rule(
    "ACM401",
    Severity.WARNING,
    facts=(
        tools.CLOUDFORMATION_DEFAULT_METHOD,
        acm.DEFAULT_VALIDATION_METHOD,
        tools.STACK_WAITS_IN,
    ),
    reads={"validation_method"},
    public_only=True,
    examples=(
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", tool=Tool.CLOUDFORMATION, at=_METHOD),
    ),
)
def validation_method_missing(request: CertificateRequest, context: Context) -> Yielded:
    """No validation method is given, so ACM sends mails and waits.

    A stack hangs until somebody has approved every name, 72 hours at most. Terraform refuses the
    resource. Ask for `DNS`.
    """
    if context.is_given(request.validation_method):
        yield Decided(_METHOD)
        return
    if request.validation_method is not None:
        return
    if context.tool is Tool.NAMES:
        yield Undecided(_METHOD, "a list of names does not say the method")
    elif context.tool is Tool.TERRAFORM:
        yield Problem(
            _METHOD,
            "neither a validation method nor a private CA is given; Terraform wants one of them",
            severity=Severity.ERROR,
        )
    elif context.tool is Tool.CLOUDFORMATION:
        yield Problem(_METHOD, "no validation method; the default is `EMAIL`, and the stack waits")
    else:
        yield Problem(
            _METHOD,
            "no validation method; the default is taken to be `EMAIL`, as in CloudFormation",
            severity=Severity.NOTE,
        )


@rule(
    "ACM402",
    Timeline(
        Era(LAUNCH, Severity.NOTE, sources.UG_EMAIL),
        Era(date(2026, 3, 15), Severity.WARNING, sources.BR),
        Era(date(2028, 3, 15), Severity.ERROR, sources.BR),
    ),
    facts=(
        acm.EMAIL_RENEWAL_NEEDS,
        cabf.EMAIL_SUNSET,
        acm.CONSTRUCTED_LOCAL_PARTS,
        acm.APPROVAL_SCOPE,
        acm.VALIDITY_DAYS,
    ),
    reads={"validation_method", "names", "validation_options"},
    needs={"validation_method"},
    public_only=True,
    examples=(
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", validation_method="EMAIL", at=_METHOD),
        fails("brightharbor.io", validation_method="EMAIL", as_of=date(2018, 1, 1), at=_METHOD),
    ),
)
def email_validation(request: CertificateRequest, context: Context) -> Yielded:
    """The request relies on e-mail validation, which is being withdrawn.

    Somebody has to approve every name by hand, again at every renewal, and certification
    authorities must stop accepting this from the last day of the history on.

    Choose DNS validation: one record for each name renews for as long as it stays in place.
    """
    yield from (ALL_NAMES, ALL_OPTIONS)
    if request.validation_method is not ValidationMethod.EMAIL:
        return
    from acmrules.contacts import validation_contacts

    domains = {
        str(option.domain_name): option.validation_domain
        for _, option in _options(request)
        if isinstance(option.validation_domain, DomainName)
    }
    names = dict.fromkeys(name for _, name in request.known_names())
    mailboxes: dict[str, None] = {}
    for name in names:
        domain = domains.get(str(name))
        if domain is not None and not name.is_within(domain):
            domain = None
        contacts = validation_contacts(name, validation_domain=domain, as_of=context.as_of)
        mailboxes |= dict.fromkeys(contact.address for contact in contacts)
    days = acm.VALIDITY_DAYS.history.at(context.as_of)
    complete = len(names) == len({str(name).lower() for name in request.names})
    approvals = f"{len(names)} approval{'s' * (len(names) != 1)} by hand"
    if not names:
        approvals = "an approval of each name by hand"
    elif not complete:
        approvals = f"at least {approvals}"
    where = (
        f", from {len(mailboxes)} mailboxes such as `{next(iter(mailboxes))}`" if mailboxes else ""
    )
    yield Problem(
        _METHOD,
        f"validation method is `EMAIL`: {approvals}{where}, again every {days} days",
    )


@rule(
    "ACM403",
    Severity.ERROR,
    facts=(acm.VALIDATION_DOMAIN_FORM, acm.VALIDATION_DOMAIN_ERROR, acm.WILDCARD_VALIDATION_DOMAIN),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes(
            "api.brightharbor.io",
            validation_options=(ValidationOption(_DEEP, _HARBOR),),
        ),
        fails(
            "api.brightharbor.io",
            validation_options=(ValidationOption(_DEEP, DomainName("lighthouse.io")),),
            at=("validation_options", 0, "validation_domain"),
        ),
    ),
)
def validation_domain_outside_name(request: CertificateRequest, context: Context) -> Yielded:
    """A validation domain is neither the name nor a superdomain of it.

    Mail can be sent to the name itself or to a domain above it, never to another domain.
    """
    del context
    for index, option in _options(request):
        name, domain = option.domain_name, option.validation_domain
        yield Decided(("validation_options", index, "hosted_zone_id"))
        if name is None or domain is None:
            yield Decided(("validation_options", index))
            continue
        path = ("validation_options", index, "validation_domain")
        within = is_within(signs(name), signs(domain))
        if within is False:
            yield Problem(
                path,
                f"validation domain {shown(domain)} is not {shown(name)} or a superdomain of it",
            )
        elif within and not (is_wildcard(name) is None and is_wildcard(domain) is None):
            yield from (Decided(path), Decided((*path[:2], "domain_name")))


@rule(
    "ACM404",
    Severity.WARNING,
    facts=(cabf.VALIDATION_DOMAIN_MAY_BE_PUBLIC_SUFFIX, acm.VALIDATION_DOMAIN_FORM),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes(
            "brightharbor.co.uk",
            validation_options=(
                ValidationOption(
                    DomainName("brightharbor.co.uk"), DomainName("brightharbor.co.uk")
                ),
            ),
        ),
        fails(
            "brightharbor.co.uk",
            validation_options=(
                ValidationOption(DomainName("brightharbor.co.uk"), DomainName("co.uk")),
            ),
            at=("validation_options", 0, "validation_domain"),
        ),
    ),
)
def validation_domain_public_suffix(request: CertificateRequest, context: Context) -> Yielded:
    """A validation domain is a public suffix.

    Nobody who could approve the name reads mail there. The shortest domain that may be used is one
    label longer than the public suffix.
    """
    for index, option in _options(request):
        domain = option.validation_domain
        path = ("validation_options", index, "validation_domain")
        yield from (Decided((*path[:2], key)) for key in ("domain_name", "hosted_zone_id"))
        if isinstance(domain, Unresolved):
            tail = known_tail(domain)[0]
            if tail and not context.suffixes.has_suffixes_below(tail):
                yield Decided(path)
            continue
        single = isinstance(domain, Malformed) and domain.text.isalpha()
        if single or (isinstance(domain, DomainName) and context.suffixes.is_public_suffix(domain)):
            yield Problem(path, f"validation domain {shown(domain)} is a public suffix")


@rule(
    "ACM405",
    Severity.ERROR,
    facts=(acm.UNREQUESTED_OPTION_ERROR,),
    reads={"names", "validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes("brightharbor.io", validation_options=(ValidationOption(_HARBOR, _HARBOR),)),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_DEEP, _HARBOR),),
            at=("validation_options", 0, "domain_name"),
        ),
    ),
)
def option_for_unrequested_name(request: CertificateRequest, context: Context) -> Yielded:
    """A validation option is for a name that the request does not list.

    ACM refuses the request. Mind that `example.com` and `*.example.com` are two names.
    """
    yield ALL_NAMES
    listed = TextIndex(map(signs, request.names))
    for index, option in _options(request):
        path = ("validation_options", index, "domain_name")
        yield from (Decided((*path[:2], key)) for key in ("validation_domain", "hosted_zone_id"))
        if option.domain_name is None:
            continue
        if context.tool is Tool.TERRAFORM and option.hosted_zone_id is not None:
            # No option, but a record of the file: one for a name and its wildcard.
            yield Decided(path)
            continue
        requested = listed.holds(signs(option.domain_name))
        if requested:
            yield Decided(path)
        elif requested is None:
            name = option.domain_name
            question = f"{shown(name)} is among the names"
            yield Undecided(path, unsure(question, name, *request.names))
        else:
            yield Problem(
                path,
                f"{shown(option.domain_name)} is not among the names of the request",
                fix=Fix("take the option out", (Edit((*path[:2],), None),)),
            )


@rule(
    "ACM406",
    Severity.ERROR,
    facts=(tools.ZONE_ID_OR_VALIDATION_DOMAIN, tools.VALIDATION_DOMAIN_WITH_DNS_ERROR),
    reads={"validation_method", "validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes(
            "brightharbor.io",
            validation_method="DNS",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
        ),
        fails(
            "brightharbor.io",
            validation_method="DNS",
            validation_options=(ValidationOption(_HARBOR, _HARBOR),),
            at=("validation_options", 0, "validation_domain"),
        ),
        fails(
            "brightharbor.io",
            validation_method="EMAIL",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
)
def conflicting_validation_options(request: CertificateRequest, context: Context) -> Yielded:
    """A validation option does not fit the method, or its members conflict.

    A hosted zone id is for DNS validation, a validation domain for e-mail.
    """
    method = request.validation_method
    refused = tools.VALIDATION_DOMAIN_WITH_DNS_ERROR.history.at(context.as_of)
    by_method = False
    for index, option in enumerate(request.validation_options):
        if not isinstance(option, ValidationOption):
            by_method = True
            continue
        path = ("validation_options", index)
        domain, zone = (*path, "validation_domain"), (*path, "hosted_zone_id")
        yield Decided((*path, "domain_name"))
        has_domain = context.is_given(option.validation_domain)
        has_zone = context.is_given(option.hosted_zone_id)
        by_method |= has_domain is None or has_domain != has_zone
        if None not in {has_domain, has_zone}:
            yield from (Decided(domain), Decided(zone))
        # Two members are one too many with any method: the finding must not move with it.
        if has_domain and has_zone:
            yield Problem(zone, "a hosted zone id and a validation domain exclude each other")
        elif has_zone and method is ValidationMethod.EMAIL:
            yield Problem(zone, "a hosted zone id is for DNS validation; the method is `EMAIL`")
        elif has_domain and has_zone is False and method is ValidationMethod.DNS and refused:
            yield Problem(domain, "a validation domain is for e-mail; the method is `DNS`")
    if not by_method:
        yield Decided(_METHOD)


@rule(
    "ACM407",
    Severity.WARNING,
    facts=(
        tools.ZONE_ID_FOR_EACH_NAME,
        tools.AUTOMATIC_VALIDATION_NEEDS,
        acm.WILDCARD_SHARES_RECORD,
    ),
    reads={"names", "validation_method", "validation_options"},
    needs={"validation_method"},
    public_only=True,
    tools={Tool.CLOUDFORMATION},
    examples=(
        passes(
            "brightharbor.io",
            "*.brightharbor.io",
            validation_method="DNS",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            tool=Tool.CLOUDFORMATION,
        ),
        fails(
            "brightharbor.io",
            "api.brightharbor.io",
            validation_method="DNS",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            tool=Tool.CLOUDFORMATION,
            at=_OPTIONS,
        ),
    ),
)
def name_without_zone(request: CertificateRequest, context: Context) -> Yielded:
    """CloudFormation will write no validation record for a name.

    It writes the record only where an option gives the name's hosted zone id, and waits for all
    names. A name and its wildcard share one record. Give the id of the zone, or write the records
    by other means while the stack waits.
    """
    del context
    yield ALL_NAMES
    yield ALL_OPTIONS
    if request.validation_method is not ValidationMethod.DNS:
        return
    zoned = _Records(request)
    all_known = all(isinstance(option, ValidationOption) for option in request.validation_options)
    without, open_names = [], []
    for name in dict.fromkeys(request.names):
        text = signs(name)
        found = zoned.hold(text)
        if found is None or (found is False and not all_known):
            open_names.append(name)
        elif found is False:
            without.append(name)
    if without:
        listed = ", ".join(map(shown, without))
        yield Problem(_OPTIONS, f"no hosted zone id for {listed}; the stack waits for the record")
    elif open_names:
        listed = ", ".join(map(shown, open_names))
        question = f"an option gives the zone of {listed}"
        yield Undecided(_OPTIONS, unsure(question, *open_names, *request.validation_options))


@rule(
    "ACM408",
    Severity.WARNING,
    facts=(acm.WILDCARD_SHARES_RECORD,),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes(
            "brightharbor.io",
            "*.brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
        ),
        fails(
            "brightharbor.io",
            "*.brightharbor.io",
            validation_options=(
                ValidationOption(_HARBOR, hosted_zone_id=_ZONE),
                ValidationOption(WildcardDomainName(_HARBOR), hosted_zone_id=_ZONE),
            ),
            at=("validation_options", 1),
        ),
    ),
)
def duplicate_validation_record(request: CertificateRequest, context: Context) -> Yielded:
    """Two options ask for one and the same validation record.

    A name and its wildcard are validated by one CNAME. To write it twice fails in Route 53; one
    option with the zone is enough for both.
    """
    del context
    records, earlier = _Records(request), TextIndex()
    writers: list[int] = []
    for index, option in _options(request):
        path = ("validation_options", index)
        text = _name_signs(option.domain_name)
        if option.hosted_zone_id is None or text is None:
            yield Decided(path)
            continue
        yield from (Decided((*path, key)) for key in ("validation_domain", "hosted_zone_id"))
        place = earlier.place(base(text))
        earlier.add(base(text))
        if place is not None:
            first = writers[place]
            yield Decided((*path, "domain_name"))
            yield Problem(
                path,
                f"{shown(option.domain_name)} is validated by the record of option {first + 1}",
                fix=Fix("take this option out", (Edit(path, None),)),
                related=(Related((*path[:1], first), "the option that writes the record"),),
            )
            continue
        writers.append(index)
        if records.is_alone(text):
            yield Decided((*path, "domain_name"))


@rule(
    "ACM409",
    Severity.WARNING,
    facts=(acm.HTTP_STARTED_BY, acm.HTTP_WILDCARDS_ACCEPTED),
    reads={"names", "validation_method"},
    needs={"validation_method"},
    public_only=True,
    examples=(
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", validation_method="HTTP", at=_METHOD),
        fails("*.brightharbor.io", validation_method="HTTP", at=_METHOD),
    ),
)
def http_validation(request: CertificateRequest, context: Context) -> Yielded:
    """The request asks for HTTP validation, which only CloudFront can start.

    CloudFront starts it for its distribution tenants, never for a wildcard. What ACM answers to
    anybody else is not documented. Ask for `DNS`.
    """
    del context
    yield ALL_NAMES
    if request.validation_method is not ValidationMethod.HTTP:
        return
    wildcards = [name for name in request.names if wildcard_parent(name) is not None]
    if wildcards:
        yield Problem(
            _METHOD,
            f"validation method is `HTTP`, which cannot serve the wildcard {shown(wildcards[0])}",
            severity=Severity.ERROR,
        )
    else:
        yield Problem(_METHOD, "validation method is `HTTP`, which only CloudFront can start")


@rule(
    "ACM410",
    Severity.ERROR,
    facts=(acm.VALIDATION_METHODS,),
    reads={"validation_method"},
    public_only=True,
    examples=(
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", validation_method="dns", at=_METHOD),
        fails("brightharbor.io", validation_method="CNAME", at=_METHOD),
        fails("brightharbor.io", validation_method="DNS", as_of=date(2017, 1, 1), at=_METHOD),
    ),
)
def unknown_validation_method(request: CertificateRequest, context: Context) -> Yielded:
    """The validation method is none of those ACM has.

    There are `DNS`, `EMAIL` and `HTTP`, in capitals.
    """
    method = request.validation_method
    known = acm.VALIDATION_METHODS.history.at(context.as_of) or ()
    listed = ", ".join(f"`{name}`" for name in known)
    if isinstance(method, Unresolved):
        if all(same(signs(method), signs(m.value)) is False for m in ValidationMethod):
            yield Problem(_METHOD, f"{shown(method)} is no validation method; ACM has {listed}")
    elif isinstance(method, Malformed):
        spelled = method.text.strip().upper()
        write = Fix(f"write `{spelled}`", (Edit(_METHOD, spelled),), safe=True)
        yield Problem(
            _METHOD,
            f"{shown(method.text)} is no validation method; ACM has {listed}",
            fix=write if spelled in known else None,
        )
    elif isinstance(method, ValidationMethod) and method.value not in known:
        since = next(
            era.start for era in acm.VALIDATION_METHODS.history if method.value in era.value
        )
        yield Problem(_METHOD, f"validation method `{method.value}` exists from {since} on only")


_ZONE_PREFIX = tools.ZONE_ID_WRONG_PREFIX.value


@rule(
    "ACM411",
    Severity.ERROR,
    facts=(tools.ZONE_ID_PREFIX, tools.ZONE_ID_WRONG_PREFIX),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes(
            "brightharbor.io", validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),)
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=f"/hostedzone/{_ZONE}"),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
)
def malformed_zone_id(request: CertificateRequest, context: Context) -> Yielded:
    """A hosted zone id is not written as the tool takes it.

    It is the bare id, which begins with `Z`; CloudFormation does not take it with the
    `/hostedzone/` of Route 53's own answers.
    """
    del context
    for index, option in _options(request):
        path = ("validation_options", index, "hosted_zone_id")
        yield from (Decided((*path[:2], key)) for key in ("domain_name", "validation_domain"))
        zone = option.hosted_zone_id
        if zone is None:
            continue
        begin = head(zone)
        bare = begin.removeprefix(_ZONE_PREFIX)
        if bare != begin:
            edit = Edit(path, bare)
            yield Problem(
                path,
                f"{shown(zone)} has the prefix `{_ZONE_PREFIX}`; the bare id is accepted",
                fix=Fix(f"write `{bare}`", (edit,), safe=True) if isinstance(zone, str) else None,
            )
        elif not _may_be_zone_id(zone):
            yield Problem(path, f"{shown(zone)} is no hosted zone id, which begins with `Z`")


def _may_be_zone_id(text: Text) -> bool:
    begin, known = head(text), literal(text)
    if isinstance(text, Unresolved) and not known:
        return True
    begins = begin.startswith(tools.ZONE_ID_PREFIX.value) or (not begin and text != "")
    return begins and known.isascii() and known.isalnum()


def _zoned_options(
    request: CertificateRequest, context: Context
) -> Iterator[tuple[int, ValidationOption, int, Zone]]:
    """Yield the options that refer to a zone of the same files, each with its zone, both placed."""
    for index, option in _options(request):
        if option.hosted_zone_id is None:
            continue
        place = context.zone_places.get(option.hosted_zone_id)
        if place is not None:
            yield index, option, place, context.zones[place]


def _settled_options(request: CertificateRequest, context: Context) -> Iterator[Decided]:
    """Yield what need not be known: the options whose zone is, or whose zone does not matter."""
    for index, option in _options(request):
        zone = option.hosted_zone_id
        if not isinstance(zone, Unresolved) or zone in context.zone_places:
            yield Decided(("validation_options", index))
        else:
            yield Decided(("validation_options", index, "domain_name"))
            yield Decided(("validation_options", index, "validation_domain"))


_HARBOR_ZONE = Zone(_HARBOR, _ZONE, "HarborZone")


@rule(
    "ACM412",
    Severity.ERROR,
    facts=(tools.NAME_OUTSIDE_ZONE_ERROR,),
    reads={"validation_options"},
    needs={"zones"},
    public_only=True,
    examples=(
        passes(
            "api.brightharbor.io",
            validation_options=(ValidationOption(_DEEP, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE,),
        ),
        fails(
            "lighthouse.io",
            validation_options=(
                ValidationOption(DomainName("lighthouse.io"), hosted_zone_id=_ZONE),
            ),
            zones=(_HARBOR_ZONE,),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
)
def name_outside_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone given for a name is that of another domain.

    Route 53 refuses a record outside the zone. Give the id of the zone that the name is in.
    """
    yield from _settled_options(request, context)
    for index, option, place, zone in _zoned_options(request, context):
        path = ("validation_options", index, "hosted_zone_id")
        within = is_within(_name_signs(option.domain_name), signs(zone.name))
        if within is False:
            yield Problem(
                path,
                f"{shown(option.domain_name)} is not in the zone {shown(zone.name)}",
                related=(Related(("zones", place), "the zone"),),
            )
        elif within is None:
            question = f"{shown(option.domain_name)} is in {shown(zone.name)}"
            yield Undecided(path, unsure(question, option.domain_name, zone.name))


@rule(
    "ACM413",
    Severity.ERROR,
    facts=(
        acm.CAA_IDENTIFIERS,
        acm.CAA_CHECKED,
        acm.CAA_WILDCARD_TAGS,
        cabf.CAA_CHECKED,
        cabf.CAA_SEARCH,
    ),
    reads={"names"},
    needs={"caa"},
    public_only=True,
    examples=(
        passes("brightharbor.io", caa=(CaaRecordSet(_HARBOR, ('0 issue "amazon.com"',), "Caa"),)),
        fails(
            "brightharbor.io",
            caa=(CaaRecordSet(_HARBOR, ('0 issue "letsencrypt.org"',), "Caa"),),
            at=("names", 0),
        ),
    ),
)
def caa_forbids_amazon(request: CertificateRequest, context: Context) -> Yielded:
    """CAA records in the same files keep Amazon from issuing.

    The request fails with `CAA_ERROR` after its validation, and has to be made anew. Add an
    `issue` record (for wildcards, where there are `issuewild` records, one of these) that names
    `amazon.com`.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, DomainName | WildcardDomainName):
            yield from _caa_problems(path, name, context)
        elif isinstance(name, Unresolved) and _is_outside(name, context.caa):
            yield Decided(path)


def _caa_problems(path: Path, name: Name, context: Context) -> Yielded:
    from acmrules.lint.caa import judged

    found = judged(name, context.caa, context.caa_places, context.as_of)
    if found.unsure:
        yield Undecided(path, found.unsure)
    elif found.verdict and not found.verdict.allowed:
        holder = found.verdict.found_at
        yield Problem(
            path,
            f"Amazon may not issue for `{name}`: {found.verdict.reason.value}",
            severity=None if holder == str(name).removeprefix("*.") else Severity.WARNING,
            related=tuple(
                Related(("caa", place), f"the CAA records of `{holder}`") for place in found.places
            ),
        )


def _is_outside(name: Unresolved, sets: tuple[CaaRecordSet, ...]) -> bool:
    """Say whether a name is surely below none of the names of some record sets."""
    return len(sets) <= MOST_COMPARED and all(
        is_within(signs(name), signs(found.name)) is False for found in sets
    )


@rule(
    "ACM414",
    Severity.WARNING,
    facts=(acm.MAIL_GOES_TO_FULL_NAME, acm.MX_REQUIRED),
    reads={"names", "validation_method", "validation_options"},
    needs={"validation_method"},
    public_only=True,
    examples=(
        passes("www.brightharbor.io", validation_method="EMAIL"),
        passes(
            "api.brightharbor.io",
            validation_method="EMAIL",
            validation_options=(ValidationOption(_DEEP, _HARBOR),),
        ),
        fails("api.brightharbor.io", validation_method="EMAIL", at=("names", 0)),
    ),
)
def deep_email_name(request: CertificateRequest, context: Context) -> Yielded:
    """Mail for a subdomain goes to the subdomain, which seldom takes mail.

    Without an MX record there the request fails with `NO_AVAILABLE_CONTACTS`. Give a validation
    domain that takes mail, or choose DNS validation.
    """
    yield ALL_OPTIONS
    if request.validation_method is not ValidationMethod.EMAIL:
        yield ALL_NAMES
        return
    from acmrules.contacts import mail_domain

    options = request.validation_options
    # Of an option that is not known at all, nobody knows what it is for.
    given = TextIndex(
        _name_signs(option.domain_name) if isinstance(option, ValidationOption) else None
        for option in options
        if not isinstance(option, ValidationOption)
        or (option.domain_name and option.validation_domain)
    )
    for path, name in request.known_names():
        domain = mail_domain(name)
        above = context.suffixes.base_domain_name(domain)
        if above is None or above == domain:
            continue
        has_option = given.holds(signs(name))
        if has_option is None:
            question = f"an option says where mail for `{name}` goes"
            yield Undecided(path, unsure(question, *options))
        if has_option is not False:
            continue
        place = ("validation_options", len(request.validation_options))
        edits = (
            Edit((*place, "domain_name"), str(name), insert=True),
            Edit((*place, "validation_domain"), str(above), insert=True),
        )
        yield Problem(
            path,
            f"mail for `{name}` goes to `{domain}`",
            fix=Fix(f"give `{above}` as its validation domain", edits),
        )


@rule(
    "ACM415",
    Severity.ERROR,
    facts=(acm.ZONE_MUST_BE_PUBLIC,),
    reads={"validation_options"},
    needs={"zones"},
    public_only=True,
    examples=(
        passes(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE,),
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE.__replace__(private=True),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
)
def private_validation_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone given for a name is private.

    ACM looks for the record on the public internet, where a private hosted zone does not answer:
    the request waits 72 hours and times out. Give the id of the public zone.
    """
    yield from _settled_options(request, context)
    for index, _, place, zone in _zoned_options(request, context):
        if zone.private:
            yield Problem(
                ("validation_options", index, "hosted_zone_id"),
                f"the zone {shown(zone.name)} is private; ACM needs a public one",
                related=(Related(("zones", place), "the zone"),),
            )


@rule(
    "ACM416",
    Severity.NOTE,
    facts=(acm.ZONE_MUST_BE_PUBLIC, tools.AUTOMATIC_VALIDATION_NEEDS),
    reads={"validation_options"},
    needs={"zones"},
    public_only=True,
    tools={Tool.CLOUDFORMATION, Tool.TERRAFORM},
    examples=(
        passes(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            tool=Tool.CLOUDFORMATION,
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE,),
            tool=Tool.CLOUDFORMATION,
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
)
def undelegated_validation_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone given for a name is made together with the certificate.

    A new zone answers nobody until the domain is delegated to its name servers, and the stack
    (in Terraform, the wait for the validation) waits for that. Make the zone on its own, delegate
    it, then ask for the certificate.
    """
    yield from _settled_options(request, context)
    told = set()
    is_terraform = context.tool is Tool.TERRAFORM
    made, waiting = ("module", "validation") if is_terraform else ("template", "the stack")
    for index, _, place, zone in _zoned_options(request, context):
        is_looked_up = ".data." in f".{zone.address}"
        if not zone.private and not is_looked_up and place not in told:
            told.add(place)
            yield Problem(
                ("validation_options", index, "hosted_zone_id"),
                f"the zone {shown(zone.name)} is made in the same {made}; {waiting} waits"
                " until it is delegated",
                related=(Related(("zones", place), "the zone"),),
            )


RULES = (
    validation_method_missing,
    email_validation,
    validation_domain_outside_name,
    validation_domain_public_suffix,
    option_for_unrequested_name,
    conflicting_validation_options,
    name_without_zone,
    duplicate_validation_record,
    http_validation,
    unknown_validation_method,
    malformed_zone_id,
    name_outside_zone,
    caa_forbids_amazon,
    deep_email_name,
    private_validation_zone,
    undelegated_validation_zone,
)
