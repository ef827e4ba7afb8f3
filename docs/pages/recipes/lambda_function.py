"""A Lambda function that checks a certificate when ACM says that it will expire soon.

EventBridge invokes it for events of the source `aws.acm`. Its role needs the permission
`acm:DescribeCertificate`. What it returns, a destination of the function can send on.
"""

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from typing import Any

from acmrules import CertificateRequest, lint

Describe = Callable[[str], Mapping[str, Any]]


def checked(event: Mapping[str, Any], describe: Describe) -> dict[str, Any]:
    """Return the findings of the certificates in an event, each with its ARN."""
    day = date.fromisoformat(event["time"][:10])
    return {
        arn: lint.check(
            CertificateRequest.from_description(describe(arn)), region=event["region"], as_of=day
        ).to_dict()["findings"]
        for arn in event["resources"]
    }


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Check the certificates of an event with the SDK that Lambda contains."""
    boto3: Any = import_module("boto3")  # It has no types of its own.
    client = boto3.client("acm", region_name=event["region"])
    return checked(event, lambda arn: client.describe_certificate(CertificateArn=arn))
