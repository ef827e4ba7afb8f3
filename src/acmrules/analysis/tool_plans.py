"""The changes of certificates in Terraform plans and CloudFormation change sets."""

from __future__ import annotations

from acmrules.analysis.changes import CertificateChange, ChangeKind, PlannedAction, planned_change
from acmrules.changes import Verdict
from acmrules.messages import quoted, quoted_list
from acmrules.readers.cloudformation import change_sets
from acmrules.readers.cloudformation.template import CERTIFICATE as _CERTIFICATE
from acmrules.readers.terraform.resources.references import CERTIFICATE
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source
from acmrules.syntax.structured import looks_like_json
from acmrules.syntax.tree import items, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acmrules.model.declaration import Declaration
    from acmrules.syntax.tree import Data

_ACTIONS: dict[tuple[str, ...], tuple[ChangeKind, Verdict | None]] = {
    ("no-op",): (ChangeKind.CHANGED, Verdict.NO_CHANGE),
    ("read",): (ChangeKind.CHANGED, Verdict.NO_CHANGE),
    ("update",): (ChangeKind.CHANGED, Verdict.IN_PLACE),
    ("delete", "create"): (ChangeKind.CHANGED, Verdict.REPLACEMENT),
    ("create", "delete"): (ChangeKind.CHANGED, Verdict.REPLACEMENT),
    ("create",): (ChangeKind.ADDED, None),
    ("delete",): (ChangeKind.REMOVED, None),
    ("forget",): (ChangeKind.REMOVED, None),
}


def announced(
    source: Source, declarations: Iterable[Declaration], as_of: date
) -> list[CertificateChange] | None:
    """Return the changes of the certificates in a plan or a change set, `None` for other texts.

    `declarations` are the certificates after the change. Raises `InputError`.
    """
    if not looks_like_json(source.text):
        return None
    data = mapping(JsonTree(source).data)
    if type(data.get("resource_changes")) is list and "format_version" in data:
        actions = dict(_of_plan(data))
        removed = tuple(_deleted(source, data, actions))
    elif change_sets.is_change_set(data):
        actions = dict(_of_change_set(data))
        removed = change_sets.removed(source)
    else:
        return None
    found = []
    for declaration in (*declarations, *removed):
        change = planned_change(declaration, actions.get(declaration.address), as_of)
        if change is not None and (declaration.request or declaration.variants[0].imported):
            found.append(change)
    return found


# Terraform


def _of_plan(data: dict[str, Data]) -> Iterator[tuple[str, PlannedAction]]:
    for entry in map(mapping, items(data["resource_changes"])):
        if entry.get("type") != CERTIFICATE or entry.get("mode") != "managed":
            continue
        if "deposed" in entry:
            continue
        change = mapping(entry.get("change"))
        actions = tuple(map(str, items(change.get("actions"))))
        kind, verdict = _ACTIONS.get(actions, (ChangeKind.CHANGED, Verdict.UNDECIDED))
        sentence = ""
        if kind is ChangeKind.CHANGED and verdict:
            sentence = f"action {quoted(', '.join(actions))} in the plan{_cause(entry, change)}"
        yield str(entry.get("address")), PlannedAction(kind, verdict, sentence)


def _cause(entry: dict[str, Data], change: dict[str, Data]) -> str:
    """Return the plan's reason for a replacement."""
    paths = [".".join(map(str, items(path))) for path in items(change.get("replace_paths"))]
    if paths:
        return f", forced by {quoted_list(list(dict.fromkeys(paths)))}"
    reason = entry.get("action_reason")
    return (
        f", because of {quoted(str(reason).replace('_', ' '))}" if isinstance(reason, str) else ""
    )


def _deleted(
    source: Source, data: dict[str, Data], actions: dict[str, PlannedAction]
) -> Iterator[Declaration]:
    """Yield the certificates that a plan destroys, in their current state."""
    from json import dumps

    from acmrules.model.placed import Location
    from acmrules.readers.options import Parameters
    from acmrules.readers.terraform.plan import reader

    for index, entry in enumerate(items(data["resource_changes"])):
        address = str(mapping(entry).get("address"))
        if address not in actions or actions[address].kind is not ChangeKind.REMOVED:
            continue
        change = mapping(mapping(entry).get("change"))
        unchanged = {"actions": ["no-op"], "after": change.get("before")}
        unchanged["after_sensitive"] = change.get("before_sensitive")
        plan = {"format_version": "1.0", "resource_changes": [{**entry, "change": unchanged}]}
        found = reader.read(Source(source.name, dumps(plan)), Parameters({}))
        start, end = JsonTree(source).place(("resource_changes", index, "address"))
        for declaration in found or ():
            variant = declaration.variants[0].__replace__(
                locations={(): Location(source, start, end)}, consumers=()
            )
            yield declaration.__replace__(source=source, variants=(variant,))


# CloudFormation


def _of_change_set(data: dict[str, Data]) -> Iterator[tuple[str, PlannedAction]]:
    for change in map(mapping, items(data["Changes"])):
        entry = mapping(change.get("ResourceChange"))
        if entry.get("ResourceType") != _CERTIFICATE:
            continue
        action, replaced = str(entry.get("Action")), entry.get("Replacement")
        kind = _KINDS.get(action, ChangeKind.CHANGED)
        verdict, sentence = None, ""
        if action == "SyncWithActual":
            verdict = Verdict.NO_CHANGE
        elif kind is ChangeKind.CHANGED:
            verdict = _REPLACEMENTS.get(str(replaced), Verdict.UNDECIDED)
            effect = f"action {quoted(action)}"
            if replaced is not None:
                effect = f"replacement {quoted(replaced)}"
            sentence = f"{effect} in the change set{_properties(entry)}"
        yield str(entry.get("LogicalResourceId")), PlannedAction(kind, verdict, sentence)


_KINDS = {"Add": ChangeKind.ADDED, "Remove": ChangeKind.REMOVED, "Import": ChangeKind.ADDED}
_REPLACEMENTS = {
    "True": Verdict.REPLACEMENT,
    "False": Verdict.IN_PLACE,
    "Conditional": Verdict.UNDECIDED,
}


def _properties(entry: dict[str, Data]) -> str:
    targets = [mapping(mapping(each).get("Target")) for each in items(entry.get("Details"))]
    names = [t.get("Name") or t.get("Attribute") for t in targets]
    known = list(dict.fromkeys(str(name) for name in names if name))
    return f", for {quoted_list(known)}" if known else ""
