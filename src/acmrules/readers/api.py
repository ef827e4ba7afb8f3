"""The input of `aws acm request-certificate` with `--cli-input-json` or `--cli-input-yaml`.

A request is one object. A file may contain several in a JSON list, or one per line. `requested`
is the entry for programs; `api_calls` has the other operations.
"""

from __future__ import annotations

from _collections_abc import Mapping

from acmrules.messages import near
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.model.member_names import AWS
from acmrules.model.members import folded, meant
from acmrules.readers.fields import Fields, LiteralReader
from acmrules.readers.members import MemberCheck
from acmrules.readers.requests import read_request, read_text
from acmrules.request import CertificateRequest, Tool, UnknownMember
from acmrules.syntax.errors import ReadError
from acmrules.syntax.structured import looks_like_json, trees
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer

_OWN_MEMBERS = frozenset(
    ("DomainValidationOptions", "SubjectAlternativeNames", "ValidationMethod"),
)
_DISTINCTIVE_MEMBERS = _OWN_MEMBERS.union(
    ("CertificateAuthorityArn", "CertificateUsage", "IdempotencyToken", "KeyAlgorithm"),
    ("RootHierarchyType",),
)
_MEMBERS = _DISTINCTIVE_MEMBERS.union(("DomainName", "ManagedBy", "Options", "Tags"))
_OPTIONS = ("CertificateTransparencyLoggingPreference", "Export")
_ENOUGH_OWN_MEMBERS = 2
_IN_DESCRIPTIONS = ("CertificateArn", "ResourceRecord", "ValidationStatus")
"""Members of the descriptions of existing certificates, in which a request would be an error."""

_DOMAIN_NAME_LETTERS = frozenset("DOMAINEdomaine")
_ENOUGH_LETTERS = 5
"""The number of different letters from which on a word is compared with `DomainName`."""

_LINES = ("DomainName", *sorted(_DISTINCTIVE_MEMBERS))
"""Members with which a line of a request in YAML begins."""


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the requests in a source, `None` if there are none; raises `InputError`."""
    if not looks_like_json(source.text) and not _may_be_request(source.text):
        return None
    return _read(source, parameters, _is_request)


def read_stated(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the requests in a source if the user says that it contains requests.

    Every object with a domain name is one, whatever else it contains. Raises `InputError`.
    """
    if not any(map(_is_domain_name, _keys(source.text))):
        return None
    return _read(source, parameters, has_domain_name)


def requested(parameters: Mapping[str, object], region: str | None = None) -> Declaration:
    """Return the request of `RequestCertificate` with these parameters.

    This is the entry for programs that have the parameters of a call: they are a request, whatever
    they contain. Findings are the same as for a file with these parameters. Raises
    `TypeMismatchError`.
    """
    pointers: PointerMap = {}
    request = _request(Fields(LiteralReader(), plain(parameters), ()), pointers, region)
    return Declaration(None, Tool.API, "$", (Variant(request, (), {}),))


def plain(data: object) -> Data:
    """Return parameters as plain data, in which lists and strings have no classes of their own."""
    if isinstance(data, Mapping):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(item) for item in data]
    return str.__str__(data) if isinstance(data, str) else data


def _read(
    source: Source, parameters: Parameters, is_request: Callable[[dict[str, Data]], bool]
) -> tuple[Declaration, ...] | None:
    objects = [
        (tree, pointer, data) for tree in trees(source) for pointer, data in _objects(tree.data)
    ]
    # Next to a request, an object with a domain name is a request with mistakes.
    is_one = has_domain_name if any(is_request(data) for _, _, data in objects) else is_request
    requests = [each for each in objects if is_request(each[2]) or is_one(each[2])]
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
    return any(line.startswith(_LINES) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a YAML text without its margin, and without the quote of a key."""
    lines = [line for line in text.splitlines() if line.lstrip()[:1] not in {"", "#", "%", "-"}]
    margin = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    return (line[margin:].lstrip("'\"") for line in lines)


def _keys(text: str) -> set[str]:
    """Return the keys of some length in a JSON text, or those that begin a line of a YAML text."""
    import re

    if looks_like_json(text):
        # Only the beginning of a word is tried, so that a long word costs one step per character.
        return set(re.findall(r"(?<![\w-])([\w-]{6,16}+)[\"']?\s*+:", text))
    return {line.partition(":")[0].rstrip("'\" ") for line in _lines(text)}


def _objects(data: Data) -> Iterator[tuple[Pointer, dict[str, Data]]]:
    is_list = isinstance(data, list)
    for index, item in enumerate(data if is_list else [data]):
        if isinstance(item, dict):
            yield ((index,) if is_list else ()), item


def _is_request(data: dict[str, Data]) -> bool:
    """Return whether an object in any file is a request: its members are, except for mistakes.

    Other services have a `DomainName` too. One member that ACM does not have is a mistake if
    another one is typical of ACM, and so is each one that resembles a typical member.
    """
    if "CertificateArn" in data:
        return False
    if len(_OWN_MEMBERS.intersection(data)) >= _ENOUGH_OWN_MEMBERS:
        return True
    if _MEMBERS.issuperset(data):
        return "DomainName" in data
    if not data.keys().isdisjoint(_IN_DESCRIPTIONS):
        return False
    strange = [_resembled(name, data) for name in data if name not in _MEMBERS]
    resembled = {name for names in strange for name in names}
    options = data.get("Options")
    is_typical = not _DISTINCTIVE_MEMBERS.isdisjoint(data) or (
        isinstance(options, dict) and not options.keys().isdisjoint(_OPTIONS)
    )
    if is_typical:
        return "DomainName" in {*data, *resembled} and strange.count(()) <= 1
    return "DomainName" in data and all(map(_DISTINCTIVE_MEMBERS.intersection, strange))


def has_domain_name(data: dict[str, Data]) -> bool:
    """Return whether an object has a domain name, perhaps misspelled, and is no description.

    If the user says that it is a request, it is read as one.
    """
    return "CertificateArn" not in data and any(map(_is_domain_name, data))


def _is_domain_name(member: str) -> bool:
    """Return whether a member is the domain name of a request, perhaps misspelled."""
    if len(_DOMAIN_NAME_LETTERS.intersection(member)) < _ENOUGH_LETTERS:
        return False
    return bool(near(folded(member), (folded("DomainName"),)))


def _resembled(name: str, data: dict[str, Data]) -> tuple[str, ...]:
    """Return the absent members that the name of a member resembles."""
    return meant(UnknownMember(name, "", frozenset(data)), _MEMBERS)


def _request(fields: Fields, pointers: PointerMap, region: str | None) -> CertificateRequest:
    check = MemberCheck(Tool.API, AWS, pointers)
    options = fields.inner("Options")
    check.look(options, "Options")
    logging = "CertificateTransparencyLoggingPreference"
    return read_request(
        fields,
        pointers,
        export=read_text(options, "Export", ("export",), pointers),
        transparency_logging=read_text(options, logging, ("transparency_logging",), pointers),
        region=region,
        root_hierarchy=read_text(fields, "RootHierarchyType", ("root_hierarchy",), pointers),
        certificate_usage=read_text(fields, "CertificateUsage", ("certificate_usage",), pointers),
        check=check,
    )
