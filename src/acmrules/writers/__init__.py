"""Certificate requests as the texts that ask for them, one module a format."""

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
"""Modules by the name of their format; one is loaded when it is asked for."""

__all__ = ["FORMATS", "NotExpressible", "write"]


def write(requests: Sequence[CertificateRequest], form: str) -> str:
    """Return the text that makes the requests, in their order; raises `NotExpressible`.

    Where the format has no room for the Region, it is said in a comment, or not at all.
    """
    module = __import__(FORMATS[form], fromlist=["render"])
    text: str = module.render(requests)
    return text
