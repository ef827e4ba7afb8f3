"""ACM525 and ACM526: certificates that resources use by ARN, in the responses of AWS."""

from __future__ import annotations

from datetime import UTC, date, datetime

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    KeyPairOrigin,
    RenewalStatus,
)
from acmrules.facts import acm, live
from acmrules.facts import services as facts
from acmrules.facts.fact import CHECKED
from acmrules.lint.rule import Problem, Severity, fails, passes, rule
from acmrules.messages import counted, quoted
from acmrules.model.account import ListedRegion
from acmrules.model.used import UsedCertificate
from acmrules.request import CertificateUsage
from acmrules.resources import Consumer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.facts.fact import Fact, Meaning
    from acmrules.lint.rule import Context, Yielded

_CERTIFICATE = ("certificate",)
_PATH = ("consumers", 0, "certificate")
_ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
_LISTENER = Consumer("alb", "Listener", _ARN, region="eu-west-1")
_STATES: dict[CertificateStatus, tuple[Severity, Fact[Meaning]]] = {
    CertificateStatus.PENDING_VALIDATION: (Severity.WARNING, live.PENDING_VALIDATION),
    CertificateStatus.INACTIVE: (Severity.NOTE, live.INACTIVE),
    CertificateStatus.EXPIRED: (Severity.ERROR, live.EXPIRED),
    CertificateStatus.VALIDATION_TIMED_OUT: (Severity.ERROR, live.VALIDATION_TIMED_OUT),
    CertificateStatus.REVOKED: (Severity.ERROR, live.REVOKED),
    CertificateStatus.FAILED: (Severity.ERROR, live.FAILED),
}
_STUCK = {RenewalStatus.PENDING_VALIDATION, RenewalStatus.FAILED}
_RENEWING = {RenewalStatus.PENDING_AUTO_RENEWAL, RenewalStatus.SUCCESS}


def _example(**fields: Any) -> tuple[UsedCertificate, ...]:  # noqa: ANN401  (of any field)
    return (UsedCertificate(_ARN, CertificateDetail(_ARN, **fields)),)


@rule(
    "ACM525",
    Severity.ERROR,
    facts=(
        live.PENDING_VALIDATION,
        live.FAILED,
        live.VALIDATION_TIMED_OUT,
        live.EXPIRED,
        live.REVOKED,
        live.INACTIVE,
        acm.RENEWAL_WINDOW_DAYS,
        facts.ACME_ATTACHABLE,
        acm.CERTIFICATE_USAGES,
    ),
    reads=set(),
    needs={"used"},
    on="consumer",
    examples=lambda: (
        passes(consumers=(_LISTENER,), used=_example(status=CertificateStatus.ISSUED)),
        fails(consumers=(_LISTENER,), used=_example(status=CertificateStatus.FAILED), at=_PATH),
        fails(
            consumers=(_LISTENER,),
            used=_example(
                status=CertificateStatus.ISSUED,
                type=CertificateType.IMPORTED,
                not_after=datetime(CHECKED.year, CHECKED.month, CHECKED.day, tzinfo=UTC),
            ),
            at=_PATH,
        ),
    ),
    help="use a certificate that is issued",
)
def unusable_certificate(consumer: Consumer, context: Context) -> Yielded:
    """A resource uses a certificate that it cannot use, or that expires soon.

    The responses of AWS in the files show the status of the certificate. A service only accepts a
    certificate that is issued. One that was issued through ACME works outside of AWS services, and
    an N2 certificate with the usage `CLIENT_AUTH_ONLY` does not authenticate a server.

    If a certificate waits for validation, or if it expires soon and ACM does not renew it, this is
    a warning.
    """
    used = _used(consumer, context)
    if used is None or used.existing is None:
        return
    existing, day = used.existing, context.as_of
    last_day = existing.not_after.date() if existing.not_after else None
    status = existing.status
    if status in _STATES:
        severity, fact = _STATES[status]  # type: ignore[index]
        reason = f" ({quoted(existing.failure_reason)})" if existing.failure_reason else ""
        yield Problem(
            _CERTIFICATE,
            f"the status of the certificate is {quoted(status)}{reason}: {fact.value.means}",
            severity=severity,
            help=fact.value.do,
        )
    elif last_day and last_day < day:
        yield Problem(
            _CERTIFICATE,
            f"the certificate expired on {last_day}",
            help=live.EXPIRED.value.do,
        )
    elif existing.key_pair_origin is KeyPairOrigin.ACME:
        yield Problem(
            _CERTIFICATE,
            "the certificate was issued through ACME: no service of AWS accepts it",
            help="request a certificate from ACM",
        )
    elif existing.usage is CertificateUsage.CLIENT_AUTH_ONLY and not consumer.service.endswith(
        "client"
    ):
        yield Problem(
            _CERTIFICATE,
            "the certificate does not authenticate servers: its usage is `CLIENT_AUTH_ONLY`",
            severity=Severity.WARNING,
            help="use a certificate with the usage `CLIENT_AND_SERVER_AUTH`",
        )
    elif last_day and (why := _not_renewed(existing)):
        days = (last_day - day).days
        if days <= acm.RENEWAL_WINDOW_DAYS.era(day).value:
            yield _expires(last_day, days, why)


def _expires(last_day: date, days: int, why: tuple[str, str]) -> Problem:
    reason, remedy = why
    return Problem(
        _CERTIFICATE,
        f"the certificate expires in {counted(days, 'day')}, on {last_day}, and {reason}",
        severity=Severity.WARNING,
        help=remedy,
    )


def _not_renewed(existing: CertificateDetail) -> tuple[str, str] | None:
    """Return why ACM will not renew a certificate in use, and what to do; `None` if it may."""
    if existing.type is CertificateType.IMPORTED:
        return "ACM does not renew imported certificates", "import a new certificate into its ARN"
    status = existing.renewal.status if existing.renewal else None
    if status in _STUCK:
        return (
            f"the status of its renewal is {quoted(status)}",
            "run `acmrules diagnose` on the description of the certificate",
        )
    if existing.is_renewable is False and existing.in_use and status not in _RENEWING:
        return "ACM does not renew it", "request a new certificate"
    return None


@rule(
    "ACM526",
    Severity.ERROR,
    facts=(facts.CERTIFICATES_ARE_REGIONAL,),
    reads=set(),
    needs={"used"},
    on="consumer",
    yields_to={"ACM308"},
    examples=lambda: (
        passes(consumers=(_LISTENER,), used=_example(status=CertificateStatus.ISSUED)),
        fails(
            consumers=(_LISTENER,),
            used=(UsedCertificate(_ARN, absent_from=ListedRegion("111122223333", "eu-west-1")),),
            at=_PATH,
        ),
    ),
    help="use the ARN of a certificate that exists",
)
def certificate_does_not_exist(consumer: Consumer, context: Context) -> Yielded:
    """A resource uses a certificate that did not exist when its Region was listed.

    The files have to contain all certificates of the account in that Region, as
    `acmrules inventory` saves them. The certificate may have been created since.
    """
    used = _used(consumer, context)
    listed = used and used.absent_from
    if listed:
        on = f" on {listed.at.date()}" if listed.at else ""
        yield Problem(
            _CERTIFICATE,
            f"the account {quoted(listed.account)} had no certificate with this ARN in"
            f" {quoted(listed.region)}{on}",
            help="use the ARN of a certificate that exists, or read the account again",
        )


def _used(consumer: Consumer, context: Context) -> UsedCertificate | None:
    return next((each for each in context.used if each.arn == consumer.certificate), None)


RULES = (unusable_certificate, certificate_does_not_exist)
