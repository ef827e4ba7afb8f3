"""Certificates that exist, for tests of their diagnosis."""

from datetime import UTC, datetime, timedelta

from acmrules.diagnosis import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    RenewalStatus,
    RenewalSummary,
    ResourceRecord,
    ValidationStatus,
)
from acmrules.names import DomainName
from acmrules.request import KeyAlgorithm, ValidationMethod

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ID = "certificate/6f1d0c9e-0000-4000-8000-000000000001"
ARN = f"arn:aws:acm:eu-west-1:123456789012:{ID}"
NAME, WWW = DomainName("brightharbor.io"), DomainName("www.brightharbor.io")
OF_CERTIFICATE = f"--certificate-arn {ARN}"
DESCRIBE = f"aws acm describe-certificate {OF_CERTIFICATE} --region eu-west-1 --output json"
REQUEST = (
    "aws acm request-certificate --domain-name brightharbor.io --subject-alternative-names"
    " www.brightharbor.io --validation-method DNS --region eu-west-1"
)


def in_days(days):
    """Return the time some days from now."""
    return NOW + timedelta(days=days)


def validation(name=NAME, status="PENDING_VALIDATION", method="DNS", **fields):
    """Return the validation of a name."""
    if method == "DNS":
        record = ResourceRecord(f"_a79865eb.{name}", "CNAME", "_424c7224.acm-validations.aws")
        fields = {"record": record} | fields
    return DomainValidation(name, ValidationMethod(method), ValidationStatus(status), **fields)


def certificate(status="ISSUED", **fields):
    """Return a described certificate that Amazon issued, with two names."""
    usual = {
        "names": (NAME, WWW),
        "names_known": True,
        "described": True,
        "type": CertificateType.AMAZON_ISSUED,
        "status": CertificateStatus(status),
        "key_algorithm": KeyAlgorithm.RSA_2048,
        "method": ValidationMethod.DNS,
        "created_at": in_days(-1),
    }
    return CertificateDetail(ARN, **(usual | fields))


def issued(days=150, **fields):
    """Return an issued certificate of 198 days that is in use, with the days that are left."""
    usual = {
        "validations": (validation(NAME, "SUCCESS"), validation(WWW, "SUCCESS")),
        "created_at": in_days(days - 198),
        "issued_at": in_days(days - 198),
        "not_before": in_days(days - 198),
        "not_after": in_days(days),
        "in_use": True,
        "is_renewable": True,
    }
    return certificate(**(usual | fields))


def renewal(status, *validations, **fields):
    """Return a managed renewal."""
    return RenewalSummary(RenewalStatus(status), validations=validations, **fields)
