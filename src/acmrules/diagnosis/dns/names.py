"""The diagnosis of each name of a certificate by what DNS servers answered."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.diagnosis.certificate import CertificateDetail, ValidationStatus
from acmrules.diagnosis.model import NameDiagnosis


def diagnose_names(
    certificate: CertificateDetail,
    answers: DnsAnswers,  # noqa: ARG001  (not yet)
    as_of: datetime,  # noqa: ARG001  (not yet)
) -> tuple[NameDiagnosis, ...]:
    """Return the diagnosis of each name whose validation is not known to have succeeded."""
    return tuple(
        NameDiagnosis(each.name, None)
        for each in certificate.validations
        if each.status is not ValidationStatus.SUCCESS
    )
