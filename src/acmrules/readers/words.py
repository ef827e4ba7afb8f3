"""Recognizes files that may request certificates, and names that are about certificates."""

from __future__ import annotations

_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"
_ABOUT = frozenset(("acm", "cert", "certs", "certificate", "certificates", "ssl"))
_ABOUT_OTHERS = frozenset(("acmpca", "authority", "azure", "azurerm", "google", "manager", "pca"))
"""Words of other certificate services: private CAs, cert-manager, other clouds."""

_HINTS = (
    *(b"domainname", b"domain_name", b"subjectalt", b"subject_alt", b"validationmethod"),
    *(b"validation_method", b"certificatearn", b"certificatemanager", b"acm_certificate", b":acm:"),
    *(b"services.k8s.aws", b"certificatesummarylist", b"begin cert", b"begin new cert"),
)
"""Lowercase words of files that may be meant as a request."""


def are_about_certificates(*names: str) -> bool:
    """Return whether a word of any name means a certificate of ACM.

    >>> are_about_certificates("terraform-aws-modules/acm/aws"), are_about_certificates("CertStack")
    (True, True)
    >>> are_about_certificates("terraform-iaac/cert-manager/kubernetes", "placement")
    False
    """
    import re

    for name in names:
        words = {word.lower() for word in re.findall(_WORD, name)}
        if words & _ABOUT and not (words & _ABOUT_OTHERS and "acm" not in words):
            return True
    return False


def may_be_meant(data: bytes) -> bool:
    """Return whether the bytes of a file may be meant as a certificate request."""
    folded = data.lower()
    return any(map(folded.__contains__, _HINTS))
