"""How a change is written in a JSON text."""

from __future__ import annotations

import json

from acmrules.syntax import edits
from acmrules.syntax.edits import TextEdit, TextLayout
from acmrules.syntax.structured import trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.edits import Changes, Edits, ValueEdit
    from acmrules.syntax.json.tree import JsonTree
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer


def written(tree: JsonTree, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return a change as edits of the text."""
    return tuple(TextEdit(tree.source, *edit) for edit in _edits(tree, change))


def shared(tree: JsonTree, pointer: Pointer) -> str:  # noqa: ARG001
    """Return the empty text: a value stands for itself alone."""
    return ""


def agree(before: Source, changes: Changes, after: Source) -> bool:
    """Say whether a text is another one with the changes made; raises `Unreadable`."""
    return edits.agree(trees(before, texts=True), changes, trees(after, texts=True))


def _edits(tree: JsonTree, change: ValueEdit) -> Edits:
    if not change.insert and change.value is not None:
        return [(*tree.place(change.pointer), _escaped(tree, change.value)[1:-1])]
    *way, last = change.pointer
    text = tree.source.text
    start, members = tree.members(tuple(way))
    spans = [
        (key - 1 if type(step) is str else key, end) for step, (key, _, _, end) in members.items()
    ]
    if not change.insert:
        return TextLayout(text).without_item(spans, [*members].index(last))
    item = _escaped(tree, change.value)
    if type(last) is str:
        _, key_end, value, _ = [*members.values()][-1]
        item = f"{json.dumps(last)}{text[key_end + 1 : value]}{item}"
    return TextLayout(text).with_item(start + 1, spans, item)


def _escaped(tree: JsonTree, data: Data) -> str:
    return json.dumps(data, ensure_ascii=tree.source.text.isascii())
