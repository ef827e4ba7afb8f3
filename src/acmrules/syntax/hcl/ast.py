"""The syntax of Terraform's configurations in both spellings: blocks, arguments, expressions.

Everything knows where it stands, in characters. A text stands where it is written, without its
quotes. The bodies of the outermost blocks are read when somebody asks for them; until then only
their brackets and quotes were looked at.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.syntax.source import Source

    Scalar = str | int | float | bool | None


class Expression:
    """What stands for a value."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def written(self) -> str:
        """The expression as it is written, a text without its quotes."""
        return self.source.text[self.start : self.end]


class Literal(Expression):
    """A text, a number, `true`, `false` or `null`."""

    __slots__ = ("value",)

    def __init__(self, source: Source, start: int, end: int, value: Scalar) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.value = value


class Template(Expression):
    """A text made of parts."""

    __slots__ = ("parts",)

    def __init__(self, source: Source, start: int, end: int, parts: list[Expression]) -> None:
        super().__init__(source, start, end)
        self.parts = parts


class Reference(Expression):
    """A name, and the names of the attributes that lead on from it."""

    __slots__ = ("names",)

    def __init__(self, source: Source, start: int, end: int, names: list[str]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.names = names


class Attribute(Expression):
    """An attribute of what an expression stands for."""

    __slots__ = ("name", "of")

    def __init__(self, start: int, end: int, of: Expression, name: str) -> None:
        super().__init__(of.source, start, end)
        self.of = of
        self.name = name


class Index(Expression):
    """An item of what an expression stands for."""

    __slots__ = ("index", "of")

    def __init__(self, start: int, end: int, of: Expression, index: Expression) -> None:
        super().__init__(of.source, start, end)
        self.of = of
        self.index = index


ITEM = "*"
"""The name by which the way inside of a splat begins."""


class Splat(Expression):
    """The same way, `each`, into every item of what an expression stands for."""

    __slots__ = ("each", "of")

    def __init__(self, start: int, end: int, of: Expression, each: Expression) -> None:
        super().__init__(of.source, start, end)
        self.of = of
        self.each = each


class Call(Expression):
    """A function's call; when `spread`, the last argument is the list of those that remain."""

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
    """A list, item by item."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Expression]) -> None:
        super().__init__(source, start, end)
        self.items = items


class Object(Expression):
    """A mapping, entry by entry."""

    __slots__ = ("entries",)

    def __init__(
        self, source: Source, start: int, end: int, entries: list[tuple[Expression, Expression]]
    ) -> None:
        super().__init__(source, start, end)
        self.entries = entries


class ForExpression(Expression):
    """A `for` expression: a list, with a `key` a mapping, of a template a text.

    `names` are those of the key, which may be missing, and of the value.
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
    """An operator with its one or two operands."""

    __slots__ = ("operands", "operator")

    def __init__(
        self, source: Source, start: int, end: int, operator: str, operands: tuple[Expression, ...]
    ) -> None:
        super().__init__(source, start, end)
        self.operator = operator
        self.operands = operands


class Conditional(Expression):
    """One of two expressions."""

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
    """An argument of a body: where its name stands, and its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: tuple[int, int], value: Expression) -> None:
        self.key = key
        self.value = value


class Body:
    """What stands in a block, in order: its arguments by name, and its blocks.

    In the JSON spelling a block inside of a block looks as an argument does and is one here.
    """

    __slots__ = ("attributes", "blocks")

    def __init__(self, attributes: dict[str, Argument], blocks: list[Block]) -> None:
        self.attributes = attributes
        self.blocks = blocks


class Nested(Expression):
    """A mapping in the JSON spelling that has blocks of its own."""

    __slots__ = ("body",)

    def __init__(self, source: Source, start: int, end: int, body: Body) -> None:
        super().__init__(source, start, end)
        self.body = body


class Block:
    """A block: its type, its labels, where its head stands; its body is read on demand."""

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
        self._body = body

    @property
    def body(self) -> Body:
        """What stands in it; asking raises `Unreadable` where it is no body."""
        if not isinstance(self._body, Body):
            self._body = self._body()
        return self._body


class File(Body):
    """A file: blocks, and in a file of variables arguments."""

    __slots__ = ("source",)

    def __init__(
        self, source: Source, attributes: dict[str, Argument], blocks: list[Block]
    ) -> None:
        super().__init__(attributes, blocks)
        self.source = source
