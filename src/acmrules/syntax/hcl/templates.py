"""Templates of Terraform, from the pieces in which they are written to expressions."""

from __future__ import annotations

import re

from acmrules.syntax.hcl.ast import Conditional, ForExpression, Literal, Template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from acmrules.syntax.hcl.ast import Expression
    from acmrules.syntax.source import Source

    Refuse = Callable[[int, str], NoReturn]

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$(?=\$\{)|%(?=%\{)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_LARGEST_CODE_POINT = 0x10FFFF


class Piece:
    """A piece of a template: a text, a value that is put in, or a directive.

    `before` and `after` say whether it takes the blanks around it away, `names` are those that a
    `for` gives to the key and the value.
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


def unescaped(written: str, start: int, refuse: Refuse, *, quoted: bool) -> str:
    """Return a text without its escapes; those with a backslash belong to quotes alone."""

    def meant(found: re.Match[str]) -> str:
        escape = found[1]
        if not escape:
            return ""
        if not quoted:
            return found.group()
        code = int(escape[1:], 16) if len(escape) > 1 else None
        if code is not None and code <= _LARGEST_CODE_POINT:
            return chr(code)
        if escape not in _ESCAPED:
            refuse(start + found.start(), f"`{found.group()}` is no escape of a text")
        return _ESCAPED[escape]

    return _ESCAPE.sub(meant, written)


def trim(pieces: list[Piece]) -> None:
    """Take the blanks away that a `~` says are none of the text's."""
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else piece
        if piece.before and before.text is not None:
            before.text = before.text.rstrip()
        after = pieces[index + 1] if index + 1 < len(pieces) else piece
        if piece.after and after.text is not None:
            after.text = after.text.lstrip()


def outdent(pieces: list[Piece]) -> None:
    """Take the indentation away that all lines have in common, those of blanks left out.

    Each text is a line or a part of one.
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


def assembled(
    source: Source, pieces: list[Piece], start: int, end: int, refuse: Refuse
) -> Expression:
    """Return the expression that pieces are: a text, a template, or the only value itself."""
    if not any(piece.value or piece.directive for piece in pieces):
        text = "".join(piece.text or "" for piece in pieces)
        return Literal(source, start, end, text)
    if len(pieces) == 1 and pieces[0].value and not pieces[0].directive:
        return pieces[0].value
    return Template(source, start, end, _nested(source, pieces, refuse))


def _nested(source: Source, pieces: list[Piece], refuse: Refuse) -> list[Expression]:
    """Return the parts, each directive with what stands inside of it."""
    parts: list[Expression] = []
    outer: list[tuple[Piece, list[Expression], list[Expression] | None]] = []
    for piece in pieces:
        if piece.directive in {"if", "for"}:
            outer.append((piece, parts, None))
            parts = []
        elif piece.directive:
            wanted = "for" if piece.directive == "endfor" else "if"
            if not outer or outer[-1][0].directive != wanted:
                refuse(piece.start, f"`{piece.directive}` has no `{wanted}` before it")
            head, around, then = outer.pop()
            if piece.directive == "else":
                if then is not None:
                    refuse(piece.start, "`else` stands here for the second time")
                outer.append((head, around, parts))
                parts = []
            else:
                around.append(_directive(source, head, piece.end, then, parts))
                parts = around
        elif piece.value is not None:
            parts.append(piece.value)
        elif piece.text:
            parts.append(Literal(source, piece.start, piece.end, piece.text))
    if outer:
        head = outer[-1][0]
        refuse(head.start, f"`{head.directive}` has no `end{head.directive}` after it")
    return parts


def _directive(
    source: Source, head: Piece, end: int, then: list[Expression] | None, last: list[Expression]
) -> Expression:
    start, value = head.start, head.value
    assert value  # noqa: S101  (both directives that begin something have one)
    inside = Template(source, head.end, end, last)
    if head.directive == "for":
        return ForExpression(source, start, end, head.names, value, inside, text=True)
    if then is None:
        return Conditional(source, start, end, value, inside, Template(source, end, end, []))
    return Conditional(source, start, end, value, Template(source, head.end, end, then), inside)
