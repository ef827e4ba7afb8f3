"""Recognizes names of modules, stacks and files that are about certificates."""

from __future__ import annotations

import re

_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"
_ABOUT = frozenset(("acm", "cert", "certs", "certificate", "certificates", "ssl"))
_ABOUT_OTHERS = frozenset(("acmpca", "authority", "azure", "azurerm", "google", "manager", "pca"))
"""Words of other certificate services: private CAs, cert-manager, other clouds."""


def are_about_certificates(*names: str) -> bool:
    """Return whether a word of any name means a certificate of ACM.

    >>> are_about_certificates("terraform-aws-modules/acm/aws"), are_about_certificates("CertStack")
    (True, True)
    >>> are_about_certificates("terraform-iaac/cert-manager/kubernetes", "placement")
    False
    """
    for name in names:
        words = {word.lower() for word in re.findall(_WORD, name)}
        if words & _ABOUT and not (words & _ABOUT_OTHERS and "acm" not in words):
            return True
    return False
