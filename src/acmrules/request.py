"""A certificate request and what consumes the certificate, with unknown values kept as values."""

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
    """Where a value stands inside a document: `("names", 3)`, `("consumers", 0, "hosts", 1)`."""


class ValidationMethod(Enum):
    """How the owner of a name is asked (fact 1.28)."""

    EMAIL = "EMAIL"
    DNS = "DNS"
    HTTP = "HTTP"


class KeyAlgorithm(Enum):
    """The key algorithms of the ACM API, spelled as there (fact 1.33)."""

    RSA_1024 = "RSA_1024"
    RSA_2048 = "RSA_2048"
    RSA_3072 = "RSA_3072"
    RSA_4096 = "RSA_4096"
    EC_PRIME256V1 = "EC_prime256v1"
    EC_SECP384R1 = "EC_secp384r1"
    EC_SECP521R1 = "EC_secp521r1"


class Tool(Enum):
    """By what a request reaches ACM; what an edit costs depends on it (facts, section D)."""

    API = "api"
    CLOUDFORMATION = "cloudformation"
    TERRAFORM = "terraform"
    KUBERNETES = "kubernetes"
    NAMES = "names"


class Malformed(Value):
    """A text that is known, and no value of its field."""

    text: str

    def __str__(self) -> str:
        return self.text


class Unknown(Value):
    """One thing that a file leaves open: a parameter, a variable, an import.

    `label` is the expression as the file's language writes it, `${Name}` or `var.name`; equal
    labels in one file mean equal values.
    """

    label: str

    def __str__(self) -> str:
        return self.label


class Unresolved(Value):
    """A text that is known in part: literal fragments and unknown things, in order.

    Equal fragments and unknowns mean equal texts, whatever the unknown things hold.
    """

    parts: tuple[str | Unknown, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def head(self) -> str:
        """The literal text before the first unknown thing."""
        first = self.parts[0]
        return first if isinstance(first, str) else ""

    @property
    def tail(self) -> str:
        """The literal text after the last unknown thing."""
        last = self.parts[-1]
        return last if isinstance(last, str) else ""

    @property
    def least_octets(self) -> int:
        """Octets the text has at the least, if the unknown things are all empty."""
        return sum(len(part) for part in self.parts if isinstance(part, str))

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What would have to be known."""
        return tuple(part for part in self.parts if isinstance(part, Unknown))

    def lower(self) -> Unresolved:
        """Fold the case of the literal fragments."""
        return Unresolved(tuple(p.lower() if isinstance(p, str) else p for p in self.parts))


class UnresolvedNames(Value):
    """Any number of names, none among them, that a file leaves open."""

    unknown: Unknown

    def __str__(self) -> str:
        return str(self.unknown)


ListedName = DomainName | WildcardDomainName | Malformed | Unresolved | UnresolvedNames
"""What stands at one place of a request's list of names."""

Text = str | Unresolved
"""A text that may be known in part."""


class ValidationOption(Value):
    """One `DomainValidationOptions` entry; absent members are `None`.

    Names are kept as `ListedName`: valid, malformed, or unknown.
    """

    domain_name: ListedName | None
    validation_domain: ListedName | None = None
    hosted_zone_id: Text | None = None


class Tag(Value):
    """A tag as written."""

    key: Text
    value: Text


class CertificateRequest(Value):
    """What is asked of ACM; a field that the file leaves out is `None` or empty.

    `names` begins with the domain name, in the order of the file, repeats kept. `spellings` has
    the text of each name as written. A method or an algorithm that is none of the API's values is
    `Malformed`; what a file leaves open is `Unresolved`. `import_fields` are those that import a
    certificate; `create_before_destroy` is Terraform's, `None` for tools that have no such thing;
    `extended_key_usages` are those that a certificate signing request names, such as `clientAuth`.
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
    def of(cls, *names: str | Name, **fields: Any) -> CertificateRequest:  # noqa: ANN401  (texts or values of any field)
        """Make a request from texts: every name, the method and the algorithm are read here.

        A text that is no name becomes `Malformed`, so that the rules can say what is wrong.
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
        """Whether a private CA is asked, which takes the public CA's rules away."""
        return self.certificate_authority_arn is not None

    def known_names(self) -> Iterator[tuple[Path, Name]]:
        """Yield the place and the value of each name that could be read."""
        for index, name in enumerate(self.names):
            if isinstance(name, DomainName | WildcardDomainName):
                yield ("names", index), name


def read_name(text: str) -> Name | Malformed:
    """Read a name without raising: what is none is kept as it is."""
    try:
        return parse_name(text)
    except InvalidName:
        return Malformed(text)


def read_member(kind: type[E], text: str) -> E | Malformed:
    """Read a member of an enumeration by its exact spelling, without raising."""
    return kind._value2member_map_.get(text) or Malformed(text)  # type: ignore[return-value]


class Consumer(Value):
    """A resource that serves TLS with a certificate.

    `service` is a key of `acmrules.services.SERVICES`. `certificate` is the address of a request
    in the same file, an ARN, or unknown. `hosts` are the names it is known to serve and
    `hosts_known` says whether these are all. `traits` name conditions of the service that this
    resource meets, such as `mutual-tls`. `endpoints` are what records lead to it by: addresses in
    the same file, names of DNS, imports; `recorded` are the names of those that do.
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
    """A reference to a certificate that the same file requests, by its address there."""

    address: str

    def __str__(self) -> str:
        return self.address


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


class Zone(Value):
    """A hosted zone that the files declare; `zone_id` is its id or the reference to it."""

    name: ListedName
    zone_id: Text
    address: str
    private: bool = False


class CaaRecordSet(Value):
    """The CAA records that the files give one name, as `flags tag "value"` texts."""

    name: ListedName
    records: tuple[Text, ...]
    address: str


class Record(Value):
    """A record that leads from a name to what serves it: an alias record, or a CNAME.

    `endpoint` is what `target` stands for, as consumers have it among theirs; empty if that is not
    known.
    """

    name: ListedName
    target: Text
    address: str
    endpoint: str = ""
