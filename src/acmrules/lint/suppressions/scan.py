"""Finds the suppressions of a file, in comments and in metadata."""

from __future__ import annotations

import contextlib
import re

from acmrules.lint.suppressions.model import Suppression
from acmrules.lint.suppressions.parse import IN_DATA, parse_entry
from acmrules.model.placed import Location
from acmrules.readers.registry import reader_of
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.request import Tool
    from acmrules.syntax.tree import Data, Pointer, Tree

ANNOTATION = "acmrules/ignore"
"""The annotation of a Kubernetes object; each of its lines is an entry."""

_comment = re.compile(r"(?:#|//)[ \t]*acmrules:[ \t]*([^\r\n]*)").match
_comment_line = re.compile(r"[ \t]*+(?:#|//)").match
_NOT_LISTED = (
    f'suppressions in metadata must have the form `{{"ignore": ["{IN_DATA.strip("`")}"]}}`'
)


def read(source: Source, tool: Tool | None = None) -> list[Suppression]:
    """Return the suppressions of a source; `tool` identifies the format of standard input."""
    if "acmrules" not in source.text:
        return []
    reader = reader_of(source.name, tool)
    found = [*_in_comments(source, reader.comments_in(source))]
    if reader.is_structured:
        # Manifests with placeholders are not valid YAML before their reader has replaced these.
        with contextlib.suppress(InputError):
            found += [each for tree in trees(source, texts=True) for each in _in_data(tree)]
    return found


def _in_comments(source: Source, offsets: set[int]) -> Iterator[Suppression]:
    """Yield the suppressions of the comments that begin at some offsets."""
    text, end = source.text, 0
    ends: dict[int, int] = {}
    for offset in sorted(offsets):
        found = _comment(text, offset) if offset >= end else None
        if found is None:
            continue
        end = found.end()
        before = text.rfind("\n", 0, found.start()) + 1
        after = _line_end(text, found.end())
        if not text[before : found.start()].strip():
            # A comment alone on its line applies to the next line that is not a comment.
            after = _end_of_next_line(text, after, ends)
        yield parse_entry(found[1]).__replace__(
            location=Location(source, found.start(), found.end()),
            scope=Location(source, before, after),
        )


def _end_of_next_line(text: str, start: int, ends: dict[int, int]) -> int:
    """Return the end of the first line from a start on that is not a comment.

    `ends` are the known ends by start, so that a series of comments is read once.
    """
    comments = []
    while start not in ends and _comment_line(text, start):
        comments.append(start)
        start = _line_end(text, start)
    end = ends.get(start) or _line_end(text, start)
    ends.update(dict.fromkeys(comments, end))
    return end


def _line_end(text: str, offset: int) -> int:
    return text.find("\n", offset) + 1 or len(text) + 1


def _in_data(tree: Tree) -> Iterator[Suppression]:
    """Yield the suppressions in the metadata of resources, and in the annotations of objects."""
    for pointer, inner, entries in _metadata(tree.data):
        start, _ = tree.place((*pointer, KEY))
        scope = Location(tree.source, start, tree.place(pointer)[1])
        places: dict[Pointer, Location] = {}
        for step, text in entries:
            if step not in places:
                # All lines of an annotation are at one place.
                places[step] = Location(tree.source, *tree.place((*pointer, *inner, *step)))
            parsed = (
                parse_entry(text, IN_DATA)
                if isinstance(text, str)
                else Suppression("", fault=_NOT_LISTED)
            )
            yield parsed.__replace__(location=places[step], scope=scope)


def _metadata(data: Data) -> Iterator[tuple[Pointer, Pointer, list[tuple[Pointer, Data]]]]:
    """Yield the entries of each resource or object, with its pointer and theirs below it."""
    resources = _member(data, "Resources")
    for name, resource in resources.items() if isinstance(resources, dict) else ():
        own = _member(_member(resource, "Metadata"), "acmrules")
        if own is not None:
            inner: Pointer = ("Metadata", "acmrules")
            ignored = _member(own, "ignore")
            if isinstance(ignored, list) and len(own) == 1:
                yield (
                    ("Resources", name),
                    inner,
                    [(("ignore", n), text) for n, text in enumerate(ignored)],
                )
            else:
                yield ("Resources", name), inner, [((), None)]
    items = _member(data, "items")
    objects = enumerate(items) if isinstance(items, list) else ()
    for above, manifest in (((), data), *((("items", n), each) for n, each in objects)):
        text = _member(_member(_member(manifest, "metadata"), "annotations"), ANNOTATION)
        if text is not None:
            lines = [line for line in str(text).splitlines() if line.strip()]
            inner = ("metadata", "annotations", ANNOTATION)
            yield above, inner, [((), line) for line in lines]


def _member(data: Data, name: str) -> Data:
    return data.get(name) if isinstance(data, dict) else None
