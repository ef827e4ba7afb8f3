"""Comments in a YAML text."""

from __future__ import annotations

import contextlib
import re

_signs = re.compile(r"(?:(?<=\s)|\A)#(?=[ \t]*acmrules:)").finditer


def comments(text: str) -> set[int]:
    """Return the offsets of each `#` that follows whitespace outside of scalars.

    Only comments that contain `acmrules:` are found. If the text is invalid, scalars after the
    error are unknown.
    """
    from yaml import YAMLError

    from acmrules.syntax.yaml.tree import parser_of

    parser, inside = parser_of(text), []
    with contextlib.suppress(YAMLError):
        while parser.check_event():
            event = parser.get_event()
            if hasattr(event, "value"):
                inside.append((event.start_mark.index, event.end_mark.index))
    signs = (found.start() for found in _signs(text))
    return {sign for sign in signs if not any(start <= sign < end for start, end in inside)}
