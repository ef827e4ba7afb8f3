"""The responses of AWS in a file, recognized by their members or by their operation."""

from __future__ import annotations

from acmrules.syntax.tree import mapping
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from acmrules.syntax.tree import Data, Pointer

CERTIFICATE = "Certificate"
"""The object of one certificate, as descriptions and lists contain it."""

DESCRIPTION = "DescribeCertificate"
CERTIFICATES = "ListCertificates"
FOUND_CERTIFICATES = "SearchCertificates"
VALIDATIONS = "ListCertificateDomainValidations"
CONFIGURATION = "GetAccountConfiguration"
ZONES = "ListHostedZones"
ZONES_BY_NAME = "ListHostedZonesByName"
ZONE = "GetHostedZone"
RECORDS = "ListResourceRecordSets"
IDENTITY = "GetCallerIdentity"
REGIONS = "DescribeRegions"
QUOTAS = "ListServiceQuotas"
DEFAULT_QUOTAS = "ListAWSDefaultServiceQuotas"
QUOTA = "GetServiceQuota"
EVENT = "Event"
"""An event of EventBridge, which is no response of an operation."""

HEALTH_EVENTS = "DescribeEvents"
HEALTH_DETAILS = "DescribeEventDetails"
HEALTH_ENTITIES = "DescribeAffectedEntities"

LISTS = {CERTIFICATES: "CertificateSummaryList", FOUND_CERTIFICATES: "Results"}
"""The operations that list certificates, and the members with the lists."""

_OF_CERTIFICATES = frozenset(
    (
        *("CertificateMetadata", "CreatedAt", "DomainValidationOptions", "InUse", "InUseBy"),
        *("IssuedAt", "KeyAlgorithm", "NotAfter", "RenewalEligibility", "Status", "Type"),
        "X509Attributes",
    )
)
"""Members of certificates in responses, which no other object with a `CertificateArn` has."""

_BY_MEMBERS = (
    (CERTIFICATES, ("CertificateSummaryList",)),
    (VALIDATIONS, ("DomainValidationSummaryList",)),
    (CONFIGURATION, ("ExpiryEvents",)),
    (ZONES, ("HostedZones",)),
    (ZONE, ("HostedZone",)),
    (RECORDS, ("ResourceRecordSets",)),
    (IDENTITY, ("UserId", "Account", "Arn")),
    (QUOTAS, ("Quotas",)),
    (QUOTA, ("Quota",)),
    (EVENT, ("source", "detail-type", "detail")),
    (HEALTH_DETAILS, ("successfulSet",)),
    (HEALTH_EVENTS, ("events",)),
    (HEALTH_ENTITIES, ("entities",)),
)
"""The operations, and the members that their responses always have."""

_BY_ENTRIES = {
    FOUND_CERTIFICATES: ("Results", "CertificateArn"),
    QUOTAS: ("Quotas", "QuotaCode"),
    QUOTA: ("Quota", "QuotaCode"),
    HEALTH_EVENTS: ("events", "eventTypeCode"),
    HEALTH_DETAILS: ("successfulSet", "event"),
    HEALTH_ENTITIES: ("entities", "entityValue"),
    ZONE: ("HostedZone", "Name"),
}
"""Operations whose members are common words, with a member of the entries of their lists."""

LEADING = (
    *(CERTIFICATE, "CertificateArn", "Results", "inventory"),
    *(members[0] for _, members in _BY_MEMBERS),
)
"""One of these members begins a line of each response and inventory in YAML."""


class Response(Value):
    """A response of AWS: its operation, its content, and where that is.

    `request` are the parameters of the call, `account` and `region` those that it was for. They are
    empty if they are unknown. `at` is the time of the inventory, `None` if it is unknown.
    """

    operation: str
    data: Data
    pointer: Pointer
    request: Data = {}  # noqa: RUF012  (a default of a value)
    account: str = ""
    region: str = ""
    at: datetime | None = None


def operation_of(data: dict[str, Data]) -> str:
    """Return the operation whose response an object is, empty if it is none."""
    if is_certificate(data):
        return CERTIFICATE
    if is_certificate(mapping(data.get("Certificate"))):
        return DESCRIPTION
    if _has_entries(data, FOUND_CERTIFICATES):
        return FOUND_CERTIFICATES
    for operation, members in _BY_MEMBERS:
        if members[0] in data and all(member in data for member in members):
            is_one = operation not in _BY_ENTRIES or _has_entries(data, operation)
            return operation if is_one else ""
    return ""


def is_certificate(data: dict[str, Data]) -> bool:
    """Return whether an object is a certificate as AWS describes or lists it."""
    return "CertificateArn" in data and not _OF_CERTIFICATES.isdisjoint(data)


def _has_entries(data: dict[str, Data], operation: str) -> bool:
    """Return whether a list has entries of an operation; another word may be its member too."""
    member, own = _BY_ENTRIES[operation]
    content = data.get(member)
    if type(content) is list:
        return bool(content) and any(own in mapping(each) for each in content)
    return own in mapping(content)
