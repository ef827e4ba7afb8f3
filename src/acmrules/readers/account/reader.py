"""What AWS answers about an account: certificates, hosted zones, quotas, events, inventories.

A file contains one response, a list of responses, or one response after another, as JSON or YAML.
"""

from __future__ import annotations

from acmrules.messages import counted, quoted
from acmrules.readers.account import shapes
from acmrules.readers.account.certificates import (
    add_description,
    add_list,
    add_validations,
)
from acmrules.readers.account.collected import Collected
from acmrules.readers.account.documents import Documents
from acmrules.readers.account.events import add_event, add_health
from acmrules.readers.account.inventory_files import is_inventory, responses_in
from acmrules.readers.account.quotas import add_identity, add_quotas
from acmrules.readers.account.shapes import LEADING, Response, operation_of
from acmrules.readers.account.zones import add_records, add_zone, add_zones
from acmrules.syntax.structured import looks_like_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source

_LEADING = tuple(f"{member}:" for member in LEADING)

_TOKENS = frozenset(("NextToken", "nextToken"))

_UNFINISHED = {
    shapes.VALIDATIONS: "acm list-certificate-domain-validations",
    shapes.QUOTAS: "service-quotas list-service-quotas",
    shapes.HEALTH_EVENTS: "health describe-events",
    shapes.HEALTH_ENTITIES: "health describe-affected-entities",
}
"""The commands whose output has a token if it is only a part."""

_MOST_NOTES = 20
"""The maximum number of objects of unknown kinds that are listed one by one."""


def _ignore(response: Response, found: Collected) -> None:
    """Add nothing of a response that says nothing about certificates."""


_ADDING: dict[str, Callable[[Response, Collected], None]] = {
    shapes.CERTIFICATE: add_description,
    shapes.DESCRIPTION: add_description,
    shapes.CERTIFICATES: add_list,
    shapes.FOUND_CERTIFICATES: add_list,
    shapes.VALIDATIONS: add_validations,
    shapes.CONFIGURATION: _ignore,
    shapes.ZONES: add_zones,
    shapes.ZONES_BY_NAME: add_zones,
    shapes.ZONE: add_zone,
    shapes.RECORDS: add_records,
    shapes.IDENTITY: add_identity,
    shapes.REGIONS: _ignore,
    shapes.QUOTAS: add_quotas,
    shapes.DEFAULT_QUOTAS: _ignore,
    shapes.QUOTA: add_quotas,
    shapes.EVENT: add_event,
    shapes.HEALTH_EVENTS: add_health,
    shapes.HEALTH_DETAILS: add_health,
    shapes.HEALTH_ENTITIES: add_health,
}


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:  # noqa: ARG001
    """Return the certificates in the responses of a source, and what else they show.

    The latter is one declaration without a certificate. Returns `None` if the source has no
    responses. Raises `InputError`.
    """
    if not looks_like_json(source.text) and not _may_be_response(source.text):
        return None
    found = Collected(Documents(source))
    responses = [*_responses(found)]
    if not responses and not found.refusals and not found.not_checked:
        return None
    for response in responses:
        _ADDING[response.operation](response, found)
        if response.operation in _UNFINISHED and not _TOKENS.isdisjoint(response.data):
            command, how = _UNFINISHED[response.operation], "`--max-items` and `--no-paginate`"
            what = f"the output of {quoted(f'aws {command}')}"
            found.note(response.pointer, what, "is only the first part", f"run it without {how}")
    return found.declarations()


def _responses(found: Collected) -> Iterator[Response]:
    """Yield the responses of the documents, those with the zones of others first."""
    responses = []
    strange = []
    for each in found.documents.objects():
        data = each.data if type(each.data) is dict else {}
        if is_inventory(data):
            responses += [*responses_in(data, each.pointer, found)]
        elif operation := operation_of(data):
            responses.append(Response(operation, data, each.pointer))
        else:
            strange.append(each)
    if responses or found.refusals:
        for each in strange[:_MOST_NOTES]:
            found.note(each.pointer, "an object", _UNREAD, _ALONE)
        rest = strange[_MOST_NOTES:]
        if rest:
            found.note(rest[0].pointer, f"each of {counted(len(rest), 'object')}", _UNREAD, _ALONE)
    pages = _joined_pages(responses)
    for response in sorted(pages, key=lambda each: each.operation == shapes.RECORDS):
        if response.operation in _ADDING:
            yield response
        else:
            what = f"the response of {quoted(response.operation)}"
            found.note(response.pointer, what, "is not read", "leave it out")


def _joined_pages(responses: list[Response]) -> Iterator[Response]:
    """Yield responses; one with a token is complete if the next one is its next page."""
    for response, following in zip(responses, [*responses[1:], None], strict=False):
        is_page = following is not None and following.operation == response.operation
        if is_page and not _TOKENS.isdisjoint(response.data):
            data = {key: each for key, each in response.data.items() if key not in _TOKENS}
            yield response.__replace__(data=data)
        else:
            yield response


_UNREAD = "is not a response that acmrules reads"
_ALONE = "check requests in a file of their own"


def _may_be_response(text: str) -> bool:
    """Return whether a YAML text has the members of a response; other texts are not parsed."""
    return any(line.removeprefix("- ").startswith(_LEADING) for line in text.splitlines())
