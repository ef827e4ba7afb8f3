"""Inventory files: the responses of many calls, and the calls that failed."""

from __future__ import annotations

from acmrules.api_objects import ApiObject
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.model.account import Refusal
from acmrules.readers.account.shapes import Response
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from acmrules.readers.account.collected import Collected
    from acmrules.syntax.tree import Data, Pointer

VERSION = 1
"""The version of the format."""

_CORRECT = "write the inventory again with `acmrules inventory`"


def is_inventory(data: dict[str, Data]) -> bool:
    """Return whether an object is an inventory."""
    return "inventory" in data and "responses" in data and "acmrules" in data


def responses_in(data: dict[str, Data], pointer: Pointer, found: Collected) -> Iterator[Response]:
    """Yield the responses of an inventory, and add its failed calls.

    Raises `InputError` for an inventory of another version.
    """
    if data["inventory"] != VERSION:
        source = found.documents.source
        position = source.position(found.documents.place((*pointer, "inventory"))[0])
        fault = f"is an inventory of version {data['inventory']}, and acmrules reads {VERSION}"
        raise InputError(source.name, f"{fault}: update acmrules", position)
    at = ApiObject(data, "").time("at") if isinstance(data.get("at"), str) else None
    for index, entry in enumerate(items(data["responses"])):
        place = (*pointer, "responses", index)
        try:
            yield from _response(ApiObject(entry, ""), place, at, found)
        except InvalidArgument as error:
            found.note(place, "an entry of the inventory", f"is not valid: {error}", _CORRECT)


def _response(
    given: ApiObject, place: Pointer, at: datetime | None, found: Collected
) -> Iterator[Response]:
    operation = given.required("operation")
    account, region = given.text("account") or "", given.text("region") or ""
    if given.has("error"):
        error = given.inner("error")
        code, message = error.required("code"), error.text("message") or ""
        arn = given.inner("request").text("CertificateArn") or ""
        found.refusals.append(Refusal(operation, code, message, account, region, arn))
        return
    content = given.inner("response").data
    if not given.has("response"):
        raise InvalidArgument(f"{quoted(operation)} has neither a response nor an error")
    request = given.inner("request").data
    yield Response(operation, content, (*place, "response"), request, account, region, at)
