"""Validation of certificates: the blocks that mention them, and the zones of their records."""

from __future__ import annotations

import re
from bisect import bisect_right

from acmrules.readers.conditions import OpenCondition
from acmrules.readers.terraform.resources.dns import zone_of
from acmrules.readers.terraform.resources.references import CERTIFICATE, RECORD, VALIDATION
from acmrules.syntax.errors import ReadError
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.source import InputError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acmrules.readers.fields import Fields, Found
    from acmrules.readers.terraform.modules import Module
    from acmrules.resources import Zone
    from acmrules.syntax.hcl.ast import Block, Expression
    from acmrules.unresolved import Text

_OPTIONS = ".domain_validation_options"
# `re` compiles these patterns when they are first used, because few modules need them.
_OPTIONS_OF = rf"\b{CERTIFICATE}\.([\w-]+)(\[(?:\d+|\"[^\"]*\")\])?[^.]*\.domain_validation_options"
_USES_OPTIONS = r"[^\n.]*(?:\.\*)?\.domain_validation_options"
# A pattern that begins with a literal is much faster to search than one with a lookbehind.
_MENTION = re.compile(rf"{CERTIFICATE}(?<!\w{CERTIFICATE})(?:_validation)?\.[\w-]+")
_DATA_PREFIX = "data."


# Mentions


class Mentions:
    """The blocks that mention certificates, for each module."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, set[str]]] = {}

    def of(self, module: Module, certificate: str) -> set[str]:
        """Return the blocks that mention a certificate, or a validation of it.

        A resource is identified by its address in the module, any other block by its type.
        """
        if module.folder not in self._known:
            self._known[module.folder] = _mentions(module)
        mentions = self._known[module.folder]
        blocks = mentions.get(certificate, set())
        waiting = [mentions.get(block, ()) for block in blocks if _has_type(VALIDATION, block)]
        return blocks.union(*waiting)

    def validators(self, module: Module, certificate: str) -> tuple[str, ...]:
        """Return the blocks that validate a certificate, or that pass its records on."""
        found = {block for block in self.of(module, certificate) if validates(block)}
        return tuple(sorted(found | self._known[module.folder].get(certificate + _OPTIONS, set())))


def _mentions(module: Module) -> dict[str, set[str]]:
    mentions: dict[str, set[str]] = {}
    for file in module.files:
        text = file.source.text
        blocks = sorted(file.blocks, key=lambda block: block.start)
        starts = [block.start for block in blocks]
        for found in _MENTION.finditer(text):
            if not text.endswith(_DATA_PREFIX, 0, found.start()):
                index = bisect_right(starts, found.start()) - 1
                if _is_in_comment(text, starts[index] if index >= 0 else 0, found.start()):
                    continue
                inside = _block_name(blocks[index]) if index >= 0 else ""
                mentions.setdefault(found[0], set()).add(inside)
                if re.compile(_USES_OPTIONS).match(text, found.end()):
                    mentions.setdefault(found[0] + _OPTIONS, set()).add(inside)
    return mentions


def _is_in_comment(text: str, begin: int, offset: int) -> bool:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    if "#" not in line and "//" not in line and text.find("/*", begin, offset) < 0:
        return False
    from acmrules.syntax.hcl.comments import is_in_comment

    return is_in_comment(text, begin, offset)


def _block_name(block: Block) -> str:
    return ".".join(block.labels) if block.type == "resource" else f"{block.type} block"


def _has_type(kind: str, block: str) -> bool:
    return block.startswith(f"{kind}.")


def validates(block: str) -> bool:
    """Return whether a block that mentions a certificate validates it."""
    if _has_type(RECORD, block) or _has_type(VALIDATION, block):
        return True
    kind = block.partition(".")[0]
    if kind.startswith("aws_") or " " in kind:
        return False
    from acmrules.readers.terraform.resources.record_types import RECORD_TYPES

    return kind in RECORD_TYPES


def passes_on(blocks: Iterable[str]) -> bool:
    """Return whether any block that mentions the options of a certificate may pass them on."""
    return not all(map(validates, blocks))


# Zones


class Validated(Value):
    """A certificate that a record validates; `whole` if it appears to validate all of its names."""

    certificate: str
    whole: bool


def validated_by(block: Block, module: str) -> set[Validated]:
    """Return the certificates that records validate, found in the expressions of their block.

    `module` is the address prefix of the module that contains the block.
    """
    written = written_arguments(block)
    if _OPTIONS not in written:
        return set()
    attributes = block.body.attributes
    repeated = attributes.get("for_each") or attributes.get("count")
    whole = repeated is not None and _covers_all_options(repeated.value)
    return {
        Validated(f"{module}{CERTIFICATE}.{name}{key}", whole)
        for name, key in re.findall(_OPTIONS_OF, written)
    }


def written_arguments(block: Block) -> str:
    """Return the expressions of a block's arguments as they are written."""
    return " ".join(argument.value.written for argument in block.body.attributes.values())


def only_part(expression: Expression) -> Expression:
    """Return the expression that a template consists of; any other expression is itself."""
    if isinstance(expression, hcl.Template) and len(expression.parts) == 1:
        return expression.parts[0]
    return expression


def _covers_all_options(repeated: Expression) -> bool:
    """Return whether there is a record for each validation option of a certificate."""
    repeated = only_part(repeated)
    if isinstance(repeated, hcl.ForExpression):
        return repeated.condition is None and _OPTIONS in repeated.collection.written
    if isinstance(repeated, hcl.Call) and repeated.function == "length":
        return repeated.arguments[0].written.endswith(_OPTIONS)
    return False


def validation_zones(
    records: Iterable[tuple[Validated, Fields]], zones: Iterable[Zone]
) -> dict[str, tuple[Found, bool]]:
    """Return the zone in which each certificate is validated, if there is only one.

    The zone must be declared in the module or have a literal id. The boolean is whether the
    records are for all names of the certificate.
    """
    known = {zone.zone_id for zone in zones}
    found: dict[str, dict[Text | None, Found | None]] = {}
    whole: dict[str, bool] = {}
    for validated, fields in records:
        zone = _zone(fields)
        found.setdefault(validated.certificate, {})[zone and zone[0]] = zone
        whole[validated.certificate] = whole.get(validated.certificate, True) and validated.whole
    return {
        certificate: (zone, whole[certificate])
        for certificate, several in found.items()
        for zone in [several.popitem()[1]]
        if zone is not None and not several
        if zone[0] in known or (isinstance(zone[0], str) and zone[0])
    }


def _zone(record: Fields) -> Found | None:
    try:
        return zone_of(record)
    except (InputError, ReadError, OpenCondition):
        return None


def zones_of_names(
    found: Mapping[str, tuple[Found, bool]], addresses: Iterable[str], names: int
) -> dict[str, Found | None]:
    """Return the zone of a certificate's names, for the first of its addresses that has one.

    Records that may be for only some names determine the zone only if there is a single name.
    """
    for address in addresses:
        if address in found:
            zone, whole = found[address]
            return {"": zone} if whole or names == 1 else {}
    return {}
