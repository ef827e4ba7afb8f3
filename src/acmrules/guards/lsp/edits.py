"""New texts of files as edits of documents, with the versions of the documents."""

from __future__ import annotations

from difflib import SequenceMatcher

from lsprotocol import types

from acmrules.syntax.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.guards.lsp.diagnostics import Writer
    from acmrules.guards.lsp.documents import OpenDocument

Change = tuple[int, int, str]
"""A start offset, an end offset, and the replacement."""


def workspace_edit(
    writer: Writer,
    documents: Mapping[str, OpenDocument],
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    is_versioned: bool,
) -> types.WorkspaceEdit:
    """Return the edits that make new texts of old ones, each by the path of the file.

    `documents` are the open ones. Without `is_versioned`, the client cannot check the versions.
    """
    edits: dict[str, list[types.TextEdit]] = {}
    versions: dict[str, int | None] = {}
    for path, text in after.items():
        source = Source(path, before[path])
        document = documents.get(path)
        uri = document.uri if document else writer.uri_of(path)
        versions[uri] = document.version if document else None
        edits[uri] = [
            types.TextEdit(writer.span(source, start, end), new)
            for start, end, new in changes(before[path], text)
        ]
    if not is_versioned:
        return types.WorkspaceEdit(changes=edits)
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri, versions[uri]), own
            )
            for uri, own in edits.items()
        ]
    )


def changes(before: str, after: str) -> Iterator[Change]:
    """Yield the replacements that make one text of another, line by line, in order."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            yield _trimmed(starts[first], "".join(old[first:last]), "".join(new[begin:end]))


def _trimmed(start: int, old: str, new: str) -> Change:
    """Return a replacement without what both texts begin and end with."""
    most = min(len(old), len(new))
    first = next((i for i in range(most) if old[i] != new[i]), most)
    first -= _splits_line_break(old, first)
    most -= first
    last = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    last -= last > 0 and _splits_line_break(old, len(old) - last)
    return start + first, start + len(old) - last, new[first : len(new) - last]


def _splits_line_break(text: str, offset: int) -> bool:
    """Return whether an offset is inside a line break, where the protocol has no position."""
    return text[max(offset - 1, 0) : offset + 1] == "\r\n"
