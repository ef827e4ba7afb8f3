"""Certificates as X.509 has them: a certificate, and one that is imported into ACM."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class Certificate(Value):
    """A certificate as its own text tells of it; it prints as its subject.

    `key_algorithm` is spelled as in the API, or in that manner (`RSA_1536`). `signed_with` is the
    family of the key that signed it, `RSA` or `EC`, where it is one of them.
    `signer` is the place of the certificate that holds this key, among those that it is imported
    with, the leaf being the first: its own if it is self-signed, `None` if it is not among them.
    `octets` are those of its PEM text. It is valid on both its first and its last day.
    `is_authority` is what it says of itself.
    """

    subject: str
    issuer: str
    serial_number: int
    version: int
    key_algorithm: str
    signed_with: str | None
    first_day: date
    last_day: date
    octets: int
    is_authority: bool = False
    signer: int | None = None
    ocsp_addresses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.subject

    @property
    def is_self_issued(self) -> bool:
        """Whether it names itself as its issuer, as the certificate of a root does."""
        return self.subject == self.issuer


class ImportedCertificate(Value):
    """A certificate that is brought along instead of asked for, as far as a file tells of it.

    Without a `leaf` it is a chain alone, or nothing is known of it. Of its private key the label
    of the PEM text is all that is ever read.
    """

    create_before_destroy: bool | None = None
    leaf: Certificate | None = None
    chain: tuple[Certificate, ...] = ()
    encoding: str = "PEM"
    key_label: str | None = None

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """The leaf, where there is one, and the chain."""
        return self.chain if self.leaf is None else (self.leaf, *self.chain)
