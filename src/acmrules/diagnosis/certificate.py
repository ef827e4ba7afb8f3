"""A certificate that exists in ACM, as the API describes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from acmrules.arns import arn_of
from acmrules.request import (
    CertificateUsage,
    KeyAlgorithm,
    RootHierarchyType,
    ValidationMethod,
)
from acmrules.unresolved import ListedName, Malformed
from acmrules.values import Value, later


class CertificateStatus(StrEnum):
    """The status of a certificate (fact L.1)."""

    PENDING_VALIDATION = "PENDING_VALIDATION"
    ISSUED = "ISSUED"
    INACTIVE = "INACTIVE"
    EXPIRED = "EXPIRED"
    VALIDATION_TIMED_OUT = "VALIDATION_TIMED_OUT"
    REVOKED = "REVOKED"
    FAILED = "FAILED"


class CertificateType(StrEnum):
    """Who issued a certificate: Amazon, a private CA, or another CA before the import."""

    AMAZON_ISSUED = "AMAZON_ISSUED"
    PRIVATE = "PRIVATE"
    IMPORTED = "IMPORTED"


class FailureReason(StrEnum):
    """Why a request or a renewal failed (fact L.2)."""

    NO_AVAILABLE_CONTACTS = "NO_AVAILABLE_CONTACTS"
    ADDITIONAL_VERIFICATION_REQUIRED = "ADDITIONAL_VERIFICATION_REQUIRED"
    DOMAIN_NOT_ALLOWED = "DOMAIN_NOT_ALLOWED"
    INVALID_PUBLIC_DOMAIN = "INVALID_PUBLIC_DOMAIN"
    DOMAIN_VALIDATION_DENIED = "DOMAIN_VALIDATION_DENIED"
    CAA_ERROR = "CAA_ERROR"
    PCA_LIMIT_EXCEEDED = "PCA_LIMIT_EXCEEDED"
    PCA_INVALID_ARN = "PCA_INVALID_ARN"
    PCA_INVALID_STATE = "PCA_INVALID_STATE"
    PCA_REQUEST_FAILED = "PCA_REQUEST_FAILED"
    PCA_NAME_CONSTRAINTS_VALIDATION = "PCA_NAME_CONSTRAINTS_VALIDATION"
    PCA_RESOURCE_NOT_FOUND = "PCA_RESOURCE_NOT_FOUND"
    PCA_INVALID_ARGS = "PCA_INVALID_ARGS"
    PCA_INVALID_DURATION = "PCA_INVALID_DURATION"
    PCA_ACCESS_DENIED = "PCA_ACCESS_DENIED"
    SLR_NOT_FOUND = "SLR_NOT_FOUND"
    OTHER = "OTHER"


class ValidationStatus(StrEnum):
    """Whether ACM has validated a name."""

    PENDING_VALIDATION = "PENDING_VALIDATION"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


class RenewalStatus(StrEnum):
    """The status of a managed renewal."""

    PENDING_AUTO_RENEWAL = "PENDING_AUTO_RENEWAL"
    PENDING_VALIDATION = "PENDING_VALIDATION"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


class UpdateStatus(StrEnum):
    """The status of a change from email validation to DNS validation."""

    PENDING_DOMAIN_VALIDATION = "PENDING_DOMAIN_VALIDATION"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


class KeyPairOrigin(StrEnum):
    """Who made the key pair of a certificate."""

    AWS_MANAGED = "AWS_MANAGED"
    ACME = "ACME"
    CUSTOMER_PROVIDED = "CUSTOMER_PROVIDED"


class ResourceRecord(Value):
    """The validation record that ACM requires, in canonical form.

    `name` and `value` are lowercase, without the final dot.
    """

    name: str
    type: str
    value: str


class HttpRedirect(Value):
    """The two URLs of HTTP validation: what ACM fetches, and where its content comes from."""

    redirect_from: str
    redirect_to: str


class DomainValidation(Value):
    """The validation of one name; what the description does not contain is `None`.

    `validation_emails` are the addresses to which ACM wrote; an empty tuple means none.
    """

    name: ListedName
    method: ValidationMethod | Malformed | None = None
    status: ValidationStatus | Malformed | None = None
    record: ResourceRecord | None = None
    validation_domain: str | None = None
    validation_emails: tuple[str, ...] | None = None
    redirect: HttpRedirect | None = None


class RenewalSummary(Value):
    """The managed renewal that ACM has begun, or completed last."""

    status: RenewalStatus | Malformed
    reason: FailureReason | Malformed | None = None
    validations: tuple[DomainValidation, ...] = ()
    updated_at: datetime | None = None


class UpdateSummary(Value):
    """The change from email validation to DNS validation.

    `validations` are those of the new method, which only `ListCertificateDomainValidations` has.
    """

    status: UpdateStatus | Malformed
    requested_at: datetime | None = None
    updated_at: datetime | None = None
    validations: tuple[DomainValidation, ...] = ()


class CertificateEvent(Value):
    """An event of EventBridge or AWS Health about certificates.

    `type` is the detail type of EventBridge, or the event type code of Health. `reason` is the
    failure reason that it states, `days` the days to expiry; each is empty or `None` without one.
    """

    type: str
    arns: tuple[str, ...] = ()
    at: datetime | None = None
    account: str = ""
    region: str = ""
    reason: str = ""
    action: str = ""
    days: int | None = None


class CertificateDetail(Value):
    """A certificate in ACM; what the input does not contain is `None`.

    `names` has the primary name first, and is complete if `names_known` is true: lists leave some
    out. `validations` are those of the first validation; those of a renewal are in `renewal`.
    `in_use_by` are the ARNs of the resources that use it. `described` is whether the input is its
    description, which has every field that applies, and not an entry of a list. Times have a time
    zone. `events` are those that concern it, in order of time. A value of an enumeration that the
    API model of the facts does not define is `Malformed`.
    """

    arn: str
    names: tuple[ListedName, ...] = ()
    names_known: bool = False
    described: bool = False
    type: CertificateType | Malformed | None = None
    status: CertificateStatus | Malformed | None = None
    failure_reason: FailureReason | Malformed | None = None
    key_algorithm: KeyAlgorithm | Malformed | None = None
    method: ValidationMethod | Malformed | None = None
    validations: tuple[DomainValidation, ...] = ()
    created_at: datetime | None = None
    issued_at: datetime | None = None
    imported_at: datetime | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    revoked_at: datetime | None = None
    revocation_reason: str | None = None
    in_use: bool | None = None
    in_use_by: tuple[str, ...] | None = None
    is_renewable: bool | None = None
    renewal: RenewalSummary | None = None
    update: UpdateSummary | None = None
    certificate_authority_arn: str | None = None
    can_export: bool | None = None
    was_exported: bool | None = None
    transparency_logging: str | None = None
    managed_by: str | None = None
    key_pair_origin: KeyPairOrigin | Malformed | None = None
    acme_endpoint_arn: str | None = None
    root_hierarchy: RootHierarchyType | Malformed | None = None
    usage: CertificateUsage | Malformed | None = None
    issuer: str | None = None
    serial: str | None = None
    key_usages: tuple[str, ...] | None = None
    extended_key_usages: tuple[str, ...] | None = None
    events: tuple[CertificateEvent, ...] = ()

    @classmethod
    def from_api(cls, data: Mapping[str, object]) -> CertificateDetail:
        """Return the certificate of a response, as boto3 or the AWS CLI return it.

        `data` is the response of `DescribeCertificate` or its member `Certificate`, or an entry of
        `ListCertificates` or `SearchCertificates`. Times may be `datetime` or strings of ISO 8601.
        Raises `InvalidArgument` if there is no ARN, or if a value has the wrong type.
        """
        found: CertificateDetail = later("diagnosis.responses", "certificate")(data)
        return found

    @property
    def region(self) -> str:
        """The Region in the ARN, empty if there is none."""
        return arn_of(self.arn).region

    @property
    def account(self) -> str:
        """The account in the ARN, empty if there is none."""
        return arn_of(self.arn).account
