"""The diagnosis of certificates: their state, who has to act, by when, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.names import diagnose_names
from acmrules.diagnosis.model import Diagnosis
from acmrules.diagnosis.status import diagnose_status
from acmrules.diagnosis.times import midnight
from acmrules.errors import InvalidArgument, require, require_instance
from acmrules.facts.fact import CHECKED, date_fault


def diagnose(
    certificate: CertificateDetail | Mapping[str, object],
    answers: DnsAnswers | None = None,
    *,
    as_of: date | datetime = CHECKED,
) -> Diagnosis:
    """Return why a certificate is pending, failing or about to expire, and what to do.

    `certificate` is a `CertificateDetail`, or what `CertificateDetail.from_api` accepts. Without
    `answers`, nothing is known about DNS, and the diagnosis contains the commands that look it up.
    A date means its first moment in UTC, and so does a time without a time zone mean UTC. Raises
    `InvalidArgument` if a mapping is not a certificate, or if the date is before the launch of ACM,
    and `TypeError` for an argument of another type. `diagnose_all` is faster for many certificates.
    """
    (found,) = diagnose_all((certificate,), answers, as_of=as_of)
    return found


def diagnose_all(
    certificates: Iterable[CertificateDetail | Mapping[str, object]],
    answers: DnsAnswers | None = None,
    *,
    as_of: date | datetime = CHECKED,
) -> Iterator[Diagnosis]:
    """Yield the diagnosis of each certificate, like `diagnose`.

    The answers are indexed once, so that the number of steps grows linearly. Raises
    `InvalidArgument` and `TypeError` like `diagnose`.
    """
    require(certificates, Iterable, "`certificates`", "a list of certificates")
    if answers is not None:
        require_instance(answers, DnsAnswers, "answers")
    require(as_of, date, "the date", "a `date` or a `datetime`")
    moment = _moment(as_of)
    if fault := date_fault(moment.date()):
        raise InvalidArgument(fault)
    evidence = Evidence(answers or DnsAnswers())
    return (_diagnosed(each, evidence, moment) for each in certificates)


def _diagnosed(
    certificate: CertificateDetail | Mapping[str, object], evidence: Evidence, as_of: datetime
) -> Diagnosis:
    if not isinstance(certificate, CertificateDetail):
        certificate = CertificateDetail.from_api(certificate)
    names = diagnose_names(certificate, evidence, as_of)
    return diagnose_status(certificate, names, as_of)


def _moment(as_of: date | datetime) -> datetime:
    if not isinstance(as_of, datetime):
        return midnight(as_of)
    return as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
