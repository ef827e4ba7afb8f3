"""Certificates as X.509 has them: a certificate, and one that is imported into ACM."""

from __future__ import annotations

from datetime import date

from acmrules.unresolved import ListedName, Text
from acmrules.values import Value


class Certificate(Value):
    """The contents of an X.509 certificate; it prints as its subject.

    `key_algorithm` has the spelling of the API, or follows its pattern (`RSA_1536`). `signed_with`
    is the family of the signing key, `RSA` or `EC`, or `None` for other families. `signer` is the
    index of the certificate with the signing key in the imported chain, where 0 is the leaf. It is
    the certificate's own index if it is self-signed, and `None` if the signer is not in the chain.
    `octets` is the length of the PEM text in bytes. The certificate is valid from `first_day` to
    `last_day`, both included. `is_authority` is its own claim to be a CA. `names` are its
    alternative names that are domain names, or without alternative names the common name.
    `unlisted` is a domain name in the common name that is not among the alternative names.
    `weak_hash` is the hash algorithm of the signature if it is broken, such as `SHA-1`.
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
    names: tuple[ListedName, ...] = ()
    unlisted: str = ""
    weak_hash: str = ""

    def __str__(self) -> str:
        return self.subject

    @property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same, as for the certificate of a root CA."""
        return self.subject == self.issuer


class SigningRequest(Value):
    """The contents of a signing request apart from its names.

    `unlisted` is a domain name in the common name that is not among the alternative names.
    `weak_hash` is the hash algorithm of the signature if it is broken, such as `SHA-1`.
    """

    unlisted: str = ""
    weak_hash: str = ""


class ImportedCertificate(Value):
    """An imported certificate, with what the file contains of it.

    Without a `leaf`, the file contains only a chain, or nothing about the certificate. acmrules
    reads only the PEM label of the private key. `is_chain_known` is false if there is a chain, but
    it is unknown.

    If the parts are separate strings, `body` and `key` are the PEM labels in the certificate and in
    the private key, `None` if they are unknown. `unknown` is what is unknown about the certificate.
    `files` are the files with its parts. It `exists` if it was imported before. `region` is the
    Region into which it is imported, `None` if it is unknown.
    """

    create_before_destroy: bool | None = None
    leaf: Certificate | None = None
    chain: tuple[Certificate, ...] = ()
    encoding: str = "PEM"
    key_label: str | None = None
    is_chain_known: bool = True
    body: tuple[str, ...] | None = None
    key: tuple[str, ...] | None = None
    unknown: str = ""
    files: tuple[str, ...] = ()
    exists: bool = False
    region: Text | None = None

    @property
    def names(self) -> tuple[ListedName, ...]:
        """The names of the certificate, empty if it is unknown."""
        return self.leaf.names if self.leaf else ()

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """The leaf, if it is known, and the chain."""
        return self.chain if self.leaf is None else (self.leaf, *self.chain)
