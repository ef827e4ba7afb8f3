"""Positions of the comments in an HCL file."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_code = re.compile(
    r'(")|<<-?([\w-]+)\r?\n|(#|//)[^\n]*|(/\*.*?(?:\*/|\Z))|([{}])', re.DOTALL
).search
_in_quotes = re.compile(r'\\.|\$\$\{|%%\{|([$%]\{)|(")', re.DOTALL).search
_IN_HEREDOC = r"\$\$\{|%%\{|([$%]\{)|^[ \t]*(MARK)[ \t\r]*$"


def comments(text: str) -> set[int]:
    """Return the offsets of the comments that extend to the end of a line, in native syntax."""
    found = _comment_ranges(text, 0, len(text))
    return {start for start, _ in found if not text.startswith("/*", start)}


def is_in_comment(text: str, begin: int, offset: int) -> bool:
    """Return whether an offset is in a comment; a block begins at `begin`, before it."""
    return any(start <= offset < end for start, end in _comment_ranges(text, begin, offset))


def _comment_ranges(text: str, offset: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the comments in code from an offset up to another one.

    A stack contains the open constructs: `{` for code in braces, `"` for a quoted string, or the
    end marker of a heredoc.
    """
    stack: list[str] = []
    while offset <= last:
        construct = stack[-1] if stack else "{"
        if construct == "{":
            match = _code(text, offset)
            if match is None:
                return
            if match[1]:
                stack.append('"')
            elif match[2]:
                stack.append(match[2])
            elif match[3] or match[4]:
                yield match.span()
            elif match[5] == "{":
                stack.append("{")
            elif match[5] and stack:
                stack.pop()
        else:
            in_heredoc = re.compile(
                _IN_HEREDOC.replace("MARK", re.escape(construct)), re.MULTILINE
            ).search
            match = (_in_quotes if construct == '"' else in_heredoc)(text, offset)
            if match is None:
                return
            if match[1]:
                stack.append("{")
            elif match[2]:
                stack.pop()
        offset = match.end()
