"""Certificate requests, certificates, and their consumers; unknown values are values too."""

from __future__ import annotations

from enum import Enum

from acmrules.errors import InvalidName
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any, TypeVar

    E = TypeVar("E", bound=Enum)
    Path = tuple[str | int, ...]
    """The position of a value in a document: `("names", 3)`, `("consumers", 0, "hosts", 1)`."""


class ValidationMethod(Enum):
    """How ACM validates control of a domain (fact 1.28)."""

    EMAIL = "EMAIL"
    DNS = "DNS"
    HTTP = "HTTP"


class KeyAlgorithm(Enum):
    """The key algorithms of the ACM API, in its spelling (fact 1.33)."""

    RSA_1024 = "RSA_1024"
    RSA_2048 = "RSA_2048"
    RSA_3072 = "RSA_3072"
    RSA_4096 = "RSA_4096"
    EC_PRIME256V1 = "EC_prime256v1"
    EC_SECP384R1 = "EC_secp384r1"
    EC_SECP521R1 = "EC_secp521r1"


class Tool(Enum):
    """The tool that sends the request, which determines the effect of edits (facts, section D)."""

    API = "api"
    CLOUDFORMATION = "cloudformation"
    TERRAFORM = "terraform"
    KUBERNETES = "kubernetes"
    NAMES = "names"


class Malformed(Value):
    """A known string that is not a valid value of its field."""

    text: str

    def __str__(self) -> str:
        return self.text


class Unknown(Value):
    """A value that a file does not determine: a parameter, a variable, an import.

    `label` is the expression in the language of the file, such as `${Name}` or `var.name`. In one
    file, equal labels mean equal values.
    """

    label: str

    def __str__(self) -> str:
        return self.label


class Unresolved(Value):
    """A partly known string: literal fragments and unknown values, in order.

    Two strings with equal parts are equal, whatever the unknown values are.
    """

    parts: tuple[str | Unknown, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def head(self) -> str:
        """The literal text before the first unknown value."""
        first = self.parts[0]
        return first if isinstance(first, str) else ""

    @property
    def tail(self) -> str:
        """The literal text after the last unknown value."""
        last = self.parts[-1]
        return last if isinstance(last, str) else ""

    @property
    def least_octets(self) -> int:
        """The minimum length in characters, which assumes that all unknown values are empty."""
        return sum(len(part) for part in self.parts if isinstance(part, str))

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """The unknown values, in order."""
        return tuple(part for part in self.parts if isinstance(part, Unknown))

    def lower(self) -> Unresolved:
        """Return the string with its literal fragments in lowercase."""
        return Unresolved(tuple(p.lower() if isinstance(p, str) else p for p in self.parts))


class UnresolvedNames(Value):
    """Any number of names, possibly none, that a file does not determine."""

    unknown: Unknown

    def __str__(self) -> str:
        return str(self.unknown)


ListedName = DomainName | WildcardDomainName | Malformed | Unresolved | UnresolvedNames
"""An item of a request's list of names."""

Text = str | Unresolved
"""A string that may be partly known."""


class ValidationOption(Value):
    """An entry of `DomainValidationOptions`; absent members are `None`.

    Names may be valid, malformed, or unknown.
    """

    domain_name: ListedName | None
    validation_domain: ListedName | None = None
    hosted_zone_id: Text | None = None


class Tag(Value):
    """A tag in its original spelling."""

    key: Text
    value: Text


class CertificateRequest(Value):
    """A request to ACM; a field that is not set in the file is `None` or empty.

    `names` starts with the primary name, in the order of the file, with duplicates. `spellings`
    contains the original spelling of each name. A method or algorithm that the API does not define
    is `Malformed`; a value that the file does not determine is `Unresolved`. `import_fields` are
    the fields that import a certificate. `create_before_destroy` is the Terraform setting, and
    `None` for other tools. `extended_key_usages` are those of a certificate signing request, such
    as `clientAuth`.
    """

    names: tuple[ListedName, ...]
    spellings: tuple[str, ...] = ()
    validation_method: ValidationMethod | Malformed | Unresolved | None = None
    validation_options: tuple[ValidationOption | Unresolved, ...] = ()
    key_algorithm: KeyAlgorithm | Malformed | Unresolved | None = None
    certificate_authority_arn: Text | None = None
    export: Text | None = None
    transparency_logging: Text | None = None
    tags: tuple[Tag | Unresolved, ...] = ()
    idempotency_token: Text | None = None
    managed_by: Text | None = None
    region: Text | None = None
    import_fields: tuple[str, ...] = ()
    create_before_destroy: bool | None = None
    extended_key_usages: tuple[str, ...] = ()

    @classmethod
    def of(cls, *names: str | Name, **fields: Any) -> CertificateRequest:  # noqa: ANN401  (strings or values of any field)
        """Return a request from strings; the names, the method, and the algorithm are parsed.

        A string that is not a name becomes `Malformed`, so that the rules can report the fault.
        """
        if isinstance(method := fields.get("validation_method"), str):
            fields["validation_method"] = read_member(ValidationMethod, method)
        if isinstance(algorithm := fields.get("key_algorithm"), str):
            fields["key_algorithm"] = read_member(KeyAlgorithm, algorithm)
        return cls(
            names=tuple(read_name(name) if isinstance(name, str) else name for name in names),
            spellings=tuple(map(str, names)),
            **fields,
        )

    @property
    def is_private(self) -> bool:
        """Whether a private CA issues the certificate; rules for public CAs do not apply then."""
        return self.certificate_authority_arn is not None

    def known_names(self) -> Iterator[tuple[Path, Name]]:
        """Yield the position and the value of each valid name."""
        for index, name in enumerate(self.names):
            if isinstance(name, DomainName | WildcardDomainName):
                yield ("names", index), name


def read_name(text: str) -> Name | Malformed:
    """Parse a name; return `Malformed` instead of raising an error."""
    try:
        return parse_name(text)
    except InvalidName:
        return Malformed(text)


def read_member(kind: type[E], text: str) -> E | Malformed:
    """Return the member of an enumeration with this exact value, or `Malformed`."""
    return kind._value2member_map_.get(text) or Malformed(text)  # type: ignore[return-value]


class Consumer(Value):
    """A resource that serves TLS with a certificate.

    `service` is a key of `acmrules.services.SERVICES`. `certificate` is the address of a request
    in the same file, an ARN, or unknown. `hosts` are the known names that the resource serves, and
    `hosts_known` is true if they are all of them. `traits` are ids of service conditions that
    apply to the resource, such as `mutual-tls`. `endpoints` identify the resource as the target of
    records: addresses in the same file, DNS names, imports. `recorded` are the names of the
    records that point to it.
    """

    service: str
    address: str
    certificate: CertificateReference | Text | None = None
    hosts: tuple[ListedName, ...] = ()
    hosts_known: bool = False
    region: Text | None = None
    traits: frozenset[str] = frozenset()
    endpoints: tuple[str, ...] = ()
    recorded: tuple[ListedName, ...] = ()


class CertificateReference(Value):
    """A reference to a certificate request in the same file, by its address."""

    address: str

    def __str__(self) -> str:
        return self.address


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


class Zone(Value):
    """A hosted zone that the files declare; `zone_id` is its id or a reference to it."""

    name: ListedName
    zone_id: Text
    address: str
    private: bool = False


class CaaRecordSet(Value):
    """The CAA records of a name in the files, as strings of the form `flags tag "value"`."""

    name: ListedName
    records: tuple[Text, ...]
    address: str


class Record(Value):
    """A record that points from a name to the resource that serves it: an alias or a CNAME.

    `endpoint` is the endpoint that `target` refers to, in the spelling of `Consumer.endpoints`, or
    empty if it is unknown.
    """

    name: ListedName
    target: Text
    address: str
    endpoint: str = ""
