"""Requests as input of `aws acm request-certificate --cli-input-json`, one per line."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.writers.members import NotExpressible, members, refuse, unknowns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.request import CertificateRequest
    from acmrules.writers.members import Members

_OPTIONS = ("Export", "CertificateTransparencyLoggingPreference")


def render(requests: Iterable[CertificateRequest]) -> str:
    """Return a line for each request, without its Region; raises `NotExpressible`."""
    from json import dumps

    return "".join(f"{dumps(as_data(each), ensure_ascii=False)}\n" for each in requests)


def as_data(request: CertificateRequest) -> Members:
    """Return a request as input of the API; raises `NotExpressible`."""
    found = members(request)
    for unknown in unknowns(found):
        raise NotExpressible(f"has {quoted(unknown)}, but the API needs a value")
    for option in found.get("DomainValidationOptions", ()):
        refuse(dict(option), "the API", "HostedZoneId")
    options = {member: found.pop(member) for member in _OPTIONS if member in found}
    return found | ({"Options": options} if options else {})
