"""Certificates as ACM describes them, for diagnoses of their names."""

from datetime import UTC, datetime, timedelta

from acmrules.diagnosis import (
    AnswerStatus,
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DnsAnswer,
    DnsAnswers,
    DnsRecord,
    DomainValidation,
    HttpRedirect,
    ResourceRecord,
    ValidationStatus,
)
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.pending import method_of
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


def case(waiting, answers=(), zones=(), as_of=NOW):
    """Return the first pending name of a certificate with what is known about DNS."""
    first = waiting.validations[0]
    names = tuple(each.name for each in waiting.validations)
    evidence = Evidence(DnsAnswers(tuple(answers), tuple(zones)))
    method = method_of(first, waiting)
    return Case(first.name, first, method, waiting, evidence, as_of, names)


def answer(name, kind, *values, status=AnswerStatus.NOERROR, **fields):
    """Return the answer of an authoritative server with records of the type of the query."""
    records = tuple(DnsRecord(name, kind, value) for value in values)
    return DnsAnswer(
        **{
            "name": name,
            "type": kind,
            "status": status,
            "records": records,
            "server": "ns1.dnshost.example",
            "is_authoritative": True,
        }
        | fields
    )


def resolved(name, kind, *values, **fields):
    """Return the answer of a recursive resolver."""
    return answer(
        name, kind, *values, **{"server": "192.0.2.53", "is_authoritative": False} | fields
    )
