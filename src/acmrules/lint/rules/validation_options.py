"""ACM403, ACM404, ACM405, ACM406 and ACM408: the validation options."""

from __future__ import annotations

from acmrules.facts import acm, cabf, tools
from acmrules.lint.rule import (
    ALL_NAMES,
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
from acmrules.lint.rules.validation_records import ValidationRecords, known_options, name_symbols
from acmrules.lint.rules.wording import member
from acmrules.messages import quoted
from acmrules.names import DomainName, WildcardDomainName
from acmrules.partial import (
    TextIndex,
    base,
    is_wildcard,
    is_within,
    known_tail,
    symbols,
    undecided_clause,
)
from acmrules.request import CertificateRequest, Tool, ValidationMethod, ValidationOption
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded

_METHOD = ("validation_method",)
_HARBOR = DomainName("brightharbor.io")
_DEEP = DomainName("api.brightharbor.io")
_ZONE = "Z0123456789ABCDEFGHIJ"


@rule(
    "ACM403",
    Severity.ERROR,
    facts=(acm.VALIDATION_DOMAIN_FORM, acm.VALIDATION_DOMAIN_ERROR, acm.WILDCARD_VALIDATION_DOMAIN),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=lambda: (
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
    help="set the validation domain to the name or to one of its superdomains",
)
def validation_domain_outside_name(request: CertificateRequest, context: Context) -> Yielded:
    """The validation domain is neither the name nor a superdomain of it.

    ACM sends mail to the name itself or to a domain above it, never to another domain.
    """
    del context
    for index, option in known_options(request):
        name, domain = option.domain_name, option.validation_domain
        yield Decided(("validation_options", index, "hosted_zone_id"))
        if name is None or domain is None:
            yield Decided(("validation_options", index))
            continue
        path = ("validation_options", index, "validation_domain")
        within = is_within(symbols(name), symbols(domain))
        if within is False:
            yield Problem(
                path,
                f"validation domain {quoted(domain)} is neither {quoted(name)}"
                " nor a superdomain of it",
                help=f"change it to {quoted(name)} or one of its superdomains",
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
    examples=lambda: (
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
    help="use a domain with at least one more label",
    yields_to={"ACM403"},
)
def validation_domain_public_suffix(request: CertificateRequest, context: Context) -> Yielded:
    """The validation domain is a public suffix.

    A validation domain is the name or a domain above it, up to the base domain. No approver
    receives mail at a public suffix.
    """
    for index, option in known_options(request):
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
            yield Problem(
                path, f"{quoted(domain)} is a public suffix: no approver receives mail there"
            )


@rule(
    "ACM405",
    Severity.ERROR,
    facts=(acm.UNREQUESTED_OPTION_ERROR,),
    reads={"names", "validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", validation_options=(ValidationOption(_HARBOR, _HARBOR),)),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_DEEP, _HARBOR),),
            at=("validation_options", 0, "domain_name"),
        ),
    ),
    help="remove the validation option, or request its name",
)
def option_for_unrequested_name(request: CertificateRequest, context: Context) -> Yielded:
    """A validation option is for a name that the request does not list.

    ACM rejects the request. `example.com` and `*.example.com` are two different names.
    """
    yield ALL_NAMES
    listed = TextIndex(map(symbols, request.names))
    for index, option in known_options(request):
        path = ("validation_options", index, "domain_name")
        yield from (Decided((*path[:2], key)) for key in ("validation_domain", "hosted_zone_id"))
        if option.domain_name is None:
            continue
        zone = option.hosted_zone_id if context.tool is Tool.TERRAFORM else None
        in_zone = context.is_given(zone)
        requested = listed.holds(symbols(option.domain_name))
        # In Terraform, an option with a zone is a record, which a name and its wildcard share.
        if requested or in_zone:
            yield Decided(path)
        elif requested is None or in_zone is None:
            name = option.domain_name
            question = f"the request lists {quoted(name)}"
            yield Undecided(path, undecided_clause(question, name, zone, *request.names))
        else:
            options = member("validation_options", context.tool)
            yield Problem(
                path,
                f"the request does not list {quoted(option.domain_name)}",
                fix=Fix(f"remove this {options} entry", (Edit((*path[:2],), None),)),
                cause=str(option.domain_name),
            )


@rule(
    "ACM406",
    Severity.ERROR,
    facts=(tools.ZONE_ID_OR_VALIDATION_DOMAIN, tools.VALIDATION_DOMAIN_WITH_DNS_ERROR),
    reads={"validation_method", "validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=lambda: (
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
    help="keep only the member that the validation method uses",
)
def conflicting_validation_options(request: CertificateRequest, context: Context) -> Yielded:
    """A validation option does not fit the method, or its members conflict.

    A hosted zone id is for DNS validation, a validation domain for email validation.
    """
    method = request.validation_method
    rejected = tools.VALIDATION_DOMAIN_WITH_DNS_ERROR.history.at(context.as_of)
    zone_id, mail_domain = (
        member(field, context.tool) for field in ("hosted_zone_id", "validation_domain")
    )
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
        # The members conflict with any method, so the finding must not move with the method.
        if has_domain and has_zone:
            yield Problem(
                zone,
                f"{zone_id} and {mail_domain} cannot be combined",
                help=f"keep {zone_id} for DNS validation, or {mail_domain} for email validation",
            )
        elif has_zone and method is ValidationMethod.EMAIL:
            yield Problem(
                zone,
                f"{zone_id} only works with DNS validation; this request uses email",
                help=f"remove {zone_id}, or use DNS validation",
            )
        elif has_domain and has_zone is False and method is ValidationMethod.DNS and rejected:
            yield Problem(
                domain,
                f"{mail_domain} only works with email validation; this request uses DNS",
                help=f"remove {mail_domain}",
            )
    if not by_method:
        yield Decided(_METHOD)


@rule(
    "ACM408",
    Severity.WARNING,
    facts=(acm.WILDCARD_SHARES_RECORD, tools.TERRAFORM_RECORD_EXISTS_ERROR),
    reads={"validation_options"},
    public_only=True,
    examples=lambda: (
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
    help="create the record once",
    yields_to={"ACM405"},
)
def duplicate_validation_record(request: CertificateRequest, context: Context) -> Yielded:
    """The same validation record is created twice.

    One CNAME validates a name and its wildcard. Creating it twice fails in Route 53. One option
    with the hosted zone is enough for both. In Terraform, `allow_overwrite = true` allows several
    resources to create the record. The finding is an error if the apply certainly fails.
    """
    if context.dns_validation is not None:
        from acmrules.lint.validation_findings import duplicate_records

        yield from duplicate_records(request, context)
    if not request.validation_options:
        return
    records, earlier = ValidationRecords(request), TextIndex()
    creators: list[int] = []
    for index, option in known_options(request):
        path = ("validation_options", index)
        text = name_symbols(option.domain_name)
        if option.hosted_zone_id is None or text is None:
            yield Decided(path)
            continue
        yield from (Decided((*path, key)) for key in ("validation_domain", "hosted_zone_id"))
        place = earlier.place(base(text))
        earlier.add(base(text))
        if place is not None:
            first = creators[place]
            options = member("validation_options", context.tool)
            yield Decided((*path, "domain_name"))
            yield Problem(
                path,
                f"option {first + 1} already creates the record for"
                f" {quoted(option.domain_name)}; a second one fails in Route 53",
                fix=Fix(f"remove this {options} entry", (Edit(path, None),)),
                related=(Related((*path[:1], first), "the option that creates the record"),),
                cause=str(option.domain_name),
            )
            continue
        creators.append(index)
        if records.is_alone(text):
            yield Decided((*path, "domain_name"))


RULES = (
    validation_domain_outside_name,
    validation_domain_public_suffix,
    option_for_unrequested_name,
    conflicting_validation_options,
    duplicate_validation_record,
)
