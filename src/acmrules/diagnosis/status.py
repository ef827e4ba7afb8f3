"""The state of a certificate by its status, its renewal and the diagnosis of its names."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus
from acmrules.diagnosis.model import Actor, Diagnosis, NameDiagnosis, State


def diagnose_status(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Diagnosis:
    """Return the diagnosis of a certificate from its own state and that of its names."""
    if certificate.status is CertificateStatus.ISSUED:
        return Diagnosis(certificate, as_of, State.FINE, Actor.NOBODY, "the certificate is issued")
    return Diagnosis(certificate, as_of, State.UNKNOWN, None, "the state is unknown", names=names)
