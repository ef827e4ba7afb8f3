"""Why a certificate that exists is pending, failing or about to expire, and what to do.

`diagnose` is pure: it takes what AWS and DNS servers answered, and makes no request.
"""

from acmrules.diagnosis.answers import (
    AnswerStatus,
    DnsAnswer,
    DnsAnswers,
    DnsQuery,
    DnsRecord,
    HostedZone,
)
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateEvent,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    FailureReason,
    HttpRedirect,
    KeyPairOrigin,
    RenewalStatus,
    RenewalSummary,
    ResourceRecord,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.diagnosis.diagnose import diagnose, diagnose_all
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    Diagnosis,
    NameDiagnosis,
    Obstacle,
    RecordAction,
    RecordChange,
    State,
)

__all__ = [
    "Actor",
    "AnswerStatus",
    "Cause",
    "Certainty",
    "CertificateDetail",
    "CertificateEvent",
    "CertificateStatus",
    "CertificateType",
    "Deadline",
    "Diagnosis",
    "DnsAnswer",
    "DnsAnswers",
    "DnsQuery",
    "DnsRecord",
    "DomainValidation",
    "FailureReason",
    "HostedZone",
    "HttpRedirect",
    "KeyPairOrigin",
    "NameDiagnosis",
    "Obstacle",
    "RecordAction",
    "RecordChange",
    "RenewalStatus",
    "RenewalSummary",
    "ResourceRecord",
    "State",
    "UpdateStatus",
    "UpdateSummary",
    "ValidationStatus",
    "diagnose",
    "diagnose_all",
]
