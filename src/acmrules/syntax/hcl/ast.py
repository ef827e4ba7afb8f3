"""Syntax tree of Terraform files in native and JSON syntax: blocks, arguments, expressions.

Every node has its range in characters; the range of a string excludes its quotes. The bodies of
top-level blocks are parsed on demand. Until then only their brackets and quotes are checked.
"""

from __future__ import annotations

from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from acmrules.syntax.source import Source
    from acmrules.unresolved import Unknown

    Scalar: TypeAlias = str | int | float | bool | Unknown | None


class Expression:
    """An expression that evaluates to a value."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def written(self) -> str:
        """The text of the expression, for a string without its quotes."""
        return self.source.text[self.start : self.end]


class Literal(Expression):
    """A string, a number, `true`, `false` or `null`; a number with too many digits is unknown."""

    __slots__ = ("value",)

    def __init__(self, source: Source, start: int, end: int, value: Scalar) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.value = value


class Template(Expression):
    """A string that contains interpolations or directives."""

    __slots__ = ("parts",)

    def __init__(self, source: Source, start: int, end: int, parts: list[Expression]) -> None:
        super().__init__(source, start, end)
        self.parts = parts


class Reference(Expression):
    """A name, followed by the names of attributes: `var.name`."""

    __slots__ = ("names",)

    def __init__(self, source: Source, start: int, end: int, names: list[str]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.names = names


class Attribute(Expression):
    """An attribute of an expression that is more than a name: `f(x).name`."""

    __slots__ = ("name", "of")

    def __init__(self, start: int, end: int, of: Expression, name: str) -> None:
        super().__init__(of.source, start, end)
        self.of = of
        self.name = name


class Index(Expression):
    """An item of a list or a map: `names[0]`."""

    __slots__ = ("index", "of")

    def __init__(self, start: int, end: int, of: Expression, index: Expression) -> None:
        super().__init__(of.source, start, end)
        self.of = of
        self.index = index


ITEM = "*"
"""The name that `each` of a splat uses for the current item."""


class Splat(Expression):
    """A splat (`names[*].id`): `each` is evaluated for every item of `of`."""

    __slots__ = ("each", "of")

    def __init__(self, start: int, end: int, of: Expression, each: Expression) -> None:
        super().__init__(of.source, start, end)
        self.of = of
        self.each = each


class Call(Expression):
    """A function call; `spread` means that the last argument expands to several (`...`)."""

    __slots__ = ("arguments", "function", "spread")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        function: str,
        arguments: list[Expression],
        *,
        spread: bool,
    ) -> None:
        super().__init__(source, start, end)
        self.function = function
        self.arguments = arguments
        self.spread = spread


class Tuple(Expression):
    """A list constructor: `[a, b]`."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Expression]) -> None:
        super().__init__(source, start, end)
        self.items = items


class Object(Expression):
    """A map constructor: `{a = b}`."""

    __slots__ = ("entries",)

    def __init__(
        self, source: Source, start: int, end: int, entries: list[tuple[Expression, Expression]]
    ) -> None:
        super().__init__(source, start, end)
        self.entries = entries


class ForExpression(Expression):
    """A `for` expression or directive.

    It results in a list; with `key` in a map, and with `text` in a string. `names` are the loop
    variables of the key, which is optional, and of the value.
    """

    __slots__ = ("collection", "condition", "grouped", "key", "names", "text", "value")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        names: tuple[str | None, str],
        collection: Expression,
        value: Expression,
        *,
        key: Expression | None = None,
        condition: Expression | None = None,
        grouped: bool = False,
        text: bool = False,
    ) -> None:
        super().__init__(source, start, end)
        self.names = names
        self.collection = collection
        self.value = value
        self.key = key
        self.condition = condition
        self.grouped = grouped
        self.text = text


class Operation(Expression):
    """An operator with one or two operands."""

    __slots__ = ("operands", "operator")

    def __init__(
        self, source: Source, start: int, end: int, operator: str, operands: tuple[Expression, ...]
    ) -> None:
        super().__init__(source, start, end)
        self.operator = operator
        self.operands = operands


class Conditional(Expression):
    """A conditional expression, or an `if` directive of a template."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        condition: Expression,
        then: Expression,
        otherwise: Expression,
    ) -> None:
        super().__init__(source, start, end)
        self.condition = condition
        self.then = then
        self.otherwise = otherwise


class Argument:
    """An argument of a body: the range of its name, and its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: tuple[int, int], value: Expression) -> None:
        self.key = key
        self.value = value


class Body:
    """The content of a block, in order: its arguments by name, and its blocks.

    In JSON syntax, a nested block looks like an argument and is represented as one.
    """

    __slots__ = ("attributes", "blocks")

    def __init__(self, attributes: dict[str, Argument], blocks: list[Block]) -> None:
        self.attributes = attributes
        self.blocks = blocks


class Nested(Expression):
    """A mapping in JSON syntax that contains `dynamic` blocks."""

    __slots__ = ("body",)

    def __init__(self, source: Source, start: int, end: int, body: Body) -> None:
        super().__init__(source, start, end)
        self.body = body


class Block:
    """A block: its type, its labels, the range of its header, and its body, parsed on demand."""

    __slots__ = ("_body", "end", "labels", "source", "start", "type")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        kind: str,
        labels: tuple[str, ...],
        body: Body | Callable[[], Body],
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.type = kind
        self.labels = labels
        self._body: Body | Callable[[], Body] | InputError = body

    @property
    def body(self) -> Body:
        """The parsed body; raises `InputError` if it is invalid."""
        if not isinstance(self._body, Body):
            if isinstance(self._body, InputError):
                raise self._body.with_traceback(None)
            try:
                self._body = self._body()
            except InputError as error:
                # The parser is where it failed, so it would go on from there.
                self._body = error
                raise
        return self._body


class File(Body):
    """A file: its blocks, and the arguments of a variables file."""

    __slots__ = ("source",)

    def __init__(
        self, source: Source, attributes: dict[str, Argument], blocks: list[Block]
    ) -> None:
        super().__init__(attributes, blocks)
        self.source = source
