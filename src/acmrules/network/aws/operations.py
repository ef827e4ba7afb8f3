"""The operations of AWS that an inventory calls, all of them read-only, and the policy for them."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.values import Value

_USUAL_RATE = 5
"""Calls per second of an operation whose rate the facts do not contain."""

_RATES = dict(acm.API_RATES.value)


class AwsOperation(Value):
    """An operation: its service in boto3, its IAM action, and the resources of that action.

    An empty `action` means that the call needs no permission. In `resource`, `{}` is the partition.
    `rate` is the number of calls per second, in each Region.
    """

    name: str
    service: str
    action: str
    resource: str = "*"
    rate: float = _USUAL_RATE


def _acm(name: str, resource: str = "*") -> AwsOperation:
    return AwsOperation(name, "acm", f"acm:{name}", resource, _RATES.get(name, _USUAL_RATE))


_CERTIFICATES = "arn:{}:acm:*:*:certificate/*"
_ZONES = "arn:{}:route53:::hostedzone/*"

IDENTITY = AwsOperation("GetCallerIdentity", "sts", "")
REGIONS = AwsOperation("DescribeRegions", "ec2", "ec2:DescribeRegions")
LIST = _acm("ListCertificates")
DESCRIBE = _acm("DescribeCertificate", _CERTIFICATES)
VALIDATIONS = _acm("ListCertificateDomainValidations", _CERTIFICATES)
QUOTAS = AwsOperation("ListServiceQuotas", "service-quotas", "servicequotas:ListServiceQuotas")
LIST_ZONES = AwsOperation("ListHostedZones", "route53", "route53:ListHostedZones")
ZONE = AwsOperation("GetHostedZone", "route53", "route53:GetHostedZone", _ZONES)
RECORDS = AwsOperation(
    "ListResourceRecordSets", "route53", "route53:ListResourceRecordSets", _ZONES
)

REGION_OPERATIONS = (LIST, DESCRIBE, VALIDATIONS, QUOTAS)
"""The operations that read one Region."""

OPERATIONS = (IDENTITY, REGIONS, *REGION_OPERATIONS)
"""Every operation of an inventory without hosted zones."""

ZONE_OPERATIONS = (LIST_ZONES, ZONE, RECORDS)
"""The further operations of an inventory with hosted zones."""


def policy(partition: str = "aws", *, zones: bool = False) -> dict[str, object]:
    """Return the IAM policy document that allows the operations, and nothing else.

    >>> [statement["Resource"] for statement in policy()["Statement"]]
    ['*', 'arn:aws:acm:*:*:certificate/*']
    """
    allowed: dict[str, list[str]] = {}
    for operation in (*OPERATIONS, *(ZONE_OPERATIONS if zones else ())):
        if operation.action:
            allowed.setdefault(operation.resource, []).append(operation.action)
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": sorted(actions), "Resource": resource.format(partition)}
            for resource, actions in allowed.items()
        ],
    }
