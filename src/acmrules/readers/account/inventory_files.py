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
    if type(data["inventory"]) is bool or data["inventory"] != VERSION:
        source = found.documents.source
        position = source.position(found.documents.place((*pointer, "inventory"))[0])
        given = quoted(data["inventory"])
        fault = f"is an inventory of version {given}, and acmrules reads {VERSION}"
        raise InputError(source.name, f"{fault}: update acmrules", position)
    at = _time_of(data, pointer, found)
    if type(data["responses"]) is not list:
        found.note((*pointer, "responses"), "the value of `responses`", "is not a list", _CORRECT)
    for index, entry in enumerate(items(data["responses"])):
        place = (*pointer, "responses", index)
        try:
            yield from _response(ApiObject(entry, ""), place, at, found)
        except InvalidArgument as error:
            found.note(place, "an entry of the inventory", f"is not valid: {error}", _CORRECT)


def _time_of(data: dict[str, Data], pointer: Pointer, found: Collected) -> datetime | None:
    """Return when the responses were read, `None` if it is unknown."""
    try:
        return ApiObject(data, "").time("at")
    except InvalidArgument as error:
        found.note(
            (*pointer, "at"), "the time of the inventory", f"is not valid: {error}", _CORRECT
        )
        return None


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
