"""The usual resources for validation, in which the rules about it cannot find anything.

Whether a module has only these is decided without evaluating anything.
"""

from __future__ import annotations

from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    NAME,
    OPTIONS,
    VALIDATION,
    VALUE,
)
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
_TYPE = "resource_record_type"
_MEMBERS = (NAME, VALUE, _TYPE)
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
    certificates = sum(
        kind == CERTIFICATE for call in root.all() for kind, _ in call.module.resources
    )
    for call in root.all():
        texts = [file.source.text for file in call.module.files]
        if not any(word in text for text in texts for word in _WORDS):
            continue
        is_single = certificates == 1 and call.parent is None
        may_repeat = not is_single or any("*." in text for text in texts)
        for (kind, _), block in call.module.resources.items():
            if kind == VALIDATION:
                if not _waits_for_all(block):
                    return True
            elif ("record" in kind or "rrset" in kind) and not _is_usual(
                block, may_repeat=may_repeat
            ):
                return True
    return False


def _waits_for_all(block: Block) -> bool:
    """Return whether a resource waits for all records, as long as the provider waits."""
    listed = block.body.attributes.get(_FQDNS)
    has_timeout = any(inner.type == "timeouts" for inner in block.body.blocks)
    is_list = listed is not None and isinstance(only_part(listed.value), hcl.Tuple)
    return not is_list and not has_timeout and "timeouts" not in block.body.attributes


def _is_usual(block: Block, *, may_repeat: bool) -> bool:
    """Return whether a record is none for validation, or one for each option of a certificate.

    With `may_repeat`, another resource may create the same record.
    """
    attributes = block.body.attributes
    written = written_arguments(block)
    if not any(word in written for word in _WORDS):
        return True
    for_each = attributes.get("for_each")
    repeated = only_part(for_each.value) if for_each else None
    if not isinstance(repeated, hcl.ForExpression) or repeated.condition or not repeated.key:
        return False
    item = repeated.names[1]
    overwrites = attributes.get("allow_overwrite")
    is_overwriting = overwrites is not None and overwrites.value.written == "true"
    return (
        repeated.collection.written.endswith(OPTIONS)
        and repeated.key.written == f"{item}.domain_name"
        and (is_overwriting or not may_repeat)
        and "proxied" not in attributes
        and _takes_all(block, _members(repeated.value, item))
    )


def _members(value: hcl.Expression, item: str) -> dict[str, str]:
    """Return the expressions for the members of an option in a resource, by member."""
    if isinstance(value, hcl.Object):
        named = {inner.written: key.written.strip('"') for key, inner in value.entries}
        found = {member: named.get(f"{item}.{member}", "") for member in _MEMBERS}
    else:
        found = {member: member if value.written == item else "" for member in _MEMBERS}
    return {member: f"each.value.{name}" for member, name in found.items() if name}


def _takes_all(block: Block, members: dict[str, str]) -> bool:
    """Return whether a record takes its name, its value and its type from an option."""
    written = {
        name: argument.value.written.strip("[ ]")
        for name, argument in block.body.attributes.items()
    }
    kind = written.get("type")
    return (
        len(members) >= len(_MEMBERS) - 1
        and written.get("name") == members.get(NAME)
        and written.get("records") == members.get(VALUE)
        and (kind == "CNAME" or kind == members.get(_TYPE, ""))
        and None not in {members.get(NAME), members.get(VALUE)}
    )
