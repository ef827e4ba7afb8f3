"""ACM401, ACM402, ACM409, ACM410 and ACM414: the validation method."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, cabf, sources, tools
from acmrules.facts.fact import LAUNCH
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.rule import (
    ALL_NAMES,
    ALL_OPTIONS,
    Decided,
    Edit,
    Fix,
    Problem,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.validation_records import known_options, name_symbols
from acmrules.lint.rules.wording import choices, member
from acmrules.messages import quoted
from acmrules.names import DomainName, Name
from acmrules.partial import TextIndex, are_equal, symbols, undecided_clause, wildcard_parent
from acmrules.request import (
    WITH_TERRAFORM_PROVIDER,
    CertificateRequest,
    Tool,
    ValidationMethod,
    ValidationOption,
)
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.rule import Context, Yielded

_METHOD = ("validation_method",)
_HARBOR = DomainName("brightharbor.io")
_DEEP = DomainName("api.brightharbor.io")


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
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", tool=Tool.CLOUDFORMATION, at=_METHOD),
    ),
    help="set the validation method to `DNS`",
    yields_to={"ACM313", "ACM805"},
)
def validation_method_missing(request: CertificateRequest, context: Context) -> Yielded:
    """No validation method is set, so ACM falls back to email validation.

    A stack waits until the approver has approved every name, for at most 72 hours. Terraform
    rejects the resource.
    """
    if context.is_given(request.validation_method):
        yield Decided(_METHOD)
        return
    if request.validation_method is not None:
        return
    method = member("validation_method", context.tool)
    use_dns = f"set {method} to `DNS`"
    if context.tool is Tool.NAMES:
        yield Undecided(_METHOD, "a list of names does not say how it will be validated")
    elif context.tool in WITH_TERRAFORM_PROVIDER:
        authority = member("certificate_authority_arn", context.tool)
        needed_by = "Terraform" if context.tool is Tool.TERRAFORM else "the AWS provider"
        yield Problem(
            _METHOD,
            f"neither {method} nor {authority} is set; {needed_by} requires one of them",
            severity=Severity.ERROR,
            help=use_dns,
        )
    elif context.tool is Tool.CLOUDFORMATION:
        yield Problem(
            _METHOD,
            f"no {method}: CloudFormation falls back to email,"
            " and the stack hangs until someone approves",
            help=use_dns,
        )
    else:
        yield Problem(
            _METHOD,
            f"no {method}: ACM probably falls back to email, as CloudFormation does",
            severity=Severity.NOTE,
            help=use_dns,
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
        acm.RENEWAL_WINDOW_DAYS,
    ),
    reads={"validation_method", "names", "validation_options"},
    needs={"validation_method"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", validation_method="EMAIL", at=_METHOD),
        fails("brightharbor.io", validation_method="EMAIL", as_of=date(2018, 1, 1), at=_METHOD),
    ),
    help="set the validation method to `DNS`",
    yields_to={"ACM313", "ACM805"},
)
def email_validation(request: CertificateRequest, context: Context) -> Yielded:
    """The request uses email validation, which CAs are phasing out.

    The approver has to approve every name, again at every renewal. From 2028-03-15, CAs may no
    longer accept email validation.

    Use DNS validation: the certificate renews automatically while one record for each name stays
    published.
    """
    yield from (ALL_NAMES, ALL_OPTIONS)
    if request.validation_method is not ValidationMethod.EMAIL:
        return
    from acmrules.renewal import renewal_window

    names = dict.fromkeys(name for _, name in request.known_names())
    approved = f"{len(names)} name{'s' * (len(names) != 1)}"
    if not names:
        approved = "each name"
    elif len(names) != len({str(name).lower() for name in request.names}):
        approved = f"at least {approved}"
    mailboxes = _mailboxes(request, names, context.as_of)
    recipients = ""
    if mailboxes:
        recipients = f"; mail goes to {len(mailboxes)} addresses such as `{next(iter(mailboxes))}`"
    longest = acm.VALIDITY_DAYS.era(context.as_of).value
    shortest = longest - renewal_window(as_of=context.as_of)
    at_first = "" if context.tool is Tool.ACCOUNT else "now and "
    yield Problem(
        _METHOD,
        f"email validation: someone has to approve {approved} {at_first}at every renewal"
        f" (every {shortest} to {longest} days){recipients}",
        help=f"set {member('validation_method', context.tool)} to `DNS`",
    )


def _mailboxes(request: CertificateRequest, names: Iterable[Name], as_of: date) -> dict[str, None]:
    """Return the addresses that ACM sends messages to, in the order of the names."""
    from acmrules.contacts import validation_contacts

    domains = {
        str(option.domain_name): option.validation_domain
        for _, option in known_options(request)
        if isinstance(option.validation_domain, DomainName)
    }
    mailboxes: dict[str, None] = {}
    for name in names:
        domain = domains.get(str(name))
        if domain is not None and not name.is_within(domain):
            domain = None
        contacts = validation_contacts(name, validation_domain=domain, as_of=as_of)
        mailboxes |= dict.fromkeys(contact.address for contact in contacts)
    return mailboxes


@rule(
    "ACM409",
    Severity.WARNING,
    facts=(acm.HTTP_STARTED_BY, acm.HTTP_WILDCARDS_ACCEPTED),
    reads={"names", "validation_method"},
    needs={"validation_method"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", validation_method="HTTP", at=_METHOD),
        fails("*.brightharbor.io", validation_method="HTTP", at=_METHOD),
    ),
    help="set the validation method to `DNS`",
    yields_to={"ACM313", "ACM805"},
)
def http_validation(request: CertificateRequest, context: Context) -> Yielded:
    """The request uses HTTP validation, which only CloudFront can start.

    CloudFront starts it for its distribution tenants, never for a wildcard. No source documents how
    ACM responds to other callers.
    """
    yield ALL_NAMES
    if request.validation_method is not ValidationMethod.HTTP:
        return
    use_dns = f"set {member('validation_method', context.tool)} to `DNS`"
    wildcards = [name for name in request.names if wildcard_parent(name) is not None]
    if wildcards:
        yield Problem(
            _METHOD,
            f"HTTP validation does not support the wildcard {quoted(wildcards[0])}",
            severity=Severity.ERROR,
            help=use_dns,
        )
    else:
        yield Problem(_METHOD, "only CloudFront can start HTTP validation", help=use_dns)


@rule(
    "ACM410",
    Severity.ERROR,
    facts=(acm.VALIDATION_METHODS,),
    reads={"validation_method"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS"),
        fails("brightharbor.io", validation_method="dns", at=_METHOD),
        fails("brightharbor.io", validation_method="CNAME", at=_METHOD),
        fails("brightharbor.io", validation_method="DNS", as_of=date(2017, 1, 1), at=_METHOD),
    ),
    help="use `DNS`, `EMAIL` or `HTTP`",
)
def unknown_validation_method(request: CertificateRequest, context: Context) -> Yielded:
    """Unknown validation method.

    ACM accepts `DNS`, `EMAIL` and `HTTP`, in capitals.
    """
    method = request.validation_method
    known = acm.VALIDATION_METHODS.history.at(context.as_of) or ()
    use_known = f"use {choices(known)}"
    if isinstance(method, Unresolved):
        if all(are_equal(symbols(method), symbols(m.value)) is False for m in ValidationMethod):
            yield Problem(_METHOD, f"unknown validation method {quoted(method)}", help=use_known)
    elif isinstance(method, Malformed):
        spelled = method.text.strip().upper()
        respell = Fix(f"change it to `{spelled}`", (Edit(_METHOD, spelled),), safe=True)
        yield Problem(
            _METHOD,
            f"unknown validation method {quoted(method.text)}",
            fix=respell if spelled in known else None,
            help="" if spelled in known else use_known,
        )
    elif isinstance(method, ValidationMethod) and method.value not in known:
        since = next(
            era.start for era in acm.VALIDATION_METHODS.history if method.value in era.value
        )
        yield Problem(
            _METHOD,
            f"ACM introduced `{method.value}` validation on {since}",
            help=use_known,
        )


@rule(
    "ACM414",
    Severity.WARNING,
    facts=(acm.MAIL_GOES_TO_FULL_NAME, acm.MX_REQUIRED),
    reads={"names", "validation_method", "validation_options"},
    needs={"validation_method"},
    public_only=True,
    examples=lambda: (
        passes("www.brightharbor.io", validation_method="EMAIL"),
        passes(
            "api.brightharbor.io",
            validation_method="EMAIL",
            validation_options=(ValidationOption(_DEEP, _HARBOR),),
        ),
        fails("api.brightharbor.io", validation_method="EMAIL", at=("names", 0)),
    ),
    help="set a validation domain that receives mail, or use DNS validation",
)
def deep_email_name(request: CertificateRequest, context: Context) -> Yielded:
    """Approval mail goes to a subdomain, which rarely receives mail.

    Without an MX record there, the request fails with `NO_AVAILABLE_CONTACTS`. Set a validation
    domain that receives mail, or use DNS validation.
    """
    yield ALL_OPTIONS
    if request.validation_method is not ValidationMethod.EMAIL:
        yield ALL_NAMES
        return
    from acmrules.contacts import mail_domain

    options = request.validation_options
    # An unknown option may be for any name.
    named = TextIndex(
        name_symbols(option.domain_name) if isinstance(option, ValidationOption) else None
        for option in options
        if not isinstance(option, ValidationOption)
        or (option.domain_name and option.validation_domain)
    )
    for path, name in request.known_names():
        domain = mail_domain(name)
        above = context.suffixes.base_domain_name(domain)
        if above is None or above == domain:
            continue
        has_option = named.holds(symbols(name))
        if has_option is None:
            question = f"an option sets the validation domain of `{name}`"
            yield Undecided(path, undecided_clause(question, *options))
        if has_option is not False:
            continue
        place = ("validation_options", len(request.validation_options))
        edits = (
            Edit((*place, "domain_name"), str(name), insert=True),
            Edit((*place, "validation_domain"), str(above), insert=True),
        )
        yield Problem(
            path,
            f"approval mail goes to mailboxes at `{domain}`, which probably has none",
            fix=Fix(f"set the validation domain to `{above}`", edits),
        )


RULES = (
    validation_method_missing,
    email_validation,
    http_validation,
    unknown_validation_method,
    deep_email_name,
)
