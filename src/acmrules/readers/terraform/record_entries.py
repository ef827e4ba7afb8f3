"""The records that instances of resources create, and what they take from certificates."""

from __future__ import annotations

import re

from acmrules.dns_validation import OptionPart
from acmrules.model.members import RECORD_NAME, RECORD_VALUE
from acmrules.partial import TextIndex, symbols
from acmrules.readers.evaluated import TerraformReader, unwrap
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.dns import zone_of
from acmrules.readers.terraform.resources.record_types import RECORD_TYPES
from acmrules.readers.terraform.resources.references import OPTIONS, RECORD
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.terraform.resources.record_types import RecordType
    from acmrules.readers.terraform.scopes import ResourceInstance
    from acmrules.unresolved import ListedName, Text

PATH = "dns_validation"
"""The first step of the paths of a validation."""

_PART = re.compile(
    rf"([\w.-]+(?:\[[^\]]*\][\w.-]*)*)\.{OPTIONS}\[(\d+)\]"
    rf"\.({RECORD_NAME}|{RECORD_VALUE}|resource_record_type)\b"
)
_PROXIED = "proxied"


class RecordArguments(Value):
    """A record of a resource; `values` and `zone` are those whose expressions can be read.

    The members `name_at`, `value_at` and `type_at` are the attributes or blocks that set them.
    """

    service: str
    name: Text | None
    values: tuple[Text, ...]
    type: Text | None
    zone: Text | None
    overwrites: bool | None
    proxied: Text | bool
    name_at: str
    value_at: str
    type_at: str
    is_relative: bool
    can_overwrite: bool


def entries(kind: str, instance: ResourceInstance) -> Iterator[RecordArguments]:
    """Yield the records of an instance; those that cannot be read have neither names nor values."""
    yield from entries_in(kind, Fields(TerraformReader(), dict(instance.node.value), ()))


def entries_in(kind: str, fields: Fields) -> Iterator[RecordArguments]:
    """Yield the records of a resource with some attributes."""
    described = RECORD_TYPES[kind]
    overwrites = _overwrites(fields, described)
    proxied = _proxied(fields)
    zone = _zone(kind, fields, described)
    values = next((each for each in described.values if each.partition(".")[0] in fields), "")
    for inside in _blocks(fields, described):
        yield RecordArguments(
            described.service,
            _text(inside, described.name),
            tuple(_texts(inside, values)),
            _text(inside, described.type) if described.type else "CNAME",
            zone,
            overwrites,
            proxied,
            described.name.partition(".")[0],
            values.partition(".")[0],
            described.type.partition(".")[0],
            described.is_relative,
            bool(described.overwrite),
        )


def part_of(text: Text | None) -> OptionPart | None:
    """Return what an expression takes from the options, `None` unless it is one thing."""
    found = {*_PART.findall(str(text))} if isinstance(text, Unresolved) else set()
    if len(found) != 1:
        return None
    ((certificate, index, member),) = found
    return OptionPart(f"{certificate}.{OPTIONS}[{index}]", member)


def certificate_of(part: OptionPart) -> tuple[str, int]:
    """Return the address of the certificate of an option, and the option's index."""
    address, _, index = part.option.removesuffix("]").rpartition(f".{OPTIONS}[")
    return address, int(index)


def _blocks(fields: Fields, described: RecordType) -> Iterator[Fields]:
    """Yield the mappings that have a record each: the resource itself, or its blocks."""
    block, _, nested = described.name.partition(".")
    if not nested:
        yield fields
        return
    try:
        yield from fields.each(block)
    except TypeMismatchError:
        return


def _text(fields: Fields, member: str) -> Text | None:
    found = [*_texts(fields, member.rpartition(".")[2])]
    return found[0] if len(found) == 1 else None


def _texts(fields: Fields, member: str) -> Iterator[Text]:
    """Yield the strings of a member: a string, a list, or a member of blocks."""
    block, _, nested = member.partition(".")
    if nested and block in fields:
        try:
            for inner in fields.each(block):
                yield from _texts(inner, nested)
        except TypeMismatchError:
            pass
        return
    member = nested or block
    try:
        text = fields.text(member)
        yield from [text[0]] if text else []
    except TypeMismatchError:
        try:
            yield from (
                each[0] for each in fields.texts(member) if not isinstance(each[0], UnresolvedNames)
            )
        except TypeMismatchError:
            return


def _zone(kind: str, fields: Fields, described: RecordType) -> Text | None:
    try:
        zone = zone_of(fields) if kind == RECORD else fields.text(described.zone)
    except TypeMismatchError:
        return None
    return zone and zone[0]


def _overwrites(fields: Fields, described: RecordType) -> bool | None:
    if described.overwrite not in fields:
        return False
    allowed = unwrap(fields.data[described.overwrite])
    known = next((text for text in ("true", "false") if str(allowed).lower() == text), None)
    return None if known is None else known == "true"


def _proxied(fields: Fields) -> Text | bool:
    """Return whether Cloudflare proxies a record, or the unknown value that determines it."""
    try:
        found = fields.text(_PROXIED)
    except TypeMismatchError:
        return False
    if found is None:
        return False
    return found[0] if isinstance(found[0], Unresolved) else found[0] == "true"


def left_out_of(
    stems: list[ListedName], options: Iterable[tuple[int, bool]], shared: list[ListedName]
) -> tuple[tuple[ListedName, ...], int]:
    """Return the names without options, or else how many distinct names have none.

    Options have an index and whether it is that of the name; `shared` have records elsewhere.
    """
    needed = distinct(stems)
    by_index = {index: exact for index, exact in sorted(options) if index < len(stems)}
    if all(by_index.values()):
        covered = [stems[index] for index in by_index] + shared
        index = TextIndex(map(symbols, covered))
        return tuple(stem for stem in needed if index.holds(symbols(stem)) is False), 0
    return (), max(0, len(needed) - len(by_index) - len(set(shared)))


def distinct(stems: Iterable[ListedName]) -> list[ListedName]:
    """Return as many names as possible that are certainly all different."""
    found: list[ListedName] = []
    index = TextIndex()
    for stem in stems:
        text = symbols(stem)
        if text is not None and index.holds(text) is False:
            index.add(text)
            found.append(stem)
    return found
