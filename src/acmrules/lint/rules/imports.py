"""ACM705, ACM708 and ACM709: imported certificates and signing requests."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, cabf, sources
from acmrules.facts.timeline import Era, Timeline
from acmrules.limits import MAX_CERTIFICATE_BYTES, MAX_CHAIN_BYTES
from acmrules.lint.rule import Problem, Severity, Undecided, fails, passes, rule
from acmrules.messages import counted, quoted
from acmrules.request import CertificateRequest
from acmrules.x509 import Certificate, ImportedCertificate, SigningRequest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import Path

    Signed = Certificate | SigningRequest

_CERTIFICATE = "CERTIFICATE"
_LEAF = ("imported", "leaf")
_BODY = ("imported", "body")


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


_UNLISTED = _SELF_SIGNED.__replace__(unlisted="brightharbor.io")
_WEAK = _SELF_SIGNED.__replace__(issuer="CN=Harbor CA", signer=None, weak_hash="SHA-1")


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
        acm.IMPORT_BODY_CERTIFICATES,
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
        passes(imported=ImportedCertificate(body=("CERTIFICATE",), leaf=_SELF_SIGNED)),
        fails(
            imported=ImportedCertificate(body=("CERTIFICATE", "CERTIFICATE"), leaf=_SELF_SIGNED),
            at=("imported", "body"),
        ),
    ),
    help="import a valid PEM certificate, with its chain in order",
)
def import_rules(request: CertificateRequest | None, context: Context) -> Yielded:
    """ACM cannot import the certificate or its chain.

    ACM imports PEM: one X.509 version 3 certificate that is valid on the date, and its chain, in
    which each certificate signed the one before it. The private key is separate and not encrypted.
    The certificate itself is alone in its field: intermediate certificates are in the chain.

    acmrules reads the files of `file`, `filebase64` and `templatefile` in Terraform. It only reads
    the PEM label of a private key, so it cannot check whether the key matches the certificate.

    If AWS's pages disagree or do not say, the finding is a note. They disagree on whether a chain
    is required, and on whether the CA needs a key of the same family.
    """
    del request
    imported = context.imported or ImportedCertificate()
    if imported.exists:
        return  # ACM has accepted it.
    if imported.unknown:
        yield Undecided(_LEAF, f"{imported.unknown} is unknown")
    yield from _label_problems(imported)
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
        alone = not imported.chain and imported.is_chain_known
        chain = "after the certificate" if imported.body is None else "in its own argument"
        yield from _disputed_problems(imported.leaf, chain if alone else "")
    if not _extra(imported):
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


def _extra(imported: ImportedCertificate) -> int:
    """Return the number of certificates in the field of the certificate, in addition to it."""
    return max(0, (imported.body or ()).count(_CERTIFICATE) - 1)


def _label_problems(imported: ImportedCertificate) -> Yielded:
    """Yield what is in the wrong field of an import, by its PEM labels."""
    body, key = imported.body, imported.key
    if extra := _extra(imported):
        yield Problem(
            _BODY,
            f"the body contains {extra + 1} certificates; ACM imports only 1, and the others as the"
            " chain",
            help=f"move {counted(extra, 'certificate')} from the body to the chain",
        )
    elif body and _CERTIFICATE not in body:
        yield Problem(
            _BODY,
            f"the body contains {quoted(body[0])}; ACM imports only `CERTIFICATE`",
            help="use the PEM certificate as the body",
        )
    elif any(label.endswith("PRIVATE KEY") for label in body or ()):
        yield Problem(
            _BODY,
            "the body contains a private key, which Terraform shows in plans; it is not confirmed"
            " that ACM rejects it",
            severity=Severity.NOTE,
            help="remove the private key from the body",
        )
    if _CERTIFICATE in (key or ()) and imported.key_label is None:
        yield Problem(
            ("imported", "key_label"),
            "the private key is a certificate; ACM only imports a key in PEM",
            help="use the private key of the certificate",
        )


def _leaf_problems(leaf: Certificate, as_of: date) -> Yielded:
    """Yield the reasons why ACM rejects a leaf."""
    path = _LEAF
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


def _disputed_problems(leaf: Certificate, missing: str) -> Yielded:
    """Yield the properties of a leaf on which AWS's pages disagree.

    `missing` is the place where a chain is missing, empty if there is one.
    """
    family = leaf.key_algorithm.partition("_")[0]
    if leaf.signed_with not in {None, family}:
        yield Problem(
            ("imported", "leaf"),
            f"the key is {family}, but that of the CA is {leaf.signed_with};"
            " AWS's pages disagree on whether ACM imports this",
            severity=Severity.NOTE,
            help="use a key of the same family as the key of the CA",
        )
    if missing and leaf.signer is None:
        yield Problem(
            ("imported", "chain"),
            "the certificate is not self-signed and has no chain;"
            " AWS's pages disagree on whether ACM requires one",
            severity=Severity.NOTE,
            help=f"add the chain {missing}",
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


def _signed(context: Context) -> Iterator[tuple[Path, Signed]]:
    """Yield the signing request or the certificates of an import, with their paths."""
    imported = context.imported
    if imported is None:
        yield from (((), signed) for signed in context.signed)
        return
    if imported.leaf:
        yield _LEAF, imported.leaf
    for index, certificate in enumerate(imported.chain):
        yield ("imported", "chain", index), certificate


@rule(
    "ACM708",
    Severity.WARNING,
    facts=(cabf.COMMON_NAME_LISTED,),
    reads=set(),
    needs={"signed"},
    on="everything",
    examples=lambda: (
        passes(imported=ImportedCertificate(leaf=_SELF_SIGNED), signed=(_SELF_SIGNED,)),
        fails(imported=ImportedCertificate(leaf=_UNLISTED), signed=(_UNLISTED,), at=_LEAF),
        fails("www.brightharbor.io", signed=(SigningRequest("brightharbor.io"),), at=()),
    ),
    help="add the common name to the alternative names",
    yields_to={"ACM205"},
)
def common_name_not_listed(request: CertificateRequest | None, context: Context) -> Yielded:
    """The common name is a domain name that no alternative name covers.

    Clients ignore the common name (Chrome since version 58 of April 2017), so the certificate is
    not valid for this name. Public CAs must not issue such a certificate.
    """
    del request
    for path, signed in _signed(context):
        name = signed.unlisted
        if name and not (isinstance(signed, Certificate) and signed.is_authority):
            yield Problem(
                path,
                f"clients ignore the common name {quoted(name)}, which no alternative name covers",
                help=f"add {quoted(name)} to the alternative names",
                # ACM205 reports the same name if a resource serves it.
                cause=("missing name", name.lower()),
            )


@rule(
    "ACM709",
    Severity.WARNING,
    facts=(cabf.WEAK_SIGNATURES_END, cabf.WEAK_SIGNING_REQUESTS_END),
    reads=set(),
    needs={"signed"},
    on="everything",
    examples=lambda: (
        passes(imported=ImportedCertificate(leaf=_SELF_SIGNED), signed=(_SELF_SIGNED,)),
        fails(imported=ImportedCertificate(leaf=_WEAK), signed=(_WEAK,), at=_LEAF),
        fails("brightharbor.io", signed=(SigningRequest("", "SHA-1"),), at=()),
    ),
    help="sign it with SHA-256",
)
def weak_signature(request: CertificateRequest | None, context: Context) -> Yielded:
    """The signature uses SHA-1 or an older hash algorithm.

    Browsers reject such a certificate, unless it is the root itself, and public CAs have not issued
    any since 2016. ACM's pages do not say whether ACM imports it.

    For a signing request, this is a note: the signature only proves that you have the key, and CAs
    differ. Let's Encrypt has rejected such requests since 2022-09-15.
    """
    del request
    for place, (path, signed) in enumerate(_signed(context)):
        if not signed.weak_hash:
            continue
        if isinstance(signed, SigningRequest):
            yield Problem(
                path,
                f"the signing request is signed with {signed.weak_hash}, which some CAs reject",
                severity=Severity.NOTE,
                help="create the signing request again, with SHA-256",
            )
        elif not (signed.signer == place or signed.is_self_issued):
            yield Problem(
                path,
                f"{quoted(signed)} is signed with {signed.weak_hash}, which browsers reject;"
                " ACM's pages do not say whether ACM imports it",
                help="have the certificate issued again, with SHA-256",
            )


RULES = (
    import_rules,
    common_name_not_listed,
    weak_signature,
)
