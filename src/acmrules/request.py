"""A certificate request and what consumes the certificate, with unknown values kept as values."""

from __future__ import annotations

from enum import Enum

from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.unresolved import read_member, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from acmrules.unresolved import ListedName, Malformed, Text, Unresolved

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
