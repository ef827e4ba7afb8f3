"""Parser of Terraform's native syntax: recursive descent, with one pattern match per token.

The bodies of top-level blocks are only scanned for their ends and parsed on demand, because most of
them have nothing to do with certificates.
"""

from __future__ import annotations

import re
from math import isinf

from acmrules.messages import quoted
from acmrules.syntax.hcl.ast import (
    ITEM,
    Argument,
    Attribute,
    Block,
    Body,
    Call,
    Conditional,
    File,
    ForExpression,
    Index,
    Literal,
    Object,
    Operation,
    Reference,
    Splat,
    Tuple,
)
from acmrules.syntax.hcl.templates import Piece, assembled, outdent, trim, unescaped
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import NOT_RENDERED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from acmrules.syntax.hcl.ast import Expression
    from acmrules.syntax.source import Source

    Look = Callable[[str, int], re.Match[str] | None]

DEEPEST = 100
"""Maximum nesting of brackets, blocks and templates."""

_LONGEST_NUMBER = 100
_MOST_VALUES = 500_000

# Most comments are left to `skip`: each copy of their pattern slows down start-up.
_COMMENT = r"/\*(?:[^*]++|\*(?!/))*+\*/"
_GAP = rf"(?:[ \t\r\n]++|#[^\n]*+|//[^\n]*+|{_COMMENT})*+"
_BLANKS = r"[ \t\r]*+"
_NAME = r"[^\W\d][\w-]*+"
_NUMBER = r"\d++(?:\.\d++)?+(?:[eE][+-]?+\d++)?+"
_PLAIN = r"(?:[^\"\\$%\n]++|[$%](?![{$%]))*+"
_VALUE = rf"(?:\"({_PLAIN})\"|({_NAME}(?:\.{_NAME})*+)|(-?{_NUMBER}))"

_skip_blanks = re.compile(rf"(?:[ \t\r]++|{_COMMENT})*+").match
_skip_gap = re.compile(_GAP).match
_in_line = re.compile(rf"{_BLANKS}{_VALUE}(?={_BLANKS}(?:[\n,\])}}#]|//|\Z))").match
_inside = re.compile(rf"\s*+{_VALUE}(?=\s*+(?:[,\])}}]|=>|:(?!:)))").match
_item = re.compile(rf"{_GAP}(?:({_NAME}){_BLANKS}(=(?![=>]))?)?").match
_label = re.compile(rf"({_NAME})|\"((?:[^\"\\\n]++|\\.)*+)\"|(\{{)").match
_line_end = re.compile(rf"{_BLANKS}(?:(?:#|//)[^\n]*+)?(?:\n|\Z|(?=\}}))").match
_name = re.compile(rf"({_NAME}(?:::{_NAME})*+){_BLANKS}(\()?").match
_chain = re.compile(rf"{_NAME}(?:\.{_NAME})*+").match
_number = re.compile(_NUMBER).match
_signs = re.compile(r"(?:[!-]\s*+)++").match
_operator = re.compile(r"\|\||&&|[=!<>]=|[<>+*%-]|/(?!/)").match
_step = re.compile(rf"\.\s*+(?:({_NAME})|(\d++)|(\*))|\[\s*+\*\s*+(\])|(\[)").match
_key = re.compile(rf"({_NAME}|\"{_PLAIN}\"){_BLANKS}(?:=(?![=>])|:)").match
_for = re.compile(rf"for\s++({_NAME})\s*+(?:,\s*+({_NAME})\s*+)?in(?![\w-])").match
_heredoc = re.compile(rf"<<(-?)({_NAME})\r?\n").match
_marker = re.compile(rf"(?<=\n)[ \t]*+({_NAME})[ \t]*+(?=\r?\n)").match
_directive = re.compile(r"if(?![\w-])|else|endif|endfor|for(?=\s)").match
_quote = re.compile('"').match
_quoted_text = re.compile(r"(?:[^\"\\$%\n]++|\\.|\$\$\{|%%\{|[$%](?!\{))++").match
_line_text = re.compile(r"(?:[^$%\n]++|\$\$\{|%%\{|[$%](?!\{))*+\n?").match
_bare_text = re.compile(r"(?:[^$%]++|\$\$\{|%%\{|[$%](?!\{))++").match
_end_of_text = re.compile(r"\Z").match
_skim = re.compile(
    rf"(?:[^{{}}\"#/<]++|#[^\n]*+|//[^\n]*+|{_COMMENT}|/(?![/*])|<(?!<)"
    r"|\"(?:[^\"\\$%\n]++|\\[^\n]|\$\{[^\"{}\n]*+\}|[$%](?!\{))*+\")*+"
).match

_SKIPPED = frozenset(" \t\r\n#/")
_OPERATORS = frozenset("|&=!<>+*%-/")
_WORDS = {"true": True, "false": False, "null": None}
_BINDING = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}


def parse(source: Source) -> File:
    """Parse a file; raises `InputError`."""
    if source.text.count("\n") + source.text.count(",") > _MOST_VALUES:
        raise InputError(source.name, f"contains more than {_MOST_VALUES:,} values")
    body = _Reader(source).items(outermost=True)
    return File(source, body.attributes, body.blocks)


def expression(source: Source) -> Expression:
    """Parse a text that is a single expression; raises `InputError`."""
    reader = _Reader(source)
    found = reader.expression(inside=True)
    reader.skip(inside=True)
    if reader.place < len(source.text):
        reader.refuse(reader.place, f"expected the end of the expression, found {reader.found()}")
    return found


def template(source: Source) -> Expression:
    """Parse a text that is a single template without backslash escapes; raises `InputError`."""
    reader = _Reader(source)
    # Outside quotes, a template may contain any character.
    pieces = reader.template(_bare_text, _end_of_text) or []
    return assembled(source, pieces, 0, len(source.text), reader.refuse)


class _Reader:
    """A recursive-descent parser at a position in a file."""

    __slots__ = ("depth", "place", "source", "text")

    def __init__(self, source: Source, place: int = 0, depth: int = 0) -> None:
        self.source = source
        self.text = source.text
        self.place = place
        self.depth = depth

    def refuse(self, place: int, problem: str) -> NoReturn:
        """Raise `InputError` for the text at an offset."""
        position = self.source.position(place)
        line = self.source.line(position.line)
        fault = NOT_RENDERED if "{{" in line or "{%" in line else f"not valid HCL: {problem}"
        raise InputError(self.source.name, fault, position)

    def enter(self) -> None:
        """Enter a level of nesting; raises `InputError` below the deepest."""
        self.depth += 1
        if self.depth > DEEPEST:
            position = self.source.position(self.place)
            raise InputError(self.source.name, "is nested too deeply", position)

    def skip(self, *, inside: bool) -> str:
        """Skip spaces and comments, `inside` brackets also newlines; return the next character."""
        first = self.text[self.place : self.place + 1]
        if first not in _SKIPPED or (first == "\n" and not inside):
            return first
        found = (_skip_gap if inside else _skip_blanks)(self.text, self.place)
        self.place = found.end() if found else self.place
        if self.text.startswith("/*", self.place):
            self.refuse(self.place, "unterminated comment")
        return self.text[self.place : self.place + 1]

    def expect(self, wanted: str) -> None:
        """Skip one required character."""
        if self.skip(inside=True) != wanted:
            self.refuse(self.place, f"expected `{wanted}`, found {self.found()}")
        self.place += 1

    def found(self) -> str:
        """Return a description of the next token for error messages."""
        rest = _chain(self.text, self.place)
        found = rest.group() if rest else self.text[self.place : self.place + 1]
        if found == "\n":
            return "the end of the line"
        return quoted(found) if found else "the end of the file"

    # Bodies

    def items(self, *, outermost: bool = False) -> Body:
        """Parse a body and its closing brace, which the outermost body does not have."""
        text, attributes, blocks = self.text, dict[str, Argument](), list[Block]()
        while True:
            head = _item(text, self.place)
            if head is None or not head[1]:
                end = self.skip(inside=True)
                if outermost and not end:
                    return Body(attributes, blocks)
                if end == "}" and not outermost:
                    self.place += 1
                    return Body(attributes, blocks)
                self.refuse(self.place, f"expected an argument or a block, found {self.found()}")
            self.place = head.end()
            if head[2] is None and not self._assigns():
                blocks.append(self._block(head[1], head.start(1), outermost=outermost))
                continue
            if head[1] in attributes:
                self.refuse(head.start(1), f"{quoted(head[1])} is set twice")
            attributes[head[1]] = Argument(head.span(1), self.expression(inside=False))
            if text.startswith("\n", self.place):
                self.place += 1
                continue
            end_of_line = _line_end(text, self.place)
            if end_of_line is None:
                self.skip(inside=False)
                end_of_line = _line_end(text, self.place)
            if end_of_line is None:
                self.refuse(self.place, f"expected a newline, found {self.found()}")
            self.place = end_of_line.end()

    def _assigns(self) -> bool:
        """Skip the equals sign after a name and a comment, and return whether there is one."""
        assigns = self.skip(inside=False) == "="
        self.place += assigns
        return assigns

    def _block(self, kind: str, start: int, *, outermost: bool) -> Block:
        labels: list[str] = []
        end = start + len(kind)
        while True:
            self.skip(inside=False)
            found = _label(self.text, self.place)
            if found is None:
                self.refuse(self.place, f"expected `=`, `{{` or a label, found {self.found()}")
            self.place = found.end()
            if found[3]:
                break
            labels.append(found[1] or found[2])
            end = self.place
        if not outermost:
            self.enter()
            body = self.items()
            self.depth -= 1
            return Block(self.source, start, end, kind, tuple(labels), body)
        inside = self.place
        self._skim_body(start)
        read = _Reader(self.source, inside).items
        return Block(self.source, start, end, kind, tuple(labels), read)

    def _skim_body(self, start: int) -> None:
        """Skip a body and its closing brace, looking only at brackets and quotes."""
        text = self.text
        while True:
            skimmed = _skim(text, self.place)
            self.place = skimmed.end() if skimmed else self.place
            found = text[self.place : self.place + 1]
            if found == "{":
                self.enter()
                self.place += 1
            elif found == "}":
                self.place += 1
                if not self.depth:
                    return
                self.depth -= 1
            elif found == '"':
                self._quoted()
            elif found == "<":
                if _heredoc(text, self.place):
                    self._heredoc()
                else:
                    self.place += 2
            elif found:
                self.refuse(self.place, "unterminated comment")
            else:
                self.refuse(start, "unterminated block")

    # Expressions

    def expression(self, *, inside: bool) -> Expression:
        """Parse an expression, which may contain newlines only `inside` brackets."""
        simple = (_inside if inside else _in_line)(self.text, self.place)
        if simple:
            self.place = simple.end()
            kind = simple.lastindex or 0
            start, end = simple.span(kind)
            if kind == 1:
                return Literal(self.source, start, end, simple[1])
            return self._word(start, end, simple[2]) if kind != 3 else self._read_number(start, end)  # noqa: PLR2004
        self.enter()
        self.skip(inside=inside)
        start = self.place
        found = self._operation(0, inside=inside)
        end = self.place
        if self.skip(inside=inside) != "?":
            self.place = end
        else:
            self.place += 1
            then = self.expression(inside=inside)
            if self.skip(inside=inside) != ":":
                self.refuse(self.place, f"expected `:`, found {self.found()}")
            self.place += 1
            otherwise = self.expression(inside=inside)
            found = Conditional(self.source, start, self.place, found, then, otherwise)
        self.depth -= 1
        return found

    def _word(self, start: int, end: int, word: str) -> Expression:
        if word in _WORDS:
            return Literal(self.source, start, end, _WORDS[word])
        return Reference(self.source, start, end, word.split("."))

    def _read_number(self, start: int, end: int) -> Literal:
        written = self.text[start:end]
        if len(written) > _LONGEST_NUMBER or isinf(float(written)):
            self.refuse(start, "the number is too long")
        if written.lstrip("-").isdigit():
            return Literal(self.source, start, end, int(written))
        value = float(written)
        whole = value.is_integer() and abs(value) < 10**15
        return Literal(self.source, start, end, int(value) if whole else value)

    def _operation(self, least: int, *, inside: bool) -> Expression:
        """Parse operands while the operators between them have a precedence above `least`."""
        self.skip(inside=inside)
        start = self.place
        left = self._operand(inside=inside)
        while True:
            end = self.place
            may_go_on = self.skip(inside=inside) in _OPERATORS
            found = _operator(self.text, self.place) if may_go_on else None
            binding = _BINDING[found.group()] if found else 0
            if found is None or binding <= least:
                self.place = end
                return left
            self.place = found.end()
            right = self._operation(binding, inside=inside)
            left = Operation(self.source, start, self.place, found.group(), (left, right))

    def _operand(self, *, inside: bool) -> Expression:
        start = self.place
        signs = _signs(self.text, start)
        if signs:
            self.place = signs.end()
            written = "".join(signs.group().split())
            self.depth += len(written) - 1
            self.enter()
            found = self._operand(inside=inside)
            self.depth -= len(written)
            for sign in reversed(written):
                found = Operation(self.source, start, self.place, sign, (found,))
            return found
        return self._stepped(self._primary(), start, inside=inside)

    def _primary(self) -> Expression:
        text, start = self.text, self.place
        first = text[start : start + 1]
        if first == '"':
            return self._quoted()
        if first == "(":
            self.place += 1
            found = self.expression(inside=True)
            self.expect(")")
            return found
        if first == "[":
            return self._tuple()
        if first == "{":
            return self._object()
        if first == "<" and _heredoc(text, start):
            return self._heredoc()
        number = _number(text, start)
        if number:
            self.place = number.end()
            return self._read_number(start, self.place)
        name = _name(text, start)
        if name is None:
            self.refuse(start, f"expected a value, found {self.found()}")
        if name[2]:
            self.place = name.end()
            return self._call(start, name[1])
        chain = _chain(text, start)
        self.place = chain.end() if chain else start
        return self._word(start, self.place, text[start : self.place])

    def _stepped(self, found: Expression, start: int, *, inside: bool) -> Expression:
        """Parse the attributes, indexes and splats that follow an operand."""
        while True:
            end = self.place
            may_go_on = self.skip(inside=inside) in {".", "["}
            step = _step(self.text, self.place) if may_go_on else None
            if step is None or self.text.startswith("...", self.place):
                self.place = end
                return found
            self.place = step.end()
            if step[3]:
                each: Expression = Reference(self.source, end, self.place, [ITEM])
                while (more := _step(self.text, self.place)) and (more[1] or more[2]):
                    self.place = more.end()
                    each = self._one_step(each, end, more)
                found = Splat(start, self.place, found, each)
            elif step[4]:
                self.enter()
                each = Reference(self.source, end, self.place, [ITEM])
                each = self._stepped(each, end, inside=inside)
                self.depth -= 1
                found = Splat(start, self.place, found, each)
            else:
                found = self._one_step(found, start, step)

    def _one_step(self, of: Expression, start: int, step: re.Match[str]) -> Expression:
        if step[1]:
            return Attribute(start, self.place, of, step[1])
        if step[2]:
            return Index(start, self.place, of, self._read_number(*step.span(2)))
        index = self.expression(inside=True)
        self.expect("]")
        return Index(start, self.place, of, index)

    def _call(self, start: int, name: str) -> Call:
        arguments: list[Expression] = []
        spread = False
        while self.skip(inside=True) != ")" and not spread:
            arguments.append(self.expression(inside=True))
            after = self.skip(inside=True)
            spread = self.text.startswith("...", self.place)
            if spread:
                self.place += 3
            elif after == ",":
                self.place += 1
            elif after != ")":
                self.refuse(self.place, f"expected `,` or `)`, found {self.found()}")
        self.expect(")")
        return Call(self.source, start, self.place, name, arguments, spread=spread)

    def _tuple(self) -> Expression:
        start = self.place
        self.place += 1
        self.skip(inside=True)
        if head := _for(self.text, self.place):
            return self._loop(start, head, "]")
        items: list[Expression] = []
        while self.skip(inside=True) != "]":
            items.append(self.expression(inside=True))
            after = self.skip(inside=True)
            if after == ",":
                self.place += 1
            elif after != "]":
                self.refuse(self.place, f"expected `,` or `]`, found {self.found()}")
        self.place += 1
        return Tuple(self.source, start, self.place, items)

    def _object(self) -> Expression:
        start = self.place
        self.place += 1
        self.skip(inside=True)
        if head := _for(self.text, self.place):
            return self._loop(start, head, "}")
        entries: list[tuple[Expression, Expression]] = []
        while self.skip(inside=True) != "}":
            entries.append((self._read_key(), self.expression(inside=False)))
            after = self.skip(inside=False)
            if after in {",", "\n"}:
                self.place += 1
            elif after != "}" and not self.text.startswith(("#", "//"), self.place):
                self.refuse(self.place, f"expected `,`, a newline or `}}`, found {self.found()}")
        self.place += 1
        return Object(self.source, start, self.place, entries)

    def _read_key(self) -> Expression:
        simple = _key(self.text, self.place)
        if simple:
            self.place = simple.end()
            start, end = simple.span(1)
            quoted = simple[1][0] == '"'
            return Literal(self.source, start + quoted, end - quoted, simple[1].strip('"'))
        start = self.place
        key = self.expression(inside=False)
        if type(key) is Reference and key.written == key.names[0] and key.start == start:
            key = Literal(self.source, key.start, key.end, key.names[0])
        if self.skip(inside=False) not in {"=", ":"}:
            self.refuse(self.place, f"expected `=`, found {self.found()}")
        self.place += 1
        return key

    def _loop(self, start: int, head: re.Match[str], closing: str) -> ForExpression:
        self.place = head.end()
        names = (head[1], head[2]) if head[2] else (None, head[1])
        collection = self.expression(inside=True)
        self.expect(":")
        value = self.expression(inside=True)
        key = None
        if closing == "}":
            self.skip(inside=True)
            if not self.text.startswith("=>", self.place):
                self.refuse(self.place, f"expected `=>`, found {self.found()}")
            self.place += 2
            key, value = value, self.expression(inside=True)
        self.skip(inside=True)
        grouped = self.text.startswith("...", self.place)
        self.place += 3 * grouped
        self.skip(inside=True)
        condition = None
        name = _name(self.text, self.place)
        if name and name[1] == "if":
            self.place = name.end(1)
            condition = self.expression(inside=True)
        self.expect(closing)
        return ForExpression(
            self.source,
            start,
            self.place,
            names,
            collection,
            value,
            key=key,
            condition=condition,
            grouped=grouped,
        )

    # Templates

    def template(self, literal: Look, is_end: Look, *, quoted: bool = False) -> list[Piece] | None:
        """Parse the pieces of a template up to its end; return `None` if the end is missing."""
        text, pieces, depth = self.text, list[Piece](), self.depth
        while not is_end(text, self.place):
            start = self.place
            found = literal(text, start)
            if found and found.end() > start:
                self.place = found.end()
                written = found.group()
                if "\\" in written or "{" in written:
                    written = unescaped(written, start, self.refuse, quoted=quoted)
                pieces.append(Piece(start, self.place, text=written))
            elif text.startswith(("${", "%{"), start):
                pieces.append(self._sequence())
                self.depth = max(self.depth, depth)
            else:
                return None
        self.depth = depth
        trim(pieces)
        return pieces

    def _sequence(self) -> Piece:
        """Parse `${...}` or `%{...}`."""
        text, start = self.text, self.place
        self.enter()
        before = text.startswith("~", start + 2)
        self.place = start + 2 + before
        directive, value = "", None
        names: tuple[str | None, str] = None, ""
        if text[start] == "%":
            self.skip(inside=True)
            keyword = _directive(text, self.place)
            if keyword is None:
                self.refuse(self.place, f"expected a directive, found {self.found()}")
            directive = keyword.group()
            head = _for(text, self.place)
            self.place = keyword.end()
            if directive == "for":
                if head is None:
                    self.refuse(self.place, "expected a name and `in` after `for`")
                self.place = head.end()
                names = (head[1], head[2]) if head[2] else (None, head[1])
        if directive in {"", "if", "for"}:
            value = self.expression(inside=True)
        after = self.skip(inside=True) == "~"
        self.place += after
        self.expect("}")
        # The content of `if` and `for` is one level deeper, until the end directive.
        self.depth -= {"if": 0, "for": 0, "endif": 2, "endfor": 2}.get(directive, 1)
        return Piece(
            start,
            self.place,
            value=value,
            directive=directive,
            names=names,
            before=before,
            after=after,
        )

    def _quoted(self) -> Expression:
        start = self.place
        self.place += 1
        pieces = self.template(_quoted_text, _quote, quoted=True)
        if pieces is None:
            self.refuse(start, "unterminated string")
        end = self.place
        self.place += 1
        return assembled(self.source, pieces, start + 1, end, self.refuse)

    def _heredoc(self) -> Expression:
        head = _heredoc(self.text, self.place)
        assert head  # noqa: S101  (the caller has checked)
        flush, marker = head[1], head[2]
        start = self.place = head.end()

        def is_end(text: str, place: int) -> re.Match[str] | None:
            line = _marker(text, place)
            return line if line and line[1] == marker else None

        pieces = self.template(_line_text, is_end)
        if pieces is None:
            self.refuse(head.start(), f"unterminated heredoc: no line with {quoted(marker)}")
        if flush:
            outdent(pieces)
        end, last = self.place, is_end(self.text, self.place)
        self.place = last.end() if last else end
        return assembled(self.source, pieces, start, end, self.refuse)
