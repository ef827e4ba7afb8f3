"""The change of a certificate from email validation to DNS validation."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import CertificateDetail, UpdateStatus, UpdateSummary
from acmrules.diagnosis.commands import change_to_dns, describe, list_validations
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    NameDiagnosis,
    Obstacle,
    State,
)
from acmrules.diagnosis.requests import names_aspect
from acmrules.diagnosis.times import later, written
from acmrules.facts import acm, live
from acmrules.messages import quoted
from acmrules.request import ValidationMethod

_WHAT = "the change to DNS validation"


def change_aspect(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Aspect:
    """Return the state of the change; the certificate stays valid meanwhile."""
    update = certificate.update
    if update is None or update.status is UpdateStatus.SUCCESS:
        return Aspect()
    if certificate.method is ValidationMethod.DNS:
        return Aspect()  # A later change succeeded.
    if update.status is UpdateStatus.PENDING_DOMAIN_VALIDATION:
        return _pending(certificate, update, names, as_of)
    if update.status is UpdateStatus.FAILED:
        return _failed(certificate)
    text = f"the status {quoted(update.status)} of {_WHAT} is unknown"
    return Aspect(State.UNKNOWN, text, (_open(text, describe(certificate)),))


def _pending(
    certificate: CertificateDetail,
    update: UpdateSummary,
    names: tuple[NameDiagnosis, ...],
    as_of: datetime,
) -> Aspect:
    end = later(update.requested_at, hours=acm.METHOD_CHANGE_HOURS.value)
    if end is not None and end <= as_of:
        text = f"{_WHAT} ended at {written(end)}, so the description may be older"
        return Aspect(State.UNKNOWN, text, (_open(text, describe(certificate)),))
    deadlines = () if end is None else (Deadline(end, "ACM keeps email validation"),)
    fact = live.METHOD_CHANGE_PENDING
    if not update.validations:
        text = "the input does not show the DNS records of the change to DNS validation"
        obstacle = _open(text, list_validations(certificate)).__replace__(
            remedy="list the records, and publish them", source=live.METHOD_CHANGE_RECORDS.source
        )
        return Aspect(State.UNKNOWN, f"{_WHAT} waits for DNS records", (obstacle,), deadlines)
    aspect = names_aspect(names, _WHAT)
    state = aspect.state or State.WAITING_FOR_AWS
    obstacle = Obstacle(
        Cause.METHOD_CHANGE_PENDING,
        Certainty.CERTAIN,
        Actor.AWS if state is State.WAITING_FOR_AWS else Actor.YOU,
        fact.value.means,
        "`UpdateSummary.Status` is `PENDING_DOMAIN_VALIDATION`",
        fact.value.do,
        source=fact.source,
    )
    title = aspect.title or f"ACM has yet to complete {_WHAT}"
    return Aspect(state, title, (obstacle,), deadlines)


def _failed(certificate: CertificateDetail) -> Aspect:
    fact = live.METHOD_CHANGE_FAILED
    obstacle = Obstacle(
        Cause.METHOD_CHANGE_FAILED,
        Certainty.CERTAIN,
        Actor.YOU,
        fact.value.means,
        "`UpdateSummary.Status` is `FAILED`",
        fact.value.do,
        commands=change_to_dns(certificate) + list_validations(certificate),
        source=fact.source,
    )
    return Aspect(State.WAITING_FOR_YOU, f"{_WHAT} failed", (obstacle,))


def _open(text: str, commands: tuple[str, ...]) -> Obstacle:
    return Obstacle(
        Cause.METHOD_CHANGE_PENDING,
        Certainty.OPEN,
        Actor.YOU,
        text,
        commands=commands,
        source=live.METHOD_CHANGE_PENDING.source,
    )
