"""Comments in a YAML text."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right

_marks = re.compile(r"(?:(?<=\s)|\A)#(?=[ \t]*acmrules:)").finditer


def comments(text: str) -> set[int]:
    """Return the offsets of each `#` that follows whitespace outside of scalars.

    Only comments that contain `acmrules:` are found. If the text is invalid, scalars after the
    error are unknown.
    """
    from yaml import YAMLError

    from acmrules.syntax.yaml.tree import parser_of

    parser, scalars = parser_of(text), []
    with contextlib.suppress(YAMLError):
        while parser.check_event():
            event = parser.get_event()
            if hasattr(event, "value"):
                scalars.append((event.start_mark.index, event.end_mark.index))
    starts = [start for start, _ in scalars]
    found = set()
    for match in _marks(text):
        mark = match.start()
        before = bisect_right(starts, mark) - 1
        if before < 0 or mark >= scalars[before][1]:
            found.add(mark)
    return found
