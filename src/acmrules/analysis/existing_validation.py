"""What is done, missing or wrong in the validation of a certificate that exists."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    ResourceRecord,
)
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.names import diagnose_names
from acmrules.diagnosis.dns.pending import method_of, pending
from acmrules.diagnosis.model import Cause, Certainty
from acmrules.diagnosis.over import validation_end
from acmrules.diagnosis.times import midnight
from acmrules.request import ValidationMethod
from acmrules.unresolved import ListedName, Malformed
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.diagnosis.model import NameDiagnosis, Obstacle


class ProofState(Enum):
    """Whether the proof that validates a name is in place, in words for reports."""

    DONE = "done"
    MISSING = "missing"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class ExistingProof(Value):
    """The proof that validates a name of a certificate that exists, and its state.

    `record` is the DNS record that ACM requires, `None` for another method or if the input does not
    contain it. `text` says why the state is what it is, and `remedy` what to do; each may be empty.
    """

    name: ListedName
    method: ValidationMethod | Malformed | None
    state: ProofState
    record: ResourceRecord | None = None
    text: str = ""
    remedy: str = ""


_VALIDATED = "ACM has validated it"
_NOT_SHOWN = "the files do not show whether the proof is in place"
_ISSUED_ONCE = frozenset(
    (
        CertificateStatus.ISSUED,
        CertificateStatus.EXPIRED,
        CertificateStatus.REVOKED,
        CertificateStatus.INACTIVE,
    )
)
_MISSING = frozenset({Cause.RECORD_MISSING, Cause.MAIL_NOT_APPROVED, Cause.NO_MAIL_SENT})
_OPEN = frozenset({Cause.NOT_LOOKED_UP, Cause.RECORD_NOT_CREATED, Cause.NAME_FAILED})
_NOT_OF_PROOF = frozenset({Cause.CAA_FORBIDS, Cause.CAA_LOOKUP_FAILS, Cause.CAA_METHOD})
"""Causes that hold a name up although its proof may be in place."""


def proofs(
    certificate: CertificateDetail, evidence: Evidence, as_of: date
) -> tuple[ExistingProof, ...]:
    """Return the proof of each name of a certificate, as DNS answers and its description show it.

    There is none for a certificate that ACM does not validate. ACM has validated every name of one
    that was issued, even if the files do not describe how.
    """
    if certificate.type not in {None, CertificateType.AMAZON_ISSUED}:
        return ()
    moment = midnight(as_of)
    waiting = {each.name: each for each in pending(certificate)}
    diagnosed = {each.name: each for each in diagnose_names(certificate, evidence, moment)}
    described = {each.name: each for each in certificate.validations} | waiting
    found = tuple(
        _proof(certificate, validation, diagnosed.get(name) if name in waiting else None)
        for name, validation in described.items()
    )
    if certificate.status not in _ISSUED_ONCE:
        return found
    others = (name for name in certificate.names if name not in described)
    method = certificate.method if isinstance(certificate.method, ValidationMethod) else None
    done = ProofState.DONE, None, _VALIDATED
    return (*found, *(ExistingProof(name, method, *done) for name in others))


def deadline(certificate: CertificateDetail) -> datetime | None:
    """Return when a pending validation times out, `None` if it is not pending."""
    if certificate.status is not CertificateStatus.PENDING_VALIDATION:
        return None
    return validation_end(certificate)


def _proof(
    certificate: CertificateDetail, validation: DomainValidation, diagnosis: NameDiagnosis | None
) -> ExistingProof:
    method = method_of(validation, certificate)
    record = validation.record if method is ValidationMethod.DNS else None
    if diagnosis is None:
        return ExistingProof(validation.name, method, ProofState.DONE, record, _VALIDATED)
    state, obstacle = _state(diagnosis.obstacles)
    text, remedy = (obstacle.text, obstacle.remedy) if obstacle else (_NOT_SHOWN, "")
    return ExistingProof(validation.name, method, state, record, text, remedy)


def _state(obstacles: Iterable[Obstacle]) -> tuple[ProofState, Obstacle | None]:
    """Return the state of a proof, and the obstacle that shows it: the worst that is known."""
    of_proof = [each for each in obstacles if each.cause not in _NOT_OF_PROOF]
    for each in of_proof:
        is_known = each.certainty is not Certainty.OPEN and each.cause not in _OPEN
        if is_known and each.cause not in _MISSING and each.cause is not Cause.RECORD_CORRECT:
            return ProofState.WRONG, each
    for cause, state in (
        (_MISSING, ProofState.MISSING),
        ({Cause.RECORD_CORRECT}, ProofState.DONE),
    ):
        for each in of_proof:
            if each.cause in cause:
                return state, each
    return ProofState.UNKNOWN, next(iter(of_proof), None)
