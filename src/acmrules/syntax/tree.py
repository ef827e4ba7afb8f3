"""A parsed text: plain data, pointers into it, and the position of each value."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    from acmrules.syntax.source import Source

    Data = Any
    """What a parser makes of a text: mappings, lists, texts and other scalars."""

    Step = str | int

    Pointer = tuple[Step, ...]
    """The way from the top of a parsed file to a value; `KEY` at its end means the key of it."""

    class Tree(Protocol):
        """A parsed file: plain data, where each value stands, and which module edits it."""

        EDITS: str
        source: Source
        data: Data

        def place(self, pointer: Pointer) -> tuple[int, int]:
            """Return where a value stands, a text without its quotes."""


KEY = -1
"""Last step of a pointer: the key of a value; for one without, its first character."""


NOT_RENDERED = (
    "holds templates (Jinja, Helm): render them and check what comes out, or `exclude` the file"
)
"""What is said of a text that is the source of another one."""


class CommaSeparatedEntries:
    """Where the entries of comma-separated texts stand; each text is taken apart but once."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def place(self, whole: tuple[int, int], entry: int) -> tuple[int, int]:
        """Return where an entry of the text stands that has a place, without blanks around it.

        Of one that is not written there, it is the place of the whole.
        """
        if whole not in self._known:
            self._known[whole] = [*self._places(*whole)]
        locations = self._known[whole]
        start, end = locations[entry] if entry < len(locations) else (0, 0)
        return (start, end) if start < end else whole

    def _places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for written in self._text[start:end].split(","):
            begin = start + len(written) - len(written.lstrip())
            yield begin, begin + len(written.strip())
            start += len(written) + 1


def mapping(data: Data) -> dict[str, Data]:
    """Return data that is a mapping; anything else is an empty one."""
    return data if type(data) is dict else {}


def items(data: Data) -> list[Data]:
    """Return data that is a list; anything else is an empty one."""
    return data if type(data) is list else []
