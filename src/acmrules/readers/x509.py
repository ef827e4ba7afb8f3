"""Certificate signing requests and certificates, in PEM and DER.

The names in a signing request are checked like those of any request. Certificates are checked for
whether ACM can import them. Files may also contain private keys: only their labels are read (see
`pem.py`), and findings are shown in a copy that contains only labels.
"""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Location
from acmrules.names import Name
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax import pem
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import ListedName, Malformed, read_name
from acmrules.x509 import Certificate, ImportedCertificate, SigningRequest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography import x509

    from acmrules.readers.options import Parameters
    from acmrules.request import Path
    from acmrules.syntax.pem import Block

    Loaded = x509.Certificate | x509.CertificateSigningRequest
    Requested = tuple[CertificateRequest, SigningRequest]
    Described = dict[Block, Certificate | Requested]

_REQUESTS = ("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")
_NOT_IMPORTED = "which ACM does not import: extract the certificates with"
_ADVICE = {
    "TRUSTED CERTIFICATE": "OpenSSL's own format: convert it with `openssl x509`",
    "PKCS7": f"{_NOT_IMPORTED} `openssl pkcs7 -print_certs`",
    "CMS": f"{_NOT_IMPORTED} `openssl cms`",
}

_BIT_STRING = "contains a name with a BIT STRING, where X.520 requires a character string"

_FOR_SERVERS = frozenset(("1.3.6.1.5.5.7.3.1", "2.5.29.37.0"))
"""The OIDs of `serverAuth` and of any usage."""

_CURVES = {"secp256r1": "prime256v1"}
"""The curve that ACM calls by another name."""

_SIGNATURES = {"1.2.840.113549.1.1.": "RSA", "1.2.840.10045.4.": "EC"}
"""The OID prefixes of the signature algorithms of RFC 8017 and RFC 5758, and their key types."""


_WEAK_HASHES = {
    "1.2.840.113549.1.1.2": "MD2",
    "1.2.840.113549.1.1.4": "MD5",
    "1.2.840.113549.1.1.5": "SHA-1",
    "1.2.840.10040.4.3": "SHA-1",
    "1.2.840.10045.4.1": "SHA-1",
}
"""The broken hash algorithms of the signature algorithms of RFC 3279, by OID."""


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the requests in a PEM text, and its certificates as one import; else `None`.

    The first of several certificates is the leaf, and the others are its chain. If all are CA
    certificates, they are a chain without a leaf, or, with two roots, a trust store, which is
    not imported. Raises `InputError`.
    """
    blocks = [*pem.blocks(source.text)]
    if not blocks:
        _reject_broken_label(source)
        return None
    supported = [block for block in blocks if "CERT" in block.label or block.label in _OTHER_LABELS]
    if not supported:
        return ()
    labels = Source(source.name, pem.masked(source.text, blocks))
    variants, certificates = [], {}
    for block, value in _described(source.text, labels, supported).items():
        if isinstance(value, Certificate):
            certificates[block] = value
        else:
            request, content = value
            request = request.__replace__(region=parameters.region)
            place: dict[Path, Location] = {(): _place(source, block)}
            variants.append((Tool.NAMES, Variant(request, (), place, signed=(content,))))
    if certificates and not _is_trust_store(certificates.values()):
        keys = [block for block in blocks if block.label.endswith(pem.PRIVATE_KEY)]
        variants.append((Tool.API, _import(source, certificates, keys)))
    return tuple(
        Declaration(labels, tool, "$" if len(variants) == 1 else f"$[{index}]", (variant,))
        for index, (tool, variant) in enumerate(variants)
    )


def certificates(text: str) -> tuple[Certificate, ...]:
    """Return the certificates in a PEM text, each with the index of its signer.

    Returns nothing if one of them is invalid, or if they need a package that is not installed.
    """
    found = [block for block in pem.blocks(text) if block.label in pem.CERTIFICATES]
    try:
        described = _described(text, Source("", ""), found)
    except InputError:
        return ()
    return tuple(each for each in described.values() if isinstance(each, Certificate))


_OTHER_LABELS = frozenset((*_ADVICE, pem.DER))


def _reject_broken_label(source: Source) -> None:
    """Raise `InputError` if a source has a broken label instead of a block, or is binary."""
    start = f"\n{source.text}".find(f"\n{pem.BEGIN}CERT")
    if start >= 0:
        position = source.position(start)
        raise InputError(source.name, "contains a broken certificate label", position)
    if "\0" in source.text:
        raise InputError(source.name, "is binary")


def _place(source: Source, block: Block) -> Location:
    return Location(source, block.start, block.opened)


def _is_trust_store(certificates: Iterable[Certificate]) -> bool:
    """Return whether all certificates are CA certificates, and several of them are roots."""
    roots = 0
    for certificate in certificates:
        if not certificate.is_authority:
            return False
        roots += certificate.is_self_issued
    return roots > 1


def _import(source: Source, certificates: dict[Block, Certificate], keys: list[Block]) -> Variant:
    """Return the import of certificates; the first is the leaf unless all are CA certificates."""
    first, *others = certificates
    leaf: Certificate | None = certificates[first]
    locations: dict[Path, Location] = {(): _place(source, first)}
    if all(certificate.is_authority for certificate in certificates.values()):
        leaf, others = None, [first, *others]
    else:
        locations["imported", "leaf"] = _place(source, first)
    for index, block in enumerate(others):
        locations["imported", "chain", index] = _place(source, block)
    label = None
    labels = {key: pem.key_label(source.text, key) for key in keys}
    for key in sorted(keys, key=lambda key: labels[key].startswith(pem.ENCRYPTED)):
        label, locations["imported", "key_label"] = labels[key], _place(source, key)
    imported = ImportedCertificate(
        leaf=leaf,
        chain=tuple(certificates[block] for block in others),
        encoding=pem.DER if first.label == pem.DER else "PEM",
        key_label=label,
    )
    signed = imported.certificates
    return Variant(None, (), locations, imported=imported, signed=signed)


def _described(text: str, labels: Source, blocks: list[Block]) -> Described:
    """Return the content of each block; certificates include the index of their signer."""
    try:
        from cryptography import x509
    except ImportError:
        raise InputError(
            labels.name, "contains certificates, which need cryptography: install acmrules[csr]"
        ) from None
    from warnings import catch_warnings, simplefilter

    broken = (
        ValueError,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    )
    described: Described = {}
    certificates: dict[Block, x509.Certificate] = {}
    with catch_warnings():
        simplefilter("ignore")  # About content that the library will reject in later versions.
        for block in blocks:
            try:
                loaded = _loaded(block.label, pem.content(text, block))
                if isinstance(loaded, x509.Certificate):
                    described[block] = _certificate(loaded, block.octets)
                    certificates[block] = loaded
                else:
                    described[block] = _request(loaded)
            except (TypeError, *broken) as error:
                position = None if block.label == pem.DER else labels.position(block.start)
                # The library raises `TypeError` for a name that it cannot represent.
                fault = _BIT_STRING if isinstance(error, TypeError) else _fault(block)
                raise InputError(labels.name, fault, position) from None
        for block, signer in zip(certificates, _signers([*certificates.values()]), strict=True):
            signed = described[block]
            if isinstance(signed, Certificate):
                described[block] = signed.__replace__(signer=signer)
    return described


def _fault(block: Block) -> str:
    """Return the reason why a block is invalid, without quoting its content."""
    label = quoted(block.label)
    if block.label == pem.DER:
        return "is DER, but neither a certificate nor a certificate signing request"
    if block.label in _ADVICE:
        return f"contains {label}, {_ADVICE[block.label]}"
    if block.label not in pem.CERTIFICATES + _REQUESTS:
        return f"contains {label}, which is not the label of a certificate or a signing request"
    if block.closed is None:
        return f"{label} has no end line"
    return f"the content of {label} does not match its label"


def _loaded(label: str, data: bytes) -> Loaded:
    """Return a certificate or a request; raise `ValueError` for anything else."""
    from cryptography import x509

    if label in pem.CERTIFICATES:
        return x509.load_der_x509_certificate(data)
    if label in _REQUESTS:
        return x509.load_der_x509_csr(data)
    if label != pem.DER:
        raise ValueError(label)
    try:
        return x509.load_der_x509_certificate(data)
    except ValueError:
        return x509.load_der_x509_csr(data)


def _request(csr: x509.CertificateSigningRequest) -> Requested:
    """Return the request for the names in a CSR, whose common name comes first if it is valid.

    Returns also the rest of its content.
    """
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    known = {
        ExtendedKeyUsageOID.CLIENT_AUTH: "clientAuth",
        ExtendedKeyUsageOID.SERVER_AUTH: "serverAuth",
    }
    names: list[str] = []
    unlisted = ""
    usages: tuple[str, ...] = ()
    for extension in csr.extensions:
        if isinstance(extension.value, x509.SubjectAlternativeName):
            names = [_text(name) for name in extension.value]
        elif isinstance(extension.value, x509.ExtendedKeyUsage):
            usages = tuple(known.get(usage, usage.dotted_string) for usage in extension.value)
    for attribute in csr.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[:1]:
        common = read_name(str(attribute.value))
        if not names or not isinstance(common, Malformed):
            others = [name for name in names if read_name(name) != common]
            unlisted = _unlisted(str(attribute.value), names) if names else ""
            names = [str(attribute.value), *others]
    request = CertificateRequest.of(
        names, key_algorithm=_key_algorithm(csr), extended_key_usages=usages
    )
    return request, SigningRequest(unlisted, _weak_hash(csr))


def _weak_hash(loaded: Loaded) -> str:
    return _WEAK_HASHES.get(loaded.signature_algorithm_oid.dotted_string, "")


def _text(name: x509.GeneralName) -> str:
    """Return any general name as a string, including types that ACM does not issue."""
    from cryptography import x509

    plain = (x509.DNSName, x509.IPAddress, x509.RFC822Name, x509.UniformResourceIdentifier)
    return str(name.value if isinstance(name, plain) else name)


def _key_algorithm(loaded: Loaded) -> str:
    """Return the algorithm of a public key in ACM's notation, even if ACM does not support it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

    try:
        key = loaded.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return "unknown"
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA_{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC_{_CURVES.get(key.curve.name, key.curve.name)}"
    if isinstance(key, dsa.DSAPublicKey):
        return f"DSA_{key.key_size}"
    return type(key).__name__.removesuffix("PublicKey")


def _certificate(loaded: x509.Certificate, octets: int) -> Certificate:
    from cryptography import x509
    from cryptography.x509.oid import AuthorityInformationAccessOID

    is_authority, is_for_servers, addresses, alternatives = False, True, [], None
    for extension in loaded.extensions:
        if isinstance(extension.value, x509.BasicConstraints):
            is_authority = extension.value.ca
        elif isinstance(extension.value, x509.SubjectAlternativeName):
            alternatives = extension.value.get_values_for_type(x509.DNSName)
        elif isinstance(extension.value, x509.ExtendedKeyUsage):
            is_for_servers = not _FOR_SERVERS.isdisjoint(
                usage.dotted_string for usage in extension.value
            )
        elif isinstance(extension.value, x509.AuthorityInformationAccess):
            addresses = [
                _text(access.access_location)
                for access in extension.value
                if access.access_method == AuthorityInformationAccessOID.OCSP
            ]
    signature = loaded.signature_algorithm_oid.dotted_string
    names, unlisted = _names(_common_name(loaded), alternatives)
    return Certificate(
        subject=loaded.subject.rfc4514_string(),
        issuer=loaded.issuer.rfc4514_string(),
        serial_number=loaded.serial_number,
        version=loaded.version.value + 1,
        key_algorithm=_key_algorithm(loaded),
        signed_with=next(
            (key for arc, key in _SIGNATURES.items() if signature.startswith(arc)), None
        ),
        first_day=loaded.not_valid_before_utc.date(),
        last_day=loaded.not_valid_after_utc.date(),
        octets=octets,
        is_authority=is_authority,
        ocsp_addresses=tuple(addresses),
        names=names,
        unlisted=unlisted if is_for_servers else "",
        weak_hash=_weak_hash(loaded),
    )


def _common_name(loaded: Loaded) -> str:
    """Return the first common name of the subject, empty if there is none."""
    from cryptography.x509.oid import NameOID

    found = loaded.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def _names(common: str, alternatives: list[str] | None) -> tuple[tuple[ListedName, ...], str]:
    """Return the names for which clients accept a certificate, and a common name outside of them.

    Clients ignore the common name (RFC 9525). Only without alternative names, it is used here, so
    that nothing is reported as uncovered because of an old certificate.
    """
    unlisted = _unlisted(common, alternatives or ())
    if alternatives is None:
        return (read_name(unlisted),) if unlisted else (), unlisted
    return tuple(map(read_name, alternatives)), unlisted


def _unlisted(common: str, alternatives: Iterable[str]) -> str:
    """Return a common name if it is a domain name that no alternative name covers."""
    from acmrules.coverage import covers

    own = read_name(common)
    names = (name for name in map(read_name, alternatives) if isinstance(name, Name))
    if not isinstance(own, Name) or any(name == own or covers(name, own) for name in names):
        return ""
    return common


def _signers(certificates: list[x509.Certificate]) -> list[int | None]:
    """Return the index of each certificate's signer, preferably of a later certificate."""
    by_subject: dict[x509.Name, list[int]] = {}
    for index, certificate in enumerate(certificates):
        by_subject.setdefault(certificate.subject, []).append(index)
    signers = []
    for index, certificate in enumerate(certificates):
        candidates = sorted(
            by_subject.get(certificate.issuer, ()), key=lambda other: other <= index
        )
        signed = (other for other in candidates if _signed(certificates[other], certificate))
        signers.append(next(signed, None))
    return signers


def _signed(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Return whether the key of an issuer signed a certificate that names it."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        certificate.verify_directly_issued_by(issuer)
    except InvalidSignature:
        return False
    except (TypeError, UnsupportedAlgorithm, ValueError):
        # The library does not support the key or the signature, but the names match.
        return True
    return True
