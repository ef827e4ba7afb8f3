"""The expiry of a certificate, and the dates before it: renewal, notices, the end of mail."""

from __future__ import annotations

from datetime import datetime

from acmrules.arns import arn_of
from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import CertificateDetail, CertificateType
from acmrules.diagnosis.commands import change_to_dns, describe, of_certificate, request_again
from acmrules.diagnosis.model import Actor, Cause, Certainty, Deadline, Obstacle, State
from acmrules.diagnosis.times import later, midnight, written
from acmrules.facts import acm, cabf, live
from acmrules.facts.fact import LAUNCH
from acmrules.messages import counted
from acmrules.renewal import renewal_window
from acmrules.request import ValidationMethod

EMAIL_END = next(each for each in cabf.EMAIL_SUNSET.history if each.value == "forbidden")
"""The era in which no CA may validate by email (fact 3.16)."""


def is_private(certificate: CertificateDetail) -> bool:
    """Return whether a private CA issued the certificate."""
    return certificate.type is CertificateType.PRIVATE or (
        certificate.type is None and certificate.certificate_authority_arn is not None
    )


def renewal_start(certificate: CertificateDetail) -> datetime | None:
    """Return when the managed renewal begins, `None` if it is unknown (facts 7.5 and 7.6).

    It is unknown for N2 certificates, whose window AWS has not documented.
    """
    end = certificate.not_after
    if end is None or certificate.root_hierarchy is not None:
        return None
    issued = certificate.not_before or certificate.issued_at or end
    days = renewal_window(issued_on=max(issued.date(), LAUNCH), private=is_private(certificate))
    return later(end, days=-days)


def next_notice(certificate: CertificateDetail, as_of: datetime) -> Deadline | None:
    """Return the next date on which AWS reports that the renewal failed (fact 7.12)."""
    fact = acm.PRIVATE_FAILURE_NOTICE_DAYS if is_private(certificate) else acm.FAILURE_NOTICE_DAYS
    era = fact.history.era(as_of.date())
    for days in era.value if era else ():
        notice = later(certificate.not_after, days=-days)
        if notice is not None and notice > as_of:
            text = f"{counted(days, 'day')} before expiry, AWS reports a renewal without success"
            return Deadline(notice, text)
    return None


def expiry_deadline(certificate: CertificateDetail) -> tuple[Deadline, ...]:
    """Return the expiry of the certificate, if it is known."""
    end = certificate.not_after
    return () if end is None else (Deadline(end, "the certificate expires"),)


def expired_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of a certificate that has expired."""
    end = certificate.not_after
    proof = f"`NotAfter` is {written(end)}" if end else "`Status` is `EXPIRED`"
    fact = live.EXPIRED
    is_unused = certificate.in_use is False
    deletion = of_certificate(certificate, "delete-certificate") if is_unused else ()
    obstacle = Obstacle(
        Cause.EXPIRED,
        Certainty.CERTAIN,
        Actor.YOU,
        f"{fact.value.means}{_users(certificate)}",
        proof,
        "delete it; if you still need one, request a new certificate"
        if is_unused
        else fact.value.do,
        commands=deletion + request_again(certificate),
        source=fact.source,
    )
    when = f" at {written(end)}" if end else ""
    return Aspect(State.BROKEN, f"the certificate expired{when}", (obstacle,))


def _users(certificate: CertificateDetail) -> str:
    users = certificate.in_use_by
    if not users:
        return "; no resource uses it" if certificate.in_use is False else ""
    foreign = [each for each in users if certificate.account not in {arn_of(each).account, ""}]
    whose = f"; {live.FOREIGN_USERS.value.means}" if foreign and arn_of(foreign[0]).account else ""
    return f"; it is in use by {counted(len(users), 'resource')}{whose}"


def unknown_expiry_aspect(certificate: CertificateDetail) -> Aspect:
    """Return the state of a certificate whose expiry the input does not show."""
    obstacle = Obstacle(
        Cause.EXPIRES,
        Certainty.OPEN,
        Actor.YOU,
        "the input does not show when the certificate expires",
        remedy="describe the certificate",
        commands=describe(certificate),
        source=live.ISSUED.source,
    )
    title = "the certificate is issued, and the input does not show when it expires"
    return Aspect(State.UNKNOWN, title, (obstacle,))


def mail_aspect(certificate: CertificateDetail, as_of: datetime) -> Aspect:
    """Return what the end of email validation means for a certificate (fact 3.16)."""
    if certificate.method is not ValidationMethod.EMAIL or is_private(certificate):
        return Aspect()
    is_over = as_of.date() >= EMAIL_END.start
    obstacle = Obstacle(
        Cause.EMAIL_ENDS,
        Certainty.CERTAIN,
        Actor.YOU,
        f"email validation {'ended' if is_over else 'ends'} on {EMAIL_END.start}",
        "the validation method is `EMAIL`",
        "change to DNS validation",
        commands=change_to_dns(certificate),
        source=live.METHOD_CHANGE_PENDING.source,
    )
    if is_over:
        title = f"email validation ended on {EMAIL_END.start}, so ACM cannot renew the certificate"
        return Aspect(State.WAITING_FOR_YOU, title, (obstacle,))
    deadline = Deadline(midnight(EMAIL_END.start), "email validation ends")
    return Aspect(None, "", (obstacle,), (deadline,))
