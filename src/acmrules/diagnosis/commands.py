"""Shell commands of the AWS CLI for one certificate, with its ARN and its Region."""

from __future__ import annotations

from string import ascii_letters, digits

from acmrules.diagnosis.certificate import CertificateDetail, CertificateType
from acmrules.facts import acm
from acmrules.names import Name
from acmrules.request import KeyAlgorithm, ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = frozenset(f"{ascii_letters}{digits}@%_-+=:,./")
_REGION = 3


def in_shell(text: str) -> str:
    """Return an argument for a POSIX shell, in single quotes unless it is safe without them.

    >>> print(in_shell("*.example.com"), in_shell("example.com"), in_shell("it's"))
    '*.example.com' example.com 'it'"'"'s'
    """
    if text and _PLAIN.issuperset(text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def command(*words: str) -> str:
    """Return a command of arguments, each quoted where it has to be."""
    return " ".join(map(in_shell, words))


def of_certificate(
    certificate: CertificateDetail, operation: str, *options: str
) -> tuple[str, ...]:
    """Return the command of an operation on a certificate; none if its ARN is unknown."""
    if not certificate.arn:
        return ()
    words = ("aws", "acm", operation, "--certificate-arn", certificate.arn, *options)
    return (command(*words, *_in_region(certificate.arn)),)


def describe(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that describes the certificate."""
    return of_certificate(certificate, "describe-certificate")


def list_validations(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that shows the validations of a change of the method."""
    return of_certificate(certificate, "list-certificate-domain-validations")


def change_to_dns(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that changes the validation of a certificate from email to DNS."""
    options = ("--options", "ValidationMethod=DNS")
    return of_certificate(certificate, "update-certificate-options", *options)


def request_again(certificate: CertificateDetail) -> tuple[str, ...]:
    """Return the command that requests a certificate like this one, with DNS validation.

    There is none unless all names are known and valid, and so is the private CA, if there is one.
    """
    names = [str(name) for name in certificate.names if isinstance(name, Name)]
    if not names or len(names) < len(certificate.names) or not certificate.names_known:
        return ()
    first, *others = names
    words = ["aws", "acm", "request-certificate", "--domain-name", first]
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
    return (command(*words, *_in_region(certificate.arn)),)


def of_authority(
    arn: str | None, operation: str, *options: str, member: str = "--certificate-authority-arn"
) -> tuple[str, ...]:
    """Return the command of an operation on a private CA; none if its ARN is unknown.

    `member` is the option that has the ARN.
    """
    if not arn:
        return ()
    words = ("aws", "acm-pca", operation, member, arn, *options)
    return (command(*words, *_in_region(arn)),)


def _in_region(arn: str) -> Iterable[str]:
    parts = arn.split(":")
    region = parts[_REGION] if len(parts) > _REGION else ""
    return ("--region", region) if region else ()
