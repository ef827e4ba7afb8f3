"""Conversion of variables to their declared types."""

from __future__ import annotations

from acmrules.readers.evaluated import LazyNode, Node
from acmrules.readers.terraform.eval import functions
from acmrules.readers.terraform.eval.values import (
    EvaluationError,
    NotConstant,
    Partial,
    is_open,
    unknown_in,
)
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.hcl import native
from acmrules.syntax.source import InputError, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.syntax.hcl.ast import Expression
    from acmrules.syntax.tree import Data

_SCALARS = frozenset(("bool", "number", "string"))


class Conversion:
    """The conversion of a variable's values to its type, which calls `spend` for each value.

    `optional` attributes get their defaults, evaluated by `evaluate`. Attributes that the type does
    not name are dropped, and scalars and sets are converted. Unknown values, and values that
    Terraform would reject, stay as they are.
    """

    def __init__(
        self, variable: str, evaluate: Callable[[Expression], Node], spend: Callable[[int], None]
    ) -> None:
        self._variable = variable
        self._evaluate = evaluate
        self._spend = spend

    def convert(self, node: Node, kind: Expression) -> Node:
        """Return a value converted to a type."""
        if type(kind) is hcl.Literal:  # JSON syntax, and the syntax of Terraform before 0.12.
            try:
                kind = native.expression(Source("", str(kind.value)))
            except InputError:
                return node
        return self._converted(node, kind)

    def _converted(self, node: Node, kind: Expression) -> Node:
        self._spend(1)
        # Leave attributes of a resource unevaluated until an expression uses them.
        if type(node) is LazyNode or node.value is None or unknown_in(node.value):
            return node
        try:
            if type(kind) is not hcl.Call or not kind.arguments:
                name = kind.written
                value = functions.call(f"to{name}", [node]) if name in _SCALARS else node.value
            else:
                value = self._converted_items(node, kind.function, kind.arguments[0])
        except (NotConstant, EvaluationError):
            return node
        if value is node.value:
            return node
        return Node(
            value,
            node.source,
            node.start,
            node.end,
            key=node.key,
            origin=node.origin,
            note=node.note,
        )

    def _converted_items(self, node: Node, kind: str, inside: Expression) -> Data:
        value = node.value
        if type(value) is list:
            if kind == "tuple" and type(inside) is hcl.Tuple:
                wanted = inside.items
                fits = len(wanted) == len(value)
                return [*map(self._converted, value, wanted)] if fits else value
            found = [item if is_open(item) else self._converted(item, inside) for item in value]
            if kind == "set":
                return functions.call("toset", [Node(found, node.source, node.start, node.end)])
            return found if kind == "list" else value
        if type(value) is not dict and type(value) is not Partial:
            return value
        if kind == "map":
            entries = {key: self._converted(item, inside) for key, item in value.items()}
        elif kind == "object" and type(inside) is hcl.Object:
            entries = self._attributes(node, inside)
        else:
            return value
        return Partial(entries, value.label) if type(value) is Partial else entries

    def _attributes(self, node: Node, wanted: hcl.Object) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key, kind in wanted.entries:
            name = key.written
            item = node.value.get(name)
            default: list[Expression] | None = None
            if type(kind) is hcl.Call and kind.function == "optional" and kind.arguments:
                kind, *default = kind.arguments  # noqa: PLW2901  (the rest is the default)
            if item is None and (default is None or type(node.value) is Partial):
                continue
            if item is None or (default and type(item) is not LazyNode and item.value is None):
                item = self._default(node, name, default)
            found[name] = self._converted(item, kind)
        return found

    def _default(self, node: Node, name: str, default: list[Expression] | None) -> Node:
        if not default:
            return Node(None, node.source, node.start, node.end)
        found = self._evaluate(default[0])
        found.note = f"default of attribute `{name}` of variable `{self._variable}`"
        return found
