"""How a change is written in a list of names, one to a line."""

from __future__ import annotations

from acmrules.lint.readers import edits
from acmrules.lint.readers.edits import Refused, TextEdit, Written, line_break
from acmrules.lint.readers.names import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.readers.edits import Change, Changes, Edits
    from acmrules.lint.readers.places import Pointer
    from acmrules.lint.source import Source


def written(tree: Lines, change: Change) -> tuple[TextEdit, ...]:
    """Return a change as edits of the text; raises `Refused`."""
    return tuple(TextEdit(tree.source, *edit) for edit in _edits(tree, change))


def shared(tree: Lines, pointer: Pointer) -> str:  # noqa: ARG001
    """Return the empty text: a value stands for itself alone."""
    return ""


def agree(before: Source, changes: Changes, after: Source) -> bool:
    """Say whether a text is another one with the changes made."""
    return edits.agree([Lines(before)], changes, [Lines(after)])


def _edits(tree: Lines, change: Change) -> Edits:
    text = Written(tree.source.text, r"#[^\r\n]*")
    if change.insert:
        _, end = tree.place((len(tree.data) - 1,))
        rest = text.rest(end)
        if type(change.value) is str and rest is not None:
            return [(rest, rest, line_break(text.text) + change.value)]
        raise Refused("a list of names has names alone")
    start, end = tree.place(change.pointer)
    if change.value is not None:
        return [(start, end, change.value)]
    lines = text.without_lines(start, end)
    if lines is None:
        raise Refused("the name has no line of its own")
    return lines
