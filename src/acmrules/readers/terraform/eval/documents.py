"""Documents in expressions, such as manifests and the values of Helm charts.

`yamlencode(...)` and `jsonencode(...)` are read as their argument. A string, such as a heredoc, is
parsed, with its unknown parts as unknown values.
"""

from __future__ import annotations

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.readers.terraform.eval.expressions import Scope
    from acmrules.syntax.hcl.ast import Expression
    from acmrules.syntax.tree import Data, Pointer, Tree

_ENCODERS = frozenset(("jsonencode", "yamlencode"))
_DECODERS = frozenset(("jsondecode", "yamldecode"))
_OPEN, _CLOSE = "\ue000", "\ue001"
"""The marks around the number of an unknown part, while a string is parsed."""


def evaluate_documents(expression: Expression, scope: Scope) -> Node:
    """Return the value of an expression, with the documents in its strings parsed.

    Raises the exceptions of `evaluate`.
    """
    if isinstance(expression, hcl.Tuple):
        items = [evaluate_documents(item, scope) for item in expression.items]
        return Node(items, expression.source, expression.start, expression.end)
    if isinstance(expression, hcl.Call) and len(expression.arguments) == 1:
        if expression.function in _ENCODERS:
            return evaluate(expression.arguments[0], scope)
        if expression.function in _DECODERS:
            return evaluate_documents(expression.arguments[0], scope)
    node = evaluate(expression, scope)
    if type(node.value) is list:
        return Node([_document(item) for item in node.value], node.source, node.start, node.end)
    return _document(node)


def _document(node: Node) -> Node:
    """Return the document in a string; other values stay as they are, and so does invalid text."""
    value = node.value
    if type(value) is not str and type(value) is not Unresolved:
        return node
    unknowns: list[Unknown] = []
    documents = [_Document(node, tree, unknowns).node for tree in parsed(value, unknowns)]
    if not documents:
        return node
    if len(documents) == 1:
        return documents[0]
    return Node(documents, node.source, node.start, node.end)


def parsed(text: str | Unresolved, unknowns: list[Unknown]) -> list[Tree]:
    """Return the mappings in a YAML or JSON text, and add its unknown parts to `unknowns`.

    Return nothing for a text without a mapping, and for one that cannot be parsed.
    """
    from acmrules.syntax.structured import trees

    parts = text.parts if isinstance(text, Unresolved) else (text,)
    unknowns += [part for part in parts if isinstance(part, Unknown)]
    numbers = iter(range(len(unknowns)))
    joined = "".join(
        part if isinstance(part, str) else f"{_OPEN}{next(numbers)}{_CLOSE}" for part in parts
    )
    if ":" not in joined:
        return []
    try:
        return [tree for tree in trees(Source("", joined), texts=True) if type(tree.data) is dict]
    except InputError:
        return []


def restored(text: str, unknowns: list[Unknown]) -> Data:
    """Return a parsed string with its unknown parts."""
    if _OPEN not in text:
        return text
    parts: list[str | Unknown] = []
    known, *others = text.split(_OPEN)
    parts += [known] if known else []
    for other in others:
        number, _, rest = other.partition(_CLOSE)
        parts.append(unknowns[int(number)])
        parts += [rest] if rest else []
    whole = parts[0]
    return whole if len(parts) == 1 else Unresolved(tuple(parts))


class _Document:
    """A document as a node, whose values are located on their lines in the Terraform file."""

    def __init__(self, whole: Node, tree: Tree, unknowns: list[Unknown]) -> None:
        self._whole = whole
        self._tree = tree
        self._unknowns = unknowns
        self._lines = [*self._line_ranges()]
        self.node = self._node(tree.data, ())

    def _line_ranges(self) -> Iterator[tuple[int, int]]:
        start = self._whole.start
        for line in self._whole.source.text[start : self._whole.end].splitlines(keepends=True):
            yield start, start + len(line.rstrip())
            start += len(line)

    def _node(self, data: Data, pointer: Pointer) -> Node:
        if isinstance(data, dict):
            found: Data = {key: self._node(item, (*pointer, key)) for key, item in data.items()}
        elif isinstance(data, list):
            found = [self._node(item, (*pointer, index)) for index, item in enumerate(data)]
        else:
            found = restored(data, self._unknowns) if isinstance(data, str) else data
        whole = self._whole
        start, end = self._place(pointer, data) if pointer else (whole.start, whole.end)
        return Node(found, whole.source, start, end, origin=whole.origin, note=whole.note)

    def _place(self, pointer: Pointer, data: Data) -> tuple[int, int]:
        """Return the range of a value on its line, or of the whole string.

        A value from elsewhere, or after an interpolation of several lines, is the whole string.
        """
        whole = self._whole.start, self._whole.end
        if self._whole.origin is not None:
            return whole
        line = self._tree.source.text.count("\n", 0, self._tree.place(pointer)[0])
        start, end = self._lines[line] if line < len(self._lines) else (0, 0)
        written = self._whole.source.text[start:end]
        key = pointer[-1]
        offset = 0
        if isinstance(key, str):
            if key not in written:
                return whole
            offset = written.index(key) + len(key)
        if isinstance(data, str) and data and (begin := written.find(data, offset)) >= 0:
            return start + begin, start + begin + len(data)
        rest = written[offset:]
        begin = start + offset + len(rest) - len(rest.lstrip("\"': -"))
        return (begin, max(begin, start + offset + len(rest.rstrip("\"'")))) if rest else whole
