"""The usual resources for validation, in which the rules about it cannot find anything.

Whether a module has only these is decided without evaluating anything.
"""

from __future__ import annotations

import re

from acmrules.readers.terraform.computed import OPTIONS
from acmrules.readers.terraform.resources.references import RECORD, VALIDATION
from acmrules.readers.terraform.validation import only_part, written_arguments
from acmrules.syntax.hcl import ast as hcl
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import ListedName

_FQDNS = "validation_record_fqdns"
_WORDS = (OPTIONS, "resource_record_", "acm-validations", VALIDATION)
_FROM_EACH = re.compile(r"\[?\s*each\.value\.\w+\s*\]?")
_CNAME = "CNAME"
_SETTABLE = ("${var.", "${local.", "${each.", "${data.", "${terraform.", "${count.")
"""The beginnings of references to values that a plan knows."""


def may_be_computed(names: Iterable[ListedName]) -> bool:
    """Return whether resources may compute some names."""
    return any(
        not unknown.label.startswith(_SETTABLE)
        for name in names
        if type(name) is Unresolved
        for unknown in name.unknowns
    )


def is_unusual(root: ModuleCall) -> bool:
    """Return whether some resource of a root module validates certificates in an unusual way."""
    for call in root.all():
        texts = [file.source.text for file in call.module.files]
        if not any(word in text for text in texts for word in _WORDS):
            continue
        has_wildcards = any("*." in text for text in texts) or call.parent is not None
        for (kind, _), block in call.module.resources.items():
            if kind == VALIDATION:
                if not _waits_for_all(block):
                    return True
            elif (kind == RECORD or "proxied" in block.body.attributes) and not _is_usual(
                block, has_wildcards=has_wildcards
            ):
                return True
    return False


def _waits_for_all(block: Block) -> bool:
    """Return whether a resource waits for all records, as long as the provider waits."""
    listed = block.body.attributes.get(_FQDNS)
    has_timeout = any(inner.type == "timeouts" for inner in block.body.blocks)
    is_list = listed is not None and isinstance(only_part(listed.value), hcl.Tuple)
    return not is_list and not has_timeout and "timeouts" not in block.body.attributes


def _is_usual(block: Block, *, has_wildcards: bool) -> bool:
    """Return whether a record is none for validation, or one for each option of a certificate."""
    attributes = block.body.attributes
    written = written_arguments(block)
    if not any(word in written for word in _WORDS):
        return True
    for_each = attributes.get("for_each")
    repeated = only_part(for_each.value) if for_each else None
    if not isinstance(repeated, hcl.ForExpression) or repeated.condition or not repeated.key:
        return False
    item = repeated.names[1]
    is_whole = (
        repeated.collection.written.endswith(OPTIONS)
        and repeated.key.written == f"{item}.domain_name"
        and (repeated.value.written == item or _takes(repeated.value, item))
    )
    overwrites = attributes.get("allow_overwrite")
    is_overwriting = overwrites is not None and overwrites.value.written == "true"
    kind = attributes.get("type")
    return (
        is_whole
        and (is_overwriting or not has_wildcards)
        and "proxied" not in attributes
        and kind is not None
        and (kind.value.written == _CNAME or _FROM_EACH.fullmatch(kind.value.written) is not None)
        and all(
            name in attributes and _FROM_EACH.fullmatch(attributes[name].value.written)
            for name in ("name", "records")
        )
    )


def _takes(value: hcl.Expression, item: str) -> bool:
    """Return whether an object has the name and the value of an option under usual keys."""
    if not isinstance(value, hcl.Object):
        return False
    members = {key.written.strip('"'): inner.written for key, inner in value.entries}
    return (
        members.get("name") == f"{item}.resource_record_name"
        and f"{item}.resource_record_value" in members.values()
    )
