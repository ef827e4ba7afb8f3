"""Requests as input of `aws acm request-certificate --cli-input-json`, one per line."""

from __future__ import annotations

from acmrules.api_parameters import to_api

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.request import CertificateRequest


def render(requests: Iterable[CertificateRequest]) -> str:
    """Return a line for each request, without its Region; raises `NotExpressible`."""
    from json import dumps

    return "".join(f"{dumps(to_api(each), ensure_ascii=False)}\n" for each in requests)
