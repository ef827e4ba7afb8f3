"""What each format calls the members of a certificate request."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass


class MemberNames(Value):
    """What a tool calls the members of a request; the empty text for one that it has not."""

    domain_name: str
    alternatives: str
    method: str
    options: str
    option_name: str
    option_domain: str
    option_zone: str
    algorithm: str
    authority: str
    token: str
    managed_by: str
    tags: str
    tag_key: str
    tag_value: str


AWS = MemberNames(
    "DomainName",
    "SubjectAlternativeNames",
    "ValidationMethod",
    "DomainValidationOptions",
    "DomainName",
    "ValidationDomain",
    "HostedZoneId",
    "KeyAlgorithm",
    "CertificateAuthorityArn",
    "IdempotencyToken",
    "ManagedBy",
    "Tags",
    "Key",
    "Value",
)
"""The words of the API and of CloudFormation."""
