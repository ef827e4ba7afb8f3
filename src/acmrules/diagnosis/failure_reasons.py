"""Why a request or a renewal failed: the 17 reasons, each with its remedy and its commands."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.diagnosis.certificate import CertificateDetail, FailureReason
from acmrules.diagnosis.commands import describe, of_authority, request_again
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.diagnosis.shell import aws
from acmrules.facts import live, names
from acmrules.messages import quoted, quoted_list
from acmrules.partial import dotted, ending
from acmrules.unresolved import Malformed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.facts.fact import Fact, Meaning

REASONS: dict[FailureReason, Fact[Meaning]] = {
    FailureReason.NO_AVAILABLE_CONTACTS: live.NO_AVAILABLE_CONTACTS,
    FailureReason.ADDITIONAL_VERIFICATION_REQUIRED: live.ADDITIONAL_VERIFICATION_REQUIRED,
    FailureReason.DOMAIN_NOT_ALLOWED: live.DOMAIN_NOT_ALLOWED,
    FailureReason.INVALID_PUBLIC_DOMAIN: live.INVALID_PUBLIC_DOMAIN,
    FailureReason.DOMAIN_VALIDATION_DENIED: live.DOMAIN_VALIDATION_DENIED,
    FailureReason.CAA_ERROR: live.CAA_ERROR,
    FailureReason.PCA_LIMIT_EXCEEDED: live.PCA_LIMIT_EXCEEDED,
    FailureReason.PCA_INVALID_ARN: live.PCA_INVALID_ARN,
    FailureReason.PCA_INVALID_STATE: live.PCA_INVALID_STATE,
    FailureReason.PCA_REQUEST_FAILED: live.PCA_REQUEST_FAILED,
    FailureReason.PCA_NAME_CONSTRAINTS_VALIDATION: live.PCA_NAME_CONSTRAINTS_VALIDATION,
    FailureReason.PCA_RESOURCE_NOT_FOUND: live.PCA_RESOURCE_NOT_FOUND,
    FailureReason.PCA_INVALID_ARGS: live.PCA_INVALID_ARGS,
    FailureReason.PCA_INVALID_DURATION: live.PCA_INVALID_DURATION,
    FailureReason.PCA_ACCESS_DENIED: live.PCA_ACCESS_DENIED,
    FailureReason.SLR_NOT_FOUND: live.SLR_NOT_FOUND,
    FailureReason.OTHER: live.OTHER,
}
"""The fact about each reason."""

THEN_REQUEST = "; then request a new certificate"
"""The end of the remedy after a final failure."""

_CAUSES = {
    FailureReason.CAA_ERROR: Cause.CAA_FORBIDS,
    FailureReason.NO_AVAILABLE_CONTACTS: Cause.NO_MX,
}
_SAME_REQUEST = frozenset(
    {
        FailureReason.NO_AVAILABLE_CONTACTS,
        FailureReason.DOMAIN_VALIDATION_DENIED,
        FailureReason.CAA_ERROR,
        FailureReason.PCA_LIMIT_EXCEEDED,
        FailureReason.PCA_INVALID_STATE,
        FailureReason.PCA_REQUEST_FAILED,
        FailureReason.PCA_INVALID_DURATION,
        FailureReason.PCA_ACCESS_DENIED,
        FailureReason.SLR_NOT_FOUND,
    }
)
"""The reasons whose remedy leaves the names and the CA of the request as they are."""

_OF_AUTHORITY = frozenset(
    {
        FailureReason.PCA_INVALID_STATE,
        FailureReason.PCA_NAME_CONSTRAINTS_VALIDATION,
        FailureReason.PCA_RESOURCE_NOT_FOUND,
        FailureReason.PCA_INVALID_ARGS,
        FailureReason.PCA_INVALID_DURATION,
    }
)
"""The reasons that the description of the private CA explains."""

_ACTIONS = ("IssueCertificate", "GetCertificate", "ListPermissions")


def failure(
    certificate: CertificateDetail,
    reason: FailureReason | Malformed | None,
    cause: Cause,
    proof: str,
    *,
    is_final: bool,
) -> Obstacle:
    """Return the obstacle of a failure reason, or of a failure without a known one.

    `cause` is that of the failure itself. `proof` names the member that contains the reason. After
    a final failure, ACM does not try again, and a new request is part of the remedy. Before that, a
    reason that DNS proves has its own cause: it has to be fixed for ACM to succeed.
    """
    if not isinstance(reason, FailureReason):
        return _unexplained(certificate, reason, cause, proof)
    fact = REASONS[reason]
    remedy = remedy_of(certificate, reason)
    return Obstacle(
        cause if is_final else _CAUSES.get(reason, cause),
        Certainty.CERTAIN if fact.is_confirmed else Certainty.LIKELY,
        Actor.YOU,
        fact.value.means,
        f"{proof} is `{reason.value}`",
        f"{remedy}{THEN_REQUEST}" if is_final else remedy,
        commands=_commands(certificate, reason, is_final=is_final),
        # The model of the API names a reason that no page explains.
        source=fact.source if fact.is_confirmed else live.FAILED.source,
    )


def remedy_of(certificate: CertificateDetail, reason: FailureReason) -> str:
    """Return what to do; a private CA of another account is permitted in another way."""
    if reason is FailureReason.ADDITIONAL_VERIFICATION_REQUIRED:
        return _of_verification(certificate)
    if reason is not FailureReason.PCA_ACCESS_DENIED or not certificate.certificate_authority_arn:
        return REASONS[reason].value.do
    if _is_of_account(certificate):
        return "permit `acm.amazonaws.com` to use the CA"
    return f"share the CA with the account `{certificate.account}` by a resource policy"


def _of_verification(certificate: CertificateDetail) -> str:
    """Return what to do about names that need a verification, or that belong to Amazon."""
    suffixes = dotted(names.AMAZON_SUFFIXES.value)
    theirs = [each for each in certificate.names if ending(each, suffixes)[0]]
    if theirs:
        return f"leave out the names that belong to Amazon: {quoted_list(theirs)}"
    return REASONS[FailureReason.ADDITIONAL_VERIFICATION_REQUIRED].value.do


def _is_of_account(certificate: CertificateDetail) -> bool:
    """Return whether the private CA is in the account of the certificate."""
    return arn_of(certificate.certificate_authority_arn or "").account == certificate.account


def _unexplained(
    certificate: CertificateDetail, reason: Malformed | None, cause: Cause, proof: str
) -> Obstacle:
    fault = f"the reason {quoted(reason)} is unknown to acmrules" if reason else ""
    is_described = certificate.described
    return Obstacle(
        cause,
        Certainty.OPEN,
        Actor.YOU,
        fault or f"the {'description' if is_described else 'input'} does not show why it failed",
        f"{proof} is {quoted(reason)}" if reason else f"{proof} is missing",
        "request the certificate again, and contact AWS Support if that fails too"
        if is_described
        else "read the reason in the description of the certificate",
        commands=() if is_described else describe(certificate),
        source=live.FAILED.source,
    )


def _commands(
    certificate: CertificateDetail, reason: FailureReason, *, is_final: bool
) -> tuple[str, ...]:
    """Return the commands of the remedy, those that prepare it first."""
    authority = certificate.certificate_authority_arn
    first: tuple[str, ...] = ()
    if reason is FailureReason.SLR_NOT_FOUND:
        service = ("--aws-service-name", "acm.amazonaws.com")
        first = (aws("iam", "create-service-linked-role", *service),)
    elif reason is FailureReason.PCA_ACCESS_DENIED:
        first = _permit(certificate)
    elif reason is FailureReason.PCA_INVALID_ARN:
        region = ("--region", certificate.region) if certificate.region else ()
        first = (aws("acm-pca", "list-certificate-authorities", *region),)
    elif reason in _OF_AUTHORITY:
        first = of_authority(authority, "describe-certificate-authority")
    return first + (request_again(certificate) if is_final and reason in _SAME_REQUEST else ())


def _permit(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that permits ACM to use a private CA, if it is in the same account."""
    authority = certificate.certificate_authority_arn or ""
    if not _is_of_account(certificate):
        return of_authority(authority, "get-policy", member="--resource-arn")
    options = ("--principal", "acm.amazonaws.com", "--actions", *_ACTIONS)
    return of_authority(authority, "create-permission", *options)
