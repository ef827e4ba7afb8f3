"""Compares the values that files declare before and after fixes: only the meant ones may change.

A literal may be the whole value in one place and a part of it in another. So the edited files are
evaluated again, and every value of every declaration and instance is compared.
"""

from __future__ import annotations

from enum import Enum

from acmrules.messages import quoted
from acmrules.model.declaration import Declaration, Variant
from acmrules.partial import wildcard_parent
from acmrules.readers.members import unknown_value_of
from acmrules.request import Tool, UnknownMember, ValidationOption
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from typing import Any

    from acmrules.lint.rule import Edit, Fix
    from acmrules.unresolved import ListedName

    Data = Any
    """The values of a variant as plain data: mappings, lists and scalars."""

    Respellings = Collection[tuple[str | None, str]]
    """Values that fixes replace wherever they occur, each with its replacement."""

    FixesOf = Callable[[Declaration], Iterable[tuple[Fix, bool]]]
    """Returns the fixes of the findings of a declaration, each with whether it is applied."""

_ATOMS = (ImportedCertificate, Malformed, Unknown, Unresolved, UnresolvedNames)
"""Values that are compared as a whole."""

_NO_VALUES = {"request", "locations", "looked_up_by"}
"""Attributes of a variant that are not compared, or that follow from others."""

_REMOVED = object()
"""The marker of an item that a fix removes."""

_OPTIONS = "validation_options"

_ANY = object()
"""The marker of a value that a fix reveals; as the last name, it may be any number of names."""

_DEFAULTED = {"lifecycle": "create_before_destroy", "namespace": "certificate_authority_arn"}
"""The values that have a default without a member, if their names differ."""

_LITERALS = {"true": True, "false": False}


class _Either(Value):
    """A value that may stay, and the one that a fix gives it."""

    stays: Data
    becomes: str


def unmeant_change(
    before: Sequence[Declaration],
    after: Sequence[Declaration],
    respellings: Respellings,
    fixes_of: FixesOf,
) -> str:
    """Describe the first change between two readings that no fix means; empty if there is none."""
    one, other = _by_address(before), _by_address(after)
    # With fewer members, an input of the API may not be recognized; it contains only literals.
    files = {declaration.file for declaration in after}
    one = {key: each for key, each in one.items() if each.tool is not Tool.API or key[0] in files}
    if one.keys() != other.keys():
        address = min(key[2] for key in one.keys() ^ other.keys())
        return f"the edit would change the address {quoted(address)}"
    for key, declaration in one.items():
        change = _unmeant(declaration, other[key], respellings, fixes_of)
        if change:
            return change
    return ""


def respelling(fix: Fix) -> str | None:
    """Return the new spelling of a value if a fix does nothing but replace it."""
    values = {None if edit.insert else edit.value for edit in fix.edits}
    return values.pop() if len(values) == 1 else None


def _by_address(declarations: Iterable[Declaration]) -> dict[tuple[Any, ...], Declaration]:
    """Return declarations by file, tool and address, and by number among equal ones."""
    found: dict[tuple[Any, ...], Declaration] = {}
    numbers: dict[tuple[Any, ...], int] = {}
    for declaration in declarations:
        key = declaration.file, declaration.tool, declaration.address
        numbers[key] = numbers.get(key, -1) + 1
        found[*key, numbers[key]] = declaration
    return found


def _unmeant(
    before: Declaration, after: Declaration, respellings: Respellings, fixes_of: FixesOf
) -> str:
    if before is after:
        return ""
    address = quoted(before.address)
    if _instances(before) != _instances(after):
        return f"the edit would change the instances or conditions of {address}"
    settings: dict[Edit, None] | None = None
    for variant, edited in zip(before.variants, after.variants, strict=True):
        expected, found = _plain_variant(variant), _plain_variant(edited)
        if expected == found:
            continue
        if settings is None:
            settings = _settings(fixes_of(before))
        _apply(expected, fixes_of(before.__replace__(variants=(variant,))), settings)
        expected["dns_validation"] = _ANY  # It follows from the names and from other resources.
        if before.tool is Tool.TERRAFORM:
            _leave_out_options(variant, edited, expected, found)
        difference = _difference(expected, found, respellings)
        if difference is not None:
            old, new = difference
            return f"the edit would change {old} to {new} in {address}"
    return ""


def _instances(declaration: Declaration) -> list[tuple[str, str]]:
    return [(variant.condition, variant.instance) for variant in declaration.variants]


def _leave_out_options(
    before: Variant, after: Variant, expected: dict[str, Data], found: dict[str, Data]
) -> None:
    """Remove the validation options of names that only one variant has: their records follow."""
    one, other = ({str(_stem(name)) for name in each.names} for each in (before, after))
    old, new = (_option_names(data) for data in (expected, found))
    left_out = (one ^ other) & (old ^ new)
    for data in (expected, found) if left_out else ():
        if _OPTIONS in data:
            data[_OPTIONS] = [each for each in data[_OPTIONS] if _name_of(each) not in left_out]


def _option_names(data: dict[str, Data]) -> set[str]:
    return {*map(_name_of, data.get(_OPTIONS, ()))}


def _name_of(option: Data) -> str:
    return str(option["domain_name"]) if isinstance(option, dict) else ""


def _stem(name: ListedName) -> ListedName:
    return wildcard_parent(name) or name


# Values as plain data


def _plain_variant(variant: Variant) -> dict[str, Data]:
    """Return the values of a variant by the steps of their paths."""
    request = variant.request
    fields = type(request)._fields if request is not None else ()
    found = {field: _plain(getattr(request, field)) for field in fields}
    if request is not None and request.spellings:
        found["names"] = [*request.spellings]
        del found["spellings"]
    others = [field for field in Variant._fields if field not in _NO_VALUES]
    return found | {field: _plain(getattr(variant, field)) for field in others}


def _plain(value: object) -> Data:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, UnknownMember):
        return value.name
    if isinstance(value, Value) and not isinstance(value, _ATOMS):
        return {field: _plain(getattr(value, field)) for field in type(value)._fields}
    return value.value if isinstance(value, Enum) else value


# Fixes of plain data


def _settings(fixes: Iterable[tuple[Fix, bool]]) -> dict[Edit, None]:
    """Return the applied edits that add a setting of the whole block, and so of each variant."""
    applied = (edit for fix, is_applied in fixes if is_applied for edit in fix.edits)
    return {edit: None for edit in applied if edit.insert and len(edit.path) == 1}


def _apply(
    data: dict[str, Data], fixes: Iterable[tuple[Fix, bool]], settings: dict[Edit, None]
) -> None:
    """Apply fixes to plain data; the others may be applied if they only respell a value."""
    applied = {**settings}  # Several findings may mean the same edit.
    for fix, is_applied in fixes:
        if is_applied:
            applied |= dict.fromkeys(fix.edits)
        elif respelling(fix) is not None:
            for edit in fix.edits:
                holder, last = _holder(data, edit)
                holder[last] = _Either(holder[last], str(edit.value))
    for edit in applied:
        if edit.path[0] == "unknown_members":
            _rename(data, edit)
        elif not edit.insert:
            holder, last = _holder(data, edit)
            holder[last] = _REMOVED if edit.value is None else edit.value
    for edit in applied:
        if edit.insert:
            _insert(data, edit)
    for items in data.values():
        if isinstance(items, list):
            items[:] = [item for item in items if item is not _REMOVED]


def _holder(data: Data, edit: Edit) -> tuple[Data, int | str]:
    """Return the list or mapping of the value at the path of an edit, and its key in there."""
    *parents, last = edit.path
    for step in parents:
        data = data[step]
    return data, last


def _rename(data: dict[str, Data], edit: Edit) -> None:
    """Remove an unknown member; the values that are unknown because of it may be anything."""
    members, index = _holder(data, edit)
    unknown = unknown_value_of(members[index])
    members[index] = _REMOVED
    if members[-1] is not _ANY:
        members.append(_ANY)  # The structure that is read then may have unknown members itself.
    for field, value in data.items():
        data[field] = _revealed(value, unknown)
    field = _DEFAULTED.get(str(edit.value), str(edit.value))
    if field in data:
        data[field] = _ANY


def _revealed(value: Data, unknown: Unknown) -> Data:
    """Return plain data with a marker in place of an unknown value."""
    if isinstance(value, list):
        return [_revealed(item, unknown) for item in value]
    if isinstance(value, dict):
        return {field: _revealed(item, unknown) for field, item in value.items()}
    is_unknown = isinstance(value, Unresolved) and unknown in value.unknowns
    return _ANY if is_unknown or str(value) == str(UnresolvedNames(unknown)) else value


def _insert(data: Data, edit: Edit) -> None:
    if len(edit.path) == 1:
        data[edit.path[0]] = _LITERALS.get(str(edit.value), edit.value)
        return
    field, index, *member = edit.path
    items = data[field]
    if not member:
        items.insert(index, edit.value)
        return
    if index == len(items):
        items.append(dict.fromkeys(ValidationOption._fields))
    holder = items[index]
    # A list of another resource gets its first item.
    is_list = isinstance(holder[member[0]], list)
    holder[member[0]] = [edit.value] if is_list else edit.value


# Comparison


def _difference(expected: Data, found: Data, respellings: Respellings) -> tuple[str, str] | None:
    """Return the first difference as an old and a new value; `None` if there is none."""
    if expected is _ANY:
        return None
    if isinstance(expected, list) and isinstance(found, list) and expected[-1:] == [_ANY]:
        expected = expected[:-1] + [_ANY] * (len(found) - len(expected) + 1)
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return _first(zip(expected, found, strict=True), respellings)
    if isinstance(expected, dict) and isinstance(found, dict):
        names, others = expected.get("names"), found.get("names")
        if names and others and _are_same_set(names, others, respellings):
            expected, found = {**expected, "names": None}, {**found, "names": None}
        return _first(((expected[key], found[key]) for key in expected), respellings)
    if isinstance(expected, _Either):
        if str(found) == expected.becomes:
            return None
        expected = expected.stays
    if expected == found or (str(expected), str(found)) in respellings:
        return None
    if isinstance(expected, str) and not isinstance(found, Unresolved) and expected == str(found):
        return None
    return _shown(expected), _shown(found)


def _first(pairs: Iterable[tuple[Data, Data]], respellings: Respellings) -> tuple[str, str] | None:
    differences = (_difference(*pair, respellings) for pair in pairs)
    return next((each for each in differences if each is not None), None)


def _are_same_set(expected: list[Data], found: list[Data], respellings: Respellings) -> bool:
    """Return whether lists have the same first name and otherwise the same set of names."""
    if len(expected) != len(found) or _difference(expected[0], found[0], respellings):
        return False
    left = [*found[1:]]
    for name in expected[1:]:
        fitting = next((each for each in left if not _difference(name, each, respellings)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def _shown(value: Data) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) if value else "an empty list"
    return quoted(value.stays if isinstance(value, _Either) else value)
