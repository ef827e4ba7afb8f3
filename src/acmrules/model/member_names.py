"""The names of the members of a certificate request in each format."""

from __future__ import annotations

from acmrules.values import Value


class MemberNames(Value):
    """The names of the members of a request; the empty string for one that a tool lacks."""

    domain_name: str
    alternatives: str = ""
    method: str = ""
    options: str = ""
    option_name: str = ""
    option_domain: str = ""
    option_zone: str = ""
    algorithm: str = ""
    authority: str = ""
    token: str = ""
    managed_by: str = ""
    tags: str = ""
    tag_key: str = ""
    tag_value: str = ""


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
"""The member names in the API and in CloudFormation."""
