"""The state of a request: pending, timed out, failed, revoked, inactive, unknown."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.aspect import NONE, Aspect
from acmrules.diagnosis.causes import TITLES
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    FailureReason,
    ValidationStatus,
)
from acmrules.diagnosis.commands import describe, of_certificate, request_again
from acmrules.diagnosis.dns.pending import pending
from acmrules.diagnosis.failure_reasons import failure
from acmrules.diagnosis.methods import open_methods
from acmrules.diagnosis.model import (
    Actor,
    Cause,
    Certainty,
    Deadline,
    NameDiagnosis,
    Obstacle,
    State,
)
from acmrules.diagnosis.over import are_right, is_overdue, validation_end
from acmrules.diagnosis.times import written
from acmrules.facts import acm, live
from acmrules.messages import quoted, quoted_list
from acmrules.request import ValidationMethod
from acmrules.unresolved import Malformed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


_MOST_CAUSES = 2
_SHOWING = {
    "dig": "DNS answers show why",
    "curl": "the content that ACM fetches shows why",
    "aws": "a description shows why",
}
"""What shows why a name is not validated, by the program that looks it up."""


def names_aspect(names: tuple[NameDiagnosis, ...], what: str) -> Aspect:
    """Return what the names show together; `what` is what their validation is for.

    If you have to act for one name, the certificate waits for you. If nothing is known about one,
    the state is unknown. Otherwise, it waits for AWS.
    """
    yours = [each for each in names if _known(each, Actor.YOU)]
    if yours:
        found = dict.fromkeys(
            TITLES[one.cause] for each in yours for one in _known(each, Actor.YOU)
        )
        title = f"{what} waits for {_listed(yours)}: {' and '.join([*found][:_MOST_CAUSES])}"
        return Aspect(State.WAITING_FOR_YOU, title)
    open_ = [each for each in names if not _known(each, Actor.AWS)]
    if open_:
        return Aspect(State.UNKNOWN, f"{what} waits for {_listed(open_)}; {_next_step(open_[0])}")
    title = f"ACM has yet to validate {_listed(names)}; no fault was found"
    return Aspect(State.WAITING_FOR_AWS if names else None, title if names else "")


def _known(name: NameDiagnosis, actor: Actor) -> list[Obstacle]:
    """Return what an actor has to act upon for a name."""
    return [
        each
        for each in name.obstacles
        if each.actor is actor and each.certainty is not Certainty.OPEN
    ]


def _listed(names: Sequence[NameDiagnosis]) -> str:
    return quoted_list([each.name for each in names])


def _next_step(name: NameDiagnosis) -> str:
    """Return what shows why a name is not validated."""
    commands = (command for each in name.obstacles for command in each.commands)
    program = next(commands, "").partition(" ")[0]
    return _SHOWING.get(program, "the reason is unknown")


def pending_aspect(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Aspect:
    """Return the state of a request that is pending validation."""
    if certificate.type is CertificateType.PRIVATE:
        return _private(certificate)
    end = validation_end(certificate)
    if end is not None and is_overdue(certificate, as_of):
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
        "the request has timed out or succeeded since, so this description is old",
        f"the {acm.VALIDATION_HOURS.value} hours after `CreatedAt` ended at {written(end)}",
        "describe the certificate again",
        commands=describe(certificate),
        source=live.VALIDATION_TIMED_OUT.source,
    )
    title = f"the validation ended at {written(end)}, and the description is older"
    return Aspect(State.UNKNOWN, title, (obstacle,))


def timed_out_aspect(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...] = ()
) -> Aspect:
    """Return the state of a request whose validation timed out."""
    fact = live.VALIDATION_TIMED_OUT
    remedy = fact.value.do
    open_ = quoted_list(list(dict.fromkeys(each.name for each in pending(certificate))))
    if are_right(names):
        remedy = (
            "delete this certificate, and request a new one; its names are set up correctly now"
        )
    elif open_methods(certificate) == {ValidationMethod.EMAIL}:
        remedy = "delete this certificate, and request a new one with DNS validation"
    obstacle = Obstacle(
        Cause.TIMED_OUT,
        Certainty.CERTAIN,
        Actor.YOU,
        f"ACM could not validate {open_ or 'all names'} within {acm.VALIDATION_HOURS.value} hours;"
        " the request cannot be resumed",
        _status(certificate),
        remedy,
        commands=_replace(certificate),
        source=fact.source,
    )
    return Aspect(State.BROKEN, "the validation of the request timed out", (obstacle,))


def failed_aspect(certificate: CertificateDetail, names: tuple[NameDiagnosis, ...] = ()) -> Aspect:
    """Return the state of a request that failed."""
    reason, proof = certificate.failure_reason, "`FailureReason`"
    obstacle = failure(certificate, reason, Cause.FAILED, proof, is_final=True)
    if reason is FailureReason.CAA_ERROR and are_right(names):
        obstacle = obstacle.__replace__(
            text=f"{obstacle.text} when ACM checked them, but allow it now",
            proof=f"{obstacle.proof}; {names[0].obstacles[0].proof}",
            remedy="request a new certificate",
        )
    elif any(each.cause is Cause.CAA_FORBIDS for name in names for each in name.obstacles):
        remedy = "allow Amazon in the CAA records of each name; then request a new certificate"
        obstacle = obstacle.__replace__(remedy=remedy)
    title = f"the request failed with {quoted(reason)}" if reason else "the request failed"
    return Aspect(State.BROKEN, title, (obstacle,))


def revoked_aspect(certificate: CertificateDetail, _names: object = ()) -> Aspect:
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
        f"{live.REVOKED.value.do}{', and use it in each service' if certificate.in_use else ''}",
        commands=request_again(certificate),
        source=live.REVOKED.source,
    )
    return Aspect(State.BROKEN, f"the certificate was revoked{when}", (obstacle,))


def inactive_aspect(certificate: CertificateDetail, _names: object = ()) -> Aspect:
    """Return the state of an inactive certificate: no page of AWS says what that means."""
    fact = live.INACTIVE
    obstacle = Obstacle(
        Cause.INACTIVE,
        Certainty.OPEN,
        Actor.YOU,
        "AWS does not document what the status `INACTIVE` means",
        _status(certificate),
        fact.value.do,
        commands=() if certificate.described else describe(certificate),
        source=live.ISSUED.source,
    )
    return Aspect(
        State.UNKNOWN, "the certificate is inactive, which AWS does not document", (obstacle,)
    )


def unknown_aspect(certificate: CertificateDetail, events: Aspect = NONE) -> Aspect:
    """Return the state of a certificate whose status is unknown, or absent from the input.

    `events` is what its events show, which may be so no longer.
    """
    is_new = isinstance(certificate.status, Malformed)
    text = "the input does not show the status"
    if is_new:
        text = f"the status {quoted(certificate.status)} is unknown to acmrules"
    is_read = is_new and certificate.described
    obstacle = Obstacle(
        Cause.UNKNOWN_STATUS,
        Certainty.OPEN,
        Actor.YOU,
        text,
        _status(certificate) if certificate.status else "",
        "install the newest version of acmrules" if is_read else "describe the certificate",
        commands=() if is_read else describe(certificate),
        source=live.ISSUED.source,
    )
    shown = [each.text for each in events.obstacles]
    title = f"an event reports: {shown[-1]}" if shown and not is_new else text
    return Aspect(State.UNKNOWN, title, (*events.obstacles, obstacle))


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
