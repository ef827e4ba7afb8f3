"""How a change is written in the manifests of a file: as in any other YAML or JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from acmrules.readers.kubernetes.objects import Manifests
    from acmrules.syntax.edits import TextEdit, ValueEdit
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Pointer, Tree


def written(tree: Manifests, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return a change as edits of the text; raises `Refused`."""
    manifest, inside = _inside(tree, change)
    edits: tuple[TextEdit, ...] = _language(manifest).written(manifest, inside)
    return edits


def shared(tree: Manifests, pointer: Pointer) -> str:
    """Say what it is that others read too, if a value is not written for its use alone."""
    manifest = tree.manifest(pointer[0])
    return str(_language(manifest).shared(manifest, pointer[1:]))


def agree(before: Source, changes: Iterable[tuple[Manifests, ValueEdit]], after: Source) -> bool:
    """Say whether a text is another one with the changes made; raises `Unreadable`."""
    several = [_inside(tree, change) for tree, change in changes]
    return bool(_language(several[0][0]).agree(before, several, after))


def _inside(tree: Manifests, change: ValueEdit) -> tuple[Tree, ValueEdit]:
    number, *way = change.pointer
    return tree.manifest(number), change.__replace__(pointer=tuple(way))


def _language(manifest: Tree) -> Any:  # noqa: ANN401  (a module)
    return __import__(manifest.EDITS, fromlist=["written"])
