"""A wrapper of boto3 that refuses a request that cannot work before it is sent.

Call `request_certificate(boto3.client("acm"), DomainName="example.com", ValidationMethod="DNS")`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from acmrules import lint


class Meta(Protocol):
    """The part of a client's metadata that says where a request goes."""

    @property
    def region_name(self) -> str:
        """The Region of the client."""
        ...


class AcmClient(Protocol):
    """The part of `boto3.client("acm")` that this wrapper calls."""

    @property
    def meta(self) -> Meta:
        """The metadata of the client."""
        ...

    def request_certificate(self, **params: Any) -> Mapping[str, Any]:
        """Request a certificate."""
        ...


class RequestRefusedError(ValueError):
    """A request with errors, and the report that lists them."""

    def __init__(self, report: lint.Report) -> None:
        super().__init__("\n".join(finding.message for finding in report.findings))
        self.report = report


def request_certificate(client: AcmClient, **params: Any) -> str:
    """Request a certificate and return its ARN, or raise `RequestRefusedError`."""
    report = lint.check_params(params, region=client.meta.region_name, as_of=date.today())
    if report.worst() is lint.Severity.ERROR:
        raise RequestRefusedError(report)
    return str(client.request_certificate(**params)["CertificateArn"])
