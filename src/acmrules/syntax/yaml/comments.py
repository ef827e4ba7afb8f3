"""Comments in a YAML text."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_marks = re.compile(r"(?:(?<=\s)|\A)#(?=[ \t]*acmrules:)").finditer
_signs = re.compile(r"(?:(?<=\s)|\A)#").finditer
_end = re.compile(r"[\r\n]").search


def comments(text: str) -> set[int]:
    """Return the offsets of each `#` that follows whitespace outside of scalars.

    Only comments that contain `acmrules:` are found. If the text is invalid, scalars after the
    error are unknown.
    """
    return {*_outside(text, _marks, _scalars(text))}


def closed_ranges(text: str) -> list[tuple[int, int]]:
    """Return the ranges inside which no comment can begin: scalars, and comments to their ends."""
    scalars = _scalars(text)
    found = [(mark, _line_end(text, mark) + 1) for mark in _outside(text, _signs, scalars)]
    return sorted(scalars + found)


def _line_end(text: str, offset: int) -> int:
    match = _end(text, offset)
    return match.start() if match else len(text)


def _scalars(text: str) -> list[tuple[int, int]]:
    """Return the ranges of all scalars, up to the first error."""
    from yaml import YAMLError

    from acmrules.syntax.yaml.tree import parser_of

    parser, scalars = parser_of(text), []
    with contextlib.suppress(YAMLError):
        while parser.check_event():
            event = parser.get_event()
            if hasattr(event, "value"):
                scalars.append((event.start_mark.index, event.end_mark.index))
    return scalars


def _outside(
    text: str, marks: Callable[[str], Iterator[re.Match[str]]], scalars: list[tuple[int, int]]
) -> Iterator[int]:
    """Yield the offsets of marks outside of scalars."""
    starts = [start for start, _ in scalars]
    for match in marks(text):
        mark = match.start()
        before = bisect_right(starts, mark) - 1
        if before < 0 or mark >= scalars[before][1]:
            yield mark
