"""Documents in expressions, such as manifests and the values of Helm charts.

`yamlencode(...)` and `jsonencode(...)` are read as their argument. A string, such as a heredoc, is
parsed, with its unknown parts as unknown values. So is a file that `file` or `templatefile` reads.
"""

from __future__ import annotations

import re

from acmrules.readers.evaluated import Node, unwrap
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.eval.values import NotConstant, joined
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.readers.terraform.eval.expressions import Scope
    from acmrules.syntax.hcl.ast import Expression
    from acmrules.syntax.tree import Data, Pointer, Tree
    from acmrules.unresolved import Text

_ENCODERS = frozenset(("jsonencode", "yamlencode"))
_DECODERS = frozenset(("jsondecode", "yamldecode"))
_READERS = frozenset(("file", "templatefile"))
_INTERPOLATION = r"\$\{\s*([\w-]+)\s*\}"
_LOCAL = 2
"""The number of names in a reference to a local."""

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
    if isinstance(expression, hcl.Call) and expression.function in _READERS:
        found = _from_file(expression, scope)
        if found is not None:
            note = f"value in `{found.source.name}`"
            return _at_use(expression, _document(found), note)
    node = evaluate(expression, scope)
    if isinstance(expression, hcl.Reference) and (found := _in_local(expression, scope)):
        return found
    if type(node.value) is list:
        return Node([_document(item) for item in node.value], node.source, node.start, node.end)
    return _document(node)


def _in_local(reference: hcl.Reference, scope: Scope) -> Node | None:
    """Return the documents in the expression of a local, located where it is used."""
    names = reference.names
    found = scope.definition(names[1]) if names[0] == "local" and len(names) == _LOCAL else None
    # Evaluating the reference has excluded locals that refer to themselves.
    if not isinstance(found, hcl.Call | hcl.Tuple):
        return None
    return _at_use(reference, evaluate_documents(found, scope), f"local `{names[1]}`")


def _at_use(expression: Expression, node: Node, note: str) -> Node:
    """Return a document from elsewhere, located where an expression uses it."""
    value = node.value
    if type(value) is dict:
        value = {key: _at_use(expression, item, note) for key, item in value.items()}
    elif type(value) is list:
        value = [_at_use(expression, item, note) for item in value]
    place = expression.source, expression.start, expression.end
    return Node(value, *place, origin=node.origin or node, note=node.note or note)


def _from_file(call: hcl.Call, scope: Scope) -> Node | None:
    """Return the text of a file, with the variables of a template in it; `None` if unknown.

    Other expressions in a template are unknown, and so is a template with directives.
    """
    path = evaluate(call.arguments[0], scope).value if call.arguments else None
    path = Unresolved((path,)) if isinstance(path, Unknown) else path
    source = scope.file(path) if isinstance(path, str | Unresolved) else None
    if source is None:
        return None
    text: Text = source.text
    if call.function == "templatefile" and "${" in source.text:
        if "%{" in source.text or "$${" in source.text:
            return None
        values = evaluate(call.arguments[1], scope).value if len(call.arguments) > 1 else None
        try:
            text = _filled(source, values if isinstance(values, dict) else {})
        except NotConstant:
            return None
    return Node(text, source, 0, len(source.text))


def _filled(source: Source, values: Mapping[str, Node]) -> Text:
    """Return a template with the values of its variables.

    Raises `NotConstant` for a string that is too long.
    """
    parts: list[str | Unknown] = []
    text, end = source.text, 0
    for found in re.finditer(_INTERPOLATION, text):
        parts.append(text[end : found.start()])
        end = found.end()
        value = unwrap(values.get(found[1]))
        if isinstance(value, Unresolved):
            parts += value.parts
        else:
            known = isinstance(value, str | Unknown)
            parts.append(value if known else Unknown(f"{found[1]} of {source.name}"))
    parts.append(text[end:])
    return joined(part for part in parts if part != "")


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

    Return nothing if there is none, or if the text is invalid.
    """
    from acmrules.syntax.structured import trees

    parts = text.parts if isinstance(text, Unresolved) else (text,)
    unknowns += [part for part in parts if isinstance(part, Unknown)]
    numbers = iter(range(len(unknowns)))
    whole = "".join(
        part if isinstance(part, str) else f"{_OPEN}{next(numbers)}{_CLOSE}" for part in parts
    )
    if ":" not in whole or any(_OPEN in part for part in parts if isinstance(part, str)):
        return []
    try:
        return [tree for tree in trees(Source("", whole), texts=True) if type(tree.data) is dict]
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
        line = self._tree.source.position(self._tree.place(pointer)[0]).line - 1
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
