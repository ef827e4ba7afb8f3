"""The managed renewal of a certificate: not begun, pending, completed, failed, or never."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    FailureReason,
    RenewalStatus,
    RenewalSummary,
)
from acmrules.diagnosis.commands import describe, of_certificate, request_again
from acmrules.diagnosis.expiry import is_private, next_notice, renewal_start
from acmrules.diagnosis.failure_reasons import failure, remedy_of
from acmrules.diagnosis.methods import renewal_remedy
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
from acmrules.names import Name
from acmrules.renewal import renewal_eligibility
from acmrules.unresolved import Malformed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.facts.fact import Fact, Meaning


_AGAIN = "ACM tries the renewal again automatically"


def renewal_aspect(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Aspect:
    """Return the state of the renewal of a certificate that ACM issued."""
    renewal = certificate.renewal
    if isinstance(certificate.type, Malformed):
        return _unknown(certificate, f"the type {quoted(certificate.type)} is unknown to acmrules")
    if renewal is None or renewal.status is RenewalStatus.SUCCESS:
        return _not_begun(certificate, as_of)
    notice = next_notice(certificate, as_of)
    deadlines = () if notice is None else (notice,)
    if renewal.status is RenewalStatus.PENDING_AUTO_RENEWAL:
        aspect = _automatic(names)
    elif renewal.status is RenewalStatus.PENDING_VALIDATION:
        aspect = _blocked(certificate, renewal, names)
    elif renewal.status is RenewalStatus.FAILED:
        aspect = _failed(certificate, renewal, names)
    else:
        aspect = _unknown(certificate, f"the renewal status {quoted(renewal.status)} is unknown")
    return aspect.__replace__(deadlines=deadlines)


def _not_begun(certificate: CertificateDetail, as_of: datetime) -> Aspect:
    """Return the state before the next renewal: too early, due, or never."""
    start = renewal_start(certificate)
    is_due = start is not None and start <= as_of
    if certificate.is_renewable is False:
        return _never(certificate, is_due=is_due)
    if start is None:
        return _undocumented(certificate, as_of)
    if not is_due:
        return Aspect(deadlines=(Deadline(start, "the managed renewal begins"),))
    if not certificate.described and certificate.renewal is None:
        return _unknown(certificate, "the input does not show whether the renewal has begun")
    renewed = certificate.renewal.updated_at if certificate.renewal else None
    if renewed is not None and start <= renewed <= as_of:
        return _renewed(certificate, renewed)
    if _is_late(certificate, as_of):
        return _unknown(
            certificate, f"the renewal should have begun at {written(start)}, and has no status"
        )
    title = f"the renewal is due since {written(start)}, and has no status yet"
    obstacle = Obstacle(
        Cause.RENEWAL_PENDING,
        Certainty.LIKELY,
        Actor.AWS,
        live.PENDING_AUTO_RENEWAL.value.means,
        f"the renewal began at {written(start)}, and has no status",
        live.PENDING_AUTO_RENEWAL.value.do,
        commands=describe(certificate),
        source=live.PENDING_AUTO_RENEWAL.source,
    )
    return Aspect(State.WAITING_FOR_AWS, title, (obstacle,))


def _renewed(certificate: CertificateDetail, renewed: datetime) -> Aspect:
    """Return the state after a renewal, while the expiry is still that of the old certificate."""
    title = f"ACM renewed the certificate at {written(renewed)}"
    obstacle = Obstacle(
        Cause.RENEWAL_PENDING,
        Certainty.LIKELY,
        Actor.AWS,
        f"{live.RENEWAL_SUCCESS.value.means}, and `NotAfter` is still that of the old one",
        f"`RenewalStatus` is `SUCCESS` since {written(renewed)}",
        "describe the certificate again later",
        commands=describe(certificate),
        source=live.RENEWAL_SUCCESS.source,
    )
    return Aspect(State.WAITING_FOR_AWS, title, (obstacle,))


def _undocumented(certificate: CertificateDetail, as_of: datetime) -> Aspect:
    """Return the state of an N2 certificate, whose renewal begins on an unknown date."""
    if not _is_late(certificate, as_of):
        return Aspect()
    return _unknown(certificate, "the input does not show whether the renewal has begun")


def _is_late(certificate: CertificateDetail, as_of: datetime) -> bool:
    """Return whether a renewal should have begun: AWS reports its failure from this day on."""
    first = later(certificate.not_after, days=-max(acm.FAILURE_NOTICE_DAYS.value))
    return first is not None and first <= as_of


def _never(certificate: CertificateDetail, *, is_due: bool) -> Aspect:
    """Return the state of a certificate that ACM will not renew.

    An unused certificate may expire without harm, so no action is needed.
    """
    is_unused = certificate.in_use is False and not certificate.was_exported
    reasons = renewal_eligibility(
        in_use=bool(certificate.in_use),
        names=[each for each in certificate.names if isinstance(each, Name)],
    ).reasons
    text = "ACM will not renew the certificate"
    obstacle = Obstacle(
        Cause.NOT_RENEWED,
        Certainty.CERTAIN,
        Actor.NOBODY if is_unused else Actor.YOU,
        f"{text}: it is {reasons[0]}" if is_unused and reasons else text,
        "`RenewalEligibility` is `INELIGIBLE`",
        "use the certificate in a service, or delete it"
        if is_unused
        else "request a new certificate before it expires, and use it instead",
        commands=of_certificate(certificate, "delete-certificate")
        if is_unused
        else request_again(certificate),
        source=acm.RENEWAL_INELIGIBLE.source,
    )
    if is_unused or not (is_due or certificate.in_use):
        return Aspect(None, "", (obstacle,))
    return Aspect(State.WAITING_FOR_YOU, text, (obstacle,))


def _automatic(names: tuple[NameDiagnosis, ...]) -> Aspect:
    """Return the state while ACM validates automatically, which DNS may show to fail."""
    aspect = names_aspect(names, "the renewal")
    obstacle = _pending(live.PENDING_AUTO_RENEWAL, Actor.AWS, "PENDING_AUTO_RENEWAL")
    if aspect.state is State.WAITING_FOR_YOU:
        return aspect.__replace__(obstacles=(obstacle,))
    return Aspect(State.WAITING_FOR_AWS, "ACM is renewing the certificate", (obstacle,))


def _blocked(
    certificate: CertificateDetail, renewal: RenewalSummary, names: tuple[NameDiagnosis, ...]
) -> Aspect:
    """Return the state while ACM cannot validate a name, or a private CA refuses."""
    aspect = names_aspect(names, "the renewal")
    if renewal.reason is not None:
        return _refused(certificate, renewal, Cause.RENEWAL_PENDING, aspect)
    if aspect.state is State.WAITING_FOR_AWS:
        obstacle = _pending(live.RENEWAL_PENDING_VALIDATION, Actor.AWS, "PENDING_VALIDATION")
        return aspect.__replace__(obstacles=(obstacle,))
    obstacle = _pending(live.RENEWAL_PENDING_VALIDATION, Actor.YOU, "PENDING_VALIDATION")
    is_explained = aspect.state is State.WAITING_FOR_YOU
    obstacle = obstacle.__replace__(
        remedy="fix what each name shows; ACM then renews the certificate automatically"
        if is_explained
        else renewal_remedy(certificate)
    )
    if is_private(certificate):
        text = "ACM could not renew the certificate of the private CA"
        obstacle = obstacle.__replace__(
            certainty=Certainty.LIKELY,
            text=f"{text}, and may not be allowed to use it",
            remedy=remedy_of(certificate, FailureReason.PCA_ACCESS_DENIED),
        )
        return Aspect(State.WAITING_FOR_YOU, text, (obstacle,))
    title = aspect.title or "the renewal waits for you to validate names"
    return Aspect(State.WAITING_FOR_YOU, title, (obstacle,))


def _refused(
    certificate: CertificateDetail, renewal: RenewalSummary, cause: Cause, names: Aspect
) -> Aspect:
    """Return the state of a renewal that failed for a reason, and that ACM tries again."""
    proof = "`RenewalStatusReason`"
    obstacle = failure(certificate, renewal.reason, cause, proof, is_final=False)
    if renewal.reason is FailureReason.CAA_ERROR and names.state is State.WAITING_FOR_AWS:
        obstacle = obstacle.__replace__(
            cause=Cause.RENEWAL_PENDING,
            actor=Actor.AWS,
            text=f"{obstacle.text} when ACM checked them, but allow it now",
            remedy=f"wait: {_AGAIN}",
        )
        return Aspect(State.WAITING_FOR_AWS, f"CAA records allow Amazon now; {_AGAIN}", (obstacle,))
    if obstacle.certainty is not Certainty.OPEN:
        obstacle = obstacle.__replace__(remedy=f"{obstacle.remedy}; {_AGAIN}")
    title = f"ACM could not renew the certificate: {quoted(renewal.reason)}"
    return Aspect(State.WAITING_FOR_YOU, title, (obstacle,))


def _pending(fact: Fact[Meaning], actor: Actor, status: str) -> Obstacle:
    return Obstacle(
        Cause.RENEWAL_PENDING,
        Certainty.CERTAIN,
        actor,
        fact.value.means,
        f"`RenewalStatus` is `{status}`",
        fact.value.do,
        source=fact.source,
    )


def _failed(
    certificate: CertificateDetail, renewal: RenewalSummary, names: tuple[NameDiagnosis, ...]
) -> Aspect:
    """Return the state of a certificate whose renewal failed, and that has not expired."""
    if renewal.reason is not None:
        found = names_aspect(names, "the renewal")
        return _refused(certificate, renewal, Cause.RENEWAL_FAILED, found)
    obstacle = _pending(live.RENEWAL_FAILED, Actor.YOU, "FAILED").__replace__(
        cause=Cause.RENEWAL_FAILED,
        text="the renewal failed, and the description does not show why",
        remedy="request a new certificate, and use it instead before this one expires",
        commands=request_again(certificate),
    )
    return Aspect(State.WAITING_FOR_YOU, "the renewal failed", (obstacle,))


def failed_before_expiry(certificate: CertificateDetail) -> Aspect:
    """Return why the renewal of a certificate that has expired failed, if the input shows it."""
    renewal = certificate.renewal
    if renewal is None or renewal.reason is None:
        return Aspect()
    proof = "`RenewalStatusReason`"
    obstacle = failure(certificate, renewal.reason, Cause.RENEWAL_FAILED, proof, is_final=True)
    return Aspect(obstacles=(obstacle,))


def _unknown(certificate: CertificateDetail, text: str) -> Aspect:
    obstacle = Obstacle(
        Cause.RENEWAL_PENDING,
        Certainty.OPEN,
        Actor.YOU,
        text,
        remedy="describe the certificate",
        commands=describe(certificate),
        source=live.NO_RENEWAL.source,
    )
    return Aspect(State.UNKNOWN, text, (obstacle,))
