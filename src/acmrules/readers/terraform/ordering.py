"""What Terraform creates before a resource: everything that it depends on, also indirectly.

Names are followed, not values. So a resource may seem to depend on another one that it does not
use, but never the opposite.
"""

from __future__ import annotations

import re

from acmrules.readers.terraform.resources.references import CERTIFICATE
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.syntax.hcl.ast import Body

    Node = tuple[ModuleCall, str, str]
    """Something with a name in a module: its kind, such as `local` or a resource type, and name.

    A data source has the prefix `DATA` before its type. An output of a called module has the kind
    `OUTPUT` with its name, and the name of the call. Its whole module has the kind `module`.
    """

DATA = "data "
OUTPUT = "output "
MODULE = "module"
CALL = "call"
"""The kind of the arguments of a call that apply to everything in the called module."""

_NAMES = frozenset(("local", "var", MODULE, CALL))
_NOT_OF_OTHERS = ("aws_", f"{DATA}aws_", OUTPUT)
_OF_WHOLE_CALL = ("count", "depends_on", "for_each")

# `re` compiles the pattern when it is first used, because few modules need it.
_NAME = (
    r"(?<![\w.-])(data\.)?([a-zA-Z_][\w-]*)\.([\w-]+)"
    r"(?=(?:\[[^\]]*\]|\.\*|\.\d+)*(?:\.([a-zA-Z_][\w-]*))?)"
)


class Reach:
    """The labels of the nodes of interest that others reach; each node is visited once.

    `references` yields the nodes that a node names, and `label` returns the label of a node of
    interest, empty for others. With `stops`, nodes of interest are not followed.
    """

    def __init__(
        self,
        references: Callable[[Any], Iterable[Any]],
        label: Callable[[Any], str],
        *,
        stops: bool = False,
    ) -> None:
        self._references = references
        self._label = label
        self._stops = stops
        self._known: dict[Any, frozenset[str]] = {}

    def of(self, nodes: Iterable[Any]) -> frozenset[str]:
        """Return the labels of interest among some nodes and everything that they reach."""
        found: frozenset[str] = frozenset()
        for node in nodes:
            if node not in self._known:
                self._visit(node)
            found |= self._known[node]
        return found

    def of_each(self, nodes: Iterable[Any]) -> tuple[str, ...]:
        """Return the labels that nodes reach, none if a node is `None` or reaches none."""
        found: set[str] = set()
        for node in nodes:
            own = frozenset() if node is None else self.of([node])
            if not own:
                return ()
            found |= own
        return tuple(sorted(found))

    def _visit(self, start: Any) -> None:  # noqa: ANN401  (a node of any graph)
        """Visit a node and everything it reaches; a node that reaches itself is visited once."""
        entered = {start}
        pending = [self._entered(start)]
        while pending:
            node, following, found = pending[-1]
            for each in following:
                if each in self._known:
                    found |= self._known[each]
                elif each not in entered:
                    entered.add(each)
                    pending.append(self._entered(each))
                    break
            else:
                pending.pop()
                self._known[node] = frozenset(found)
                if pending:
                    pending[-1][2].update(found)

    def _entered(self, node: Any) -> tuple[Any, Iterator[Any], set[str]]:  # noqa: ANN401
        label = self._label(node)
        is_end = bool(label) and self._stops
        return node, iter(() if is_end else self._references(node)), {label} if label else set()


def address_of(node: Node) -> str:
    """Return the address of a resource without keys."""
    call, kind, name = node
    return f"{call.address}{kind}.{name}"


def is_remote(node: Node) -> bool:
    """Return whether a node is in a module that is not local, whose content is unknown."""
    call, kind, name = node
    return (kind == MODULE or kind.startswith(OUTPUT)) and name not in call.calls


def is_of_other_provider(kind: str) -> bool:
    """Return whether a kind is that of a resource or data source of another provider than AWS."""
    return not kind.startswith(_NOT_OF_OTHERS) and kind not in _NAMES


def references(node: Node) -> Iterator[Node]:
    """Yield what a node names. For a module that is not local, these are all of its arguments."""
    call, kind, name = node
    try:
        if kind == "local":
            argument = call.module.locals.get(name)
            yield from named_in(call, argument.value.written) if argument else ()
        elif kind == "var":
            yield from _argument(call, name)
        elif kind == CALL:
            yield from _whole_call(call, name)
        elif kind == MODULE:
            yield from _module(call, name)
        elif kind.startswith(OUTPUT):
            yield from _output(call, name, kind.removeprefix(OUTPUT))
        else:
            yield from _block(call, kind, name)
    except InputError:
        return  # Reported when the block is read for its own sake.


def named_in(call: ModuleCall, written: str) -> Iterator[Node]:
    """Yield what an expression in a module names: resources, data, locals, variables, outputs."""
    for data, kind, name, output in names_in(written):
        if data:
            yield call, DATA + kind, name
        elif kind == MODULE:
            yield call, OUTPUT + output if output else MODULE, name
        elif kind in {"local", "var"} or (kind, name) in call.module.resources:
            yield call, kind, name
        elif kind.startswith(CERTIFICATE):
            yield call, kind, name  # No resource declares it.


def names_in(written: str) -> list[tuple[str, str, str, str]]:
    """Return the names in an expression: the word `data.`, a kind, a name, and an output.

    Only a module has outputs. Compiling the pattern takes longer than a small module.
    """
    if "." not in written:
        return []
    if f"{MODULE}." in written or not written.isascii():
        return re.findall(_NAME, written)
    found = []
    for word in written.translate(_BETWEEN_NAMES).split():
        kind, dot, rest = word.partition(".")
        if not dot or not (kind[:1].isalpha() or kind[:1] == "_"):
            continue
        name, _, more = rest.partition(".")
        attribute = more.partition(".")[0]
        if kind == "data" and attribute and (name[:1].isalpha() or name[:1] == "_"):
            found.append(("data.", name, attribute, ""))
        elif name:
            found.append(("", kind, name, ""))
    return found


_BETWEEN_NAMES = {
    code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "_.-")
}


def expressions(body: Body) -> Iterator[str]:
    """Yield all expressions in a block and the blocks in it, as they are written."""
    for argument in body.attributes.values():
        yield argument.value.written
    for inner in body.blocks:
        yield from expressions(inner.body)


def _argument(call: ModuleCall, variable: str) -> Iterator[Node]:
    if call.parent and call.block:
        argument = call.block.body.attributes.get(variable)
        yield from named_in(call.parent, argument.value.written) if argument else ()


def _whole_call(call: ModuleCall, name: str) -> Iterator[Node]:
    """Yield what everything in a called module depends on."""
    attributes = call.module.calls[name].body.attributes
    for each in _OF_WHOLE_CALL:
        if each in attributes:
            yield from named_in(call, attributes[each].value.written)
    if call.parent:
        yield call.parent, CALL, call.name


def _module(call: ModuleCall, name: str) -> Iterator[Node]:
    """Yield everything in a called module."""
    child = call.calls.get(name)
    if child is None:
        block = call.module.calls.get(name)
        for written in expressions(block.body) if block else ():
            yield from named_in(call, written)
        return
    yield call, CALL, name
    for kind, own in child.module.resources:
        yield child, kind, own
    for inner in child.module.calls:
        yield child, MODULE, inner


def _output(call: ModuleCall, name: str, output: str) -> Iterator[Node]:
    child = call.calls.get(name)
    block = child.module.outputs.get(output) if child else None
    if child is None or block is None:
        yield call, MODULE, name
        return
    yield call, CALL, name
    for written in expressions(block.body):
        yield from named_in(child, written)


def _block(call: ModuleCall, kind: str, name: str) -> Iterator[Node]:
    """Yield what a resource or a data source depends on."""
    module = call.module
    block = (
        module.data.get((kind.removeprefix(DATA), name))
        if kind.startswith(DATA)
        else module.resources.get((kind, name))
    )
    if block:
        for written in expressions(block.body):
            yield from named_in(call, written)
        if call.parent:
            yield call.parent, CALL, call.name
