"""Certificates that were exported: after a renewal, the exported one is outdated."""

from __future__ import annotations

from acmrules.diagnosis.aspect import Aspect
from acmrules.diagnosis.certificate import CertificateDetail, RenewalStatus
from acmrules.diagnosis.commands import of_certificate
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle, State
from acmrules.diagnosis.shell import aws
from acmrules.facts import live


def export_aspect(certificate: CertificateDetail) -> Aspect:
    """Return whether a certificate has to be exported again after its renewal (fact 7.7).

    ACM renews an unused certificate only if it was exported since the last renewal. So one that is
    eligible was exported, and one that is not eligible was not.
    """
    renewal = certificate.renewal
    if not certificate.was_exported or renewal is None:
        return Aspect()
    if renewal.status is not RenewalStatus.SUCCESS:
        return Aspect()
    if certificate.in_use is False and certificate.is_renewable is True:
        return Aspect()
    if certificate.in_use is False and certificate.is_renewable is False:
        title = "the certificate was renewed, and has to be exported again"
        return Aspect(State.WAITING_FOR_YOU, title, (_outdated(certificate),))
    return Aspect(obstacles=(_open(certificate),))


def _outdated(certificate: CertificateDetail) -> Obstacle:
    options = ("--passphrase", "fileb://passphrase.txt")
    return Obstacle(
        Cause.EXPORT_AGAIN,
        Certainty.LIKELY,
        Actor.YOU,
        "the certificate was renewed after its export",
        "it was exported, is not in use, and is not eligible for renewal",
        live.RENEWAL_SUCCESS.value.do,
        commands=of_certificate(certificate, "export-certificate", *options),
        source=live.RENEWAL_SUCCESS.source,
    )


def _open(certificate: CertificateDetail) -> Obstacle:
    attribute = "AttributeKey=EventName,AttributeValue=ExportCertificate"
    region = ("--region", certificate.region) if certificate.region else ()
    events = aws("cloudtrail", "lookup-events", "--lookup-attributes", attribute, *region)
    return Obstacle(
        Cause.EXPORT_AGAIN,
        Certainty.OPEN,
        Actor.YOU,
        "the input does not show whether the certificate was exported after its renewal",
        "it was exported, and `RenewalStatus` is `SUCCESS`",
        live.RENEWAL_SUCCESS.value.do,
        commands=(events,),
        source=live.RENEWAL_SUCCESS.source,
    )
