"""Edits of Terraform configurations in both syntaxes.

A pointer points to an evaluated value. The position of the value determines the part of the parsed
file to edit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from json import dumps

from acmrules.model.members import LIFECYCLE
from acmrules.readers.evaluated import Node, PartialOrigin
from acmrules.readers.terraform import lifecycle_edits
from acmrules.readers.terraform.attributes import EvaluatedArgument
from acmrules.readers.terraform.resources.references import steps, without_keys
from acmrules.syntax.edits import (
    EditError,
    OtherReference,
    TextEdit,
    TextLayout,
    line_break,
    line_start,
)
from acmrules.syntax.hcl import native, parse
from acmrules.syntax.hcl.ast import (
    Argument,
    Block,
    Body,
    Expression,
    File,
    Literal,
    Template,
    Tuple,
)
from acmrules.syntax.json import edits as json_edits
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Protocol

    from acmrules.syntax.edits import Edits, ValueEdit
    from acmrules.syntax.tree import Data, Pointer

    class Nodes(Protocol):
        """The resources of a configuration after evaluation."""

        source: Source
        external: tuple[str, ...]

        def node(self, pointer: Pointer) -> Node:
            """Return the value at a pointer."""

    Part = File | Body | Block | Argument | Expression
    PartPath = list[Part]
    """A part of a file, preceded by the parts that contain it."""

_OPENING = re.compile(r'"\$\{~?[ \t]*\Z')
_CLOSING = re.compile(r'[ \t]*~?\}"')
_COMMENT = r"(?:#|//)[^\r\n]*|/\*.*?\*/"


def edits(tree: Nodes, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return a change as text edits; raises `EditError`."""
    change = _in_call(tree, change)
    source, span = _target(tree, change)
    if source.name.endswith(".json"):
        json = JsonTree(source)
        return json_edits.edits(json, _json_change(json, span, change))
    if not isinstance(source.syntax, File):
        source.syntax = parse.parse(source)
    path = _path_to(source.syntax, span)
    return tuple(TextEdit(source, *edit) for edit in _text_edits(source.text, path, change))


def aliased_as(tree: Nodes, pointer: Pointer) -> str:
    """Return what else an edit of a value affects, empty if nothing."""
    if pointer[-1] == KEY:
        return ""  # The name of an argument is written once for all instances.
    for length in range(1, len(pointer) + 1):
        node = tree.node(pointer[:length])
        if node.origin is not None:
            return node.note or "value that other expressions may use"
    address, kind = str(pointer[0]), "resource"
    if _is_external(tree, pointer):
        address, kind = _call_of(tree, address), "module"
    if address.startswith("module.") and "." in without_keys(address).removeprefix("module."):
        return "module, which may be called from elsewhere"
    return f"{kind} with several instances" if address.endswith("]") else ""


def _is_external(tree: Nodes, pointer: Pointer) -> bool:
    """Return whether a pointer is to a resource of a module that is not in the files."""
    return bool(tree.external) and without_keys(str(pointer[0])).startswith(tree.external)


def _call_of(tree: Nodes, address: str) -> str:
    """Return the address of the call in the files that a resource from elsewhere belongs to."""
    found = without_keys(address)
    number = next(each.count(".") for each in tree.external if found.startswith(each))
    called = steps(address)[:number]
    return ".".join(step + f"[{key}]" * bool(key) for step, key in called)


def _in_call(tree: Nodes, change: ValueEdit) -> ValueEdit:
    """Return an insertion into a resource from elsewhere as one into the call of its module.

    Raises `EditError` unless an argument of the call determines the member.
    """
    if not change.insert or not _is_external(tree, change.pointer):
        return change
    address, name, *rest = change.pointer
    member = tree.node((address,)).value.get(name)
    if rest and (not isinstance(member, Node) or member.source.name):
        return change  # The call has the list.
    written = member.written if isinstance(member, EvaluatedArgument) else ""
    if not written.startswith("var.") or len(rest) > 1:
        raise EditError("the module of the call determines this value")
    value = [change.value] if rest else change.value
    return change.__replace__(pointer=(address, written.removeprefix("var.")), value=value)


def matches_after(
    before: Source, changes: Iterable[tuple[Nodes, ValueEdit]], after: Source
) -> bool:
    """Return whether one text equals another with changes applied; raises `InputError`."""
    own = [(tree, _in_call(tree, change)) for tree, change in changes]
    targets = [(_target(tree, change)[1], change) for tree, change in own]
    if before.name.endswith(".json"):
        json = JsonTree(before)
        several = [(json, _json_change(json, span, change)) for span, change in targets]
        return json_edits.matches_after(before, several, after)
    file = parse.parse(before)
    for path, change in [(_path_to(file, span), change) for span, change in targets]:
        _apply(path, change)
    return _content(file) == _content(parse.parse(after))


# Parts of a file


def _target(tree: Nodes, change: ValueEdit) -> tuple[Source, tuple[int, int]]:
    """Return the range of the text to change, or of the header of the part to extend."""
    *parents, last = change.pointer
    node = tree.node(tuple(parents) if change.insert else change.pointer)
    if change.insert and isinstance(node.value, list):
        node = node.origin or node
    if type(node) is PartialOrigin:
        raise EditError("the value is computed from others")
    if not node.source.name:
        raise EditError("the value is passed by the caller")
    if (
        node.key
        and not change.insert
        and (last == KEY or (change.value is None and type(last) is str))
    ):
        return node.source, node.key
    return node.source, (node.start, node.end)


def _path_to(file: File, span: tuple[int, int]) -> PartPath:
    """Return the path to the part of a file at a range: its name or the whole part."""
    index = bisect_right(file.blocks, span[0], key=lambda block: block.start)
    near: list[Part] = [*file.attributes.values(), *file.blocks[max(index - 1, 0) : index]]
    pending: list[PartPath] = [[file, part] for part in near]
    while pending:
        path = pending.pop()
        part = path[-1]
        if (part.key if isinstance(part, Argument) else _span(part)) == span:
            return path
        pending += [[*path, inner] for inner in _parts_of(part)]
    raise EditError("the value is computed from others")


def _span(part: Part) -> tuple[int, int]:
    return (-1, -1) if isinstance(part, Argument | Body) else (part.start, part.end)


def _parts_of(part: Part) -> Iterator[Part]:
    """Yield the direct parts of a part of a file."""
    if isinstance(part, Body):
        yield from part.attributes.values()
        yield from part.blocks
    elif isinstance(part, Block):
        yield part.body
    elif isinstance(part, Argument):
        yield part.value
    else:
        yield from _expressions([getattr(part, slot) for slot in type(part).__slots__])


def _expressions(value: object) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _expressions(inner)


def _json_change(json: JsonTree, span: tuple[int, int], change: ValueEdit) -> ValueEdit:
    """Return a change as a change of the JSON data at a range."""
    *_, last = change.pointer
    start, end = span
    if isinstance(change.value, OtherReference) and json.source.text[start - 2 : start] == "${":
        span = start - 2, end + 1  # The string that consists of the expression.
    pending: list[tuple[Pointer, Data]] = [((), json.data)]
    while pending and (last != KEY or change.value is not None):
        pointer, data = pending.pop()
        if last == KEY and pointer and span == json.place((*pointer, KEY)):
            return change.__replace__(pointer=(*pointer, KEY))
        if last != KEY and pointer and span in {json.place(pointer), json.place((*pointer, KEY))}:
            if last == LIFECYCLE and type(data) is dict and last in data:
                return _json_lifecycle(pointer, data, change)
            if change.insert:
                pointer = (*pointer, len(data) if type(data) is list else last)
            value = change.value
            value = value[0] if type(value) is list and type(value[0]) is bool else value
            if isinstance(value, OtherReference):
                value = f"${{{value.written}}}"
            elif type(value) is str:
                value = _as_template(value)
            return change.__replace__(pointer=pointer, value=value)
        if type(data) in {dict, list}:
            inside = data.items() if type(data) is dict else enumerate(data)
            pending += [((*pointer, step), value) for step, value in inside]
    raise EditError("the value is computed from others")


def _json_lifecycle(pointer: Pointer, resource: Data, change: ValueEdit) -> ValueEdit:
    """Return the change of a resource that has a `lifecycle` mapping."""
    ((member, value),) = change.value.items()
    lifecycle = resource[LIFECYCLE]
    if type(lifecycle) is not dict or not lifecycle:
        raise EditError("its `lifecycle` is not a mapping with members")
    return change.__replace__(pointer=(*pointer, LIFECYCLE, member), value=value)


# Text edits


def _text_edits(text: str, path: PartPath, change: ValueEdit) -> Edits:
    layout, part = TextLayout(text, _COMMENT), path[-1]
    if change.pointer[-1] == LIFECYCLE and isinstance(part, Block):
        inner = lifecycle_edits.lifecycle_of(part)
        return lifecycle_edits.text_edits(text, inner, _end(layout, inner or part))
    if change.insert:
        if isinstance(part, Tuple):
            spans = [_with_quotes(text, item) for item in part.items]
            return layout.with_item(part.start + 1, spans, _quoted(change.value))
        if isinstance(part, Block):
            return _insert(layout, part, path[-2], change)
        raise EditError("the list is not a literal list")
    if isinstance(change.value, OtherReference) and isinstance(part, Expression):
        return [(part.start, part.end, change.value.written)]
    if change.value is not None and isinstance(part, Argument | Block):
        return [(*_name_span(text, path[-2], part), change.value)]
    if type(change.value) is bool and isinstance(part, Literal) and type(part.value) is bool:
        return [(part.start, part.end, str(change.value).lower())]
    if change.value is not None:
        if not isinstance(part, Literal) or _with_quotes(text, part) == _span(part):
            raise EditError("the value is not a quoted string")
        return [(part.start, part.end, _quoted(change.value)[1:-1])]
    return _remove(layout, path[-2], part)


def _name_span(text: str, holder: Part, part: Argument | Block) -> tuple[int, int]:
    """Return the range of the name of an argument or a block."""
    if isinstance(part, Argument):
        return part.key
    if part.type == "dynamic" or not text.startswith(part.type, part.start):
        raise EditError("the name of the block is computed")
    if isinstance(holder, Body) and sum(each.type == part.type for each in holder.blocks) > 1:
        raise EditError("several blocks have this name")
    return part.start, part.start + len(part.type)


def _remove(layout: TextLayout, holder: Part, part: Part) -> Edits:
    """Remove an item, an argument or a block."""
    text, lines = layout.text, None
    if isinstance(holder, Tuple):
        if len(holder.items) == 1:
            raise EditError("the list would be empty")
        spans = [_with_quotes(text, item) for item in holder.items]
        return layout.without_item(spans, [id(item) for item in holder.items].index(id(part)))
    if isinstance(part, Argument):
        lines = layout.without_lines(part.key[0], _with_quotes(text, part.value)[1])
    elif isinstance(part, Block):
        lines = layout.without_lines(part.start, _end(layout, part))
        if lines is not None:
            (start, end, _), blank = lines[0], 2 * line_break(text)
            # Leave no two blank lines in a row, and none before the brace.
            if text.endswith(blank, 0, start) and text[end:].lstrip(" \t")[:1] in {"\r", "\n", "}"}:
                lines = [(start - len(blank) // 2, end, "")]
    else:
        raise EditError("the value is not an item of a literal list")
    if lines is None:
        raise EditError("the value shares its line with another one")
    return lines


def _insert(layout: TextLayout, block: Block, holder: Part, change: ValueEdit) -> Edits:
    """Insert an argument or block after the last one of a block, or a block after its siblings."""
    name, value = change.pointer[-1], change.value
    text = layout.text
    if type(name) is not str:
        body, name = holder, block.type
        sibling = _last(body, block.type)
        start, end = sibling.start, _end(layout, sibling)
    else:
        body = block.body
        arguments = sorted(body.attributes.values(), key=lambda argument: argument.key)
        start, end = arguments[-1].key[0], _with_quotes(text, arguments[-1].value)[1]
        value = value[0]
        if type(value) is dict and body.blocks:
            start, end = body.blocks[-1].start, max(end, _end(layout, body.blocks[-1]))
    rest = layout.rest(end)
    if rest is None or not layout.starts_line(start):
        raise EditError("the value shares its line with another one")
    indent = text[line_start(text, start) : start]
    margin = line_break(text) + indent
    if type(value) in {bool, str}:
        written = str(value).lower() if type(value) is bool else f"[{_quoted(value)}]"
        below = text.find("\n", rest) + 1 or len(text)
        spaces, name = lifecycle_edits.aligned(text, block, below, name)
        return [*spaces, (rest, rest, f"{margin}{name} = {written}")]
    width = max(map(len, value))
    lines = [
        f"{name} {{",
        *(f"  {key:<{width}} = {_quoted(inner)}" for key, inner in value.items()),
        "}",
    ]
    return [(rest, rest, line_break(text) + "".join(margin + line for line in lines))]


def _last(body: Part, kind: str) -> Block:
    """Return the last block of a type."""
    blocks = body.blocks if isinstance(body, Body) else []
    return next(block for block in reversed(blocks) if block.type == kind)


def _end(layout: TextLayout, block: Block) -> int:
    """Return the end of a block, after its closing brace."""
    ends = [
        _with_quotes(layout.text, argument.value)[1] for argument in block.body.attributes.values()
    ]
    ends += [_end(layout, inner) for inner in block.body.blocks]
    offset = layout.next(max(ends, default=block.end))
    if not ends:
        offset = layout.next(offset + 1)
    if not layout.text.startswith("}", offset):
        raise EditError("the end of the block cannot be determined")
    return offset + 1


def _with_quotes(text: str, expression: Expression) -> tuple[int, int]:
    """Return the range of an expression, including its quotes."""
    start, end = expression.start, expression.end
    if text[start - 1 : start] == '"' == text[end : end + 1]:
        return start - 1, end + 1
    # The range of `"${x}"` is that of the expression `x`.
    opening = _OPENING.search(text, line_start(text, start), start)
    closing = _CLOSING.match(text, end)
    return (opening.start(), closing.end()) if opening and closing else (start, end)


def _quoted(text: str) -> str:
    return dumps(_as_template(text), ensure_ascii=not text.isprintable())


def _as_template(text: str) -> str:
    """Return a string with `${` and `%{` escaped."""
    return text.replace("${", "$${").replace("%{", "%%{")


# Edits of the parsed file


def _apply(path: PartPath, change: ValueEdit) -> None:
    """Apply a change to a parsed file."""
    holder: Any = path[-2]
    part: Any = path[-1]
    last, value = change.pointer[-1], change.value
    if last == LIFECYCLE:
        lifecycle_edits.apply(part)
    elif change.insert and isinstance(part, Tuple):
        part.items.append(_literal(value))
    elif change.insert and type(last) is not str:
        sibling = holder.blocks.index(_last(holder, part.type))
        holder.blocks.insert(sibling + 1, _block(part.type, value))
    elif change.insert:
        _add_member(part.body, str(last), value[0])
    elif isinstance(value, OtherReference):
        _refer(holder, part, value)
    elif value is not None and isinstance(part, Block):
        part.type = value
    elif value is not None and isinstance(part, Argument):
        arguments = holder.attributes.items()
        holder.attributes = {value if each is part else name: each for name, each in arguments}
    elif value is not None:
        part.value = value
    elif isinstance(holder, Tuple):
        holder.items = [item for item in holder.items if item is not part]
    elif isinstance(part, Block):
        holder.blocks = [block for block in holder.blocks if block is not part]
    else:
        arguments = holder.attributes.items()
        holder.attributes = {name: argument for name, argument in arguments if argument is not part}


def _add_member(body: Body, name: str, value: Data) -> None:
    """Add a block, a list with one item, or `true` or `false`."""
    if type(value) is dict:
        body.blocks.append(_block(name, value))
    else:
        item = _literal(value)
        whole = item if type(value) is bool else Tuple(_NO_SOURCE, 0, 0, [item])
        body.attributes[name] = Argument((0, 0), whole)


def _refer(holder: Any, part: Expression, reference: OtherReference) -> None:  # noqa: ANN401  (any part)
    """Replace an expression by a reference in the part that contains it."""
    other = native.expression(Source("", reference.written))
    if isinstance(holder, Argument):
        holder.value = other
    elif isinstance(holder, Tuple):
        holder.items = [other if item is part else item for item in holder.items]
    elif isinstance(holder, Template):
        holder.parts = [other if item is part else item for item in holder.parts]


_NO_SOURCE = Source("", "")


def _literal(value: str | bool) -> Literal:
    return Literal(_NO_SOURCE, 0, 0, value)


def _block(kind: str, members: dict[str, str]) -> Block:
    attributes = {name: Argument((0, 0), _literal(text)) for name, text in members.items()}
    return Block(_NO_SOURCE, 0, 0, kind, (), Body(attributes, []))


def _content(part: object) -> object:
    """Return the content of a part of a file without its positions."""
    if isinstance(part, Body):
        arguments = {name: _content(argument.value) for name, argument in part.attributes.items()}
        return arguments, [_content(block) for block in part.blocks]
    if isinstance(part, Block):
        return part.type, part.labels, _content(part.body)
    if isinstance(part, Expression):
        slots = type(part).__slots__
        return type(part).__name__, [_content(getattr(part, slot)) for slot in slots]
    return [_content(inner) for inner in part] if isinstance(part, list | tuple) else part
