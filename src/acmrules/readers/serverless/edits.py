"""Edits of the template in a `serverless.yml` (an `Editor`), made by the editor of the file."""

from __future__ import annotations

from acmrules.syntax.edits import EditError, TextEdit, ValueEdit, editor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.serverless.template import StackTree
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Pointer, Tree


def edits(tree: StackTree, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return the edits that make a change; raises `EditError`."""
    return editor_of(tree.file).edits(tree.file, _in_file(tree, change)[1])


def aliased_as(tree: StackTree, pointer: Pointer) -> str:
    """Describe what else uses a value, such as YAML aliases; empty if nothing does."""
    return editor_of(tree.file).aliased_as(tree.file, tree.located(pointer))


def matches_after(
    before: Source, changes: Iterable[tuple[StackTree, ValueEdit]], after: Source
) -> bool:
    """Return whether `after` reads like `before` with the changes; raises `InputError`."""
    inner_changes = [_in_file(tree, change) for tree, change in changes]
    return editor_of(inner_changes[0][0]).matches_after(before, inner_changes, after)


def _in_file(tree: StackTree, change: ValueEdit) -> tuple[Tree, ValueEdit]:
    *parent, last = change.pointer
    pointer = tree.located(tuple(parent) if change.insert else change.pointer)
    if change.insert:
        data = tree.file.data
        for step in pointer:
            data = data[step]
        is_literal = type(data) in {dict, list} and pointer[-1:] == tuple(parent[-1:])
        pointer = (*pointer, last)
    else:
        is_literal = pointer[-1] == last
    if not is_literal:
        raise EditError("the value comes from a variable")
    return tree.file, change.__replace__(pointer=pointer)
