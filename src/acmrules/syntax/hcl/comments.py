"""Positions of the comments in an HCL file."""

from __future__ import annotations

import re

_code = re.compile(r'(")|<<-?([\w-]+)\r?\n|(#|//)[^\n]*|/\*.*?(?:\*/|\Z)|([{}])', re.DOTALL).search
_in_quotes = re.compile(r'\\.|\$\$\{|%%\{|([$%]\{)|(")', re.DOTALL).search
_HERE = r"\$\$\{|%%\{|([$%]\{)|^[ \t]*(MARK)[ \t\r]*$"


def comments(text: str) -> set[int]:
    """Return the offsets of the comments that extend to the end of a line, in native syntax.

    A stack contains the open constructs: `{` for code in braces, `"` for a quoted string, or the
    end marker of a heredoc.
    """
    found: set[int] = set()
    open_things: list[str] = []
    place = 0
    while True:
        within = open_things[-1] if open_things else "{"
        if within == "{":
            sign = _code(text, place)
            if sign is None:
                return found
            if sign[1]:
                open_things.append('"')
            elif sign[2]:
                open_things.append(sign[2])
            elif sign[3]:
                found.add(sign.start())
            elif sign[4] == "{":
                open_things.append("{")
            elif sign[4] and open_things:
                open_things.pop()
        else:
            here = re.compile(_HERE.replace("MARK", re.escape(within)), re.MULTILINE).search
            sign = (_in_quotes if within == '"' else here)(text, place)
            if sign is None:
                return found
            if sign[1]:
                open_things.append("{")
            elif sign[2]:
                open_things.pop()
        place = sign.end()
