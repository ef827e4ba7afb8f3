"""Certificates that ACM never renews: imported ones, and those of ACME clients."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import CertificateDetail, CertificateType, KeyPairOrigin
from acmrules.diagnosis.commands import of_certificate
from acmrules.diagnosis.model import Actor, Cause, Certainty, Deadline, Obstacle, State
from acmrules.diagnosis.times import later, whole_days, written
from acmrules.facts import acm, services
from acmrules.messages import counted

_NEAR = services.ACCOUNT_EXPIRY_DAYS.value[1]
"""The most days before expiry on which AWS sends events about it."""

_REMEDY = (
    "get a new certificate from its CA, and import it into the same ARN, so that services keep"
    " using it"
)
_FILES = (
    *("--certificate", "fileb://certificate.pem"),
    *("--private-key", "fileb://private-key.pem"),
    *("--certificate-chain", "fileb://chain.pem"),
)


def is_of_acme(certificate: CertificateDetail) -> bool:
    """Return whether an ACME client obtained the certificate, which renews it too."""
    return (
        certificate.key_pair_origin is KeyPairOrigin.ACME
        or certificate.acme_endpoint_arn is not None
    )


def is_imported(certificate: CertificateDetail) -> bool:
    """Return whether the certificate was imported."""
    return certificate.type is CertificateType.IMPORTED


def imported_aspect(certificate: CertificateDetail, as_of: datetime) -> Aspect:
    """Return the state of an imported certificate: you import the next one into its ARN."""
    days = _days_left(certificate, as_of)
    obstacle = Obstacle(
        Cause.IMPORT_AGAIN,
        Certainty.CERTAIN,
        Actor.YOU,
        f"ACM does not renew imported certificates; this one expires in {counted(days, 'day')}",
        "`Type` is `IMPORTED`",
        _REMEDY,
        commands=_import(certificate),
        source=acm.REIMPORT_RULES.source,
    )
    return _by_days(certificate, days, obstacle, as_of)


def expired_import(obstacle: Obstacle, certificate: CertificateDetail) -> Obstacle:
    """Return the obstacle of an imported certificate that has expired."""
    return obstacle.__replace__(
        text="the certificate has expired, and ACM does not renew imported certificates",
        remedy=_REMEDY,
        commands=_import(certificate),
        source=acm.REIMPORT_RULES.source,
    )


def _import(certificate: CertificateDetail) -> tuple[str, ...]:
    return of_certificate(certificate, "import-certificate", *_FILES)


def acme_aspect(certificate: CertificateDetail, *, has_expired: bool) -> Aspect:
    """Return the state of a certificate that an ACME client obtained.

    The client renews it as another certificate, so that the expiry of this one proves nothing.
    """
    end = certificate.not_after
    endpoint = certificate.acme_endpoint_arn
    obstacle = Obstacle(
        Cause.NOT_RENEWED,
        Certainty.OPEN,
        Actor.YOU,
        "ACM does not renew certificates of ACME clients, and the input does not show whether the"
        " client has renewed this one",
        f"`AcmeEndpointArn` is `{endpoint}`" if endpoint else "the key pair origin is `ACME`",
        "check that the ACME client has a newer certificate",
        source=acm.RENEWAL_INELIGIBLE.source,
    )
    if has_expired:
        when = f" at {written(end)}" if end else ""
        title = f"the certificate of an ACME client expired{when}"
        return Aspect(State.UNKNOWN, title, (obstacle,))
    return Aspect(obstacles=(obstacle,))


def _days_left(certificate: CertificateDetail, as_of: datetime) -> int:
    return whole_days(as_of, certificate.not_after) if certificate.not_after else 0


def _by_days(
    certificate: CertificateDetail, days: int, obstacle: Obstacle, as_of: datetime
) -> Aspect:
    """Return the state by the days that are left."""
    if days <= _NEAR:
        title = f"the certificate expires in {counted(days, 'day')}, and ACM does not renew it"
        return Aspect(State.WAITING_FOR_YOU, title, (obstacle,))
    begin = later(certificate.not_after, days=-_NEAR)
    if begin is None or begin <= as_of:
        return Aspect()
    return Aspect(deadlines=(Deadline(begin, "AWS begins to report the expiry"),))
