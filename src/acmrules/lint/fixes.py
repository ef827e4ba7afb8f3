"""From the fixes of findings to edits of texts, as far as the texts allow.

A fix goes to where the literal stands. Whatever is made of a text is read once more before it is
handed out: where anything but the values meant has changed, the fix is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from acmrules.model.locations import Locations
from acmrules.model.member_names import AWS
from acmrules.readers.evaluated import unwrap
from acmrules.syntax.edits import EditError, TextEdit, ValueEdit, apply, editor_of, line_start
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from acmrules.lint.findings import Finding
    from acmrules.lint.rule import Fix
    from acmrules.model.locations import Origin
    from acmrules.request import Path
    from acmrules.syntax.tree import Data, Pointer, Tree

    Check = Callable[[Mapping[str, str]], Iterable[Finding]]
    """What judges files, those that are named with the texts given instead of their own."""

    Refusals = tuple[tuple[Finding, str], ...]
    Noted = tuple[ValueEdit, str]
    """A change, and what it is a change of if that is not the request itself."""

__all__ = [
    "EditError",
    "FixPlan",
    "FixResult",
    "PlannedEdit",
    "TextEdit",
    "apply",
    "apply_fixes",
    "apply_until_stable",
    "encoded",
    "plan_fix",
]

_MOST_ROUNDS = 100
_NEW_MEMBERS = {
    "domain_name": "option_name",
    "validation_domain": "option_domain",
    "hosted_zone_id": "option_zone",
}


class PlannedEdit(Value):
    """One change of a plan, in the tree that it is made in, and as edits of the text."""

    tree: Tree
    change: ValueEdit
    edits: tuple[TextEdit, ...]


class FixPlan(Value):
    """How the fix of a finding is made, and whether it is safe where it has to be made."""

    finding: Finding
    safe: bool
    description: str
    parts: tuple[PlannedEdit, ...]

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """The edits of the texts, which do not overlap."""
        return tuple(edit for part in self.parts for edit in part.edits)


class FixResult(Value):
    """What fixing came to: texts by file name, what was fixed, and what cannot be, and why.

    `before` are the texts as they were judged first. `waiting` are findings whose fixes touch what
    another one has changed.
    """

    texts: dict[str, str]
    before: dict[str, str]
    fixed: tuple[Finding, ...] = ()
    refused: Refusals = ()
    waiting: tuple[Finding, ...] = ()


def apply_until_stable(check: Check, *, unsafe: bool = False) -> FixResult:
    """Fix and judge again until nothing is left to fix, or a text comes back that was there."""
    texts: dict[str, str] = {}
    before: dict[str, str] = {}
    seen: list[dict[str, str]] = []
    fixed: tuple[Finding, ...] = ()
    while True:
        seen.append(texts)
        outcome = apply_fixes(check(texts), unsafe=unsafe)
        fixed += outcome.fixed
        texts = texts | outcome.texts
        before = outcome.before | before
        if texts in seen or len(seen) == _MOST_ROUNDS:
            return outcome.__replace__(texts=texts, before=before, fixed=fixed)


def apply_fixes(findings: Iterable[Finding], *, unsafe: bool = False) -> FixResult:
    """Make the fixes of findings, the first ones first, as far as they do not touch each other.

    Only safe ones are made, unless `unsafe`.
    """
    chosen: list[FixPlan] = []
    refused: list[tuple[Finding, str]] = []
    waiting: list[Finding] = []
    taken: dict[str, list[TextEdit]] = {}
    for finding in findings:
        if finding.fix is None:
            continue
        try:
            planned = plan_fix(finding)
        except EditError as refusal:
            refused.append((finding, refusal.reason))
            continue
        if not (planned.safe or unsafe):
            continue
        if any(_touches(edit, taken.get(edit.source.name, [])) for edit in planned.edits):
            waiting.append(finding)
            continue
        chosen.append(planned)
        for edit in planned.edits:
            beside = taken.setdefault(edit.source.name, [])
            beside.insert(bisect_left(beside, edit.start, key=_start), edit)
    sound, unsound, late = _sound(chosen)
    made = _made(sound)
    return FixResult(
        {after.name: after.text for _, after, _ in made},
        {before.name: before.text for before, _, _ in made},
        tuple(planned.finding for planned in sound),
        (*refused, *((planned.finding, "the text would not read as meant") for planned in unsound)),
        (*waiting, *(planned.finding for planned in late)),
    )


def plan_fix(finding: Finding) -> FixPlan:
    """Return how the fix of a finding is made; raises `EditError`."""
    if finding.fix is None or not finding.fix.edits:
        raise EditError("what to write is not known")
    if not isinstance(finding.locations, Locations):
        raise EditError("the request is not written in a file")
    tree = finding.locations.tree
    editor = editor_of(tree)
    parts: list[PlannedEdit] = []
    notes: list[str] = []
    for change, note in _changes(finding.fix, finding.locations):
        if any(part.change == change for part in parts):
            continue
        if any(part.change.pointer == change.pointer for part in parts):
            raise EditError("one text stands for several values")
        if finding.condition and "Fn::If" not in change.pointer:
            raise EditError(f"the text counts not only {finding.condition}")
        edits = editor.edits(tree, change)
        if any(map(_moves_suppression, edits)):
            raise EditError("a suppression stands there")
        parts.append(PlannedEdit(tree, change, edits))
        written_anew = not change.insert and change.value is not None
        where = change.pointer if written_anew else change.pointer[:-1]
        notes += filter(None, [note or editor.aliased_as(tree, where)])
    description = finding.fix.description
    if notes:
        description = f"{description}, which changes the {' and the '.join(dict.fromkeys(notes))}"
    return FixPlan(finding, finding.fix.safe and not notes, description, tuple(parts))


def _moves_suppression(edit: TextEdit) -> bool:
    """Say whether an edit takes out a suppression, or the lines that one stands above."""
    text, start = edit.source.text, edit.start
    while text[line_start(text, start - 1) : start].lstrip(" \t").startswith(("#", "//")):
        start = line_start(text, start - 1)
    return not edit.text and "acmrules:" in text[start : edit.end]


def encoded(text: str, before: bytes) -> bytes:
    """Return a text as the bytes of its file, with a byte order mark if it has had one before."""
    mark = b"\xef\xbb\xbf"
    return mark * before.startswith(mark) + text.encode()


# Which fixes are made together


def _start(edit: TextEdit) -> int:
    return edit.start


def _touches(edit: TextEdit, others: list[TextEdit]) -> bool:
    """Say whether an edit overlaps others, which are in order, or begins where one begins."""
    index = bisect_left(others, edit.start, key=_start)
    if index and others[index - 1].end > edit.start:
        return True
    behind = others[index : index + 1]
    return any(other.start < max(edit.end, edit.start + 1) for other in behind)


def _sound(plans: list[FixPlan]) -> tuple[list[FixPlan], list[FixPlan], list[FixPlan]]:
    """Return plans that make what they say together, those that do not even alone, and the rest."""
    if all(map(_agrees, _made(plans))):
        return plans, [], []
    if len(plans) == 1:
        return [], plans, []
    half = len(plans) // 2
    first, unsound, late = _sound(plans[:half])
    second, others, later = _sound(plans[half:])
    unsound, late = unsound + others, late + later
    if not first or all(map(_agrees, _made(first + second))):
        return first + second, unsound, late
    return first, unsound, late + second


def _made(plans: list[FixPlan]) -> list[tuple[Source, Source, list[PlannedEdit]]]:
    """Return each text that plans edit, as it is and as it would be, and what changes in it."""
    parts: dict[str, list[PlannedEdit]] = {}
    for part in (part for planned in plans for part in planned.parts):
        parts.setdefault(part.edits[0].source.name, []).append(part)
    made = []
    for name, several in parts.items():
        before = several[0].edits[0].source
        edits = (edit for part in several for edit in part.edits)
        made.append((before, Source(name, apply(before.text, edits)), several))
    return made


def _agrees(made: tuple[Source, Source, list[PlannedEdit]]) -> bool:
    """Say whether a text, read again, is what it was but for the changes."""
    before, after, parts = made
    editor, changes = editor_of(parts[0].tree), [(part.tree, part.change) for part in parts]
    try:
        return editor.matches_after(before, changes, after)
    except (EditError, InputError):
        return False


# From paths of the request to pointers into the file


def _changes(fix: Fix, locations: Locations) -> list[Noted]:
    """Return what a fix changes, each with what that is if it is not the request itself."""
    changes: list[Noted] = []
    words = locations.words or AWS
    option: dict[str, Data] = {}
    for edit in fix.edits:
        if not edit.insert:
            find = _removal if edit.value is None else _literal
            changes.append(find(locations, edit.path, edit.value))
        elif edit.path[0] == "names":
            if isinstance(read_name(str(edit.value)), Malformed):
                raise EditError("what to write is not known")
            changes.append((_addition(locations, "names", words.alternatives, edit.value), ""))
        else:
            option[getattr(words, _NEW_MEMBERS[str(edit.path[-1])])] = edit.value
    if option:
        changes.append((_addition(locations, "validation_options", words.options, option), ""))
    return changes


def _literal(locations: Locations, path: Path, value: Data) -> Noted:
    """Return a change of the text that a value is, where it is written."""
    pointer, origin = _spot(locations, path)
    data = _at(locations.tree, pointer)
    if origin is None and type(data) is str and "{{" not in data:
        return ValueEdit(pointer, value), ""
    if origin is not None and origin.pointer is None:
        raise EditError(f"the value is the {origin.note}")
    if origin is None or origin.pointer is None or not _is_reference(locations, path, data):
        raise EditError("the value is put together from others")
    if origin.item is not None:
        value = _listed(locations.tree, origin.pointer, origin.item, value)
    return ValueEdit(origin.pointer, value), origin.note or "text that others may read"


def _is_reference(locations: Locations, path: Path, data: Data) -> bool:
    """Say whether what is written names something, and nothing more is made of that."""
    if type(data) is dict:
        return data.keys() <= {"Ref", "Fn::FindInMap"}
    reference = r"(\$\{\s*)?[\w-]+(\.[\w-]+|\[[^]]*\])+(?(1)\s*\})"
    return re.fullmatch(reference, locations[path].text) is not None


def _removal(locations: Locations, path: Path, value: Data) -> Noted:
    """Return a change that takes an item out of its list, and the list if it is the only one."""
    pointer, origin = _spot(locations, path)
    *around, last = pointer
    items = _at(locations.tree, tuple(around))
    if type(last) is int and type(items) is list and not _is_function(around):
        if len(items) > 1:
            return ValueEdit(pointer, value), ""
        if around and type(around[-1]) is str and not _is_function(around[:-1]):
            return ValueEdit(tuple(around), value), ""
        raise EditError("the list would be empty")
    if origin is not None and origin.pointer is not None and origin.item is not None:
        text = _listed(locations.tree, origin.pointer, origin.item, value)
        return ValueEdit(origin.pointer, text), origin.note
    raise EditError("it is no item of a list that is written out")


def _addition(locations: Locations, field: str, member: str, value: Data) -> ValueEdit:
    """Return a change that adds to a list, or the list to the request."""
    pointer = _spot(locations, (field,))[0] if (field,) in locations else None
    first, _ = _spot(locations, ("names", 0))
    if pointer is None or pointer == first:
        domain_name = locations.words and locations.words.domain_name
        if domain_name not in first:
            raise EditError("the request has no such member")
        behind = len(first) - first[::-1].index(domain_name)
        return ValueEdit((*first[: behind - 1], member), [value], insert=True)
    items = _at(locations.tree, pointer)
    if type(items) is not list:
        raise EditError("the list is not written out")
    return ValueEdit((*pointer, len(items)), value, insert=True)


def _listed(tree: Tree, pointer: Pointer, item: int, value: Data) -> Data:
    """Return a comma-delimited list with one of its items changed or taken out."""
    items = str(_at(tree, pointer)).split(",")
    if value is None:
        if len(items) == 1:
            raise EditError("the list would be empty")
        del items[item]
    else:
        items[item] = items[item].replace(items[item].strip(), value)
    return ",".join(items)


def _spot(locations: Locations, path: Path) -> tuple[Pointer, Origin | None]:
    if path not in locations:
        raise EditError("the value is not written in the file")
    return locations.spot(path)


def _at(tree: Tree, pointer: Pointer) -> Data:
    data = tree.data
    for step in pointer:
        if step != KEY:
            data = unwrap(data)[step]
    return unwrap(data)


def _is_function(pointer: list[Any] | Pointer) -> bool:
    """Say whether what a pointer leads to are the arguments of a function."""
    return bool(pointer) and str(pointer[-1]).startswith("Fn::")
