"""Attributes of resources, evaluated on demand, and the blocks and keys of their instances."""

from __future__ import annotations

from functools import partial

from acmrules.model.members import LIFECYCLE
from acmrules.readers.evaluated import NOT_YET, LazyNode, Node
from acmrules.readers.terraform.eval.expressions import evaluate, evaluate_block
from acmrules.readers.terraform.eval.values import Partial, node_at, with_value
from acmrules.readers.terraform.modules import kind_of
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from acmrules.readers.terraform.eval.expressions import Scope
    from acmrules.syntax.hcl.ast import Argument, Block
    from acmrules.syntax.tree import Data


_META_ARGUMENTS = frozenset(
    ("connection", "count", "depends_on", "for_each", LIFECYCLE, "provider", "provisioner")
)
"""Arguments and blocks that Terraform itself defines for every resource."""

_DOCUMENTS = {
    "helm_release": "values",
    "kubectl_manifest": "yaml_body",
    "kubernetes_manifest": "manifest",
}
"""The arguments that contain documents in YAML or JSON, by type of resource."""


def resource_node(
    block: Block, address: str, scope: Scope, only: Container[str] | None = None
) -> Node:
    """Return a resource whose attributes are evaluated on demand."""
    body = block.body
    prefix = f"{address}."
    members: dict[str, Node] = {
        name: EvaluatedArgument(prefix, name, scope, argument)
        for name, argument in body.attributes.items()
        if name not in _META_ARGUMENTS and (only is None or name in only)
    }
    documents = _DOCUMENTS.get(block.labels[0], "") if block.type == "resource" else ""
    if documents in members:
        argument = body.attributes[documents]
        members[documents] = _Documents(prefix, documents, scope, argument)
    for inner in body.blocks:
        kind = kind_of(inner)
        if kind not in members and kind not in _META_ARGUMENTS:
            head = inner.start, inner.end
            find = partial(_nested, block, scope, kind)
            members[kind] = LazyNode(find, f"{address}.{kind}", inner.source, head, head)
    return node_at(block, Partial(members, address))


def _nested(block: Block, scope: Scope, kind: str) -> Node:
    """Return the nested blocks of a type as a list."""
    found: Node = evaluate_block(block, scope, {kind}).value[kind]
    return found


class EvaluatedArgument(LazyNode):
    """The value of an argument, evaluated on demand; small, because there are many."""

    __slots__ = ("_address", "_expression", "_name", "_scope")

    def __init__(self, address: str, name: str, scope: Scope, argument: Argument) -> None:
        self._expression = expression = argument.value
        self._address = address
        self._name = name
        self._scope = scope
        self._found = NOT_YET
        self.source = expression.source
        self.start = expression.start
        self.end = expression.end
        # The names of arguments of a module from elsewhere are in no file.
        self.key = argument.key if expression.source.name else None
        self.origin = None
        self.note = ""

    @property
    def written(self) -> str:
        """The expression of the argument."""
        return self._expression.written

    def find(self) -> Node:
        """Return the value."""
        node = _without_partial(evaluate(self._expression, self._scope))
        if self.key is None:
            self.key = node.key
        return node

    def label(self) -> str:
        """Return the address of the argument."""
        return f"{self._address}{self._name}"


class _Documents(EvaluatedArgument):
    """The value of an argument that contains documents, parsed on demand."""

    __slots__ = ()

    def find(self) -> Node:
        """Return the value, with parsed documents."""
        from acmrules.readers.terraform.eval.documents import evaluate_documents

        return evaluate_documents(self._expression, self._scope)


def _without_partial(node: Node) -> Node:
    """Return a value with a partly known map replaced by an unknown value."""
    if isinstance(node.value, Partial):
        node.value = Unknown(node.value.label)
    return node


def create_before_destroy_of(block: Block, scope: Scope) -> Data:
    """Return `create_before_destroy` of a resource, `None` if it is not set."""
    blocks = [inner for inner in block.body.blocks if inner.type == LIFECYCLE]
    found = [evaluate_block(inner, scope) for inner in blocks]
    for node in (*found, *_json_lifecycle_blocks(block, scope)):
        member = node.value.get("create_before_destroy") if isinstance(node.value, dict) else None
        if member is not None:
            return member.value
    return None


def lifecycle_blocks(block: Block, scope: Scope) -> Iterator[Node]:
    """Yield the `lifecycle` blocks of a resource; the values of their arguments are null."""
    for inner in block.body.blocks:
        if inner.type == LIFECYCLE:
            found = {
                name: Node(None, argument.value.source, *argument.key, key=argument.key)
                for name, argument in inner.body.attributes.items()
            }
            found |= {kind_of(each): node_at(each, None) for each in inner.body.blocks}
            yield node_at(inner, found)
    yield from _json_lifecycle_blocks(block, scope)


def _json_lifecycle_blocks(block: Block, scope: Scope) -> list[Node]:
    """Return the `lifecycle` blocks of a resource in JSON syntax, in which they are arguments."""
    argument = block.body.attributes.get(LIFECYCLE)
    if not argument:
        return []
    node = evaluate(argument.value, scope)
    return node.value if isinstance(node.value, list) else [node]


def keyed(repeated: Node) -> Iterator[tuple[str | None, Node, Node]]:
    """Yield the keys of instances, and `each.key` and `each.value` for them.

    Strings of a set are both. The key of an unknown number of instances is `None`.
    """
    found = repeated.value
    if isinstance(found, dict):
        for key, value in found.items():
            name = _noted(with_value(repeated, key), "key in", repeated)
            yield key, name, _noted(value, "value in", repeated)
        return
    for item in found:
        noted = _noted(item, "item of", repeated)
        yield item.value if isinstance(item.value, str) else None, noted, noted


def _noted(node: Node, words: str, repeated: Node) -> Node:
    return with_note(node, repeated.note or f"{words} `for_each`")


def with_note(node: Node, note: str) -> Node:
    """Return a value with a note that describes it."""
    return Node(
        node.value,
        node.source,
        node.start,
        node.end,
        key=node.key,
        origin=node.origin,
        note=node.note or note,
    )


def with_key(node: Node, argument: Argument) -> Node:
    """Return the value of an argument with the range of its name, if that is in a file."""
    if not argument.value.source.name:
        return node
    value = node.value  # Evaluating it sets the location.
    place = node.source, node.start, node.end
    return Node(value, *place, key=argument.key, origin=node.origin, note=node.note)
