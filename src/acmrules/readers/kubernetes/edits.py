"""Edits of the manifests in a file (an `Editor`), made by the editor of YAML or JSON."""

from __future__ import annotations

from acmrules.syntax.edits import TextEdit, ValueEdit, editor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.kubernetes.objects import Manifests
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Pointer, Tree


def edits(tree: Manifests, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return the edits that make a change; raises `EditError`."""
    manifest, inner_change = _in_manifest(tree, change)
    return editor_of(manifest).edits(manifest, inner_change)


def aliased_as(tree: Manifests, pointer: Pointer) -> str:
    """Describe what else uses a value, such as YAML aliases; empty if nothing does."""
    manifest = tree.manifest(pointer[0])
    return editor_of(manifest).aliased_as(manifest, pointer[1:])


def matches_after(
    before: Source, changes: Iterable[tuple[Manifests, ValueEdit]], after: Source
) -> bool:
    """Return whether `after` reads like `before` with the changes; raises `InputError`."""
    inner_changes = [_in_manifest(tree, change) for tree, change in changes]
    return editor_of(inner_changes[0][0]).matches_after(before, inner_changes, after)


def _in_manifest(tree: Manifests, change: ValueEdit) -> tuple[Tree, ValueEdit]:
    number, *inner = change.pointer
    return tree.manifest(number), change.__replace__(pointer=tuple(inner))
