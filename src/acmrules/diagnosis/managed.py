"""Certificates that a service manages: you act in that service, and not in ACM."""

from __future__ import annotations

from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.failure_reasons import THEN_REQUEST
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import sources

_REPLACED = frozenset(
    {
        Cause.TIMED_OUT,
        Cause.FAILED,
        Cause.EXPIRED,
        Cause.REVOKED,
        Cause.NOT_RENEWED,
        Cause.RENEWAL_FAILED,
    }
)
"""The causes whose remedy is another certificate."""

_CLOUDFRONT = "CLOUDFRONT"


def by_manager(certificate: CertificateDetail, obstacle: Obstacle) -> Obstacle:
    """Return an obstacle with the remedy for a certificate that CloudFront manages.

    CloudFront requests, validates and renews it; nothing is to be changed in ACM.
    """
    if certificate.managed_by != _CLOUDFRONT or obstacle.cause not in _REPLACED:
        return obstacle
    if obstacle.actor is not Actor.YOU or obstacle.certainty is Certainty.OPEN:
        return obstacle
    first, again, _ = obstacle.remedy.partition(THEN_REQUEST)
    return obstacle.__replace__(
        remedy=f"{first if again else 'fix the cause'}; then request the certificate again in"
        " CloudFront, which manages it",
        commands=(),
        source=sources.CF_MANAGED,
    )
