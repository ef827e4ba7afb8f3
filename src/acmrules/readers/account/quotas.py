"""Quotas of ACM, and the account, in the responses of Service Quotas and STS."""

from __future__ import annotations

from acmrules.api_objects import ApiObject
from acmrules.arns import arn_of
from acmrules.errors import InvalidArgument
from acmrules.model.account import ServiceQuota
from acmrules.readers.account.shapes import QUOTA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.account.collected import Collected
    from acmrules.readers.account.shapes import Response
    from acmrules.syntax.tree import Data, Pointer

_ACM = "acm"
_MOST = 1e15
"""Quotas are below it; a larger number, an infinite one and `NaN` are not numbers of things."""


def add_quotas(response: Response, found: Collected) -> None:
    """Add the quotas of ACM of `ListServiceQuotas` or `GetServiceQuota`; others do not matter."""
    if response.operation == QUOTA:
        _add(response.data.get("Quota"), (*response.pointer, "Quota"), response, found)
        return
    entries = response.data.get("Quotas")
    for index, data in enumerate(entries if type(entries) is list else ()):
        _add(data, (*response.pointer, "Quotas", index), response, found)


def add_identity(response: Response, found: Collected) -> None:
    """Add the account of `GetCallerIdentity`."""
    account = response.data.get("Account")
    if isinstance(account, str):
        found.ids.append(account)


def _add(data: Data, pointer: Pointer, response: Response, found: Collected) -> None:
    try:
        given = ApiObject(data, "")
        if (given.text("ServiceCode") or _ACM) != _ACM:
            return
        code, name = given.required("QuotaCode"), given.text("QuotaName") or ""
        value = _number(given, "Value")
        arn = arn_of(given.text("QuotaArn") or "")
    except InvalidArgument as error:
        found.note_invalid(pointer, "a quota", error)
        return
    account, region = response.account or arn.account, response.region or arn.region
    found.quotas.append(ServiceQuota(code, name, value, account, region))


def _number(given: ApiObject, member: str) -> float:
    value = given.data.get(member)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _MOST:
        raise InvalidArgument(f"{member}: must be a number")
    return float(value)
