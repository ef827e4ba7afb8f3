"""Positions of the comments in an HCL file."""

from __future__ import annotations

import re

_code = re.compile(r'(")|<<-?([\w-]+)\r?\n|(#|//)[^\n]*|/\*.*?(?:\*/|\Z)|([{}])', re.DOTALL).search
_in_quotes = re.compile(r'\\.|\$\$\{|%%\{|([$%]\{)|(")', re.DOTALL).search
_IN_HEREDOC = r"\$\$\{|%%\{|([$%]\{)|^[ \t]*(MARK)[ \t\r]*$"


def comments(text: str) -> set[int]:
    """Return the offsets of the comments that extend to the end of a line, in native syntax.

    A stack contains the open constructs: `{` for code in braces, `"` for a quoted string, or the
    end marker of a heredoc.
    """
    found: set[int] = set()
    stack: list[str] = []
    offset = 0
    while True:
        construct = stack[-1] if stack else "{"
        if construct == "{":
            match = _code(text, offset)
            if match is None:
                return found
            if match[1]:
                stack.append('"')
            elif match[2]:
                stack.append(match[2])
            elif match[3]:
                found.add(match.start())
            elif match[4] == "{":
                stack.append("{")
            elif match[4] and stack:
                stack.pop()
        else:
            in_heredoc = re.compile(
                _IN_HEREDOC.replace("MARK", re.escape(construct)), re.MULTILINE
            ).search
            match = (_in_quotes if construct == '"' else in_heredoc)(text, offset)
            if match is None:
                return found
            if match[1]:
                stack.append("{")
            elif match[2]:
                stack.pop()
        offset = match.end()
