"""Certificates as X.509 has them: a certificate, and one that is imported into ACM."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class Certificate(Value):
    """The contents of an X.509 certificate; it prints as its subject.

    `key_algorithm` has the spelling of the API, or follows its pattern (`RSA_1536`). `signed_with`
    is the family of the signing key, `RSA` or `EC`, or `None` for other families. `signer` is the
    index of the certificate with the signing key in the imported chain, where 0 is the leaf. It is
    the certificate's own index if it is self-signed, and `None` if the signer is not in the chain.
    `octets` is the length of the PEM text in bytes. The certificate is valid from `first_day` to
    `last_day`, both included. `is_authority` is its own claim to be a CA.
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
        """Whether subject and issuer are the same, as for the certificate of a root CA."""
        return self.subject == self.issuer


class ImportedCertificate(Value):
    """An imported certificate, with what the file contains of it.

    Without a `leaf`, the file contains only a chain, or nothing about the certificate. acmrules
    reads only the PEM label of the private key.
    """

    create_before_destroy: bool | None = None
    leaf: Certificate | None = None
    chain: tuple[Certificate, ...] = ()
    encoding: str = "PEM"
    key_label: str | None = None

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """The leaf, if it is known, and the chain."""
        return self.chain if self.leaf is None else (self.leaf, *self.chain)
