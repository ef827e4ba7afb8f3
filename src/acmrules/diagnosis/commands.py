"""Shell commands of the AWS CLI for one certificate, with its ARN and its Region."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.diagnosis.certificate import CertificateDetail, CertificateType
from acmrules.diagnosis.shell import aws
from acmrules.facts import acm
from acmrules.names import Name
from acmrules.request import KeyAlgorithm, ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

AS_JSON = ("--output", "json")
"""The options of a command whose output acmrules reads."""


def of_certificate(
    certificate: CertificateDetail, operation: str, *options: str
) -> tuple[str, ...]:
    """Return the command of an operation on a certificate; none if its ARN is unknown."""
    if not certificate.arn:
        return ()
    words = ("--certificate-arn", certificate.arn, *options)
    return (aws("acm", operation, *words, *_in_region(certificate.arn)),)


def _reading(certificate: CertificateDetail, operation: str) -> tuple[str, ...]:
    """Return the command of an operation whose output acmrules reads."""
    return tuple(f"{each} {' '.join(AS_JSON)}" for each in of_certificate(certificate, operation))


def describe(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that describes the certificate, in the form that acmrules reads."""
    return _reading(certificate, "describe-certificate")


def list_validations(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that shows the validations of a change of the method."""
    return _reading(certificate, "list-certificate-domain-validations")


def change_to_dns(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that changes the validation of a certificate from email to DNS."""
    options = ("--options", "ValidationMethod=DNS")
    return of_certificate(certificate, "update-certificate-options", *options)


def request_again(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that requests a certificate like this one, with DNS validation.

    There is none unless all names are known and valid, and so is the private CA, if there is one. A
    certificate that CloudFront manages is requested there.
    """
    names = [str(name) for name in certificate.names if isinstance(name, Name)]
    if certificate.managed_by is not None:
        return ()
    if not names or len(names) < len(certificate.names) or not certificate.names_known:
        return ()
    first, *others = names
    words = ["--domain-name", first]
    words += ["--subject-alternative-names", *others] if others else []
    authority = certificate.certificate_authority_arn
    if authority is None and certificate.type is CertificateType.PRIVATE:
        return ()
    words += (
        ["--validation-method", ValidationMethod.DNS.value]
        if authority is None
        else ["--certificate-authority-arn", authority]
    )
    algorithm = certificate.key_algorithm
    is_default = algorithm is KeyAlgorithm.RSA_2048
    if algorithm in acm.REQUESTABLE_ALGORITHMS.value and not is_default:
        words += ["--key-algorithm", str(algorithm)]
    if certificate.can_export and authority is None:
        words += ["--options", "Export=ENABLED"]
    return (aws("acm", "request-certificate", *words, *_in_region(certificate.arn)),)


def of_authority(
    arn: str | None, operation: str, *options: str, member: str = "--certificate-authority-arn"
) -> tuple[str, ...]:
    """Return the command of an operation on a private CA; none if its ARN is unknown.

    `member` is the option that has the ARN.
    """
    if not arn:
        return ()
    return (aws("acm-pca", operation, member, arn, *options, *_in_region(arn)),)


def _in_region(arn: str) -> Iterable[str]:
    region = arn_of(arn).region
    return ("--region", region) if region else ()
