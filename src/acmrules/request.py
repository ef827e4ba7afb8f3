"""Certificate requests, certificates, and their consumers; unknown values are values too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from acmrules.errors import require, require_list, require_string
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.unresolved import ListedName, Malformed, Text, Unresolved, read_member, read_name
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
    from typing import TypeVar

    E = TypeVar("E", bound=Enum)

    Path = tuple[str | int, ...]
    """The position of a value in a document: `("names", 3)`, `("consumers", 0, "hosts", 1)`."""


class ValidationMethod(StrEnum):
    """How ACM validates control of a domain (fact 1.28)."""

    EMAIL = "EMAIL"
    DNS = "DNS"
    HTTP = "HTTP"


class KeyAlgorithm(StrEnum):
    """The key algorithms of the ACM API, in its spelling (fact 1.33)."""

    RSA_1024 = "RSA_1024"
    RSA_2048 = "RSA_2048"
    RSA_3072 = "RSA_3072"
    RSA_4096 = "RSA_4096"
    EC_PRIME256V1 = "EC_prime256v1"
    EC_SECP384R1 = "EC_secp384r1"
    EC_SECP521R1 = "EC_secp521r1"


class RootHierarchyType(StrEnum):
    """The root hierarchies of Amazon N2 certificates (fact N2.1)."""

    N2_AMAZON_MANAGED = "N2_AMAZON_MANAGED"
    N2_SFG2_AMAZON_MANAGED = "N2_SFG2_AMAZON_MANAGED"


class CertificateUsage(StrEnum):
    """What an Amazon N2 certificate authenticates (fact N2.2)."""

    CLIENT_AND_SERVER_AUTH = "CLIENT_AND_SERVER_AUTH"
    CLIENT_AUTH_ONLY = "CLIENT_AUTH_ONLY"


class CertificateOrigin(StrEnum):
    """Where a certificate comes from: requested in ACM, imported, or issued by an API.

    `PRIVATE_CA` is the API of a private CA without ACM, and `ACME` an ACME endpoint.
    """

    REQUESTED = "requested"
    IMPORTED = "imported"
    PRIVATE_CA = "private-ca"
    ACME = "acme"


class Tool(StrEnum):
    """The tool that sends the request, which determines the effect of edits (facts, section D).

    `ACCOUNT` is that of existing certificates, as responses of AWS show them: no edit changes them.
    """

    API = "api"
    CLOUDFORMATION = "cloudformation"
    TERRAFORM = "terraform"
    KUBERNETES = "kubernetes"
    NAMES = "names"
    SERVERLESS = "serverless"
    PULUMI = "pulumi"
    CROSSPLANE = "crossplane"
    ACCOUNT = "account"


WITH_TERRAFORM_PROVIDER = frozenset({Tool.TERRAFORM, Tool.PULUMI, Tool.CROSSPLANE})
"""The tools that use the AWS provider of Terraform: the others are built on it."""


class ValidationOption(Value):
    """An entry of `DomainValidationOptions`; absent members are `None`.

    Names may be valid, malformed, or unknown.
    """

    domain_name: ListedName | None
    validation_domain: ListedName | None = None
    hosted_zone_id: Text | None = None


class Tag(Value):
    """A tag in its original spelling; `value` is `None` for a tag without a value (fact 1.43)."""

    key: Text
    value: Text | None = None


class UnknownMember(Value):
    """A member that requests do not have in their tool.

    `holder` is the structure that contains it, empty for the request itself. `siblings` are all
    members of that structure.
    """

    name: str
    holder: str = ""
    siblings: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


class CertificateRequest(Value):
    """A request to ACM; a field that is not set in the file is `None` or empty.

    `names` starts with the primary name, in the order of the file, with duplicates. `spellings`
    contains the original spelling of each name. A value of an enumeration that the API does not
    define is `Malformed`; one that the file does not determine is `Unresolved`. `import_fields` are
    the fields that import a certificate. `create_before_destroy` is the Terraform setting, and
    `None` for other tools. `extended_key_usages` are those of a certificate signing request, such
    as `clientAuth`. `unknown_members` are members that requests of the tool do not have; one that
    is unknown itself means that there may be others. `export` is `ENABLED` or
    `DISABLED` (fact 1.40). `region` is the Region of the client or of the stack, which is not a
    member of the API.
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
    root_hierarchy: RootHierarchyType | Malformed | Unresolved | None = None
    certificate_usage: CertificateUsage | Malformed | Unresolved | None = None
    unknown_members: tuple[UnknownMember | Unresolved, ...] = ()

    @classmethod
    def of(
        cls,
        names: Iterable[str | ListedName],
        *,
        validation_method: str | ValidationMethod | Malformed | Unresolved | None = None,
        validation_options: Iterable[ValidationOption | Unresolved] = (),
        key_algorithm: str | KeyAlgorithm | Malformed | Unresolved | None = None,
        certificate_authority_arn: Text | None = None,
        export: Text | None = None,
        transparency_logging: Text | None = None,
        tags: Iterable[Tag | Unresolved] = (),
        idempotency_token: Text | None = None,
        managed_by: Text | None = None,
        region: Text | None = None,
        import_fields: Iterable[str] = (),
        create_before_destroy: bool | None = None,
        extended_key_usages: Iterable[str] = (),
        root_hierarchy: str | RootHierarchyType | Malformed | Unresolved | None = None,
        certificate_usage: str | CertificateUsage | Malformed | Unresolved | None = None,
        unknown_members: Iterable[UnknownMember | Unresolved] = (),
    ) -> CertificateRequest:
        """Return a request from strings; names and values of enumerations are parsed.

        A string that is not a name becomes `Malformed`, so that the rules can report the fault. So
        does a string that is not a value of an enumeration. Raises `TypeError` if `names` is a
        single string.
        """
        require_list(names, "names")
        listed = tuple(names)
        for parameter, values in (
            ("validation_options", validation_options),
            ("tags", tags),
            ("import_fields", import_fields),
            ("extended_key_usages", extended_key_usages),
            ("unknown_members", unknown_members),
        ):
            if type(values) is not tuple:
                require_list(values, parameter, "values")
        options, labels = tuple(validation_options), tuple(tags)
        for option in options:
            require(
                option,
                ValidationOption | Unresolved,
                "each of `validation_options`",
                "a `ValidationOption`",
            )
        for tag in labels:
            require(tag, Tag | Unresolved, "each of `tags`", "a `Tag`")
        for parameter, text in (
            ("certificate_authority_arn", certificate_authority_arn),
            ("export", export),
            ("transparency_logging", transparency_logging),
            ("idempotency_token", idempotency_token),
            ("managed_by", managed_by),
            ("region", region),
        ):
            if text is not None and not isinstance(text, Unresolved):
                require_string(text, parameter)
        return cls(
            tuple([name if isinstance(name, ListedName) else read_name(name) for name in listed]),
            tuple(map(str, listed)),
            _member(ValidationMethod, validation_method, "validation_method"),
            options,
            _member(KeyAlgorithm, key_algorithm, "key_algorithm"),
            certificate_authority_arn,
            export,
            transparency_logging,
            labels,
            idempotency_token,
            managed_by,
            region,
            tuple(import_fields),
            create_before_destroy,
            tuple(extended_key_usages),
            _member(RootHierarchyType, root_hierarchy, "root_hierarchy"),
            _member(CertificateUsage, certificate_usage, "certificate_usage"),
            tuple(unknown_members),
        )

    @classmethod
    def from_api(
        cls, params: Mapping[str, object], *, region: str | None = None
    ) -> CertificateRequest:
        """Return the request of the parameters of `RequestCertificate`, as boto3 accepts them.

        The Region is that of the client, so it is not among the parameters. Strings are what ACM
        would receive: one that is not a name becomes `Malformed`. Raises `InvalidArgument` for an
        unknown member, and for a value of the wrong type.

        >>> CertificateRequest.from_api({"DomainName": "example.com"}).names
        (DomainName('example.com'),)
        """
        found: CertificateRequest = later("api_parameters", "from_api")(params, region)
        return found

    def to_api(self) -> dict[str, object]:
        """Return the parameters of `RequestCertificate`, without the Region and what is not set.

        Raises `NotExpressible` if the request has an unknown value, or one that the API has not.

        >>> CertificateRequest.of(["example.com"], validation_method="DNS").to_api()
        {'DomainName': 'example.com', 'ValidationMethod': 'DNS'}
        """
        found: dict[str, object] = later("api_parameters", "to_api")(self)
        return found

    @classmethod
    def from_description(cls, data: Mapping[str, object]) -> CertificateRequest:
        """Return the request for a certificate as `DescribeCertificate` describes it.

        `data` is the response, or its member `Certificate`, as boto3 or the AWS CLI return it. The
        Region is that of the ARN. Descriptions contain no tags. An imported certificate has
        `import_fields`, because no request obtains it. Raises `InvalidArgument` if there is no
        domain name, or if a value has the wrong type.
        """
        found: CertificateRequest = later("api_parameters", "from_description")(data)
        return found

    @property
    def is_private(self) -> bool:
        """Whether a private CA issues the certificate; rules for public CAs do not apply then."""
        return self.certificate_authority_arn is not None

    def known_names(self) -> Iterator[tuple[tuple[str | int, ...], Name]]:
        """Yield the position and the value of each valid name."""
        for index, name in enumerate(self.names):
            if isinstance(name, DomainName | WildcardDomainName):
                yield ("names", index), name


def _member(
    kind: type[E], value: str | E | Malformed | Unresolved | None, parameter: str
) -> E | Malformed | Unresolved | None:
    if value is None or isinstance(value, kind | Malformed | Unresolved):
        return value
    require_string(value, parameter)
    return read_member(kind, str(value))
