"""The diagnosis of one certificate: its state, who has to act, by when, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.names import diagnose_names
from acmrules.diagnosis.model import Diagnosis
from acmrules.diagnosis.status import diagnose_status
from acmrules.errors import InvalidArgument
from acmrules.facts.fact import CHECKED, date_fault


def diagnose(
    certificate: CertificateDetail | Mapping[str, object],
    answers: DnsAnswers | Evidence | None = None,
    *,
    as_of: date | datetime = CHECKED,
) -> Diagnosis:
    """Return why a certificate is pending, failing or about to expire, and what to do.

    `certificate` is a `CertificateDetail`, or what `CertificateDetail.from_api` accepts. Without
    `answers`, nothing is known about DNS, and the diagnosis contains the commands that look it up.
    For many certificates, pass an `Evidence` of the answers, which is an index of them.
    A date means its first moment in UTC, and so does a time without a time zone mean UTC. Raises
    `InvalidArgument` if a mapping is not a certificate, or if the date is before the launch of ACM.
    """
    if not isinstance(certificate, CertificateDetail):
        certificate = CertificateDetail.from_api(certificate)
    moment = _moment(as_of)
    if fault := date_fault(moment.date()):
        raise InvalidArgument(fault)
    names = diagnose_names(certificate, answers or DnsAnswers(), moment)
    return diagnose_status(certificate, names, moment)


def _moment(as_of: date | datetime) -> datetime:
    if not isinstance(as_of, datetime):
        return datetime.combine(as_of, time(), UTC)
    return as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
