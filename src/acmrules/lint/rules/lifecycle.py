"""ACM7xx: transparency logging, export, import, private CAs."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.facts import acm, cabf, sources, tools
from acmrules.facts.timeline import Era, Timeline
from acmrules.limits import MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES
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
from acmrules.x509 import Certificate, ImportedCertificate

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

    Every standard public certificate is logged, so its names become public. Remove the option, and
    keep confidential words out of the names. Amazon N2 certificates are not logged.
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
    the option off later. Leave it out unless you use the private key outside AWS.
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
    rejects a resource that does both.
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

    If the CA is in the same files, it must not be in short-lived mode, and its own certificate must
    end after the requested one (395 days). If it does not have a permission for ACM, this is a
    warning, because ACM cannot renew the certificate. The permission may be in other files.
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
        yield Undecided(path, f"the usage mode of the private CA {name} is unknown")
    if acm.CA_RENEWAL_PERMISSION.history.at(as_of):
        principal, *actions = acm.CA_RENEWAL_PERMISSION.value
        if authority.may_renew is False:
            yield Problem(
                path,
                f"ACM cannot renew the certificate: the private CA {name} has no permission for"
                f" {quoted(principal)} in these files",
                severity=Severity.WARNING,
                related=related,
                help=f"add a permission for {quoted(principal)} with {quoted_list(actions)}",
            )
        elif authority.may_renew is None:
            yield Undecided(path, f"the permissions of the private CA {name} are unknown")
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

_SELF_SIGNED = Certificate(
    subject="CN=brightharbor.io",
    issuer="CN=brightharbor.io",
    serial_number=1,
    version=3,
    key_algorithm="EC_prime256v1",
    signed_with="EC",
    first_day=date(2026, 10, 1),
    last_day=date(2027, 3, 1),
    octets=700,
    signer=0,
)


@rule(
    "ACM705",
    Timeline(Era(date(2016, 10, 13), Severity.ERROR, sources.UG_IMPORTPRE)),
    facts=(
        acm.IMPORT_FORM,
        acm.IMPORTABLE_ALGORITHMS,
        acm.IMPORT_CERTIFICATE_BYTES,
        acm.IMPORT_CHAIN_BYTES,
        acm.IMPORT_KEY_FORM,
        acm.IMPORT_OCSP_URL_CHARACTERS,
        acm.IMPORT_CHAIN_FORM,
        acm.IMPORT_LEAF_MATCHES_AUTHORITY,
    ),
    reads=set(),
    needs={"imported"},
    on="everything",
    examples=lambda: (
        passes(imported=ImportedCertificate(leaf=_SELF_SIGNED)),
        fails(
            imported=ImportedCertificate(leaf=_SELF_SIGNED),
            as_of=date(2026, 9, 30),
            at=("imported", "leaf"),
        ),
        fails(
            imported=ImportedCertificate(leaf=_SELF_SIGNED.__replace__(key_algorithm="RSA_1536")),
            at=("imported", "leaf"),
        ),
    ),
    help="import a valid PEM certificate, with its chain in order",
)
def import_rules(request: CertificateRequest | None, context: Context) -> Yielded:
    """ACM cannot import the certificate or its chain.

    ACM imports PEM: one X.509 version 3 certificate that is valid on the date, and its chain, in
    which each certificate signed the one before it. The private key is separate and not encrypted.

    If AWS's pages disagree or do not say, the finding is a note. They disagree on whether a chain
    is required, and on whether the CA needs a key of the same family.
    """
    del request
    imported = context.imported or ImportedCertificate()
    if imported.encoding not in acm.IMPORT_FORM.value:
        yield Problem(
            ("imported", "encoding"),
            f"the certificate is {imported.encoding}; ACM only imports PEM",
            help="convert the certificate to PEM",
        )
    if imported.key_label is not None and imported.key_label.startswith("ENCRYPTED"):
        yield Problem(
            ("imported", "key_label"),
            "the private key is encrypted; ACM only imports unencrypted keys",
            help="decrypt the private key",
        )
    if imported.leaf is not None:
        yield from _leaf_problems(imported.leaf, context.as_of)
        yield from _disputed_problems(imported.leaf, alone=not imported.chain)
    yield from _order_problems(imported)
    for index, certificate in enumerate(imported.chain):
        if not certificate.first_day <= context.as_of <= certificate.last_day:
            yield Problem(
                ("imported", "chain", index),
                f"this certificate of the chain is valid {_days(certificate)};"
                " it is not confirmed that ACM rejects it",
                severity=Severity.NOTE,
                help="replace it with a certificate of the same CA that is valid",
            )
    octets = sum(certificate.octets for certificate in imported.chain)
    if octets > MAX_CHAIN_BYTES:
        yield Problem(
            ("imported", "chain"),
            f"the chain has {octets:,} bytes; the limit is {MAX_CHAIN_BYTES:,}",
            help="remove the certificates that do not belong to the chain",
        )


def _leaf_problems(leaf: Certificate, as_of: date) -> Yielded:
    """Yield the reasons why ACM rejects a leaf."""
    path = ("imported", "leaf")
    known = acm.IMPORTABLE_ALGORITHMS.history.era(as_of)
    if known is None:
        start = acm.IMPORTABLE_ALGORITHMS.history.eras[0].start
        yield Undecided(path, f"it is unknown which keys ACM imported before {start}")
    elif leaf.key_algorithm not in known.value:
        listed = ", ".join(f"`{algorithm}`" for algorithm in known.value)
        yield Problem(
            path,
            f"the key is {quoted(leaf.key_algorithm)}; ACM only imports {listed}",
            help="issue the certificate again with another key",
        )
    if f"X.509 version {leaf.version}" not in acm.IMPORT_FORM.value:
        required = acm.IMPORT_FORM.value[0]
        yield Problem(
            path,
            f"the certificate is X.509 version {leaf.version}; ACM only imports {required}",
            help=f"issue the certificate again as {required}",
        )
    if not leaf.first_day <= as_of <= leaf.last_day:
        yield Problem(
            path,
            f"the certificate is valid {_days(leaf)}; ACM only imports it in that period",
            help="import a certificate that is valid on the date of the import",
        )
    if not leaf.issuer:
        yield Problem(
            path,
            "the certificate has no issuer, which ACM requires",
            help="issue the certificate again with the name of its issuer",
        )
    if leaf.octets > MAX_CERTIFICATE_BYTES:
        yield Problem(
            path,
            f"the certificate has {leaf.octets:,} bytes; the limit is {MAX_CERTIFICATE_BYTES:,}",
            help="issue a smaller certificate, such as one with fewer names",
        )
    for address in leaf.ocsp_addresses:
        longest = acm.IMPORT_OCSP_URL_CHARACTERS.value
        if len(address) > longest:
            yield Problem(
                path,
                f"the OCSP URL has {len(address):,} characters; the limit is {longest:,}",
                help="issue the certificate again with a shorter OCSP URL",
            )


def _days(certificate: Certificate) -> str:
    return f"from {certificate.first_day} to {certificate.last_day}"


def _disputed_problems(leaf: Certificate, *, alone: bool) -> Yielded:
    """Yield the properties of a leaf on which AWS's pages disagree."""
    family = leaf.key_algorithm.partition("_")[0]
    if leaf.signed_with not in {None, family}:
        yield Problem(
            ("imported", "leaf"),
            f"the key is {family}, but that of the CA is {leaf.signed_with};"
            " AWS's pages disagree on whether ACM imports this",
            severity=Severity.NOTE,
            help="use a key of the same family as the key of the CA",
        )
    if alone and leaf.signer is None:
        yield Problem(
            ("imported", "chain"),
            "the certificate is not self-signed and has no chain;"
            " AWS's pages disagree on whether ACM requires one",
            severity=Severity.NOTE,
            help="add the chain after the certificate",
        )


def _order_problems(imported: ImportedCertificate) -> Yielded:
    """Yield the certificates of a chain that did not sign the one before them."""
    certificates = imported.certificates
    for index in range(len(imported.chain)):
        path = ("imported", "chain", index)
        place = index + len(certificates) - len(imported.chain)
        if not place:
            continue
        here, before = certificates[place], certificates[place - 1]
        if before.signer == place:
            continue
        message = f"{quoted(here)} did not sign {quoted(before)}, which is before it"
        remedy = "sort the chain so that each certificate signed the one before it"
        leaf = imported.leaf
        if leaf and (here.issuer, here.serial_number) == (leaf.issuer, leaf.serial_number):
            message = f"{quoted(here)} is the leaf again; the chain must start after it"
            remedy = f"remove {quoted(here)} from the chain"
        elif before.signer == place - 1:
            message = (
                f"{quoted(here)} follows {quoted(before)}, which is self-signed and ends the chain"
            )
            remedy = f"remove {quoted(here)} from the chain"
        elif before.signer is not None:
            message += f"; certificate {before.signer + 1} of the file did"
        yield Problem(path, message, help=remedy)


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
    import_rules,
    client_auth_expected,
)
