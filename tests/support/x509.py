"""Keys, signing requests and certificates, generated for each run of the tests."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from acmrules.readers import registry
from acmrules.syntax.source import Source

PEM = serialization.Encoding.PEM
DER = serialization.Encoding.DER

_MAKERS = {
    "RSA_1024": lambda: rsa.generate_private_key(65537, 1024),
    "RSA_1536": lambda: rsa.generate_private_key(65537, 1536),
    "EC_prime256v1": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EC_secp384r1": lambda: ec.generate_private_key(ec.SECP384R1()),
    "EC_secp521r1": lambda: ec.generate_private_key(ec.SECP521R1()),
    "EC_secp256k1": lambda: ec.generate_private_key(ec.SECP256K1()),
    "DSA_1024": lambda: dsa.generate_private_key(1024),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
}
ALGORITHMS = tuple(_MAKERS)


@cache
def key(algorithm="EC_prime256v1", owner=""):
    """Return the private key of an owner, the same one every time."""
    del owner
    return _MAKERS[algorithm]()


def key_text(algorithm="EC_prime256v1", password=None):
    """Return a private key in PEM."""
    encryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return key(algorithm).private_bytes(PEM, serialization.PrivateFormat.PKCS8, encryption).decode()


def _digest(algorithm):
    return None if algorithm == "Ed25519" else hashes.SHA256()


def subject(common):
    """Return a subject with only a common name, or an empty one."""
    return x509.Name([] if common is None else [x509.NameAttribute(NameOID.COMMON_NAME, common)])


def alternatives(names):
    """Return names for an extension; other values than strings are kept."""
    return x509.SubjectAlternativeName(
        [x509.DNSName(name) if isinstance(name, str) else name for name in names]
    )


def csr(*names, common=None, usages=(), algorithm="EC_prime256v1"):
    """Return a signing request for names."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject(common))
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    if names:
        builder = builder.add_extension(alternatives(names), critical=False)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    return builder.sign(key(algorithm), _digest(algorithm))


def certificate(
    common="www.brightharbor.io",
    issuer="Harbor CA",
    *,
    authority=False,
    algorithm="EC_prime256v1",
    signing="EC_prime256v1",
    first=datetime(2026, 10, 1),  # noqa: DTZ001  (the library wants UTC without saying so)
    last=datetime(2027, 3, 1),  # noqa: DTZ001
    serial=1,
    ocsp=(),
    names=None,
    usages=(),
):
    """Return a certificate; the same name and algorithm mean the same key.

    Without `names`, a domain name as the common name is the only alternative name.
    """
    if names is None:
        names = [common] if common and "." in common and not authority else []
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject(common))
        .issuer_name(subject(issuer))
        .public_key(key(algorithm, common).public_key())
        .serial_number(serial)
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.OCSPNoCheck(), critical=False)
    )
    if names:
        builder = builder.add_extension(alternatives(names), critical=False)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if ocsp:
        where = AuthorityInformationAccessOID
        builder = builder.add_extension(
            x509.AuthorityInformationAccess(
                [
                    x509.AccessDescription(kind, x509.UniformResourceIdentifier(address))
                    for kind, address in [
                        (where.CA_ISSUERS, "http://x.io"),
                        *((where.OCSP, a) for a in ocsp),
                    ]
                ]
            ),
            critical=False,
        )
    return builder.sign(key(signing, issuer), _digest(signing))


def chain(length=3):
    """Return a leaf, and the certificates behind it up to the root."""
    middle = [f"Harbor CA {number}" for number in range(1, length - 1)]
    names = ["www.brightharbor.io", *middle, "Harbor Root"]
    return [
        certificate(name, issuer, authority=place > 0, serial=place + 1)
        for place, (name, issuer) in enumerate(zip(names, [*names[1:], names[-1]], strict=True))
    ]


def text(*made):
    """Return keys, requests or certificates in PEM, one after another."""
    return "".join(each.public_bytes(PEM).decode() for each in made)


def read(data, name="site.pem"):
    """Return the declarations of a file of text or bytes."""
    if isinstance(data, bytes):
        data = registry.as_text(name, data).decode()
    return registry.read(Source(name, data))


def imported(data, name="site.pem"):
    """Return the only import of a file."""
    (declaration,) = read(data, name)
    return declaration.variants[0].imported
