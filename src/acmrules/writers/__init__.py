"""Writes certificate requests as code, with one module for each format."""

from __future__ import annotations

from acmrules.writers.members import NotExpressible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.request import CertificateRequest

FORMATS = {
    "api": "acmrules.writers.api",
    "cloudformation": "acmrules.writers.cloudformation",
    "terraform": "acmrules.writers.terraform",
}
"""The modules by format, loaded on demand."""

__all__ = ["FORMATS", "NotExpressible", "write"]


def write(requests: Sequence[CertificateRequest], form: str) -> str:
    """Return the code of requests in a format; raises `NotExpressible`.

    If the format cannot express the Region, it is a comment, or missing.
    """
    module = __import__(FORMATS[form], fromlist=["render"])
    text: str = module.render(requests)
    return text
