"""The input of `aws acm request-certificate` with `--cli-input-json` or `--cli-input-yaml`.

A request is one object. A file may contain several in a JSON list, or one per line.
"""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.model.member_names import AWS
from acmrules.readers.fields import Fields, LiteralReader
from acmrules.readers.requests import read_request, read_text
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.errors import ReadError
from acmrules.syntax.structured import looks_like_json, trees
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer

_OWN_MEMBERS = frozenset(
    ("DomainValidationOptions", "SubjectAlternativeNames", "ValidationMethod"),
)
_MEMBERS = _OWN_MEMBERS.union(
    ("CertificateAuthorityArn", "DomainName", "IdempotencyToken", "KeyAlgorithm"),
    ("CertificateUsage", "ManagedBy", "Options", "RootHierarchyType", "Tags"),
)
_ENOUGH_OWN_MEMBERS = 2
_DISTINCTIVE_MEMBERS = ("DomainName", "SubjectAlternativeNames")


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the requests in a source, `None` if there are none; raises `InputError`."""
    if not looks_like_json(source.text) and not _may_be_request(source.text):
        return None
    requests = [
        (tree, pointer, data) for tree in trees(source) for pointer, data in _requests(tree.data)
    ]
    declarations = []
    for index, (tree, pointer, data) in enumerate(requests):
        pointers: PointerMap = {(): ((*pointer, KEY), None)}
        try:
            request = _request(Fields(LiteralReader(), data, pointer), pointers, parameters.region)
        except ReadError as fault:
            raise fault.unreadable(tree) from None
        variant = Variant(request, (), Locations(tree, pointers, member_names=AWS))
        address = "$" if len(requests) == 1 else f"$[{index}]"
        declarations.append(Declaration(source, Tool.API, address, (variant,)))
    return tuple(declarations) or None


def _may_be_request(text: str) -> bool:
    """Return whether a YAML text has the members of a request; other texts are not parsed."""
    lines = [line for line in text.splitlines() if line.lstrip()[:1] not in {"", "#", "%", "-"}]
    margin = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    return any(line[margin:].lstrip("'\"").startswith(_DISTINCTIVE_MEMBERS) for line in lines)


def _requests(data: Data) -> Iterator[tuple[Pointer, dict[str, Data]]]:
    is_list = isinstance(data, list)
    for index, item in enumerate(data if is_list else [data]):
        if isinstance(item, dict) and _is_request(item):
            yield ((index,) if is_list else ()), item


def _is_request(data: dict[str, Data]) -> bool:
    if "CertificateArn" in data:
        return False  # The description of an existing certificate.
    own = len(_OWN_MEMBERS.intersection(data)) >= _ENOUGH_OWN_MEMBERS
    return own or ("DomainName" in data and _MEMBERS.issuperset(data))


def _request(fields: Fields, pointers: PointerMap, region: str | None) -> CertificateRequest:
    options = fields.inner("Options")
    logging = "CertificateTransparencyLoggingPreference"
    return read_request(
        fields,
        pointers,
        export=read_text(options, "Export", ("export",), pointers),
        transparency_logging=read_text(options, logging, ("transparency_logging",), pointers),
        region=region,
        root_hierarchy=read_text(fields, "RootHierarchyType", ("root_hierarchy",), pointers),
        certificate_usage=read_text(fields, "CertificateUsage", ("certificate_usage",), pointers),
    )
