"""What events of EventBridge and AWS Health show, unless ACM has succeeded since."""

from __future__ import annotations

from datetime import datetime, timedelta

from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateEvent,
    FailureReason,
    RenewalStatus,
)
from acmrules.diagnosis.commands import describe
from acmrules.diagnosis.failure_reasons import failure
from acmrules.diagnosis.methods import renewal_remedy
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle, State
from acmrules.diagnosis.times import later, written
from acmrules.facts import live
from acmrules.messages import counted, quoted
from acmrules.unresolved import Malformed, read_member

_CAA_TYPE = "CAA_CHECK_FAILURE"
_AVAILABLE = "available"
_ACTION_REQUIRED = "renewal action required"
_EXPIRED = "expired"
_EXPIRES = "approaching expiration"

_TOLERANCE = timedelta(days=5)
"""The expiries of an event and a certificate that differ by more are those of two certificates."""


def events_aspect(certificate: CertificateDetail) -> Aspect:
    """Return what the events of a certificate show together; the latest of each cause counts."""
    found: dict[Cause, Obstacle] = {}
    success = _last_success(certificate)
    for event in certificate.events:
        if not _is_outdated(event, success) and not _is_of_another(event, certificate.not_after):
            for obstacle in _shown(certificate, event):
                found[obstacle.cause] = obstacle
    yours = [each for each in found.values() if each.certainty is not Certainty.OPEN]
    if yours:
        return Aspect(State.WAITING_FOR_YOU, yours[-1].text, (*found.values(),))
    return Aspect(obstacles=(*found.values(),))


def _last_success(certificate: CertificateDetail) -> datetime | None:
    """Return when ACM last issued or renewed the certificate, `None` if it never did."""
    times = [certificate.issued_at, certificate.imported_at, certificate.not_before]
    renewal = certificate.renewal
    if renewal and renewal.status is RenewalStatus.SUCCESS:
        times.append(renewal.updated_at)
    times += [each.at for each in certificate.events if _AVAILABLE in each.type.lower()]
    return max((each for each in times if each is not None), default=None)


def _is_outdated(event: CertificateEvent, success: datetime | None) -> bool:
    """Return whether a success followed; an event without a time may be from before any."""
    return success is not None and (event.at is None or event.at <= success)


def _is_of_another(event: CertificateEvent, not_after: datetime | None) -> bool:
    """Return whether the expiry in an event is long before that of the certificate.

    Then the certificate was renewed after the event.
    """
    if event.at is None or event.days is None or not_after is None:
        return False
    expiry = later(event.at, days=event.days)
    return expiry is not None and not_after - expiry > _TOLERANCE


def _shown(certificate: CertificateDetail, event: CertificateEvent) -> list[Obstacle]:
    """Return what an event shows, none if it is only for information."""
    when = f" of {written(event.at)}" if event.at else ""
    proof = f"the event {quoted(event.type)}{when}"
    reason = read_member(FailureReason, event.reason)
    if _CAA_TYPE in event.type:
        reason = FailureReason.CAA_ERROR
    said = f"the reason in {proof}"
    if isinstance(reason, FailureReason):
        obstacle = failure(certificate, reason, Cause.RENEWAL_FAILED, said, is_final=False)
        return [obstacle.__replace__(certainty=Certainty.LIKELY)]
    kind = event.type.lower()
    if event.reason == live.EVENT_REASON.value or _ACTION_REQUIRED in kind:
        return [_action_required(certificate, proof, event)]
    if _EXPIRED in kind or (_EXPIRES in kind and certificate.not_after is None):
        return [_expiry(certificate, proof, event)]
    if event.reason and isinstance(reason, Malformed):
        return [failure(certificate, reason, Cause.RENEWAL_FAILED, said, is_final=False)]
    return []


def _action_required(
    certificate: CertificateDetail, proof: str, event: CertificateEvent
) -> Obstacle:
    fact = live.RENEWAL_PENDING_VALIDATION
    left = "" if event.days is None else f", {counted(event.days, 'day')} before expiry"
    return Obstacle(
        Cause.RENEWAL_PENDING,
        Certainty.LIKELY,
        Actor.YOU,
        fact.value.means,
        f"{proof}{left}",
        renewal_remedy(certificate),
        source=live.EVENT_TYPES.source,
    )


def _expiry(certificate: CertificateDetail, proof: str, event: CertificateEvent) -> Obstacle:
    """Return the expiry that an event reports; the description shows whether it is so still."""
    left = "" if event.days is None else f"; {counted(event.days, 'day')} were left"
    return Obstacle(
        Cause.EXPIRES,
        Certainty.OPEN,
        Actor.YOU,
        "the certificate has expired or is about to",
        f"{proof}{left}",
        "describe the certificate",
        commands=describe(certificate),
        source=live.EVENT_TYPES.source,
    )
