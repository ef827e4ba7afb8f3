"""The state of a request: pending, timed out, failed, revoked, inactive, unknown."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    ValidationStatus,
)
from acmrules.diagnosis.commands import describe, of_certificate, request_again
from acmrules.diagnosis.failure_reasons import failure
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    NameDiagnosis,
    Obstacle,
    State,
)
from acmrules.diagnosis.times import later, written
from acmrules.facts import acm, live
from acmrules.messages import counted, quoted, quoted_list
from acmrules.unresolved import Malformed


def names_aspect(names: tuple[NameDiagnosis, ...], what: str) -> Aspect:
    """Return what the names show together; `what` is what their validation is for.

    If you have to act for one name, the certificate waits for you. If nothing is known about one,
    the state is unknown. Otherwise, it waits for AWS.
    """
    yours = [each.name for each in names if _is_yours(each)]
    if yours:
        title = f"{what} waits for you to validate {quoted_list(yours)}"
        return Aspect(State.WAITING_FOR_YOU, title)
    open_ = [each.name for each in names if not _is_with_aws(each)]
    if open_:
        title = f"{what} waits for the validation of {quoted_list(open_)}; the reason is unknown"
        return Aspect(State.UNKNOWN, title)
    title = f"ACM has yet to validate {counted(len(names), 'name')} whose validation is set up"
    return Aspect(State.WAITING_FOR_AWS if names else None, title if names else "")


def _is_yours(name: NameDiagnosis) -> bool:
    return any(
        each.actor is Actor.YOU and each.certainty is not Certainty.OPEN for each in name.obstacles
    )


def _is_with_aws(name: NameDiagnosis) -> bool:
    return any(
        each.actor is Actor.AWS and each.certainty is not Certainty.OPEN for each in name.obstacles
    )


def validation_end(certificate: CertificateDetail) -> datetime | None:
    """Return when the validation of a request times out, `None` if that is unknown (fact 3.13)."""
    return later(certificate.created_at, hours=acm.VALIDATION_HOURS.value)


def pending_aspect(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Aspect:
    """Return the state of a request that is pending validation."""
    if certificate.type is CertificateType.PRIVATE:
        return _private(certificate)
    end = validation_end(certificate)
    if end is not None and end <= as_of:
        return _overdue(certificate, end)
    deadlines = () if end is None else (_deadline(end),)
    aspect = names_aspect(names, "the request")
    if aspect.state is not None:
        return aspect.__replace__(deadlines=deadlines)
    statuses = {each.status for each in certificate.validations}
    if certificate.described and statuses == {ValidationStatus.SUCCESS}:
        return Aspect(
            State.WAITING_FOR_AWS,
            "all names are validated, and ACM has yet to issue the certificate",
            deadlines=deadlines,
        )
    return Aspect(
        State.UNKNOWN,
        "the request is pending, and the input does not show which names are not validated",
        (_undescribed(certificate, "which names are not validated"),),
        deadlines,
    )


def _private(certificate: CertificateDetail) -> Aspect:
    """Return the state of a request to a private CA, whose names are not validated."""
    obstacle = Obstacle(
        Cause.WAITING,
        Certainty.LIKELY,
        Actor.AWS,
        "the private CA has not issued the certificate yet",
        "certificates of a private CA need no validation",
        "describe the certificate again",
        commands=describe(certificate),
        source=acm.CA_OUTLIVES_CERTIFICATE.source,
    )
    title = "the request waits for the private CA"
    return Aspect(State.WAITING_FOR_AWS, title, (obstacle,))


def _deadline(end: datetime) -> Deadline:
    return Deadline(end, "the validation of the request times out")


def _overdue(certificate: CertificateDetail, end: datetime) -> Aspect:
    """Return the state of a request that should have timed out: its description may be old."""
    obstacle = Obstacle(
        Cause.TIMED_OUT,
        Certainty.OPEN,
        Actor.YOU,
        "the validation should have timed out, so the description may be older",
        f"the {acm.VALIDATION_HOURS.value} hours after `CreatedAt` ended at {written(end)}",
        "describe the certificate again",
        commands=describe(certificate),
        source=acm.VALIDATION_HOURS.source,
    )
    return Aspect(State.UNKNOWN, f"the validation ended at {written(end)}", (obstacle,))


def timed_out_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of a request whose validation timed out."""
    fact = live.VALIDATION_TIMED_OUT
    obstacle = Obstacle(
        Cause.TIMED_OUT,
        Certainty.CERTAIN,
        Actor.YOU,
        fact.value.means,
        _status(certificate),
        fact.value.do,
        commands=_replace(certificate),
        source=fact.source,
    )
    return Aspect(State.BROKEN, "the validation of the request timed out", (obstacle,))


def failed_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of a request that failed."""
    reason, proof = certificate.failure_reason, "`FailureReason`"
    obstacle = failure(certificate, reason, Cause.FAILED, proof, is_final=True)
    return Aspect(State.BROKEN, "the request failed", (obstacle,))


def revoked_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of a certificate that was revoked."""
    when = f" at {written(certificate.revoked_at)}" if certificate.revoked_at else ""
    reason = certificate.revocation_reason
    why = f", with the reason {quoted(reason)}" if reason else ""
    obstacle = Obstacle(
        Cause.REVOKED,
        Certainty.CERTAIN,
        Actor.YOU,
        live.REVOKED.value.means,
        f"{_status(certificate)}{why}",
        live.REVOKED.value.do,
        commands=request_again(certificate),
        source=live.REVOKED.source,
    )
    return Aspect(State.BROKEN, f"the certificate was revoked{when}", (obstacle,))


def inactive_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of an inactive certificate: no page of AWS says what that means."""
    fact = live.INACTIVE
    obstacle = Obstacle(
        Cause.INACTIVE,
        Certainty.OPEN,
        Actor.YOU,
        "AWS does not document what the status `INACTIVE` means",
        _status(certificate),
        fact.value.do,
        commands=describe(certificate),
        source=fact.source,
    )
    return Aspect(
        State.UNKNOWN, "the certificate is inactive, which AWS does not document", (obstacle,)
    )


def unknown_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of a certificate whose status is unknown, or absent from the input."""
    if isinstance(certificate.status, Malformed):
        text = f"the status {quoted(certificate.status)} is unknown to acmrules"
    else:
        text = "the input does not show the status"
    obstacle = Obstacle(
        Cause.UNKNOWN_STATUS,
        Certainty.OPEN,
        Actor.YOU,
        text,
        _status(certificate) if certificate.status else "",
        "describe the certificate",
        commands=describe(certificate),
        source=live.ISSUED.source,
    )
    return Aspect(State.UNKNOWN, text, (obstacle,))


def _undescribed(certificate: CertificateDetail, what: str) -> Obstacle:
    return Obstacle(
        Cause.WAITING,
        Certainty.OPEN,
        Actor.YOU,
        f"the input does not show {what}",
        remedy="describe the certificate",
        commands=describe(certificate),
        source=live.PENDING_VALIDATION.source,
    )


def _replace(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the commands that delete a request, and request the certificate again."""
    return of_certificate(certificate, "delete-certificate") + request_again(certificate)


def _status(certificate: CertificateDetail) -> str:
    return f"`Status` is {quoted(certificate.status)}"


ASPECTS = {
    CertificateStatus.VALIDATION_TIMED_OUT: timed_out_aspect,
    CertificateStatus.FAILED: failed_aspect,
    CertificateStatus.REVOKED: revoked_aspect,
    CertificateStatus.INACTIVE: inactive_aspect,
}
"""The function for each status that the certificate alone decides."""
