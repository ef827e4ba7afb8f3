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


def closed_ranges(text: str) -> list[tuple[int, int]]:
    """Return the ranges inside which no comment can begin: strings, heredocs and comments.

    Those of a heredoc, and of a comment that ends with its line, include the line break.
    """
    found: list[tuple[int, int]] = []
    for start, end in _comment_ranges(text, 0, len(text), found):
        found.append((start, end + (not text.startswith("/*", start))))
    return sorted(found)


def is_in_comment(text: str, begin: int, offset: int) -> bool:
    """Return whether an offset is in a comment; a block begins at `begin`, before it."""
    return any(start <= offset < end for start, end in _comment_ranges(text, begin, offset))


def _comment_ranges(
    text: str, offset: int, last: int, quotes: list[tuple[int, int]] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the comments in code from an offset up to another one.

    A stack contains the open constructs: `{` for code in braces, `"` for a quoted string, or the
    end marker of a heredoc. The ranges of those that are in no other one are added to `quotes`.
    """
    stack: list[str] = []
    depth = begin = 0
    while offset <= last:
        construct = stack[-1] if stack else "{"
        if construct == "{":
            match = _code(text, offset)
            if match is None:
                return
            if match[1] or match[2]:
                begin = begin if depth else match.start()
                depth += 1
                stack.append(match[1] or match[2])
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
                depth -= 1
                if quotes is not None and not depth:
                    quotes.append((begin, match.end() + (construct != '"')))
        offset = match.end()
