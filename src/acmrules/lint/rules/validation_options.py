"""ACM4xx: whether every name can be validated, and stays so without anybody's help."""

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
from acmrules.lint.rules.validation_records import ValidationRecords, known_options, name_signs
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
from acmrules.request import Tool, ValidationMethod, ValidationOption
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

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
                f"validation domain {quoted(domain)} is not {quoted(name)} or a superdomain of it",
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
            yield Problem(path, f"validation domain {quoted(domain)} is a public suffix")


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
    listed = TextIndex(map(symbols, request.names))
    for index, option in known_options(request):
        path = ("validation_options", index, "domain_name")
        yield from (Decided((*path[:2], key)) for key in ("validation_domain", "hosted_zone_id"))
        if option.domain_name is None:
            continue
        zone = option.hosted_zone_id if context.tool is Tool.TERRAFORM else None
        in_zone = context.is_given(zone)
        requested = listed.holds(symbols(option.domain_name))
        # In Terraform, a zone is that of a record in the file: one for a name and its wildcard.
        if requested or in_zone:
            yield Decided(path)
        elif requested is None or in_zone is None:
            name = option.domain_name
            question = f"{quoted(name)} is among the names"
            yield Undecided(path, undecided_clause(question, name, zone, *request.names))
        else:
            yield Problem(
                path,
                f"{quoted(option.domain_name)} is not among the names of the request",
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
    records, earlier = ValidationRecords(request), TextIndex()
    writers: list[int] = []
    for index, option in known_options(request):
        path = ("validation_options", index)
        text = name_signs(option.domain_name)
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
                f"{quoted(option.domain_name)} is validated by the record of option {first + 1}",
                fix=Fix("take this option out", (Edit(path, None),)),
                related=(Related((*path[:1], first), "the option that writes the record"),),
            )
            continue
        writers.append(index)
        if records.is_alone(text):
            yield Decided((*path, "domain_name"))


RULES = (
    validation_domain_outside_name,
    validation_domain_public_suffix,
    option_for_unrequested_name,
    conflicting_validation_options,
    duplicate_validation_record,
)
