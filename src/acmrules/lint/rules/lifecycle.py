"""ACM7xx: options and imports: transparency logging, export, import, private CAs."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.facts import acm, cabf, sources, tools
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.rule import (
    ALL_NAMES,
    Decided,
    Problem,
    Related,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.wording import choices, member
from acmrules.messages import quoted, quoted_list
from acmrules.names import WildcardDomainName
from acmrules.partial import unknown_clause
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Authority

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded

_HIERARCHY = ("root_hierarchy",)
_CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
_PRIVATE_CA = Authority((_CA,), "Authority")


@rule(
    "ACM701",
    Timeline(Era(date(2026, 6, 1), Severity.WARNING, sources.UG_HISTORY)),
    facts=(acm.TRANSPARENCY_OPT_OUT, acm.N2_LOGGED),
    reads={"transparency_logging", "root_hierarchy"},
    needs={"transparency_logging"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", transparency_logging="ENABLED"),
        passes("brightharbor.io", transparency_logging="DISABLED", as_of=date(2026, 1, 1)),
        passes(
            "brightharbor.io",
            root_hierarchy="N2_AMAZON_MANAGED",
            transparency_logging="DISABLED",
        ),
        fails("brightharbor.io", transparency_logging="DISABLED", at=("transparency_logging",)),
    ),
    help="remove the opt-out",
)
def ct_opt_out_without_effect(request: CertificateRequest, context: Context) -> Yielded:
    """The request opts out of transparency logs, which no longer has an effect.

    Every standard public certificate is logged, so its names become public. Keep confidential words
    out of the names. Amazon N2 certificates are not logged.
    """
    if request.transparency_logging != "DISABLED":
        yield Decided(_HIERARCHY)
        return
    is_n2 = context.is_given(request.root_hierarchy)
    if is_n2:
        yield Decided(_HIERARCHY)
    elif is_n2 is False:
        yield Problem(
            ("transparency_logging",),
            "ACM ignores this opt-out: the names will be published in transparency logs",
            help=f"remove {member('transparency_logging', context.tool)}",
        )


@rule(
    "ACM702",
    Timeline(Era(date(2025, 6, 17), Severity.NOTE, sources.UG_HISTORY)),
    facts=(
        acm.EXPORT_VALUES,
        acm.EXPORTABLE,
        acm.EXPORT_PRICE_PER_NAME,
        acm.EXPORT_PRICE_PER_WILDCARD,
        tools.EXPORT_UPDATES,
    ),
    reads={"export", "names"},
    needs={"export"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", export="DISABLED"),
        fails("brightharbor.io", export="ENABLED", at=("export",)),
    ),
    help="remove the option, unless you use the private key outside AWS",
)
def export_enabled(request: CertificateRequest, context: Context) -> Yielded:
    """The certificate is exportable, which costs extra for each name.

    ACM charges at issuance and again at every renewal. AWS's pages disagree on whether you can turn
    the option off later.
    """
    yield ALL_NAMES
    if request.export != "ENABLED":
        return
    plain = acm.EXPORT_PRICE_PER_NAME.era(context.as_of).value
    wildcard = acm.EXPORT_PRICE_PER_WILDCARD.era(context.as_of).value
    known = {name for _, name in request.known_names()}
    wildcards = sum(isinstance(name, WildcardDomainName) for name in known)
    price = " for each name"
    if len(known) == len(set(request.names)):
        dollars = plain * (len(known) - wildcards) + wildcard * wildcards
        names = "1 name" if len(known) == 1 else f"{len(known)} names"
        price = f": about ${dollars} for {names} (unofficial source)"
    yield Problem(
        ("export",),
        f"exportable certificates cost extra{price}",
        help=f"remove {member('export', context.tool)}, unless you use the private key outside AWS",
    )


@rule(
    "ACM703",
    Severity.NOTE,
    facts=(tools.TERRAFORM_METHOD_OR_AUTHORITY,),
    reads={"names", "import_fields"},
    needs={"import_fields"},
    examples=lambda: (
        passes("brightharbor.io"),
        fails(
            "brightharbor.io",
            import_fields=("private_key",),
            tool=Tool.TERRAFORM,
            at=("import_fields", 0),
        ),
    ),
    help="keep either the names or the certificate to import",
)
def request_and_import_mixed(request: CertificateRequest, context: Context) -> Yielded:
    """The resource both requests and imports a certificate.

    Either ACM issues the certificate for the names, or you import one with its key. Terraform
    rejects a resource that does both, so there it is an error.
    """
    yield ALL_NAMES
    if request.names and request.import_fields:
        imports = quoted(request.import_fields[0])
        requests = member("domain_name", context.tool)
        yield Problem(
            ("import_fields", 0),
            f"{imports} imports a certificate, but {requests} requests one",
            severity=Severity.ERROR if context.tool is Tool.TERRAFORM else None,
            help=f"use either {imports} or {requests}",
        )


@rule(
    "ACM704",
    Severity.ERROR,
    facts=(
        acm.AUTHORITY_ARN_SERVICE,
        acm.PRIVATE_KEY_FAMILY_MATCHES,
        acm.CA_SHORT_LIVED_ISSUES,
        acm.CA_RENEWAL_PERMISSION,
        acm.CA_OUTLIVES_CERTIFICATE,
        acm.PRIVATE_VALIDITY_DAYS,
        tools.TERRAFORM_METHOD_OR_AUTHORITY,
    ),
    reads={
        "certificate_authority_arn",
        "validation_method",
        "validation_options",
        "export",
        "key_algorithm",
    },
    examples=lambda: (
        passes("brightharbor.io", certificate_authority_arn=_CA),
        fails(
            "brightharbor.io",
            certificate_authority_arn=_CA,
            validation_method="DNS",
            at=("validation_method",),
        ),
        passes(
            "brightharbor.io",
            certificate_authority_arn=_CA,
            authorities=(_PRIVATE_CA.__replace__(may_renew=True),),
        ),
        fails(
            "brightharbor.io",
            certificate_authority_arn=_CA,
            authorities=(_PRIVATE_CA,),
            at=("certificate_authority_arn",),
        ),
    ),
    help="remove the setting",
)
def private_ca_conflicts(request: CertificateRequest, context: Context) -> Yielded:
    """A request to a private CA has settings for public certificates.

    Certificates from a private CA are not validated and do not need the export option. Their key
    must be of the same family as the CA's own key, RSA or ECDSA. If the CA is in the same files and
    has a key of another family, this is a note: AWS's pages name the signing algorithm, which ACM
    chooses itself.

    If the CA is in the same files, acmrules checks its mode and its end: it must not be in
    short-lived mode, and its own certificate must end after the requested one (395 days). If it
    does not have a permission for ACM, this is a warning: ACM cannot renew the certificate, and may
    not issue it. AWS's pages disagree on whether ACM issues the first certificate without it. The
    permission may be in other files.
    """
    # For a public CA the whole request is decided; for a private one each field is checked below.
    yield Decided(())
    is_private = context.is_private
    if is_private is False:
        return
    authority = None if is_private else request.certificate_authority_arn
    for field, reason in _NOT_FOR_PRIVATE_CA.items():
        value = getattr(request, field)
        is_given = context.is_given(value)
        if is_given and is_private:
            name = member(field, context.tool)
            yield Problem(
                (field,),
                f"{name} does not apply to a certificate from a private CA",
                help=f"remove {name}: {reason}",
            )
        elif is_given is not False:
            items = value if isinstance(value, tuple) else (value,)
            yield Undecided((field,), unknown_clause(authority, *items))
    # Most requests are to the public CA.
    from acmrules.lint.rules.private_keys import family_problems

    arn = request.certificate_authority_arn
    found = [(i, each) for i, each in enumerate(context.authorities) if arn in each.arns]
    yield from family_problems(request, found[0] if found else None)
    for place, private_ca in found:
        yield from _authority_problems(private_ca, place, context.as_of)


def _authority_problems(authority: Authority, place: int, as_of: date) -> Yielded:
    """Yield why ACM cannot request or renew a certificate from a private CA of the files."""
    path = ("certificate_authority_arn",)
    related = (Related(("authorities", place), "the private CA"),)
    name = quoted(authority.address)
    if authority.is_short_lived:
        yield Problem(
            path,
            f"the private CA {name} is in short-lived mode, which ACM does not support",
            related=related,
            help="use a private CA in general-purpose mode",
        )
        return
    if authority.is_short_lived is None:
        yield Undecided(path, f"it is unknown whether the private CA {name} is in short-lived mode")
    if acm.CA_RENEWAL_PERMISSION.history.at(as_of):
        principal, *actions = acm.CA_RENEWAL_PERMISSION.value
        if authority.may_renew is False:
            yield Problem(
                path,
                f"ACM cannot renew the certificate, and may not issue it: the private CA {name} has"
                f" no permission for {quoted(principal)} in these files",
                severity=Severity.WARNING,
                related=related,
                help=f"add a permission for {quoted(principal)} with {quoted_list(actions)}",
            )
        elif authority.may_renew is None:
            yield Undecided(
                path,
                f"it is unknown whether ACM may renew the certificates of the private CA {name}",
            )
    days = acm.PRIVATE_VALIDITY_DAYS.era(as_of).value
    if authority.last_day is not None and authority.last_day <= as_of + timedelta(days):
        end = f"on {authority.last_day}"
    elif authority.days is not None and authority.days <= days:
        end = f"within {authority.days} days"
    else:
        return
    yield Problem(
        path,
        f"the certificate of the private CA {name} expires {end};"
        f" one that ACM requests from it is valid for {days} days",
        related=related,
        help="issue the certificate of the CA with a longer validity",
    )


_NOT_FOR_PRIVATE_CA = {
    "validation_method": "certificates from a private CA are not validated",
    "validation_options": "certificates from a private CA are not validated",
    "export": "certificates from a private CA do not need it",
}
"""The fields that a request to a private CA must not have, and why."""


@rule(
    "ACM706",
    Timeline(Era(date(2025, 6, 11), Severity.WARNING, sources.UG_CONCEPTS)),
    facts=(acm.CLIENT_AUTH, acm.N2_CLIENT_AUTH, cabf.CHROME_CLIENT_AUTH),
    reads={"extended_key_usages", "root_hierarchy"},
    needs={"extended_key_usages"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", extended_key_usages=("serverAuth",)),
        passes(
            "brightharbor.io",
            root_hierarchy="N2_AMAZON_MANAGED",
            extended_key_usages=("serverAuth", "clientAuth"),
        ),
        fails(
            "brightharbor.io",
            extended_key_usages=("serverAuth", "clientAuth"),
            at=("extended_key_usages", 1),
        ),
    ),
    help="remove `clientAuth`, or request an N2 certificate or one from a private CA",
)
def client_auth_expected(request: CertificateRequest, context: Context) -> Yielded:
    """The request includes client authentication.

    Standard public certificates are for servers only. From 2027-03-15, Chrome rejects this usage in
    the certificates of every public CA that it trusts. For mutual TLS, request the certificates of
    the clients from a private CA. Since 2026-11-19, Amazon N2 certificates contain `clientAuth`
    too: set `RootHierarchyType` in a request to the API.
    """
    usages = request.extended_key_usages
    is_n2 = context.is_given(request.root_hierarchy)
    if "clientAuth" not in usages or is_n2:
        yield Decided(_HIERARCHY)
    elif is_n2 is False:
        remedy = "remove `clientAuth`, or request the certificate from a private CA"
        if acm.N2_CLIENT_AUTH.history.at(context.as_of):
            hierarchy = member("root_hierarchy", Tool.API)
            values = choices(acm.ROOT_HIERARCHIES.value)
            remedy += f", or an N2 certificate with the API ({hierarchy}: {values})"
        yield Problem(
            ("extended_key_usages", usages.index("clientAuth")),
            "standard public certificates no longer include `clientAuth`"
            f" (since {acm.CLIENT_AUTH.history.eras[-1].start})",
            help=remedy,
        )


RULES = (
    ct_opt_out_without_effect,
    export_enabled,
    request_and_import_mixed,
    private_ca_conflicts,
    client_auth_expected,
)
