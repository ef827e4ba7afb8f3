"""Parser of Terraform's native syntax: recursive descent, with one pattern match per token.

The bodies of top-level blocks are only scanned for their ends and parsed on demand, because most of
them have nothing to do with certificates. Syntax that only Terraform before 0.12 accepts is parsed
too, and noted in the source.
"""

from __future__ import annotations

import re

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
from acmrules.syntax.numbers import exact_number
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import NOT_RENDERED
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from acmrules.syntax.hcl.ast import Expression

    Matcher = Callable[[str, int], re.Match[str] | None]

MAX_DEPTH = 100
"""Maximum nesting of brackets, blocks and templates."""

_MAX_VALUES = 500_000

# Most comments are left to `skip`: each copy of their pattern slows down start-up.
_COMMENT = r"/\*(?:[^*]++|\*(?!/))*+\*/"
_GAP = rf"(?:[ \t\r\n]++|#[^\n]*+|//[^\n]*+|{_COMMENT})*+"
_BLANKS = r"[ \t\r]*+"
_NAME = r"[^\W\d][\w-]*+"
_NUMBER = r"\d++(?:\.\d++)?+(?:[eE][+-]?+\d++)?+"
_PLAIN = r"(?:[^\"\\$%\n]++|[$%](?![{$%]))*+"
_VALUE = rf"(?:\"({_PLAIN})\"|({_NAME}(?:\.{_NAME})*+)|(-?{_NUMBER}))"

_RESTORES = re.match("(?:b(?!c))*+b", "bc")
"""A match if this version of Python restores possessive groups; `possessive` has the reason."""


def _compiled(pattern: str) -> re.Pattern[str]:
    if _RESTORES:
        return re.compile(pattern)
    from acmrules.syntax.hcl.possessive import compiled

    return compiled(pattern)


# Nearly all files need these patterns

_skip_blanks = _compiled(rf"(?:[ \t\r]++|{_COMMENT})*+").match
_skip_gap = _compiled(_GAP).match
_in_line = _compiled(rf"{_BLANKS}{_VALUE}(?={_BLANKS}(?:[\n,\])}}#]|//|\Z))").match
_item = _compiled(rf"{_GAP}(?:({_NAME}){_BLANKS}(=(?![=>]))?)?").match
_label = _compiled(rf"({_NAME})|\"((?:[^\"\\\n]++|\\.)*+)\"|(\{{)").match
_skim = _compiled(
    rf"(?:[^{{}}\"#/<]++|#[^\n]*+|//[^\n]*+|{_COMMENT}|/(?![/*])|<(?!<)"
    r"|\"(?:[^\"\\$%\n]++|\\[^\n]|\$\{[^\"{}\n]*+\}|[$%](?!\{))*+\")*+"
).match

# Few files need these


def _matcher(pattern: str) -> Matcher:
    """Return the match method of a pattern, which is compiled when it is first called.

    Most files need a few patterns; compiling all of them takes longer than parsing such a file.
    """
    compiled: list[Matcher] = []

    def match(text: str, start: int) -> re.Match[str] | None:
        if not compiled:
            compiled.append(_compiled(pattern).match)
        return compiled[0](text, start)

    return match


_inside = _matcher(rf"\s*+{_VALUE}(?=\s*+(?:[,\])}}]|=>|:(?!:)))")
_line_end = _matcher(rf"{_BLANKS}(?:(?:#|//)[^\n]*+)?(?:\n|\Z|(?=\}}))")
_name = _matcher(rf"({_NAME}(?:::{_NAME})*+){_BLANKS}(\()?")
_chain = _matcher(rf"{_NAME}(?:\.{_NAME})*+")
_number = _matcher(_NUMBER)
_unary_operators = _matcher(r"(?:[!-]\s*+)++")
_operator = _matcher(r"\|\||&&|[=!<>]=|[<>+*%-]|/(?!/)")
_step = _matcher(rf"\.\s*+(?:({_NAME})|(\d++)|(\*))|\[\s*+\*\s*+(\])|(\[)")
_key = _matcher(rf"({_NAME}|\"{_PLAIN}\"){_BLANKS}(?:=(?![=>])|:)")
_for = _matcher(rf"for\s++({_NAME})\s*+(?:,\s*+({_NAME})\s*+)?in(?![\w-])")
_heredoc = _matcher(rf"<<(-?)({_NAME})\r?\n")
_heredoc_end = _matcher(rf"(?<=\n)[ \t]*+({_NAME})[ \t]*+(?=\r?\n)")
_directive = _matcher(r"if(?![\w-])|else|endif|endfor|for(?=\s)")
_old_name = _matcher(rf"(?:\"({_PLAIN})\"|([\w.-]++)){_BLANKS}([={{])(?![=>])")
_old_label = _matcher(r"\.[\w.-]++")
_old_string = _matcher(r"\\\"((?:[^\"\\\n$%]|[$%](?!\{))*+)\\\"")
_old_next = _matcher(rf",|{_NAME}{_BLANKS}(?:=(?![=>])|\{{)|\"{_PLAIN}\"{_BLANKS}=(?![=>])")
_quote = _matcher('"')
_quoted_text = _matcher(r"(?:[^\"\\$%\n]++|\\.|\$\$\{|%%\{|[$%](?!\{))++")
_line_text = _matcher(r"(?:[^$%\n]++|\$\$\{|%%\{|[$%](?!\{))*+\n?")
_bare_text = _matcher(r"(?:[^$%]++|\$\$\{|%%\{|[$%](?!\{))++")
_end_of_text = _matcher(r"\Z")

_OLD_MAPS = frozenset(("default", "providers", "tags"))
"""Arguments that could be written as blocks before Terraform 0.12."""

_SKIPPED = frozenset(" \t\r\n#/")
_OPERATORS = frozenset("|&=!<>+*%-/")
_KEYWORDS = {"true": True, "false": False, "null": None}
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
    if source.text.count("\n") + source.text.count(",") > _MAX_VALUES:
        raise InputError(source.name, f"contains more than {_MAX_VALUES:,} values")
    body = _Parser(source).items(outermost=True)
    return File(source, body.attributes, body.blocks)


def expression(source: Source) -> Expression:
    """Parse a source that is a single expression; raises `InputError`."""
    parser = _Parser(source)
    found = parser.expression(inside=True)
    parser.skip(inside=True)
    if parser.offset < len(source.text):
        parser.fail(
            parser.offset, f"expected the end of the expression, found {parser.next_token()}"
        )
    return found


def template(source: Source) -> Expression:
    """Parse a source that is a single template without backslash escapes; raises `InputError`."""
    parser = _Parser(source)
    # Outside quotes, a template may contain any character.
    pieces = parser.template(_bare_text, _end_of_text) or []
    return assembled(source, pieces, 0, len(source.text), parser.fail)


class _Parser:
    """A recursive-descent parser at a position in a file."""

    __slots__ = ("depth", "offset", "source", "text")

    def __init__(self, source: Source, offset: int = 0, depth: int = 0) -> None:
        self.source = source
        self.text = source.text
        self.offset = offset
        self.depth = depth

    def fail(self, offset: int, problem: str) -> NoReturn:
        """Raise `InputError` for the text at an offset."""
        position = self.source.position(offset)
        line = self.source.line(position.line)
        fault = NOT_RENDERED if "{{" in line or "{%" in line else f"not valid HCL: {problem}"
        raise InputError(self.source.name, fault, position)

    def enter(self) -> None:
        """Enter a level of nesting; raises `InputError` below the deepest."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            position = self.source.position(self.offset)
            raise InputError(self.source.name, "is nested too deeply", position)

    def skip(self, *, inside: bool) -> str:
        """Skip spaces and comments, `inside` brackets also newlines; return the next character."""
        first = self.text[self.offset : self.offset + 1]
        if first not in _SKIPPED or (first == "\n" and not inside):
            return first
        found = (_skip_gap if inside else _skip_blanks)(self.text, self.offset)
        self.offset = found.end() if found else self.offset
        if self.text.startswith("/*", self.offset):
            self.fail(self.offset, "unterminated comment")
        return self.text[self.offset : self.offset + 1]

    def expect(self, wanted: str) -> None:
        """Skip one required character."""
        if self.skip(inside=True) != wanted:
            self.fail(self.offset, f"expected `{wanted}`, found {self.next_token()}")
        self.offset += 1

    def next_token(self) -> str:
        """Return a description of the next token for error messages."""
        rest = _chain(self.text, self.offset)
        found = rest.group() if rest else self.text[self.offset : self.offset + 1]
        if found == "\n":
            return "the end of the line"
        return quoted(found) if found else "the end of the file"

    # Bodies

    def items(self, *, outermost: bool = False) -> Body:
        """Parse a body and its closing brace, which the outermost body does not have."""
        text, attributes, blocks = self.text, dict[str, Argument](), list[Block]()
        while True:
            head = _item(text, self.offset)
            if head is None or not head[1]:
                end = self.skip(inside=True)
                if outermost and not end:
                    return Body(attributes, blocks)
                if end == "}" and not outermost:
                    self.offset += 1
                    return Body(attributes, blocks)
                if not self._old_item(attributes):
                    self.fail(
                        self.offset, f"expected an argument or a block, found {self.next_token()}"
                    )
                continue
            self.offset = head.end()
            if head[2] is None and not self._assigns():
                if not outermost and text.startswith(".", self.offset):
                    self.offset = head.start(1)
                    if self._old_item(attributes):
                        continue
                block = self._block(head[1], head.start(1), outermost=outermost)
                if not outermost and block.type in _OLD_MAPS and not block.labels:
                    self._add_old_map(attributes, block)
                else:
                    blocks.append(block)
                continue
            if head[1] in attributes:
                self.fail(head.start(1), f"{quoted(head[1])} is set twice")
            attributes[head[1]] = Argument(head.span(1), self.expression(inside=False))
            if text.startswith("\n", self.offset):
                self.offset += 1
                continue
            self._end_argument(outermost=outermost)

    def _end_argument(self, *, outermost: bool) -> None:
        """Skip the end of the line after an argument, or what separated arguments before 0.12."""
        end_of_line = _line_end(self.text, self.offset)
        if end_of_line is None:
            self.skip(inside=False)
            end_of_line = _line_end(self.text, self.offset)
        if end_of_line is not None:
            self.offset = end_of_line.end()
            return
        following = None if outermost else _old_next(self.text, self.offset)
        if following is None:
            self.fail(self.offset, f"expected a newline, found {self.next_token()}")
        self._note_old(self.offset)
        self.offset += following.group() == ","

    # Syntax of Terraform before 0.12

    def _note_old(self, offset: int) -> None:
        """Note syntax that current versions of Terraform reject."""
        known = self.source.outdated
        self.source.outdated = offset if known is None else min(known, offset)

    def _old_item(self, attributes: dict[str, Argument]) -> bool:
        """Parse an argument or a map whose name is quoted, dotted or a number, if there is one."""
        found = _old_name(self.text, self.offset)
        if found is None:
            return self.text.startswith('"', self.offset) and self._old_template_key(attributes)
        group = 1 if found[1] is not None else 2
        name, key = found[group], found.span(group)
        if name in attributes:
            self.fail(key[0], f"{quoted(name)} is set twice")
        self._note_old(found.start())
        if found[3] == "{":
            self.offset = found.start(3)
            attributes[name] = Argument(key, self._old_map())
            return True
        self.offset = found.end()
        attributes[name] = Argument(key, self.expression(inside=False))
        self._end_argument(outermost=False)
        return True

    def _old_template_key(self, attributes: dict[str, Argument]) -> bool:
        """Parse an argument whose name is a template."""
        start = self.offset
        self._quoted()
        key = start + 1, self.offset - 1
        if self.skip(inside=False) != "=":
            self.offset = start
            return False
        self._note_old(start)
        self.offset += 1
        attributes[self.text[slice(*key)]] = Argument(key, self.expression(inside=False))
        self._end_argument(outermost=False)
        return True

    def _old_map(self) -> Object:
        start = self.offset
        self.offset += 1
        self.enter()
        body = self.items()
        self.depth -= 1
        return self._as_object(body, start, self.offset)

    def _add_old_map(self, attributes: dict[str, Argument], block: Block) -> None:
        """Add a block that is a map as an argument; several blocks are one map."""
        self._note_old(block.start)
        start = self.text.index("{", block.end)
        found = self._as_object(block.body, start, self.offset)
        known = attributes.get(block.type)
        if known is None:
            attributes[block.type] = Argument((block.start, block.end), found)
        elif isinstance(known.value, Object):
            known.value.entries += found.entries
        else:
            self.fail(block.start, f"{quoted(block.type)} is set twice")

    def _as_object(self, body: Body, start: int, end: int) -> Object:
        """Return a body as a map; blocks in it are maps too."""
        entries = [
            (self._old_key(name, argument.key), argument.value)
            for name, argument in body.attributes.items()
        ]
        for block in body.blocks:
            inner = self.text.index("{", block.end)
            key = Literal(self.source, block.start, block.end, block.type)
            entries.append((key, self._as_object(block.body, inner, end)))
        return Object(self.source, start, end, entries)

    def _old_key(self, name: str, span: tuple[int, int]) -> Expression:
        if "${" in name:
            return _Parser(self.source, span[0] - 1)._quoted()  # noqa: SLF001  (own class)
        return Literal(self.source, *span, name)

    # Bodies

    def _assigns(self) -> bool:
        """Skip the equals sign after a name and a comment, and return whether there is one."""
        assigns = self.skip(inside=False) == "="
        self.offset += assigns
        return assigns

    def _block(self, kind: str, start: int, *, outermost: bool) -> Block:
        labels: list[str] = []
        end = start + len(kind)
        while True:
            self.skip(inside=False)
            found = _label(self.text, self.offset)
            if found is None and labels and (rest := _old_label(self.text, self.offset)):
                self._note_old(self.offset)
                labels[-1] += rest.group()
                end = self.offset = rest.end()
                continue
            if found is None:
                self.fail(self.offset, f"expected `=`, `{{` or a label, found {self.next_token()}")
            self.offset = found.end()
            if found[3]:
                break
            labels.append(found[1] or found[2])
            end = self.offset
        if not outermost:
            self.enter()
            body = self.items()
            self.depth -= 1
            return Block(self.source, start, end, kind, tuple(labels), body)
        inside = self.offset
        self._skim_body(start)
        read = _Parser(self.source, inside).items
        return Block(self.source, start, end, kind, tuple(labels), read)

    def _skim_body(self, start: int) -> None:
        """Skip a body and its closing brace, looking only at brackets and quotes."""
        text = self.text
        while True:
            skimmed = _skim(text, self.offset)
            self.offset = skimmed.end() if skimmed else self.offset
            found = text[self.offset : self.offset + 1]
            if found == "{":
                self.enter()
                self.offset += 1
            elif found == "}":
                self.offset += 1
                if not self.depth:
                    return
                self.depth -= 1
            elif found == '"':
                self._quoted()
            elif found == "<":
                if _heredoc(text, self.offset):
                    self._heredoc()
                else:
                    self.offset += 2
            elif found:
                self.fail(self.offset, "unterminated comment")
            else:
                self.fail(start, "unterminated block")

    # Expressions

    def expression(self, *, inside: bool) -> Expression:
        """Parse an expression, which may contain newlines only `inside` brackets."""
        simple = (_inside if inside else _in_line)(self.text, self.offset)
        if simple:
            self.offset = simple.end()
            kind = simple.lastindex or 0
            start, end = simple.span(kind)
            if kind == 1:
                return Literal(self.source, start, end, simple[1])
            return self._word(start, end, simple[2]) if kind != 3 else self._read_number(start, end)  # noqa: PLR2004
        self.enter()
        self.skip(inside=inside)
        start = self.offset
        found = self._operation(0, inside=inside)
        end = self.offset
        if self.skip(inside=inside) != "?":
            self.offset = end
        else:
            self.offset += 1
            then = self.expression(inside=inside)
            if self.skip(inside=inside) != ":":
                self.fail(self.offset, f"expected `:`, found {self.next_token()}")
            self.offset += 1
            otherwise = self.expression(inside=inside)
            found = Conditional(self.source, start, self.offset, found, then, otherwise)
        self.depth -= 1
        return found

    def _word(self, start: int, end: int, word: str) -> Expression:
        if word in _KEYWORDS:
            return Literal(self.source, start, end, _KEYWORDS[word])
        return Reference(self.source, start, end, word.split("."))

    def _read_number(self, start: int, end: int) -> Literal:
        written = self.text[start:end]
        value = exact_number(written)
        return Literal(self.source, start, end, Unknown(written) if value is None else value)

    def _operation(self, least: int, *, inside: bool) -> Expression:
        """Parse operands while the operators between them have a precedence above `least`."""
        self.skip(inside=inside)
        start = self.offset
        left = self._operand(inside=inside)
        while True:
            end = self.offset
            may_continue = self.skip(inside=inside) in _OPERATORS
            found = _operator(self.text, self.offset) if may_continue else None
            binding = _BINDING[found.group()] if found else 0
            if found is None or binding <= least:
                self.offset = end
                return left
            self.offset = found.end()
            right = self._operation(binding, inside=inside)
            left = Operation(self.source, start, self.offset, found.group(), (left, right))

    def _operand(self, *, inside: bool) -> Expression:
        start = self.offset
        operators = _unary_operators(self.text, start)
        if operators:
            self.offset = operators.end()
            written = "".join(operators.group().split())
            self.depth += len(written) - 1
            self.enter()
            found = self._operand(inside=inside)
            self.depth -= len(written)
            for operator in reversed(written):
                found = Operation(self.source, start, self.offset, operator, (found,))
            return found
        return self._postfix(self._primary(), start, inside=inside)

    def _primary(self) -> Expression:
        text, start = self.text, self.offset
        first = text[start : start + 1]
        if first == '"':
            return self._quoted()
        if first == "(":
            self.offset += 1
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
            self.offset = number.end()
            return self._read_number(start, self.offset)
        name = _name(text, start)
        if name is None and (old := _old_string(text, start)):
            self._note_old(start)
            self.offset = old.end()
            return Literal(self.source, *old.span(1), old[1])
        if name is None:
            self.fail(start, f"expected a value, found {self.next_token()}")
        if name[2]:
            self.offset = name.end()
            return self._call(start, name[1])
        chain = _chain(text, start)
        self.offset = chain.end() if chain else start
        return self._word(start, self.offset, text[start : self.offset])

    def _postfix(self, found: Expression, start: int, *, inside: bool) -> Expression:
        """Parse the attributes, indexes and splats that follow an operand."""
        while True:
            end = self.offset
            may_continue = self.skip(inside=inside) in {".", "["}
            step = _step(self.text, self.offset) if may_continue else None
            if step is None or self.text.startswith("...", self.offset):
                self.offset = end
                return found
            self.offset = step.end()
            if step[3]:
                each: Expression = Reference(self.source, end, self.offset, [ITEM])
                while (more := _step(self.text, self.offset)) and (more[1] or more[2]):
                    self.offset = more.end()
                    each = self._postfix_step(each, end, more)
                found = Splat(start, self.offset, found, each)
            elif step[4]:
                self.enter()
                each = Reference(self.source, end, self.offset, [ITEM])
                each = self._postfix(each, end, inside=inside)
                self.depth -= 1
                found = Splat(start, self.offset, found, each)
            else:
                found = self._postfix_step(found, start, step)

    def _postfix_step(self, of: Expression, start: int, step: re.Match[str]) -> Expression:
        if step[1]:
            return Attribute(start, self.offset, of, step[1])
        if step[2]:
            return Index(start, self.offset, of, self._read_number(*step.span(2)))
        index = self.expression(inside=True)
        self.expect("]")
        return Index(start, self.offset, of, index)

    def _call(self, start: int, name: str) -> Call:
        arguments: list[Expression] = []
        spread = False
        while self.skip(inside=True) != ")" and not spread:
            arguments.append(self.expression(inside=True))
            after = self.skip(inside=True)
            spread = self.text.startswith("...", self.offset)
            if spread:
                self.offset += 3
            elif after == ",":
                self.offset += 1
            elif after != ")":
                self.fail(self.offset, f"expected `,` or `)`, found {self.next_token()}")
        self.expect(")")
        hides = name.removeprefix("core::") == "sensitive"
        if hides and arguments and type(arguments[0]) is not Reference:
            self.source.add_secret(arguments[0].start, arguments[-1].end)
        return Call(self.source, start, self.offset, name, arguments, spread=spread)

    def _tuple(self) -> Expression:
        start = self.offset
        self.offset += 1
        self.skip(inside=True)
        if head := _for(self.text, self.offset):
            return self._for_expression(start, head, "]")
        items: list[Expression] = []
        while self.skip(inside=True) != "]":
            items.append(self.expression(inside=True))
            after = self.skip(inside=True)
            if after == ",":
                self.offset += 1
            elif after != "]":
                self.fail(self.offset, f"expected `,` or `]`, found {self.next_token()}")
        self.offset += 1
        return Tuple(self.source, start, self.offset, items)

    def _object(self) -> Expression:
        start = self.offset
        self.offset += 1
        self.skip(inside=True)
        if head := _for(self.text, self.offset):
            return self._for_expression(start, head, "}")
        entries: list[tuple[Expression, Expression]] = []
        while self.skip(inside=True) != "}":
            entries.append((self._read_key(), self.expression(inside=False)))
            after = self.skip(inside=False)
            if after in {",", "\n"}:
                self.offset += 1
            elif after != "}" and not self.text.startswith(("#", "//"), self.offset):
                self.fail(
                    self.offset, f"expected `,`, a newline or `}}`, found {self.next_token()}"
                )
        self.offset += 1
        return Object(self.source, start, self.offset, entries)

    def _read_key(self) -> Expression:
        simple = _key(self.text, self.offset)
        if simple:
            self.offset = simple.end()
            start, end = simple.span(1)
            quoted = simple[1][0] == '"'
            return Literal(self.source, start + quoted, end - quoted, simple[1].strip('"'))
        start = self.offset
        key = self.expression(inside=False)
        if type(key) is Reference and key.written == key.names[0] and key.start == start:
            key = Literal(self.source, key.start, key.end, key.names[0])
        if self.skip(inside=False) not in {"=", ":"}:
            self.fail(self.offset, f"expected `=`, found {self.next_token()}")
        self.offset += 1
        return key

    def _for_expression(self, start: int, head: re.Match[str], closing: str) -> ForExpression:
        self.offset = head.end()
        names = (head[1], head[2]) if head[2] else (None, head[1])
        collection = self.expression(inside=True)
        self.expect(":")
        value = self.expression(inside=True)
        key = None
        if closing == "}":
            self.skip(inside=True)
            if not self.text.startswith("=>", self.offset):
                self.fail(self.offset, f"expected `=>`, found {self.next_token()}")
            self.offset += 2
            key, value = value, self.expression(inside=True)
        self.skip(inside=True)
        grouped = self.text.startswith("...", self.offset)
        self.offset += 3 * grouped
        self.skip(inside=True)
        condition = None
        name = _name(self.text, self.offset)
        if name and name[1] == "if":
            self.offset = name.end(1)
            condition = self.expression(inside=True)
        self.expect(closing)
        return ForExpression(
            self.source,
            start,
            self.offset,
            names,
            collection,
            value,
            key=key,
            condition=condition,
            grouped=grouped,
        )

    # Templates

    def template(
        self, literal: Matcher, is_end: Matcher, *, quoted: bool = False
    ) -> list[Piece] | None:
        """Parse the pieces of a template up to its end; return `None` if the end is missing."""
        text, pieces, depth = self.text, list[Piece](), self.depth
        while not is_end(text, self.offset):
            start = self.offset
            found = literal(text, start)
            if found and found.end() > start:
                self.offset = found.end()
                written = found.group()
                if "\\" in written or "{" in written:
                    written = unescaped(written, start, self.fail, quoted=quoted)
                pieces.append(Piece(start, self.offset, text=written))
            elif text.startswith("%{", start) and self._is_old_text():
                self.offset += 2
                pieces.append(Piece(start, self.offset, text="%{"))
            elif text.startswith(("${", "%{"), start):
                pieces.append(self._sequence())
                self.depth = max(self.depth, depth)
            else:
                return None
        self.depth = depth
        trim(pieces)
        return pieces

    def _is_old_text(self) -> bool:
        """Return whether `%{` is only text, as before the directives of Terraform 0.12."""
        begin = self.offset + 2
        begin += self.text.startswith("~", begin)
        gap = _skip_gap(self.text, begin)
        is_directive = _directive(self.text, gap.end() if gap else begin)
        if is_directive:
            return False
        self._note_old(self.offset)
        return True

    def _sequence(self) -> Piece:
        """Parse `${...}` or `%{...}`."""
        text, start = self.text, self.offset
        self.enter()
        before = text.startswith("~", start + 2)
        self.offset = start + 2 + before
        directive, value = "", None
        names: tuple[str | None, str] = None, ""
        if text[start] == "%":
            self.skip(inside=True)
            keyword = _directive(text, self.offset)
            if keyword is None:
                self.fail(self.offset, f"expected a directive, found {self.next_token()}")
            directive = keyword.group()
            head = _for(text, self.offset)
            self.offset = keyword.end()
            if directive == "for":
                if head is None:
                    self.fail(self.offset, "expected a name and `in` after `for`")
                self.offset = head.end()
                names = (head[1], head[2]) if head[2] else (None, head[1])
        if directive in {"", "if", "for"}:
            value = self.expression(inside=True)
        after = self.skip(inside=True) == "~"
        self.offset += after
        self.expect("}")
        # The content of `if` and `for` is one level deeper, until the end directive.
        self.depth -= {"if": 0, "for": 0, "endif": 2, "endfor": 2}.get(directive, 1)
        return Piece(
            start,
            self.offset,
            value=value,
            directive=directive,
            names=names,
            before=before,
            after=after,
        )

    def _quoted(self) -> Expression:
        start = self.offset
        self.offset += 1
        pieces = self.template(_quoted_text, _quote, quoted=True)
        if pieces is None:
            self.fail(start, "unterminated string")
        end = self.offset
        self.offset += 1
        return assembled(self.source, pieces, start + 1, end, self.fail)

    def _heredoc(self) -> Expression:
        head = _heredoc(self.text, self.offset)
        assert head  # noqa: S101  (the caller has checked)
        flush, marker = head[1], head[2]
        start = self.offset = head.end()

        def is_end(text: str, offset: int) -> re.Match[str] | None:
            line = _heredoc_end(text, offset)
            return line if line and line[1] == marker else None

        pieces = self.template(_line_text, is_end)
        if pieces is None:
            self.fail(head.start(), f"unterminated heredoc: no line with {quoted(marker)}")
        if flush:
            outdent(pieces)
        end, last = self.offset, is_end(self.text, self.offset)
        self.offset = last.end() if last else end
        return assembled(self.source, pieces, start, end, self.fail)
