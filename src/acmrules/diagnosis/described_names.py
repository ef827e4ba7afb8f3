"""What the description of a certificate shows about the validation of its names, without DNS."""

from __future__ import annotations

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    DomainValidation,
    ValidationStatus,
)
from acmrules.diagnosis.commands import describe, of_certificate
from acmrules.diagnosis.dns.pending import domain_of_mail, method_of, pending
from acmrules.diagnosis.model import Actor, Cause, Certainty, NameDiagnosis, Obstacle
from acmrules.diagnosis.shell import command
from acmrules.facts import acm, sources
from acmrules.messages import quoted_list
from acmrules.request import ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.unresolved import ListedName


def with_description(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...]
) -> tuple[NameDiagnosis, ...]:
    """Return the diagnosis of each open name, with what its own validation shows.

    What DNS answers prove counts more: a name with a proven obstacle gets no other one. A name
    whose validation succeeded is not among the results.
    """
    by_name = {each.name: each for each in names if not each.is_validated}
    open_ = pending(certificate)
    validated = _validated(certificate) - {each.name for each in open_}
    for validation in open_:
        own = by_name.get(validation.name) or NameDiagnosis(validation.name, False)
        by_name[validation.name] = own.__replace__(
            obstacles=_joined(own.obstacles, _shown(validation, certificate))
        )
    return tuple(each for name, each in by_name.items() if name not in validated)


def _validated(certificate: CertificateDetail) -> set[ListedName]:
    return {
        each.name for each in certificate.validations if each.status is ValidationStatus.SUCCESS
    }


def _joined(proven: tuple[Obstacle, ...], shown: Obstacle | None) -> tuple[Obstacle, ...]:
    """Return the obstacles of a name, the most certain first."""
    is_settled = any(each.certainty is not Certainty.OPEN for each in proven)
    if shown is None or is_settled or any(each.cause is shown.cause for each in proven):
        return proven
    return (shown, *proven)


def _shown(validation: DomainValidation, certificate: CertificateDetail) -> Obstacle | None:
    """Return what the validation of a name shows, `None` if only DNS can show it."""
    if validation.status is ValidationStatus.FAILED:
        return _failed(validation)
    method = method_of(validation, certificate)
    if method is ValidationMethod.EMAIL:
        return _mail(validation, certificate)
    if method is ValidationMethod.HTTP:
        return _http(validation)
    if method is ValidationMethod.DNS and validation.record is None:
        return _record(certificate)
    return None


def _failed(validation: DomainValidation) -> Obstacle:
    return Obstacle(
        Cause.NAME_FAILED,
        Certainty.CERTAIN,
        Actor.YOU,
        "ACM could not validate the name",
        f"`ValidationStatus` of `{validation.name}` is `FAILED`",
        "fix the cause, and request a new certificate",
        source=sources.UG_FAILED,
    )


def _mail(validation: DomainValidation, certificate: CertificateDetail) -> Obstacle:
    emails, domain = validation.validation_emails, domain_of_mail(validation)
    if emails != ():
        boxes = emails or tuple(f"{box}@{domain}" for box in acm.CONSTRUCTED_LOCAL_PARTS.value)
        return Obstacle(
            Cause.MAIL_NOT_APPROVED,
            Certainty.CERTAIN,
            Actor.YOU,
            "no recipient has approved the validation mail",
            f"ACM wrote to {quoted_list(emails, 5)}" if emails else "the validation is pending",
            f"open the mail in one of the mailboxes {quoted_list(boxes, 5)}, and approve it; if it"
            " is missing, ACM can send it again",
            commands=_resend(validation, certificate),
            source=sources.UG_EMAIL,
        )
    return Obstacle(
        Cause.NO_MAIL_SENT,
        Certainty.CERTAIN,
        Actor.YOU,
        "ACM sent no validation mail",
        "`ValidationEmails` is empty",
        "check the MX record of the mail domain, and send the mail again, or use DNS validation",
        commands=_resend(validation, certificate),
        source=sources.UG_EMAILTS,
    )


def _resend(validation: DomainValidation, certificate: CertificateDetail) -> tuple[str, ...]:
    domain = domain_of_mail(validation)
    if not domain:
        return ()
    options = ("--domain", str(validation.name), "--validation-domain", domain)
    return of_certificate(certificate, "resend-validation-email", *options)


def _http(validation: DomainValidation) -> Obstacle:
    redirect = validation.redirect
    urls = (redirect.redirect_from, redirect.redirect_to) if redirect else ()
    return Obstacle(
        Cause.HTTP_CONTENT,
        Certainty.OPEN,
        Actor.YOU,
        "the content for HTTP validation has to be the same at both URLs",
        f"ACM fetches `{urls[0]}`, whose content is at `{urls[1]}`" if urls else "",
        "serve the content, or redirect to it",
        commands=tuple(command("curl", "-sSiL", url) for url in urls),
        source=sources.UG_HTTPREDIR,
    )


def _record(certificate: CertificateDetail) -> Obstacle:
    return Obstacle(
        Cause.RECORD_NOT_CREATED,
        Certainty.LIKELY if certificate.described else Certainty.OPEN,
        Actor.AWS,
        "ACM has not created the validation record yet, which takes some seconds",
        "the validation of the name has no `ResourceRecord`",
        "describe the certificate again",
        commands=describe(certificate),
        source=sources.UG_DNS,
    )
