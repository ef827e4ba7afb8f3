"""ACM7xx: transparency, export, import, private CAs."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, sources, tools
from acmrules.facts.timeline import Era, Timeline
from acmrules.limits import MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES
from acmrules.lint.rule import (
    ALL_NAMES,
    Decided,
    Problem,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.messages import quoted
from acmrules.names import WildcardDomainName
from acmrules.partial import unknown_clause
from acmrules.request import KeyAlgorithm, Tool
from acmrules.unresolved import Unresolved
from acmrules.x509 import Certificate, ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

_CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


@rule(
    "ACM701",
    Timeline(Era(date(2026, 6, 1), Severity.WARNING, sources.UG_HISTORY)),
    facts=(acm.TRANSPARENCY_OPT_OUT,),
    reads={"transparency_logging"},
    needs={"transparency_logging"},
    public_only=True,
    examples=(
        passes("brightharbor.io", transparency_logging="ENABLED"),
        passes("brightharbor.io", transparency_logging="DISABLED", as_of=date(2026, 1, 1)),
        fails("brightharbor.io", transparency_logging="DISABLED", at=("transparency_logging",)),
    ),
)
def ct_opt_out_without_effect(request: CertificateRequest, context: Context) -> Yielded:
    """The request opts out of transparency logs, which has no effect any more.

    Every public certificate is logged, so its names become public. Take the option out, and keep
    words that must stay private out of the names.
    """
    del context
    if request.transparency_logging == "DISABLED":
        yield Problem(
            ("transparency_logging",),
            "certificate transparency logging is `DISABLED`; ACM ignores it, names become public",
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
    examples=(
        passes("brightharbor.io", export="DISABLED"),
        fails("brightharbor.io", export="ENABLED", at=("export",)),
    ),
)
def export_enabled(request: CertificateRequest, context: Context) -> Yielded:
    """The certificate is asked for as exportable, which costs money for each name.

    The price falls due at issue and again at every renewal, and whether the option can be taken
    back later is not certain: sources differ. Leave it out unless the key is to be used outside
    AWS.
    """
    yield ALL_NAMES
    if request.export != "ENABLED":
        return
    plain = acm.EXPORT_PRICE_PER_NAME.era(context.as_of).value
    wildcard = acm.EXPORT_PRICE_PER_WILDCARD.era(context.as_of).value
    known = {name for _, name in request.known_names()}
    wildcards = sum(isinstance(name, WildcardDomainName) for name in known)
    price = ""
    if len(known) == len(set(request.names)):
        dollars = plain * (len(known) - wildcards) + wildcard * wildcards
        names = "1 name" if len(known) == 1 else f"{len(known)} names"
        price = f": ${dollars} for its {names}, by secondary sources"
    yield Problem(("export",), f"export is `ENABLED`, which ACM charges for by name{price}")


@rule(
    "ACM703",
    Severity.NOTE,
    facts=(tools.TERRAFORM_METHOD_OR_AUTHORITY,),
    reads={"names", "import_fields"},
    needs={"import_fields"},
    examples=(
        passes("brightharbor.io"),
        fails(
            "brightharbor.io",
            import_fields=("private_key",),
            tool=Tool.TERRAFORM,
            at=("import_fields", 0),
        ),
    ),
)
def request_and_import_mixed(request: CertificateRequest, context: Context) -> Yielded:
    """A certificate is requested and imported at once.

    Either ACM issues it for the names, or it is imported with its key; Terraform refuses both.
    """
    yield ALL_NAMES
    if request.names and request.import_fields:
        yield Problem(
            ("import_fields", 0),
            f"{quoted(request.import_fields[0])} imports a certificate, the names ask for one",
            severity=Severity.ERROR if context.tool is Tool.TERRAFORM else None,
        )


@rule(
    "ACM704",
    Severity.ERROR,
    facts=(
        acm.AUTHORITY_ARN_SERVICE,
        acm.PRIVATE_KEY_FAMILY_MATCHES,
        tools.TERRAFORM_METHOD_OR_AUTHORITY,
    ),
    reads={
        "certificate_authority_arn",
        "validation_method",
        "validation_options",
        "export",
        "key_algorithm",
    },
    examples=(
        passes("brightharbor.io", certificate_authority_arn=_CA),
        fails(
            "brightharbor.io",
            certificate_authority_arn=_CA,
            validation_method="DNS",
            at=("validation_method",),
        ),
    ),
)
def private_ca_conflicts(request: CertificateRequest, context: Context) -> Yielded:
    """A request to a private CA carries settings of the public one.

    A private CA validates no names and its certificates need no export option. The key must be of
    the CA's own family, RSA or ECDSA.
    """
    # Beside a public CA nothing of this matters; beside a private one each field has its say.
    yield Decided(())
    is_private = context.is_private
    if is_private is False:
        return
    authority = None if is_private else request.certificate_authority_arn
    for field in ("validation_method", "validation_options", "export"):
        value = getattr(request, field)
        is_given = context.is_given(value)
        if is_given and is_private:
            yield Problem((field,), f"a private CA takes no {field.replace('_', ' ')}")
        elif is_given is not False:
            inside = value if isinstance(value, tuple) else (value,)
            yield Undecided((field,), unknown_clause(authority, *inside))
    algorithm = request.key_algorithm
    if isinstance(algorithm, KeyAlgorithm):
        family = "RSA" if algorithm.name.startswith("RSA") else "ECDSA"
        missing = (
            unknown_clause(authority)
            or f"whether the key of the private CA is {family} is not known"
        )
        yield Undecided(("key_algorithm",), missing)
    elif isinstance(algorithm, Unresolved):
        yield Undecided(("key_algorithm",), unknown_clause(authority, algorithm))


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
    examples=(
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
)
def import_rules(request: CertificateRequest | None, context: Context) -> Yielded:
    """A certificate or its chain is not as ACM imports it.

    ACM takes PEM: one certificate of X.509 version 3 that is valid on the day, then the chain, each
    certificate having signed the one before it, and apart from both the key, not encrypted. Where
    ACM's own pages differ (whether a chain is needed, whether the key of the CA has to be of the
    same family) and where they are silent, it is a note.
    """
    del request
    imported = context.imported or ImportedCertificate()
    if imported.encoding not in acm.IMPORT_FORM.value:
        yield Problem(
            ("imported", "encoding"), f"certificate is {imported.encoding}; ACM imports PEM"
        )
    if imported.key_label is not None and imported.key_label.startswith("ENCRYPTED"):
        yield Problem(
            ("imported", "key_label"), "private key is encrypted; ACM imports it unencrypted"
        )
    if imported.leaf is not None:
        yield from _unlike_imports(imported.leaf, context.as_of)
        yield from _unsettled(imported.leaf, alone=not imported.chain)
    yield from _out_of_order(imported)
    for index, certificate in enumerate(imported.chain):
        if not certificate.first_day <= context.as_of <= certificate.last_day:
            yield Problem(
                ("imported", "chain", index),
                f"certificate of the chain is valid {_days(certificate)} only; whether ACM refuses"
                " that is not confirmed",
                severity=Severity.NOTE,
            )
    octets = sum(certificate.octets for certificate in imported.chain)
    if octets > MAX_CHAIN_BYTES:
        yield Problem(
            ("imported", "chain"),
            f"chain has {octets:,} bytes; ACM imports {MAX_CHAIN_BYTES:,} at most",
        )


def _unlike_imports(leaf: Certificate, as_of: date) -> Yielded:
    """Yield what keeps a leaf from being imported."""
    path = ("imported", "leaf")
    known = acm.IMPORTABLE_ALGORITHMS.history.era(as_of)
    if known is None:
        begin = acm.IMPORTABLE_ALGORITHMS.history.eras[0].start
        yield Undecided(path, f"which keys could be imported before {begin} is not known")
    elif leaf.key_algorithm not in known.value:
        listed = ", ".join(f"`{algorithm}`" for algorithm in known.value)
        yield Problem(path, f"key is {quoted(leaf.key_algorithm)}; ACM imports {listed}")
    if f"X.509 version {leaf.version}" not in acm.IMPORT_FORM.value:
        wanted = acm.IMPORT_FORM.value[0]
        yield Problem(path, f"certificate is X.509 version {leaf.version}; ACM imports {wanted}")
    if not leaf.first_day <= as_of <= leaf.last_day:
        yield Problem(
            path, f"certificate is valid {_days(leaf)}; ACM imports it on these days only"
        )
    if not leaf.issuer:
        yield Problem(path, "certificate has an empty issuer; ACM imports none without")
    if leaf.octets > MAX_CERTIFICATE_BYTES:
        yield Problem(
            path,
            f"certificate has {leaf.octets:,} bytes; ACM imports {MAX_CERTIFICATE_BYTES:,} at most",
        )
    for address in leaf.ocsp_addresses:
        longest = acm.IMPORT_OCSP_URL_CHARACTERS.value
        if len(address) > longest:
            yield Problem(
                path,
                f"address of OCSP has {len(address):,} characters; ACM takes {longest:,} at most",
            )


def _days(certificate: Certificate) -> str:
    return f"from {certificate.first_day} to {certificate.last_day}"


def _unsettled(leaf: Certificate, *, alone: bool) -> Yielded:
    """Yield what ACM's pages differ about."""
    family = leaf.key_algorithm.partition("_")[0]
    if leaf.signed_with not in {None, family}:
        yield Problem(
            ("imported", "leaf"),
            f"key is {family} and that of the CA {leaf.signed_with}; sources differ on whether ACM"
            " imports that",
            severity=Severity.NOTE,
        )
    if alone and leaf.signer is None:
        yield Problem(
            ("imported", "chain"),
            "no chain follows, and the certificate is not self-signed; sources differ on whether"
            " ACM needs it",
            severity=Severity.NOTE,
        )


def _out_of_order(imported: ImportedCertificate) -> Yielded:
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
        said = f"{quoted(here)} did not sign {quoted(before)}, which stands before it"
        leaf = imported.leaf
        if leaf and (here.issuer, here.serial_number) == (leaf.issuer, leaf.serial_number):
            said = f"{quoted(here)} is the leaf again; a chain begins behind it"
        elif before.signer == place - 1:
            said = f"{quoted(here)} follows {quoted(before)}, which is self-signed and ends a chain"
        elif before.signer is not None:
            said += f"; certificate {before.signer + 1} of the file did"
        yield Problem(path, said)


@rule(
    "ACM706",
    Timeline(Era(date(2025, 6, 11), Severity.WARNING, sources.UG_CONCEPTS)),
    facts=(acm.CLIENT_AUTH,),
    reads={"extended_key_usages"},
    needs={"extended_key_usages"},
    public_only=True,
    examples=(
        passes("brightharbor.io", extended_key_usages=("serverAuth",)),
        fails(
            "brightharbor.io",
            extended_key_usages=("serverAuth", "clientAuth"),
            at=("extended_key_usages", 1),
        ),
    ),
)
def client_auth_expected(request: CertificateRequest, context: Context) -> Yielded:
    """A certificate is asked for with which a client shall prove itself.

    Public certificates of ACM hold for servers only. For mutual TLS ask a private CA for the
    certificates of the clients.
    """
    del context
    if "clientAuth" in request.extended_key_usages:
        yield Problem(
            ("extended_key_usages", request.extended_key_usages.index("clientAuth")),
            "extended key usage `clientAuth` is asked for; public certificates have none"
            f" since {acm.CLIENT_AUTH.history.eras[-1].start}",
        )


RULES = (
    ct_opt_out_without_effect,
    export_enabled,
    request_and_import_mixed,
    private_ca_conflicts,
    import_rules,
    client_auth_expected,
)
