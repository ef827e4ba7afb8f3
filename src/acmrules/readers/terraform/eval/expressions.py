"""Evaluation of expressions.

A value that the configuration does not determine is `Unknown`, labeled with the expression that it
depends on. A string keeps its known parts, and a list its known items. Nothing is guessed, and an
expression that Terraform would reject is unknown, not an error.
"""

from __future__ import annotations

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval import functions, operators
from acmrules.readers.terraform.eval.values import (
    MAX_LABEL_LENGTH,
    SCALARS,
    EvaluationError,
    NotConstant,
    Partial,
    all_items,
    any_item,
    as_template_part,
    boolean,
    derived,
    is_open,
    item_at_use,
    items,
    joined,
    known_text,
    label,
    node_at,
    node_at_use,
    number,
    optional_item,
    shortened,
    text,
    unknown_in,
    unknown_node,
    with_value,
    wrapped,
)
from acmrules.syntax.errors import ReadError
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unknown, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from typing import Any, ClassVar, Protocol

    from acmrules.syntax.hcl.ast import Block, Body, Expression
    from acmrules.syntax.tree import Data
    from acmrules.unresolved import Text

    class Scope(Protocol):
        """The values of the names in an expression, `None` if unknown.

        The `note` of a node describes it, such as "default of variable `name`". A resource is a
        `Partial` if it has unknown attributes; with `count` a list of instances, with `for_each` a
        map of them.
        """

        work: Work

        def variable(self, name: str) -> Node | None:
            """Return the value of a variable."""

        def local(self, name: str) -> Node | None:
            """Return the value of a local."""

        def resource(self, kind: str, name: str) -> Node | None:
            """Return a resource, or its instances."""

        def data(self, kind: str, name: str) -> Node | None:
            """Return a data source, or its instances."""

        def module(self, name: str) -> Node | None:
            """Return the outputs of a module, or of its instances."""

        def terraform(self, name: str) -> Node | None:
            """Return `terraform.workspace`."""

        def each(self, member: str) -> Node | None:
            """Return `each.key` or `each.value`."""

        def count(self) -> Node | None:
            """Return `count.index`."""

        def for_conditions(self) -> Scope:
            """Return the scope in which conditions are evaluated, which ignores defaults."""

        def decide(self, label: str) -> bool:
            """Return whether a condition is true that the configuration leaves open.

            Equal labels mean equal conditions. No condition is a negation, conjunction or
            disjunction of others. May raise `OpenCondition`.
            """

        def choose(self, name: str, keys: list[str], *, is_one: bool) -> str | None:
            """Return the key that an unknown value equals, `None` if it is not among them.

            With `is_one`, it is one of them. Raises `NotConstant` if that is not decided, and may
            raise `OpenCondition`.
            """

        def qualify(self, label: str) -> str:
            """Return a reference relative to the root module."""

        def definition(self, local: str) -> Expression | None:
            """Return the expression of a local."""

        def file(self, path: Text, *, is_pem: bool = False) -> Source | None:
            """Return a file that an expression reads, `None` if it is unknown.

            With `is_pem`, return only a PEM file, without its private keys.
            """


_CHARACTERS_PER_STEP = 1_000
_LISTS_ONLY = {"concat", "coalescelist"}
_SETS = {"toset", "setunion", "setsubtract"}
_EQUALITY = {"==", "!="}
_TEMPLATE_MARKS = ("${", "%{")
_MOST_KEYS = 16
"""The largest map whose entries are all read if the key is unknown."""

_KEY = r"(?:module\.[\w-]+\.)*(?:var|local)\.[\w-]+(?:\.[\w-]+)*|terraform\.workspace"
"""Unknown keys that are the same value wherever they are written."""

_IMPURE_FUNCTIONS = {"bcrypt", "timestamp", "uuid", "plantimestamp"}


class Exhausted(Exception):  # noqa: N818  (named after what happened)
    """Evaluation has reached its work limit."""


class Work:
    """The number of steps that evaluation may still take."""

    __slots__ = ("left",)

    def __init__(self, left: int = 1_000_000) -> None:
        self.left = left

    def spend(self, steps: int) -> None:
        """Use up steps; raises `Exhausted` if there are not enough left."""
        self.left -= steps
        if self.left < 0:
            raise Exhausted


def evaluate(expression: Expression, scope: Scope) -> Node:
    """Return the value of an expression.

    Raises the exceptions of `Scope.decide`, and `ReadError` for an expression that is nested too
    deeply.
    """
    return _Evaluator(scope, {}).evaluate(expression)


def evaluate_block(block: Block, scope: Scope, only: Container[str] | None = None) -> Node:
    """Return the arguments and blocks of a block as a map, with blocks as lists of maps.

    With `only`, arguments and blocks with other names are omitted. Raises the exceptions of
    `evaluate`.
    """
    return node_at(block, _Evaluator(scope, {}).body(block.body, only))


class _Evaluator:
    """An evaluator of expressions in a scope, with the names that loops bind.

    With `strict`, an expression that Terraform would reject raises `EvaluationError`; with
    `undecided`, no condition is decided.
    """

    __slots__ = ("names", "scope", "strict", "undecided", "work")

    def __init__(
        self,
        scope: Scope,
        names: dict[str, Node],
        *,
        strict: bool = False,
        undecided: bool = False,
    ) -> None:
        self.scope = scope
        self.names = names
        self.strict = strict
        self.undecided = undecided
        self.work = scope.work

    def with_names(self, names: dict[str, Node], *, undecided: bool = False) -> _Evaluator:
        """Return an evaluator with additional names."""
        return _Evaluator(
            self.scope,
            self.names | names,
            strict=self.strict,
            undecided=self.undecided or undecided,
        )

    # Entry points

    def evaluate(self, expression: Expression) -> Node:
        """Evaluate an expression, limiting its work and depth."""
        try:
            return self.node(expression)
        except Exhausted:
            return unknown_node(expression, expression.written[: 2 * MAX_LABEL_LENGTH])
        except RecursionError:
            pass
        raise ReadError((), "is nested too deeply")

    def body(self, body: Body, only: Container[str] | None = None) -> dict[str, Node]:
        """Evaluate a body."""
        members: dict[str, Node] = {}
        for name, argument in body.attributes.items():
            if only is None or name in only:
                node = members[name] = self.evaluate(argument.value)
                if argument.value.source.name:
                    node.key = argument.key
                if type(node.value) is Partial:
                    node.value = Unknown(node.value.label)
        for block in body.blocks:
            dynamic = block.type == "dynamic" and len(block.labels) == 1
            kind = block.labels[0] if dynamic else block.type
            if only is not None and kind not in only:
                continue
            if kind not in members:
                members[kind] = node_at(block, [])
            members[kind].value += self._dynamic(block) if dynamic else [self._block(block)]
        return members

    def _block(self, block: Block) -> Node:
        return node_at(block, self.body(block.body))

    def _dynamic(self, block: Block) -> Iterator[Node]:
        """Yield the blocks that a `dynamic` block generates."""
        attributes = block.body.attributes
        contents = [inner for inner in block.body.blocks if inner.type == "content"]
        if "for_each" not in attributes or not contents:
            return
        name = block.labels[0]
        if "iterator" in attributes:
            name = attributes["iterator"].value.written
        for key, value in self._iterated(attributes["for_each"].value):
            if is_open(value):
                yield node_at(block, value.value)
                continue
            node = node_at(block, {"key": key, "value": value})
            yield self.with_names({name: node})._block(contents[0])  # noqa: SLF001  (own class)

    def _iterated(self, expression: Expression) -> list[tuple[Node, Node]]:
        """Return the keys and values to iterate over; open-ended items represent unknown ones."""
        node = self.evaluate(expression)
        value = node.value
        if type(value) is list:
            is_set = isinstance(expression, hcl.Call) and "set" in expression.function
            self.work.spend(len(value))
            return [
                (item if is_set else with_value(node, index), item)
                for index, item in enumerate(items(node))
            ]
        if type(value) is dict or type(value) is Partial:
            self.work.spend(len(value))
            found = [
                (with_value(node, key), item_at_use(node, item))
                for key, item in sorted(value.items())
            ]
            if type(value) is Partial:
                rest = with_value(node, UnresolvedNames(Unknown(value.label)))
                found.append(
                    (with_value(node, UnresolvedNames(Unknown(f"keys({value.label})"))), rest)
                )
            return found
        if self.strict and type(value) is not Unknown:
            raise EvaluationError
        described = shortened(label(value), node)
        return [
            (
                with_value(node, UnresolvedNames(Unknown(f"keys({described})"))),
                with_value(node, UnresolvedNames(Unknown(described))),
            )
        ]

    # Expressions

    def node(self, expression: Expression) -> Node:
        """Evaluate an expression."""
        if type(expression) is hcl.Literal:
            return Node(expression.value, expression.source, expression.start, expression.end)
        self.work.left -= 1
        if self.work.left < 0:
            raise Exhausted
        return self._kinds[type(expression)](self, expression)

    def _unknown_or_raise(self, expression: Expression, described: str, error: Exception) -> Node:
        if self.strict and isinstance(error, EvaluationError):
            raise error
        return unknown_node(expression, described)

    def _reference(self, expression: hcl.Reference) -> Node:
        names = expression.names
        node, used = self._root(names)
        if node is None:
            return unknown_node(expression, self.scope.qualify(".".join(names)))
        if len(names) == used:
            return node_at_use(expression, node, node.note)
        bound_label = label(node.value) if names[0] in self.names else None
        for index in range(used, len(names)):
            container = node
            node = self._attribute_value(expression, container, names[index])
            if node is None:
                before = bound_label or self.scope.qualify(".".join(names[:used]))
                rest = ".".join(names[used : index + 1])
                node = self._unknown_or_raise(expression, f"{before}.{rest}", EvaluationError())
            elif not node.note and container.note:
                node = node_at_use(expression, node, container.note)
        return node_at_use(expression, node, node.note)

    def _root(self, names: list[str]) -> tuple[Node | None, int]:
        """Return the first value of a reference, and how many of its names it consumes."""
        scope, root = self.scope, names[0]
        if root in self.names:
            return self.names[root], 1
        if len(names) == 1:
            return None, 1
        second = names[1]
        if root == "var":
            return scope.variable(second), 2
        if root == "local":
            return scope.local(second), 2
        if root == "each":
            return scope.each(second), 2
        if root == "count":
            return scope.count(), 2
        if root == "terraform":
            return scope.terraform(second), 2
        if root in {"path", "self"}:
            return None, 2
        if root == "module":
            return scope.module(second), 2
        if root == "data":
            if len(names) == 2:  # noqa: PLR2004
                return None, 2
            return scope.data(second, names[2]), 3
        return scope.resource(root, second), 2

    def _attribute_value(self, expression: Expression, container: Node, name: str) -> Node | None:
        """Return an attribute, `None` if there is none."""
        value = container.value
        if type(value) is Unknown:
            return unknown_node(expression, f"{value.label}.{name}")
        if type(value) is Partial and name not in value:
            return unknown_node(expression, f"{value.label}.{name}")
        if type(value) is dict or type(value) is Partial:
            found: Node | None = value.get(name)
            return found
        return None

    def _attribute(self, expression: hcl.Attribute) -> Node:
        container = self.node(expression.of)
        found = self._attribute_value(expression, container, expression.name)
        if found is None:
            described = f"{self._short_label(expression.of, container)}.{expression.name}"
            return self._unknown_or_raise(expression, described, EvaluationError())
        return node_at_use(expression, found, found.note or container.note)

    def _short_label(self, expression: Expression, node: Node) -> str:
        """Return a label for a known value, a short one if it has a name."""
        if type(node.value) is Unknown:
            return node.value.label
        if type(expression) is hcl.Reference and expression.names[0] not in self.names:
            return self.scope.qualify(".".join(expression.names))
        return label(node.value)

    def _index(self, expression: hcl.Index) -> Node:
        container, index = self.node(expression.of), self.node(expression.index)
        try:
            try:
                found = self._item(expression, container, index)
            except NotConstant:
                chosen = self._chosen(container, index, is_one=not self.strict)
                if chosen is None:
                    raise EvaluationError from None
                found = chosen
        except (NotConstant, EvaluationError) as error:
            described = f"{self._short_label(expression.of, container)}[{label(index.value)}]"
            return self._unknown_or_raise(expression, described, error)
        return node_at_use(expression, found, found.note or container.note)

    def _chosen(self, container: Node, index: Node, *, is_one: bool) -> Node | None:
        """Return the entry of a known map for an unknown key, `None` for a key that it lacks.

        Each key is an answer to a question, so that all uses of the unknown value agree. Raises
        `NotConstant` if that is not decided.
        """
        value, key = container.value, index.value
        is_known_map = type(value) is dict and 0 < len(value) <= _MOST_KEYS
        if self.undecided or not is_known_map or not unknown_in(key):
            raise NotConstant
        described = label(key)
        from re import fullmatch

        # Instances of a resource or a module are not literals.
        is_of_instances = any(type(each.value) is Partial for each in value.values())
        if is_of_instances or not fullmatch(_KEY, described):
            raise NotConstant
        chosen = self.scope.choose(described, [*value], is_one=is_one)
        found: Node | None = None if chosen is None else value[chosen]
        return found

    def _item(self, expression: Expression, container: Node, index: Node) -> Node:
        value = container.value
        if isinstance(expression, hcl.Index) and _is_set(expression.of):
            raise EvaluationError
        if type(value) is Unknown:
            raise NotConstant
        if type(value) is dict or type(value) is Partial:
            key = known_text(index)
            if key in value:
                found: Node = value[key]
                return found
            if type(value) is Partial:
                return unknown_node(expression, f"{value.label}[{label(index.value)}]")
            raise EvaluationError
        if type(value) is not list:
            raise EvaluationError
        place = number(index)
        before = value[: int(place) + 1]
        if any(map(is_open, before)) or (place >= len(value) and any(map(is_open, value))):
            raise NotConstant
        if not isinstance(place, int) or not 0 <= place < len(value):
            raise EvaluationError
        item: Node = value[place]
        return item

    def _splat(self, expression: hcl.Splat) -> Node:
        container = self.node(expression.of)
        value = container.value
        if type(value) is Unknown:
            node = self._for_any(container, expression.each)
            return unknown_node(expression, label(node.value))
        if value is None:
            return node_at(expression, [])
        found: list[Node] = []
        for item in items(container) if type(value) is list else [container]:
            if is_open(item):
                found.append(optional_item(self._for_any(item, expression.each)))
            else:
                found.append(self.with_names({hcl.ITEM: item}).node(expression.each))
        return node_at(expression, found)

    def _for_any(self, several: Node, each: Expression) -> Node:
        """Evaluate for an item that is completely unknown."""
        return self.with_names({hcl.ITEM: any_item(several)}, undecided=True).node(each)

    def _template(self, expression: hcl.Template) -> Node:
        parts = [self.node(part) for part in expression.parts]
        try:
            found = joined(text(part) for part in parts)
        except (NotConstant, EvaluationError) as error:
            described = f'"{"".join(as_template_part(part) for part in parts)}"'
            return self._unknown_or_raise(expression, described, error)
        return derived(expression, found, parts)

    def _tuple(self, expression: hcl.Tuple) -> Node:
        return node_at(expression, [self.node(item) for item in expression.items])

    def _object(self, expression: hcl.Object) -> Node:
        found: dict[str, Node] = {}
        is_open = False
        for key, value in expression.entries:
            node = self.node(value)
            if key.source.name:
                node.key = key.start, key.end
            try:
                found[known_text(self.node(key))] = node
            except (NotConstant, EvaluationError):
                is_open = True
        return self._map(expression, found, "" if not is_open else expression.written)

    def _map(self, expression: Expression, found: dict[str, Node], described: str) -> Node:
        """Return a map; with a label, one that may have more entries."""
        if not described:
            return node_at(expression, found)
        unknown = unknown_node(expression, " ".join(described.split()))
        unknown.value = Partial(found, unknown.value.label)
        return unknown

    def _conditional(self, expression: hcl.Conditional) -> Node:
        then, otherwise = expression.then, expression.otherwise
        if type(then) is type(otherwise) and then.written == otherwise.written:
            return self.node(then)
        evaluator = _Evaluator(
            self.scope.for_conditions(), self.names, strict=self.strict, undecided=self.undecided
        )
        condition = evaluator.node(expression.condition)
        try:
            is_true = boolean(condition)
        except EvaluationError as error:
            return self._unknown_or_raise(expression, f"{label(condition.value)} ? …", error)
        except NotConstant:
            if self.undecided:
                parts = (condition, self.node(then), self.node(otherwise))
                question, one, other = (label(part.value) for part in parts)
                return unknown_node(expression, f"({question}) ? {one} : {other}")
            is_true = self._decide(condition)
        node = self.node(then if is_true else otherwise)
        try:
            return _of_common_type(node, otherwise if is_true else then)
        except EvaluationError as error:
            return self._unknown_or_raise(expression, f"{label(condition.value)} ? …", error)

    def _decide(self, condition: Node) -> bool:
        from acmrules.syntax.hcl import native

        described = label(condition.value)
        source = Source(condition.source.name, described)
        try:
            expression = native.expression(source)
        except InputError:
            return self.scope.decide(described)
        return self._is_true(expression)

    def _is_true(self, expression: Expression) -> bool:
        """Return whether the expression of a label is true, deciding as little as necessary."""
        if isinstance(expression, hcl.Operation):
            operator, operands = expression.operator, expression.operands
            if operator == "!":
                return not self._is_true(operands[0])
            if operator in {"&&", "||"}:
                first = self._is_true(operands[0])
                return first if first is (operator == "||") else self._is_true(operands[1])
        return self.scope.decide(expression.written)

    def _operation(self, expression: hcl.Operation) -> Node:
        operator = expression.operator
        operands = [self.node(operand) for operand in expression.operands]
        try:
            found: Data = operators.operate(operator, operands)
            if operator in _EQUALITY and found is (operator == "=="):
                _require_known_types(expression, operands)
        except (NotConstant, EvaluationError) as error:
            return self._unknown_or_raise(
                expression, operators.operation_label(operator, operands), error
            )
        return node_at(expression, found)

    def _call(self, expression: hcl.Call) -> Node:
        name = expression.function.removeprefix("core::")
        if name in {"try", "can"}:
            return self._try(expression, name)
        if name == "sensitive":
            return unknown_node(expression, expression.written)  # Findings would show the value.
        arguments = [self.node(argument) for argument in expression.arguments]
        try:
            _refuse_sets(name, expression.arguments)
            spread = all_items(arguments[-1]) if expression.spread else arguments[-1:]
            expanded = [*arguments[:-1], *spread]
            self.work.spend(sum(map(_weight, expanded)))
            found = self._read(name, expanded) or self._result(name, expanded)
        except (NotConstant, EvaluationError) as error:
            return self._unknown_or_raise(
                expression, _call_label(expression, name, arguments), error
            )
        if isinstance(found, Node):
            return node_at_use(expression, found, found.note)
        if type(found) is Partial:
            return self._map(expression, found, _call_label(expression, name, arguments))
        return wrapped(expression, found, expanded)

    def _result(self, name: str, arguments: list[Node]) -> Data:
        """Return the result of a function; raises `NotConstant` and `EvaluationError`."""
        try:
            return functions.call(name, arguments)
        except NotConstant:
            if name != "lookup" or len(arguments) < 2:  # noqa: PLR2004
                raise
            container, key, *default = arguments
            chosen = self._chosen(container, key, is_one=not default and not self.strict)
            if chosen is None and not default:
                raise EvaluationError from None
            return default[0] if chosen is None else chosen

    def _read(self, name: str, arguments: list[Node]) -> Data:
        """Return the text of a PEM file that a function reads, `None` for other functions."""
        if name not in functions.OF_FILES or not arguments:
            return None
        file = self.scope.file(text(arguments[0]), is_pem=True)
        if file is None:
            raise NotConstant
        if name == "templatefile" and any(mark in file.text for mark in _TEMPLATE_MARKS):
            raise NotConstant
        self.work.spend(len(file.text) // _CHARACTERS_PER_STEP)
        if name != "filebase64":
            return file.text
        return functions.call("base64encode", [with_value(arguments[0], file.text)])

    def _try(self, expression: hcl.Call, name: str) -> Node:
        """Return the first argument that is valid, or for `can` whether there is one."""
        strict = self.with_names({})
        strict.strict = True
        for argument in expression.arguments:
            try:
                node = strict.node(argument)
            except EvaluationError:
                continue
            if name == "try":
                return node
            if unknown_in(node.value):
                return unknown_node(expression, f"can({label(node.value)})")
            return node_at(expression, True)
        if name == "can":
            return node_at(expression, False)
        return self._unknown_or_raise(
            expression, " ".join(expression.written.split()), EvaluationError()
        )

    def _for(self, expression: hcl.ForExpression) -> Node:
        try:
            members = self._iterated(expression.collection)
        except EvaluationError as error:
            return self._unknown_or_raise(expression, " ".join(expression.written.split()), error)
        iterations = [self._iteration(expression, *member) for member in members]
        if expression.text:
            return self._repeated(expression, [value for _, value, _ in iterations])
        if expression.key is None:
            return node_at(expression, [value for _, value, _ in iterations if value is not None])
        return self._keyed(expression, iterations)

    def _iteration(
        self, expression: hcl.ForExpression, key: Node, value: Node
    ) -> tuple[Node | None, Node | None, bool]:
        """Return the key and the value for one item, and whether it is certain to be just one.

        The value is `None` if the condition excludes the item.
        """
        many = is_open(value)
        name_of_key, name_of_value = expression.names
        names = {name_of_value: value}
        if name_of_key is not None:
            names[name_of_key] = key
        if many:
            names = {name: any_item(node) for name, node in names.items()}
        inner = self.with_names(names, undecided=many)
        if expression.condition is not None:
            condition = inner.node(expression.condition)
            try:
                if not boolean(condition):
                    return None, None, True
            except (NotConstant, EvaluationError):
                many = True
        node = inner.node(expression.value)
        found_key = inner.node(expression.key) if expression.key is not None else None
        return found_key, optional_item(node) if many else node, not many

    def _repeated(self, expression: hcl.ForExpression, values: list[Node | None]) -> Node:
        present = [value for value in values if value is not None]
        try:
            parts = (value.value.unknown if is_open(value) else text(value) for value in present)
            return derived(expression, joined(parts), present)
        except NotConstant:
            return unknown_node(expression, " ".join(expression.written.split()))

    def _keyed(
        self, expression: hcl.ForExpression, iterations: list[tuple[Node | None, Node | None, bool]]
    ) -> Node:
        found: dict[str, Node] = {}
        described: list[str] = []
        for key, value, is_all in iterations:
            if key is None or value is None:
                continue
            try:
                name = known_text(key) if is_all else None
            except (NotConstant, EvaluationError):
                name = None
            if name is None:
                described.append(f"{label(key.value)} => {label(value.value)}")
            elif expression.grouped:
                found.setdefault(name, node_at(expression, [])).value.append(value)
            elif name in found:
                return self._unknown_or_raise(
                    expression, " ".join(expression.written.split()), EvaluationError()
                )
            else:
                found[name] = value
        return self._map(expression, found, f"{{for {', '.join(described)}}}" * bool(described))

    def _nested(self, expression: hcl.Nested) -> Node:
        return node_at(expression, self.body(expression.body))

    _kinds: ClassVar[dict[type, Callable[[_Evaluator, Any], Node]]] = {
        hcl.Template: _template,
        hcl.Reference: _reference,
        hcl.Attribute: _attribute,
        hcl.Index: _index,
        hcl.Splat: _splat,
        hcl.Call: _call,
        hcl.Tuple: _tuple,
        hcl.Object: _object,
        hcl.ForExpression: _for,
        hcl.Operation: _operation,
        hcl.Conditional: _conditional,
        hcl.Nested: _nested,
    }


def _refuse_sets(function: str, arguments: list[Expression]) -> None:
    if function in _LISTS_ONLY and any(map(_is_set, arguments)):
        raise EvaluationError


def _is_set(expression: Expression) -> bool:
    """Return whether an expression is the call of a function that returns a set."""
    return isinstance(expression, hcl.Call) and expression.function in _SETS


def _require_known_types(expression: hcl.Operation, operands: list[Node]) -> None:
    """Raise `NotConstant` for collections: a list equals no tuple, and no map an object."""
    if any(type(each.value) is list or type(each.value) is dict for each in operands) and not all(
        isinstance(each, hcl.Tuple | hcl.Object) for each in expression.operands
    ):
        raise NotConstant


def _of_common_type(node: Node, other: Expression) -> Node:
    """Return the chosen result of a condition, converted if the other one is a literal string.

    Raises `EvaluationError` if the two results have different types.
    """
    value = node.value
    if type(other) is hcl.Template:
        kind: type = str
    elif type(other) is hcl.Literal and other.value is not None:
        kind = type(other.value)
    else:
        return node
    if type(value) is list or type(value) is dict or type(value) is Partial:
        raise EvaluationError
    if type(value) in SCALARS and kind is str:
        return with_value(node, text(node))
    if bool in {type(value), kind} and type(value) in SCALARS and type(value) is not kind:
        raise EvaluationError
    return node


def _call_label(expression: hcl.Call, name: str, arguments: list[Node]) -> str:
    """Return a call as a label; calls with varying results are distinguished by position."""
    listed = ", ".join(label(argument.value) for argument in arguments)
    described = f"{name}({listed}{'...' * expression.spread})"
    if name not in _IMPURE_FUNCTIONS:
        return described
    at = expression.source.position(expression.start)
    return f"{described} of {expression.source.name}:{at.line}:{at.column}"


def _weight(node: Node) -> int:
    value = node.value
    if type(value) is list or type(value) is dict:
        return len(value)
    return len(value) // _CHARACTERS_PER_STEP if type(value) is str else 0
