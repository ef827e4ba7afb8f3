"""The diagnosis of each name of a certificate by what DNS servers answered."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    ValidationStatus,
)
from acmrules.diagnosis.commands import describe
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.pending import method_of, pending
from acmrules.diagnosis.dns.validations import obstacles
from acmrules.diagnosis.model import Actor, Cause, Certainty, NameDiagnosis, Obstacle
from acmrules.facts import acm
from acmrules.names import Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.unresolved import ListedName

_ORDER = {each: place for place, each in enumerate(Certainty)}


def diagnose_names(
    certificate: CertificateDetail, answers: DnsAnswers | Evidence, as_of: datetime
) -> tuple[NameDiagnosis, ...]:
    """Return the diagnosis of each name whose validation is not known to have succeeded.

    `answers` may be an `Evidence` of them, so that many certificates share one index.
    """
    evidence = answers if isinstance(answers, Evidence) else Evidence(answers)
    waiting = pending(certificate)
    names = tuple(dict.fromkeys(each.name for each in waiting if isinstance(each.name, Name)))
    found: dict[ListedName, list[Obstacle]] = {}
    states: dict[ListedName, bool | None] = {}
    for each in waiting:
        own = found.setdefault(each.name, [])
        own += _of(each, certificate, evidence, as_of, names)
        is_known = isinstance(each.status, ValidationStatus)
        states[each.name] = False if is_known else states.get(each.name)
    for name in _undescribed(certificate):
        found.setdefault(name, [_undecided(certificate)])
    return tuple(
        NameDiagnosis(name, states.get(name), _sorted(each)) for name, each in found.items()
    )


def _of(
    validation: DomainValidation,
    certificate: CertificateDetail,
    evidence: Evidence,
    as_of: datetime,
    names: tuple[Name, ...],
) -> tuple[Obstacle, ...]:
    if not isinstance(validation.name, Name):
        return ()
    method = method_of(validation, certificate)
    return obstacles(Case(validation.name, validation, method, certificate, evidence, as_of, names))


def _sorted(found: list[Obstacle]) -> tuple[Obstacle, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda each: _ORDER[each.certainty]))


def _undescribed(certificate: CertificateDetail) -> tuple[ListedName, ...]:
    """Return the names of a pending request whose validations the input does not contain."""
    is_pending = certificate.status is CertificateStatus.PENDING_VALIDATION
    if (
        certificate.validations
        or not is_pending
        or certificate.type not in {None, CertificateType.AMAZON_ISSUED}
    ):
        return ()
    later = (certificate.renewal, certificate.update)
    validated = {
        each.name
        for part in later
        for each in (part.validations if part else ())
        if each.status is ValidationStatus.SUCCESS
    }
    return tuple(each for each in certificate.names if each not in validated)


def _undecided(certificate: CertificateDetail) -> Obstacle:
    return Obstacle(
        Cause.NOT_LOOKED_UP,
        Certainty.OPEN,
        Actor.YOU,
        "the input does not contain the validation of this name",
        remedy="describe the certificate",
        commands=describe(certificate),
        source=acm.RECORD_NAME_FORM.source,
    )
