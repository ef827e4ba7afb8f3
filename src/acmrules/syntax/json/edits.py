"""Edits of a JSON text (an `Editor`)."""

from __future__ import annotations

import json

from acmrules.syntax.edits import TextEdit, TextLayout, trees_match_after
from acmrules.syntax.structured import trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.edits import Changes, Edits, ValueEdit
    from acmrules.syntax.json.tree import JsonTree
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer


def edits(tree: JsonTree, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return the edits that make a change."""
    return tuple(TextEdit(tree.source, *edit) for edit in _edits(tree, change))


def aliased_as(tree: JsonTree, pointer: Pointer) -> str:  # noqa: ARG001
    """Return an empty string, as JSON has no aliases."""
    return ""


def matches_after(before: Source, changes: Changes, after: Source) -> bool:
    """Return whether `after` has the data of `before` with the changes; raises `InputError`."""
    return trees_match_after(trees(before, texts=True), changes, trees(after, texts=True))


def _edits(tree: JsonTree, change: ValueEdit) -> Edits:
    if not change.insert and change.value is not None:
        return [(*tree.place(change.pointer), _escaped(tree, change.value)[1:-1])]
    *parents, last = change.pointer
    text = tree.source.text
    start, members = tree.members(tuple(parents))
    spans = [
        (key - 1 if type(step) is str else key, end) for step, (key, _, _, end) in members.items()
    ]
    if not change.insert:
        return TextLayout(text).without_item(spans, [*members].index(last))
    item = _escaped(tree, change.value)
    if type(last) is str:
        gap = ": "
        if members:
            _, key_end, value, _ = [*members.values()][-1]
            gap = text[key_end + 1 : value]
        item = f"{json.dumps(last)}{gap}{item}"
    return TextLayout(text).with_item(start + 1, spans, item)


def _escaped(tree: JsonTree, data: Data) -> str:
    return json.dumps(data, ensure_ascii=tree.source.text.isascii())
