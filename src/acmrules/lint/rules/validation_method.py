"""ACM401, ACM402, ACM409, ACM410, ACM414: how the names are validated."""

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
from acmrules.lint.rules.validation_records import known_options, name_signs
from acmrules.messages import quoted
from acmrules.names import DomainName
from acmrules.partial import TextIndex, are_equal, symbols, undecided_clause, wildcard_parent
from acmrules.request import Tool, ValidationMethod, ValidationOption
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

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
        for _, option in known_options(request)
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
            f"validation method is `HTTP`, which cannot serve the wildcard {quoted(wildcards[0])}",
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
        if all(are_equal(symbols(method), symbols(m.value)) is False for m in ValidationMethod):
            yield Problem(_METHOD, f"{quoted(method)} is no validation method; ACM has {listed}")
    elif isinstance(method, Malformed):
        spelled = method.text.strip().upper()
        write = Fix(f"write `{spelled}`", (Edit(_METHOD, spelled),), safe=True)
        yield Problem(
            _METHOD,
            f"{quoted(method.text)} is no validation method; ACM has {listed}",
            fix=write if spelled in known else None,
        )
    elif isinstance(method, ValidationMethod) and method.value not in known:
        since = next(
            era.start for era in acm.VALIDATION_METHODS.history if method.value in era.value
        )
        yield Problem(_METHOD, f"validation method `{method.value}` exists from {since} on only")


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
        name_signs(option.domain_name) if isinstance(option, ValidationOption) else None
        for option in options
        if not isinstance(option, ValidationOption)
        or (option.domain_name and option.validation_domain)
    )
    for path, name in request.known_names():
        domain = mail_domain(name)
        above = context.suffixes.base_domain_name(domain)
        if above is None or above == domain:
            continue
        has_option = given.holds(symbols(name))
        if has_option is None:
            question = f"an option says where mail for `{name}` goes"
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
            f"mail for `{name}` goes to `{domain}`",
            fix=Fix(f"give `{above}` as its validation domain", edits),
        )


RULES = (
    validation_method_missing,
    email_validation,
    http_validation,
    unknown_validation_method,
    deep_email_name,
)
