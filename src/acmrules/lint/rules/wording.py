"""Words that several rules put into their messages and their help."""

from __future__ import annotations

from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_AWS = {
    "domain_name": "DomainName",
    "validation_method": "ValidationMethod",
    "validation_options": "DomainValidationOptions",
    "validation_domain": "ValidationDomain",
    "hosted_zone_id": "HostedZoneId",
    "key_algorithm": "KeyAlgorithm",
    "certificate_authority_arn": "CertificateAuthorityArn",
    "export": "Export",
    "transparency_logging": "CertificateTransparencyLoggingPreference",
    "root_hierarchy": "RootHierarchyType",
    "certificate_usage": "CertificateUsage",
}
_DIFFERENT = {
    Tool.CLOUDFORMATION: {"export": "CertificateExport"},
    Tool.TERRAFORM: {
        "validation_options": "validation_option",
        "hosted_zone_id": "zone_id",
        "transparency_logging": "certificate_transparency_logging_preference",
    },
    Tool.KUBERNETES: {"certificate_authority_arn": "certificateAuthorityARN"},
    Tool.SERVERLESS: {"domain_name": "certificateName", "hosted_zone_id": "hostedZoneIds"},
    Tool.PULUMI: {"validation_options": "validationOptions", "hosted_zone_id": "zoneId"},
    Tool.CROSSPLANE: {"validation_options": "validationOption", "hosted_zone_id": "zoneId"},
}
_CAMEL_CASE = frozenset({Tool.KUBERNETES, Tool.SERVERLESS, Tool.PULUMI, Tool.CROSSPLANE})
"""The tools whose members begin with a lowercase letter."""


def member(field: str, tool: Tool) -> str:
    """Return the quoted name of a field in a tool; tools without names of their own use the API's.

    >>> member("validation_method", Tool.CLOUDFORMATION), member("export", Tool.TERRAFORM)
    ('`ValidationMethod`', '`export`')
    """
    own = _DIFFERENT.get(tool, {}).get(field)
    if own is None:
        own = field if tool is Tool.TERRAFORM else _AWS[field]
        own = own[0].lower() + own[1:] if tool in _CAMEL_CASE else own
    return f"`{own}`"


def choices(values: Sequence[str]) -> str:
    """Return quoted alternatives as the end of a sentence.

    >>> choices(["DNS"]), choices(["DNS", "EMAIL", "HTTP"])
    ('`DNS`', '`DNS`, `EMAIL` or `HTTP`')
    """
    *others, last = (f"`{value}`" for value in values)
    return f"{', '.join(others)} or {last}" if others else last
