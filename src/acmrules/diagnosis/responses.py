"""Certificates in the responses of the ACM API, as boto3 and the AWS CLI return them."""

from __future__ import annotations

from collections.abc import Mapping

from acmrules.diagnosis.certificate import (
    CertificateDetail,
)


def certificate(data: Mapping[str, object]) -> CertificateDetail:
    """Return the certificate of a response; raises `InvalidArgument`."""
    raise NotImplementedError
