"""The form of values that AWS computes: ARNs, hosted zone ids, and the names of endpoints.

Such a value is unknown until its resource exists, but its form is certain. It is recognized by the
label of the unknown value, which is the reference to the resource.
"""

from __future__ import annotations

from acmrules.unresolved import Text, Unknown, Unresolved

_REFERENCE = r"\$\{(?:[^}]*\.)?(aws_\w+)\.[\w-]+(?:\[[^\]]*\])?\.(\w+)\}"

CERTIFICATE, AUTHORITY = "certificate", "private CA"
_ARNS = {
    "aws_acm_certificate": CERTIFICATE,
    "aws_acmpca_certificate_authority": AUTHORITY,
    "aws_alb": "load balancer",
    "aws_alb_listener": "listener",
    "aws_alb_target_group": "target group",
    "aws_cloudfront_distribution": "distribution",
    "aws_iam_role": "role",
    "aws_lb": "load balancer",
    "aws_lb_listener": "listener",
    "aws_lb_target_group": "target group",
    "aws_s3_bucket": "bucket",
}
"""What the ARNs of resources identify, by type; the attribute is `arn`."""

_ID_IS_ARN = frozenset(
    (
        *("aws_acm_certificate", "aws_acmpca_certificate_authority", "aws_alb", "aws_alb_listener"),
        *("aws_alb_target_group", "aws_lb", "aws_lb_listener", "aws_lb_target_group"),
    )
)
"""The types of resources whose `id` is their ARN."""

_ENDINGS = {
    ("aws_alb", "dns_name"): ".amazonaws.com",
    ("aws_cloudfront_distribution", "domain_name"): ".cloudfront.net",
    ("aws_elb", "dns_name"): ".amazonaws.com",
    ("aws_lb", "dns_name"): ".amazonaws.com",
}
"""How the names end that AWS assigns; those of network load balancers have the Region last."""

_OF_CLOUDFORMATION = ".DNSName}"
"""The attribute of both kinds of load balancers of CloudFormation."""


def owner_of_arn(text: Text) -> str:
    """Return what a computed ARN identifies, empty if the value is none or is not known to be one.

    >>> owner_of_arn(Unresolved((Unknown("${module.x.aws_iam_role.y[0].arn}"),)))
    'role'
    """
    kind, attribute = _reference(text)
    if kind == "aws_acm_certificate_validation":
        return CERTIFICATE if attribute == "certificate_arn" else ""
    if attribute == "arn" or (attribute == "id" and kind in _ID_IS_ARN):
        return _ARNS.get(kind, "")
    return ""


def is_zone_id(text: Text) -> bool:
    """Return whether a value is the id of a hosted zone, which Terraform looks up or creates.

    >>> is_zone_id(Unresolved((Unknown("${data.aws_route53_zone.y.zone_id}"),)))
    True
    """
    kind, attribute = _reference(text)
    return kind == "aws_route53_zone" and attribute in {"zone_id", "id"}


def endpoint_name(text: Unresolved) -> Unresolved:
    """Return a name with the end that AWS gives it, if the last value in it is such a name.

    >>> print(endpoint_name(Unresolved((Unknown("${aws_lb.x.dns_name}"),))))
    ${aws_lb.x.dns_name}.amazonaws.com
    """
    last = text.parts[-1]
    kind = _reference(Unresolved((last,)))
    ending = _ENDINGS.get(kind, "")
    if isinstance(last, Unknown) and last.label.endswith(_OF_CLOUDFORMATION):
        ending = ".amazonaws.com"
    return Unresolved((*text.parts, ending)) if ending else text


def _reference(text: Text) -> tuple[str, str]:
    """Return the type and the attribute that a value is a reference to, empty for another one."""
    if isinstance(text, str) or len(text.parts) != 1:
        return "", ""
    from re import fullmatch

    found = fullmatch(_REFERENCE, str(text))
    return (found[1], found[2]) if found else ("", "")
