"""The state of a request: pending, timed out, failed, revoked, inactive, unknown."""

from __future__ import annotations

from datetime import datetime

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
from acmrules.diagnosis.part import Part
from acmrules.diagnosis.times import later, written
from acmrules.facts import acm, live
from acmrules.messages import counted, quoted, quoted_list
from acmrules.unresolved import Malformed


def names_part(names: tuple[NameDiagnosis, ...], what: str) -> Part:
    """Return what the names show together; `what` is what their validation is for.

    If you have to act for one name, the certificate waits for you. If nothing is known about one,
    the state is unknown. Otherwise, it waits for AWS.
    """
    yours = [each.name for each in names if _is_yours(each)]
    if yours:
        title = f"{what} waits for you to validate {quoted_list(yours)}"
        return Part(State.WAITING_FOR_YOU, title)
    open_ = [each.name for each in names if not _is_with_aws(each)]
    if open_:
        title = f"{what} waits for the validation of {quoted_list(open_)}, for an unknown reason"
        return Part(State.UNKNOWN, title)
    title = f"ACM has yet to validate {counted(len(names), 'name')} whose validation is set up"
    return Part(State.WAITING_FOR_AWS if names else None, title if names else "")


def _is_yours(name: NameDiagnosis) -> bool:
    return any(
        each.actor is Actor.YOU and each.certainty is not Certainty.OPEN for each in name.obstacles
    )


def _is_with_aws(name: NameDiagnosis) -> bool:
    return any(
        each.actor is Actor.AWS and each.certainty is not Certainty.OPEN for each in name.obstacles
    )


def pending_part(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Part:
    """Return the state of a request that is pending validation."""
    if certificate.type is CertificateType.PRIVATE:
        return _private(certificate)
    end = later(certificate.created_at, hours=acm.VALIDATION_HOURS.value)
    if end is not None and end <= as_of:
        return _overdue(certificate, end)
    deadlines = () if end is None else (_deadline(end),)
    part = names_part(names, "the request")
    if part.state is not None:
        return part.__replace__(deadlines=deadlines)
    statuses = {each.status for each in certificate.validations}
    if certificate.described and statuses == {ValidationStatus.SUCCESS}:
        return Part(
            State.WAITING_FOR_AWS,
            "all names are validated, and ACM has yet to issue the certificate",
            deadlines=deadlines,
        )
    return Part(
        State.UNKNOWN,
        "the request waits for validation, and the input does not show of which names",
        (_undescribed(certificate, "which names are not validated"),),
        deadlines,
    )


def _private(certificate: CertificateDetail) -> Part:
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
    return Part(State.WAITING_FOR_AWS, title, (obstacle,))


def _deadline(end: datetime) -> Deadline:
    return Deadline(end, "the validation of the request times out")


def _overdue(certificate: CertificateDetail, end: datetime) -> Part:
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
    return Part(State.UNKNOWN, f"the validation ended at {written(end)}", (obstacle,))


def timed_out_part(certificate: CertificateDetail) -> Part:
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
    return Part(State.BROKEN, "the validation of the request timed out", (obstacle,))


def failed_part(certificate: CertificateDetail) -> Part:
    """Return the state of a request that failed."""
    obstacle = failure(certificate, certificate.failure_reason, Cause.FAILED, "`FailureReason`")
    return Part(State.BROKEN, "the request failed", (obstacle,))


def revoked_part(certificate: CertificateDetail) -> Part:
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
    return Part(State.BROKEN, f"the certificate was revoked{when}", (obstacle,))


def inactive_part(certificate: CertificateDetail) -> Part:
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
    return Part(
        State.UNKNOWN, "the certificate is inactive, which AWS does not document", (obstacle,)
    )


def unknown_part(certificate: CertificateDetail) -> Part:
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
    return Part(State.UNKNOWN, text, (obstacle,))


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


PARTS = {
    CertificateStatus.VALIDATION_TIMED_OUT: timed_out_part,
    CertificateStatus.FAILED: failed_part,
    CertificateStatus.REVOKED: revoked_part,
    CertificateStatus.INACTIVE: inactive_part,
}
"""The function for each status that the certificate alone decides."""
