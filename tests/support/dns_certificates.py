"""Certificates as ACM describes them, for diagnoses of their names."""

from datetime import UTC, datetime, timedelta

from acmrules.diagnosis import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    HttpRedirect,
    ResourceRecord,
    ValidationStatus,
)
from acmrules.names import parse_name
from acmrules.request import ValidationMethod

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOURS_AGO = NOW - timedelta(hours=5)
MINUTES_AGO = NOW - timedelta(minutes=10)
ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
VALUE = "_yzzz.mhbtsbpdnt.acm-validations.aws"
TOKEN = "_x1"


def validation(
    name,
    method=ValidationMethod.DNS,
    status=ValidationStatus.PENDING_VALIDATION,
    *,
    token=TOKEN,
    value=VALUE,
):
    """Return the validation of a name as the description of a certificate has it."""
    plain = name.removeprefix("*.")
    record = redirect = mails = None
    if method is ValidationMethod.DNS:
        record = ResourceRecord(f"{token}.{plain}", "CNAME", value)
    elif method is ValidationMethod.EMAIL:
        mails = tuple(f"{box}@{plain}" for box in ("admin", "hostmaster"))
    else:
        path = ".well-known/pki-validation/0123456789.txt"
        redirect = HttpRedirect(
            f"http://{plain}/{path}", f"https://validation.eu-west-1.acm-validations.aws/{path}"
        )
    return DomainValidation(parse_name(name), method, status, record, None, mails, redirect)


def certificate(*validations, created_at=HOURS_AGO, **fields):
    """Return a requested certificate that waits for these validations, or one with other fields."""
    return CertificateDetail(
        **{
            "arn": ARN,
            "names": tuple(dict.fromkeys(each.name for each in validations)),
            "names_known": True,
            "described": True,
            "type": CertificateType.AMAZON_ISSUED,
            "status": CertificateStatus.PENDING_VALIDATION,
            "validations": validations,
            "created_at": created_at,
        }
        | fields
    )
