"""Template strings: conversion of parsed pieces to expressions."""

from __future__ import annotations

import re

from acmrules.syntax.hcl.ast import Conditional, Expression, ForExpression, Literal, Template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from acmrules.syntax.source import Source

    Fail = Callable[[int, str], NoReturn]

# `re` compiles a pattern when it is first used, because few files need it.
_ESCAPE = r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$(?=\$\{)|%(?=%\{)"
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_LARGEST_CODE_POINT = 0x10FFFF


class Piece:
    """A piece of a template: a string, an interpolated value, or a directive.

    `before` and `after` mean that it strips the spaces on that side. `names` are the loop variables
    of a `for` directive.
    """

    __slots__ = ("after", "before", "directive", "end", "names", "start", "text", "value")

    def __init__(
        self,
        start: int,
        end: int,
        *,
        text: str | None = None,
        value: Expression | None = None,
        directive: str = "",
        names: tuple[str | None, str] = (None, ""),
        before: bool = False,
        after: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.value = value
        self.directive = directive
        self.names = names
        self.before = before
        self.after = after


def unescaped(written: str, start: int, fail: Fail, *, quoted: bool) -> str:
    """Return a string with its escapes resolved; backslash escapes apply only if `quoted`."""

    def resolve(found: re.Match[str]) -> str:
        escape = found[1]
        if not escape:
            return ""
        if not quoted:
            return found.group()
        code = int(escape[1:], 16) if len(escape) > 1 else None
        if code is not None and code <= _LARGEST_CODE_POINT:
            return chr(code)
        if escape not in _ESCAPED:
            fail(start + found.start(), f"`{found.group()}` is not a valid escape sequence")
        return _ESCAPED[escape]

    return re.sub(_ESCAPE, resolve, written)


def normalized(text: str) -> str:
    """Return a string in Unicode normalization form C, as Terraform stores every string."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def trim(pieces: list[Piece]) -> None:
    """Remove the spaces that a `~` strips."""
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else piece
        if piece.before and before.text is not None:
            before.text = before.text.rstrip()
        after = pieces[index + 1] if index + 1 < len(pieces) else piece
        if piece.after and after.text is not None:
            after.text = after.text.lstrip()


def outdent(pieces: list[Piece]) -> None:
    """Remove the indentation that all lines have in common, ignoring blank lines.

    Each string is a line or a part of one.
    """
    indented: list[tuple[Piece, int]] = []
    at_start = True
    for piece in pieces:
        text = piece.text or ""
        if at_start and (text.strip() or not text.endswith("\n")):
            indented.append((piece, len(text) - len(text.lstrip())))
        at_start = text.endswith("\n")
    common = min((indentation for _, indentation in indented), default=0)
    for piece, _ in indented:
        piece.text = piece.text[common:] if piece.text is not None else None


def assembled(source: Source, pieces: list[Piece], start: int, end: int, fail: Fail) -> Expression:
    """Return the expression for all pieces: a literal, a template, or the only value itself."""
    if not any(piece.value or piece.directive for piece in pieces):
        text = "".join(piece.text or "" for piece in pieces)
        return Literal(source, start, end, normalized(text))
    if len(pieces) == 1 and pieces[0].value and not pieces[0].directive:
        return pieces[0].value
    return Template(source, start, end, _nested(source, pieces, fail))


def _nested(source: Source, pieces: list[Piece], fail: Fail) -> list[Expression]:
    """Return the parts of a template, with the content of each directive inside it."""
    parts: list[Expression] = []
    open_directives: list[tuple[Piece, list[Expression], Template | None]] = []
    for piece in pieces:
        if piece.directive in {"if", "for"}:
            open_directives.append((piece, parts, None))
            parts = []
        elif piece.directive:
            wanted = "for" if piece.directive == "endfor" else "if"
            if not open_directives or open_directives[-1][0].directive != wanted:
                fail(piece.start, f"`{piece.directive}` without `{wanted}`")
            head, outer_parts, then = open_directives.pop()
            if piece.directive == "else":
                if then is not None:
                    fail(piece.start, "second `else` of the same `if`")
                then = Template(source, head.end, piece.start, parts)
                # The range of the other branch begins after the `else`.
                open_directives.append((_after(piece, head), outer_parts, then))
                parts = []
            else:
                outer_parts.append(_directive(source, head, piece, then, parts))
                parts = outer_parts
        elif piece.value is not None:
            parts.append(piece.value)
        elif piece.text:
            parts.append(Literal(source, piece.start, piece.end, normalized(piece.text)))
    if open_directives:
        head = open_directives[-1][0]
        fail(head.start, f"`{head.directive}` without `end{head.directive}`")
    return parts


def _after(piece: Piece, head: Piece) -> Piece:
    """Return the head of a directive whose content begins after a piece."""
    return Piece(head.start, piece.end, value=head.value, directive=head.directive)


def _directive(
    source: Source, head: Piece, last: Piece, then: Template | None, parts: list[Expression]
) -> Expression:
    start, end, value = head.start, last.end, head.value
    assert value  # noqa: S101  (both opening directives have a value)
    inside = Template(source, head.end, last.start, parts)
    if head.directive == "for":
        return ForExpression(source, start, end, head.names, value, inside, text=True)
    if then is None:
        return Conditional(source, start, end, value, inside, Template(source, end, end, []))
    return Conditional(source, start, end, value, then, inside)
