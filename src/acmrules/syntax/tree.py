"""A parsed text: plain data, pointers to values, and the position of each value."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    from acmrules.syntax.source import Source

    Data = Any
    """Parsed data: mappings, lists, strings and other scalars."""

    Step = str | int

    Pointer = tuple[Step, ...]
    """The path from the top of a parsed file to a value, or with `KEY` at the end, to its key."""

    class Tree(Protocol):
        """A parsed file: plain data, the position of each value, and the module that edits it."""

        EDITS: str
        source: Source
        data: Data

        def place(self, pointer: Pointer) -> tuple[int, int]:
            """Return the start and end of a value, for a string without its quotes."""

    class TextTree(Tree, Protocol):
        """A tree of JSON or YAML."""

        def keys(self, pointer: Pointer) -> Iterator[tuple[str, tuple[int, int]]]:
            """Yield the keys of a mapping with their positions, equal ones too."""


KEY = -1
"""The last step of a pointer to the key of a value; without a key, to its first character."""


HAS_TEMPLATES = "contains template syntax (Jinja or Helm)"
RENDER = "render it, and check the output"
"""Why a file is not checked that another tool has to render, and what to do instead."""

NOT_RENDERED = f"{HAS_TEMPLATES}: check the rendered output, or `exclude` this file"
"""The error for a file from which another tool renders the actual input."""


class CommaSeparatedEntries:
    """The positions of the entries in comma-separated strings; each string is split once."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def place(self, whole: tuple[int, int], entry: int) -> tuple[int, int]:
        """Return the start and end of an entry of the string at `whole`, without whitespace.

        If the string has no such entry, return `whole`.
        """
        if whole not in self._known:
            self._known[whole] = [*self._spans(*whole)]
        spans = self._known[whole]
        start, end = spans[entry] if entry < len(spans) else (0, 0)
        return (start, end) if start < end else whole

    def _spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for entry in self._text[start:end].split(","):
            begin = start + len(entry) - len(entry.lstrip())
            yield begin, begin + len(entry.strip())
            start += len(entry) + 1


def mapping(data: Data) -> dict[str, Data]:
    """Return data if it is a mapping, or else an empty mapping."""
    return data if type(data) is dict else {}


def items(data: Data) -> list[Data]:
    """Return data if it is a list, or else an empty list."""
    return data if type(data) is list else []
