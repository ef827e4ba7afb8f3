"""Turns the fixes of findings into edits of files.

A fix edits the literal where it is written. The new text of a file is parsed and evaluated again:
if anything but the intended values has changed, the fix is rejected.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from acmrules.lint.findings import SettledEdits
from acmrules.model.locations import Locations, Origin
from acmrules.model.member_names import AWS
from acmrules.readers.evaluated import unwrap
from acmrules.syntax.edits import (
    EditError,
    OtherReference,
    TextEdit,
    ValueEdit,
    apply,
    editor_of,
    line_start,
)
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, Protocol

    from acmrules.lint.findings import Finding
    from acmrules.lint.rule import Edit, Fix
    from acmrules.model.declaration import Declaration
    from acmrules.request import Path
    from acmrules.syntax.tree import Data, Pointer, Tree

    class Run(Protocol):
        """The files of a run, some of them with new texts, by name."""

        def findings(self, texts: Mapping[str, str]) -> Iterable[Finding]:
            """Return the findings that a user sees."""

        def declarations(self, texts: Mapping[str, str]) -> Sequence[Declaration]:
            """Return what the files declare."""

        def findings_of(self, declaration: Declaration) -> Iterable[Finding]:
            """Return the findings of one declaration, also those that a user does not see."""

    Fault = Callable[[list["FixPlan"]], str]
    """Returns why plans cannot be applied together; an empty string if they can be."""

    Unsound = list[tuple["FixPlan", str]]
    Rejections = tuple[tuple[Finding, str], ...]
    NotedEdit = tuple[ValueEdit, str]
    """An edit, and what it changes if that is not the request itself."""

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
    "settled",
]

_MOST_ROUNDS = 100
_CHANGES_OTHERS = "the edit would change other values too"
_HAS_NO_EFFECT = "the edit would not change the value"
_NEW_MEMBERS = {
    "domain_name": "option_name",
    "validation_domain": "option_domain",
    "hosted_zone_id": "option_zone",
}


_CREATE_FIRST = ("create_before_destroy",)
_OF_MODULES = (".tf", ".tf.json")
"""The suffixes of files that all environments share; the others have the values of one."""
_TAKEN = "taken"
"""The expression that a Terraform resource takes as its certificate."""

_LIFECYCLE = "lifecycle"
"""A block that is the same for all instances of a resource, and under all conditions."""

_SETTINGS = {"overwrites": "allow_overwrite", "proxied": "proxied"}
"""The arguments of validation records that fixes set, by field."""

_STATIC = (_LIFECYCLE, *_SETTINGS.values())
"""The arguments and blocks that are meant for all instances of a resource."""


class PlannedEdit(Value):
    """One change of a fix: its tree, the new value, and the edits of the text."""

    tree: Tree
    change: ValueEdit
    edits: tuple[TextEdit, ...]


class FixPlan(Value):
    """The edits that make the fix of a finding, and whether they are safe in this file."""

    finding: Finding
    safe: bool
    description: str
    parts: tuple[PlannedEdit, ...]
    settled: tuple[TextEdit, ...] = ()

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """The edits of the files, which do not overlap."""
        return self.settled or tuple(edit for part in self.parts for edit in part.edits)


class FixResult(Value):
    """The new texts by file name, the applied fixes, and the rejected ones with the reasons.

    `before` are the original texts. `deferred` are findings whose fixes overlap an applied one.
    `secrets` are strings of each file that no output may contain.
    """

    texts: dict[str, str]
    before: dict[str, str]
    applied: tuple[Finding, ...] = ()
    rejected: Rejections = ()
    deferred: tuple[Finding, ...] = ()
    secrets: Mapping[str, tuple[str, ...]] = {}


def apply_until_stable(run: Run, *, unsafe: bool = False) -> FixResult:
    """Apply fixes and check again until no fix is left, or until the texts repeat."""
    texts: dict[str, str] = {}
    before: dict[str, str] = {}
    seen: list[dict[str, str]] = []
    applied: tuple[Finding, ...] = ()
    secrets: dict[str, tuple[str, ...]] = {}
    while True:
        seen.append(texts)
        outcome = apply_fixes(run, texts, unsafe=unsafe)
        applied += outcome.applied
        texts = texts | outcome.texts
        before = outcome.before | before
        secrets |= outcome.secrets
        if texts in seen or len(seen) == _MOST_ROUNDS:
            return outcome.__replace__(texts=texts, before=before, applied=applied, secrets=secrets)


def apply_fixes(run: Run, texts: Mapping[str, str] = {}, *, unsafe: bool = False) -> FixResult:
    """Apply the fixes of the findings of a run in order, except those that overlap an earlier one.

    `texts` are the new texts of an earlier round. Without `unsafe`, only safe fixes are applied.
    """
    chosen: list[FixPlan] = []
    rejected: list[tuple[Finding, str]] = []
    deferred: list[Finding] = []
    chosen_edits: dict[str, list[TextEdit]] = {}
    for finding in (each for merged in run.findings(texts) for each in merged.all()):
        if finding.fix is None:
            continue
        try:
            plan = plan_fix(finding)
        except EditError as error:
            rejected.append((finding, error.reason))
            continue
        if not (plan.safe or unsafe):
            continue
        if any(_overlaps(edit, chosen_edits.get(edit.source.name, [])) for edit in plan.edits):
            deferred.append(finding)
            continue
        chosen.append(plan)
        for edit in plan.edits:
            same_file = chosen_edits.setdefault(edit.source.name, [])
            same_file.insert(bisect_left(same_file, edit.start, key=_start), edit)
    sound, unsound, late = _sound(chosen, lambda plans: _fault(run, texts, plans))
    edited = _edited(sound)
    return FixResult(
        {after.name: after.text for _, after, _ in edited},
        {before.name: before.text for before, _, _ in edited},
        tuple(plan.finding for plan in sound),
        (*rejected, *((plan.finding, reason) for plan, reason in unsound)),
        (*deferred, *(plan.finding for plan in late)),
        {before.name: before.secret_texts for before, _, _ in edited if before.secrets},
    )


def plan_fix(finding: Finding) -> FixPlan:
    """Return the edits for the fix of a finding; raises `EditError`."""
    if finding.fix is None or not finding.fix.edits:
        raise EditError("the new value is unknown")
    if finding.settled is not None:
        return _settled_plan(finding, finding.settled)
    if not isinstance(finding.locations, Locations):
        raise EditError("the request is not in a file")
    tree = finding.locations.tree
    editor = editor_of(tree)
    parts: list[PlannedEdit] = []
    notes: list[str] = []
    for change, note in _changes(finding.fix, finding.locations):
        if any(part.change == change for part in parts):
            continue
        if any(part.change.pointer == change.pointer for part in parts):
            raise EditError("several values share this text")
        # These are the same in all instances of their resource.
        is_static = change.pointer[-1] in _STATIC or isinstance(change.value, OtherReference)
        is_conditional = bool(finding.condition) and "Fn::If" not in change.pointer
        if is_conditional and not is_static and not finding.environment:
            raise EditError(f"the value does not only apply {finding.condition}")
        edits = editor.edits(tree, change)
        is_shared = any(edit.source.name.endswith(_OF_MODULES) for edit in edits)
        if finding.environment and is_shared and not is_static:
            raise EditError(f"the value does not only apply {finding.condition}")
        if is_static and any(part.edits == edits for part in parts):
            continue
        if any(map(_moves_suppression, edits)):
            raise EditError("the edit would move a suppression")
        parts.append(PlannedEdit(tree, change, edits))
        is_rewritten = not change.insert and change.value is not None
        where = change.pointer if is_rewritten else change.pointer[:-1]
        notes += filter(None, [note or ("" if is_static else editor.aliased_as(tree, where))])
    description = finding.fix.description
    if notes:
        description = f"{description}, which changes the {' and the '.join(dict.fromkeys(notes))}"
    return FixPlan(finding, finding.fix.safe and not notes, description, tuple(parts))


def _settled_plan(finding: Finding, known: SettledEdits) -> FixPlan:
    if known.refused is not None:
        raise EditError(known.refused)
    return FixPlan(finding, known.safe, known.description, (), known.edits)


def settled(finding: Finding) -> SettledEdits | None:
    """Return the edits for the fix of a finding without syntax trees, `None` without a fix."""
    if finding.fix is None or finding.settled is not None:
        return finding.settled
    try:
        plan = plan_fix(finding)
    except EditError as refusal:
        fix = finding.fix
        return SettledEdits(fix.safe, fix.description, refused=refusal.reason)
    return SettledEdits(plan.safe, plan.description, plan.edits)


def _moves_suppression(edit: TextEdit) -> bool:
    """Return whether an edit removes a suppression, or the lines directly below one."""
    text, start = edit.source.text, edit.start
    if not text[line_start(text, start) : start].strip(" \t-"):
        # The first member of an item in YAML follows its dash.
        start = line_start(text, start)
    while text[line_start(text, start - 1) : start].lstrip(" \t").startswith(("#", "//")):
        start = line_start(text, start - 1)
    return not edit.text and "acmrules:" in text[start : edit.end]


def encoded(text: str, before: bytes) -> bytes:
    """Return text as the bytes of its file, with a byte order mark if the file had one."""
    mark = b"\xef\xbb\xbf"
    return mark * before.startswith(mark) + text.encode()


# Which fixes can be applied together


def _start(edit: TextEdit) -> int:
    return edit.start


def _overlaps(edit: TextEdit, others: list[TextEdit]) -> bool:
    """Return whether an edit overlaps one of some sorted edits, or begins at the same place."""
    index = bisect_left(others, edit.start, key=_start)
    if index and others[index - 1].end > edit.start:
        return True
    following = others[index : index + 1]
    return any(other.start < max(edit.end, edit.start + 1) for other in following)


def _sound(plans: list[FixPlan], fault: Fault) -> tuple[list[FixPlan], Unsound, list[FixPlan]]:
    """Split plans: those that work together, those that do not work even alone, and the rest."""
    reason = fault(plans) if plans else ""
    if not reason:
        return plans, [], []
    if len(plans) == 1:
        return [], [(plans[0], reason)], []
    half = len(plans) // 2
    first, unsound, late = _sound(plans[:half], fault)
    second, others, later = _sound(plans[half:], fault)
    unsound, late = unsound + others, late + later
    if not first or not second or not fault(first + second):
        return first + second, unsound, late
    return first, unsound, late + second


def _fault(run: Run, texts: Mapping[str, str], plans: list[FixPlan]) -> str:
    """Return why plans do more than they mean: in the texts, or in the values that result."""
    edited = _edited(plans)
    if not all(map(_agrees, edited)):
        return _CHANGES_OTHERS
    from acmrules.lint.fix_effects import respelling, unmeant_change

    all_edits = {_place(edit) for plan in plans for edit in plan.edits}
    missing = {_places(plan) for plan in plans}

    def fixes_of(declaration: Declaration) -> Iterable[tuple[Fix, bool]]:
        for finding in run.findings_of(declaration):
            if finding.fix is None:
                continue
            try:
                places = _places(plan_fix(finding))
            except EditError:
                places = frozenset()
            missing.discard(places)
            yield finding.fix, bool(places) and places <= all_edits

    respelled = {
        (plan.finding.value, spelling)
        for plan in plans
        if plan.finding.fix and (spelling := respelling(plan.finding.fix)) is not None
    }
    after = {after.name: after.text for _, after, _ in edited}
    before, new = run.declarations(texts), run.declarations({**texts, **after})
    change = unmeant_change(before, new, respelled, fixes_of)
    is_complete = len(before) == len(new)
    return change or (_HAS_NO_EFFECT if missing and is_complete else "")


def _place(edit: TextEdit) -> tuple[str, int, int, str]:
    return edit.source.name, edit.start, edit.end, edit.text


def _places(plan: FixPlan) -> frozenset[tuple[str, int, int, str]]:
    return frozenset(map(_place, plan.edits))


def _edited(plans: list[FixPlan]) -> list[tuple[Source, Source, list[PlannedEdit]]]:
    """Return each file that plans edit, before and after, with its changes."""
    parts: dict[str, list[PlannedEdit]] = {}
    for part in (part for plan in plans for part in plan.parts):
        parts.setdefault(part.edits[0].source.name, []).append(part)
    edited = []
    for name, own in parts.items():
        before = own[0].edits[0].source
        edits = (edit for part in own for edit in part.edits)
        edited.append((before, Source(name, apply(before.text, edits)), own))
    return edited


def _agrees(edited: tuple[Source, Source, list[PlannedEdit]]) -> bool:
    """Return whether a file, parsed again, differs only in the intended values."""
    before, after, parts = edited
    editor, changes = editor_of(parts[0].tree), [(part.tree, part.change) for part in parts]
    try:
        return editor.matches_after(before, changes, after)
    except (EditError, InputError):
        return False


# From paths of the request to pointers into the file


def _changes(fix: Fix, locations: Locations) -> list[NotedEdit]:
    """Return the edits of a fix, each with what it changes if that is not the request itself."""
    changes: list[NotedEdit] = []
    members = locations.member_names or AWS
    option: dict[str, Data] = {}
    for edit in fix.edits:
        if edit.path == _CREATE_FIRST:
            changes.append((_create_first(locations), ""))
        elif edit.path[0] == "dns_validation":
            changes.append((_setting(locations, edit), ""))
        elif edit.path[-1] == _TAKEN:
            changes.append((_other_reference(locations, edit), ""))
        elif not edit.insert:
            find = _removal if edit.value is None else _literal
            changes.append(find(locations, edit.path, edit.value))
        elif edit.path[0] == "sources":
            address = _pointer(locations, edit.path[:2])[0][0]
            change = ValueEdit((address, edit.path[-1]), [edit.value], insert=True)
            changes.append((change, ""))
        elif edit.path[0] == "names":
            if isinstance(read_name(str(edit.value)), Malformed):
                raise EditError("the new value is unknown")
            changes.append((_addition(locations, "names", members.alternatives, edit.value), ""))
        else:
            option[getattr(members, _NEW_MEMBERS[str(edit.path[-1])])] = edit.value
    if option:
        changes.append((_addition(locations, "validation_options", members.options, option), ""))
    return changes


def _create_first(locations: Locations) -> ValueEdit:
    """Return an edit that sets `create_before_destroy` in the `lifecycle` of a resource."""
    address = _pointer(locations, ())[0][0]
    return ValueEdit((address, _LIFECYCLE), {_CREATE_FIRST[0]: True}, insert=True)


def _setting(locations: Locations, edit: Edit) -> ValueEdit:
    """Return an edit that sets an argument of a validation record to `true` or `false`."""
    value = edit.value == "true"
    if edit.path not in locations:
        address = _pointer(locations, edit.path[:-1])[0][0]
        return ValueEdit((address, _SETTINGS[str(edit.path[-1])]), [value], insert=True)
    pointer, _ = _pointer(locations, edit.path)
    if type(_at(locations.tree, pointer)) is not bool:
        raise EditError("the value is computed from others")
    return ValueEdit(pointer, value)


def _other_reference(locations: Locations, edit: Edit) -> ValueEdit:
    """Return an edit that replaces the reference to a certificate by another one."""
    pointer, _ = _pointer(locations, (*edit.path[:2], "certificate"))
    return ValueEdit(pointer, OtherReference(str(edit.value)))


def _literal(locations: Locations, path: Path, value: Data) -> NotedEdit:
    """Return an edit that replaces a value where its literal is written."""
    pointer, origin = _pointer(locations, path)
    if pointer[-1] == KEY:
        return ValueEdit(pointer, value), ""
    data = _at(locations.tree, pointer)
    if origin is None and type(data) is str and "{{" not in data:
        return ValueEdit(pointer, value), ""
    if origin is not None and origin.pointer is None:
        raise EditError(f"the value is the {origin.note}")
    if origin is None or origin.pointer is None or not _is_reference(locations, path, data):
        raise EditError("the value is computed from others")
    if origin.item is not None:
        value = _edit_entry(locations.tree, origin.pointer, origin.item, value)
    return ValueEdit(origin.pointer, value), origin.note or "text that other resources may use"


def _is_reference(locations: Locations, path: Path, data: Data) -> bool:
    """Return whether an expression is a plain reference, without a computation."""
    if type(data) is dict:
        return data.keys() <= {"Ref", "Fn::FindInMap"}
    reference = r"(\$\{\s*)?(?:self:)?[\w-]+(\.[\w-]+|\[[^]]*\])+(?(1)\s*\})|\$\{[\w-]+\}"
    return re.fullmatch(reference, locations[path].text) is not None


def _removal(locations: Locations, path: Path, value: Data) -> NotedEdit:
    """Return an edit that removes an item from its list, or the list with its only item."""
    pointer, origin = _pointer(locations, path)
    *parent, last = pointer
    items = _at(locations.tree, tuple(parent))
    if type(last) is int and type(items) is list and not _is_function(parent):
        if len(items) > 1:
            return ValueEdit(pointer, value), ""
        if parent and type(parent[-1]) is str and not _is_function(parent[:-1]):
            return ValueEdit(tuple(parent), value), ""
        raise EditError("the list would be empty")
    if origin is not None and origin.pointer is not None and origin.item is not None:
        text = _edit_entry(locations.tree, origin.pointer, origin.item, value)
        return ValueEdit(origin.pointer, text), origin.note
    raise EditError("the value is not an item of a literal list")


def _addition(locations: Locations, field: str, member: str, value: Data) -> ValueEdit:
    """Return an edit that adds an item to a list, or a new list to the request."""
    pointer = _pointer(locations, (field,))[0] if (field,) in locations else None
    first, _ = _pointer(locations, ("names", 0))
    if pointer is None or pointer == first:
        domain_name = locations.member_names and locations.member_names.domain_name
        if domain_name not in first:
            raise EditError("the request has no such member")
        depth = len(first) - 1 - first[::-1].index(domain_name)
        return ValueEdit((*first[:depth], member), [value], insert=True)
    items = _at(locations.tree, pointer)
    if type(items) is not list:
        raise EditError("the list is not a literal list")
    return ValueEdit((*pointer, len(items)), value, insert=True)


def _edit_entry(tree: Tree, pointer: Pointer, item: int, value: Data) -> Data:
    """Return a comma-delimited list with one of its entries replaced or removed."""
    items = str(_at(tree, pointer)).split(",")
    if value is None:
        if len(items) == 1:
            raise EditError("the list would be empty")
        del items[item]
    else:
        items[item] = items[item].replace(items[item].strip(), value)
    return ",".join(items)


def _pointer(locations: Locations, path: Path) -> tuple[Pointer, Origin | None]:
    if path not in locations:
        raise EditError("the value is not written in the file")
    return locations.pointer(path)


def _at(tree: Tree, pointer: Pointer) -> Data:
    data = tree.data
    for step in pointer:
        if step != KEY:
            data = unwrap(data)[step]
    return unwrap(data)


def _is_function(pointer: list[Any] | Pointer) -> bool:
    """Return whether a pointer is that of a function's arguments."""
    return bool(pointer) and str(pointer[-1]).startswith("Fn::")
