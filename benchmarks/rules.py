"""What does it cost to judge a request by all rules, in a process that is already running?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpora import certificate_names
from benchmarks.measuring import Row, available, inside, repeated, shown, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measuring import Environments

SIZES = (10, 100, 1_000)
BARS = {10: 300_000, 100: 3_000_000}
LINEAR = 1.3


def rows(environments: Environments) -> Iterator[Row]:
    """Yield the line of the table."""
    times = inside(environments.peers or environments.clean, "rules")
    ours = {size: times.median(f"acmrules {size}") for size in SIZES}
    theirs = [times.median(f"pkilint {size}") for size in BARS if f"pkilint {size}" in times]
    growth = times.ratio("acmrules 1000", "acmrules 100") / 10
    yield Row(
        "all rules on one request in process, 10 / 100 names",
        "300 us / 3 ms, linear to 1,000",
        f"{shown(ours[10])} / {shown(ours[100])}; 1,000 names {shown(ours[1_000])}",
        f"pkilint {' / '.join(map(shown, theirs)) or 'not installed'}",
        all(ours[size] <= bar for size, bar in BARS.items()) and growth <= LINEAR,
    )


def main() -> None:
    """Measure."""
    candidates: dict[str, Callable[[], object]] = {}
    for size in SIZES:
        candidates[f"acmrules {size}"] = _ours(size)
        if available("pkilint") and size in BARS:
            candidates[f"pkilint {size}"] = _pkilint(size)
    tell(repeated(candidates, items=10))


def _ours(size: int) -> Callable[[], object]:
    from acmrules import CertificateRequest, Quotas
    from acmrules.lint import check

    names = certificate_names(size)
    options = {"validation_method": "DNS", "key_algorithm": "EC_prime256v1"}
    request = CertificateRequest.of(names, **options)
    quotas = Quotas(names=min(size, 100))
    return lambda: [check(request, quotas=quotas) for _ in range(10)]


def _pkilint(size: int) -> Callable[[], object]:
    """Judge an issued certificate of as many names: pkilint knows no requests."""
    from pkilint import loader
    from pkilint.cabf import serverauth
    from pkilint.cabf.serverauth.serverauth_constants import CertificateType
    from pkilint.pkix.certificate import create_pkix_certificate_validator_container

    der = _certificate(certificate_names(size))
    validators = create_pkix_certificate_validator_container(
        serverauth.create_decoding_validators(),
        serverauth.create_validators(CertificateType.DV_FINAL_CERTIFICATE),
    )

    def judge() -> None:
        declaration = loader.load_certificate(der, "certificate")
        for _ in range(10):
            validators.validate(declaration.root)

    return judge


def _certificate(names: list[str]) -> bytes:
    """Issue a certificate as a public CA would."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    key = ec.derive_private_key(7, ec.SECP256R1())
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    issuer = [(NameOID.COUNTRY_NAME, "US"), (NameOID.COMMON_NAME, "Bench CA")]
    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(x509.Name([x509.NameAttribute(kind, text) for kind, text in issuer]))
        .public_key(key.public_key())
        .serial_number(0x1234_5678_9ABC_DEF0_1234)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=198))
        .add_extension(x509.SubjectAlternativeName(map(x509.DNSName, names)), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, SHA256())
        .public_bytes(Encoding.DER)
    )


if __name__ == "__main__":
    main()
