"""Edits of a YAML text (an `Editor`).

The text is parsed again for details that its data does not have: aliases and anchors, quotes, and
the exact end of a list or mapping.
"""

from __future__ import annotations

import re

from yaml import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from acmrules.syntax.edits import EditError, TextEdit, TextLayout, by_tree, line_break, line_start
from acmrules.syntax.tree import KEY
from acmrules.syntax.yaml.tree import STANDARD_TAG, YamlTree, function, parser_of, trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from acmrules.syntax.edits import Changes, Edits, ValueEdit
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Step

_COMMENT = r"#[^\r\n]*"
_DASH = re.compile(rf"-(?:[ \t\r\n]|{_COMMENT})*\Z")
# Strings that need no quotes anywhere; strings that look like numbers are excluded by their tag.
_BARE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.=+/@ -]*[A-Za-z0-9_.=+/@-])?")
_TEXT = f"{STANDARD_TAG}str"
_RESOLVER: Any = Resolver()


class _Node:
    """A value in the text; `kind` is the type of its data, or `None` for an alias.

    The value of a mapping is a list of pairs, and the value of an alias is its node. `style` is
    the quote, or the indicator of a block. A list or mapping in brackets is in flow style:
    `is_flowing`, and `inside` is the offset after the bracket. `places` maps keys to indexes.
    """

    __slots__ = (
        *("anchor", "end", "inside", "is_flowing", "kind", "places", "start", "style"),
        *("tag", "value"),
    )

    def __init__(
        self,
        kind: type | None,
        value: Any,  # noqa: ANN401
        *,
        tag: str | None = None,
        anchor: str | None = None,
        style: str = "",
    ) -> None:
        self.kind = kind
        self.value = value
        self.tag = tag
        self.anchor = anchor
        self.style = style
        self.is_flowing = False
        self.places: dict[str, int] = {}
        self.start = self.end = self.inside = 0

    @classmethod
    def of(cls, data: Data) -> _Node:
        """Return plain data as nodes, with quoted strings."""
        if type(data) is dict:
            return cls(dict, [(cls.of(key), cls.of(value)) for key, value in data.items()])
        if type(data) is list:
            return cls(list, [cls.of(item) for item in data])
        return cls(str, data, style='"')

    def nodes(self) -> list[_Node]:
        """Return the items of a list, or the keys and values of a mapping."""
        return [node for pair in self.value for node in pair] if self.kind is dict else self.value

    def spans(self) -> list[tuple[int, int]]:
        """Return start and end of each item of a list or member of a mapping."""
        if self.kind is dict:
            return [(key.start, value.end) for key, value in self.value]
        return [(item.start, item.end) for item in self.value]

    def form(self) -> object:
        """Return the content of the node, without its quotes and whitespace."""
        if self.kind is None:
            return "*", self.anchor
        if self.kind is str:
            return self.tag or _kind_of(self.value, self.style), self.anchor, self.value
        return self.tag, self.anchor, self.kind, [node.form() for node in self.nodes()]


class _Document:
    """A document in the text, and the anchors that its aliases name."""

    def __init__(self, root: _Node, aliased: set[str]) -> None:
        self.root = root
        self.aliased = aliased

    def path(self, pointer: Pointer) -> list[_Node]:
        """Return the nodes on the path to a value; each alias is followed by its node."""
        nodes = [self.root]
        for step in pointer:
            if nodes[-1].tag is None or step != function(nodes[-1].tag):
                node = _member(nodes[-1], step)
                nodes.append(node)
                if node.kind is None:
                    nodes.append(node.value)
        return nodes

    def is_aliased(self, node: _Node) -> bool:
        """Return whether an alias repeats a node or a part of it."""
        pending = [node]
        while pending:
            node = pending.pop()
            if node.anchor in self.aliased and node.kind is not None:
                return True
            if node.kind in {list, dict}:
                pending += node.nodes()
        return False


def edits(tree: YamlTree, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return the edits that make a change; raises `EditError`."""
    return tuple(TextEdit(tree.source, *edit) for edit in _edits(tree, change))


def aliased_as(tree: YamlTree, pointer: Pointer) -> str:
    """Describe what else uses a value if an alias repeats it or a part of the file around it."""
    document = _document(tree)
    nodes = document.path(pointer[:-2] if pointer[-1:] == (KEY,) else pointer)
    is_aliased = any(node.kind is None or node.anchor in document.aliased for node in nodes)
    return "text that aliases repeat" if is_aliased else ""


def matches_after(before: Source, changes: Changes, after: Source) -> bool:
    """Return whether `after` reads like `before` with the changes; raises `InputError`.

    Aliases, anchors and tags have to match too.
    """
    for _ in trees(after):
        pass  # Raises for text that parses but has no data.
    changes_of = by_tree(changes)
    expected = []
    for document in _documents(before.text):
        for change in changes_of.get(document.root.start, ()):
            _alter(document, change)
        expected.append(document.root.form())
    return expected == [document.root.form() for document in _documents(after.text)]


# Parsing


def _document(tree: YamlTree) -> _Document:
    """Return the document of a tree, parsed on the first call."""
    if tree.syntax is None:
        text = tree.source.text
        base = line_start(text, tree.start)
        try:
            tree.syntax = next(_documents(text, base))
        except MarkedYAMLError:
            raise EditError("the document depends on the text before it") from None
    document: _Document = tree.syntax
    return document


def _documents(text: str, base: int = 0) -> Iterator[_Document]:
    """Yield the documents of text from an offset on."""
    parser = parser_of(text[base:])
    open_nodes: list[_Node] = []
    anchors: dict[str, _Node] = {}
    aliased: set[str] = set()
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        if isinstance(event, CollectionEndEvent):
            node = open_nodes.pop()
            _close(node, event, base)
        elif isinstance(event, NodeEvent):
            node = _opened(event, anchors, text, base)
            if isinstance(event, AliasEvent):
                aliased.add(str(event.anchor))
            elif event.anchor:
                anchors[event.anchor] = node
            if open_nodes:
                open_nodes[-1].value.append(node)
            if isinstance(event, CollectionStartEvent):
                open_nodes.append(node)
                continue
        else:
            continue
        if not open_nodes:
            yield _Document(node, aliased)
            anchors, aliased = {}, set()


def _opened(event: Any, anchors: dict[str, _Node], text: str, base: int) -> _Node:  # noqa: ANN401
    if isinstance(event, AliasEvent):
        node = _Node(None, anchors.get(str(event.anchor)), anchor=event.anchor)
    else:
        tag = None if event.tag == "!" else event.tag
        if isinstance(event, ScalarEvent):
            node = _Node(str, event.value, style=event.style or "")
        else:
            node = _Node(dict if isinstance(event, MappingStartEvent) else list, [])
            node.is_flowing = event.flow_style
        node.tag, node.anchor = tag, event.anchor
    node.start = base + event.start_mark.index
    node.inside = node.end = base + event.end_mark.index
    if node.style in {"|", ">"}:
        node.end = node.start + len(text[node.start : node.end].rstrip())
    return node


def _close(node: _Node, event: Any, base: int) -> None:  # noqa: ANN401
    if node.kind is dict:
        node.value = [*zip(node.value[::2], node.value[1::2], strict=True)]
    # For the parser, a list in block style ends where the next token begins.
    node.end = base + event.end_mark.index if node.is_flowing else node.nodes()[-1].end


# Changing


def _alter(document: _Document, change: ValueEdit) -> None:
    """Make a change in a parsed document."""
    *parents, last = change.pointer
    if not change.insert and change.value is not None:
        node = _target(document, change.pointer)
        node.value, node.style = change.value, '"'
        return
    parent = document.path(tuple(parents))[-1]
    if not change.insert:
        del parent.value[_index(parent, last)]
        parent.places = {}
    elif parent.kind is dict:
        parent.value.append((_Node.of(last), _Node.of(change.value)))
    else:
        parent.value.append(_Node.of(change.value))


def _edits(tree: YamlTree, change: ValueEdit) -> Edits:
    document = _document(tree)
    text = TextLayout(tree.source.text, _COMMENT)
    *parents, last = change.pointer
    if not change.insert and change.value is not None:
        return _replaced(text.text, _target(document, change.pointer), change.value)
    parent = document.path(tuple(parents))[-1]
    if change.insert:
        key = f"{_scalar(last)}: " if type(last) is str else ""
        if parent.is_flowing:
            item = key + _flowing(change.value, _style_of(parent))
            return text.with_item(parent.inside, parent.spans(), item)
        return _added(text, parent, change, key)
    index = _index(parent, last)
    removed = parent.value[index]
    if any(map(document.is_aliased, removed if parent.kind is dict else (removed,))):
        raise EditError("an alias elsewhere repeats the value")
    if parent.is_flowing:
        return text.without_item(parent.spans(), index)
    start, end = parent.spans()[index]
    lines = text.without_lines(start if parent.kind is dict else _dash(text, parent, index), end)
    if lines is None and parent.kind is dict:
        lines = _before_next(text, parent, index)
    if lines is None:
        raise EditError("the value shares its line with another one")
    return lines


def _before_next(text: TextLayout, parent: _Node, index: int) -> Edits | None:
    """Remove the first member behind the dash of its mapping, and move the next one there.

    Comments between the two stay above the next member.
    """
    start, end = parent.spans()[index]
    rest = text.rest(end)
    if rest is None or index + 1 == len(parent.value):
        return None
    following, _ = parent.spans()[index + 1]
    between = text.text[rest:following].splitlines(keepends=True)
    comments = [line for line in between if line.strip()]
    if not all(line.lstrip().startswith("#") for line in comments):
        return None
    above = line_start(text.text, start)
    moved = [(above, above, "".join(comments))] if comments else []
    return [*moved, (start, following, "")]


def _target(document: _Document, pointer: Pointer) -> _Node:
    """Return the node at a pointer, which may be the key of a member."""
    if pointer[-1] != KEY:
        return document.path(pointer)[-1]
    *parents, name, _ = pointer
    holder = document.path(tuple(parents))[-1]
    key: _Node = holder.value[_index(holder, name)][0]
    return key


def _replaced(text: str, node: _Node, value: str) -> Edits:
    """Replace a string within its quotes; without quotes, add them if necessary."""
    if node.kind is not str or not (node.tag is None or node.tag == _TEXT):
        raise EditError("the value is not a string")
    if node.style in {"|", ">"}:
        raise EditError("the string is a block scalar")
    if node.style:
        start = text.index(node.style, node.start)
        scalar = _scalar(value, node.style)
        same_quotes = scalar[:1] == node.style
        inner = scalar[same_quotes : len(scalar) - same_quotes]
        return [(start + same_quotes, node.end - same_quotes, inner)]
    start = node.end - len(node.value)
    if text[start : node.end] != node.value or start < node.start:
        raise EditError("the string spans several lines")
    return [(start, node.end, _scalar(value))]


def _added(text: TextLayout, parent: _Node, change: ValueEdit, key: str) -> Edits:
    """Add a last item or member on lines of its own, indented like the others."""
    end = text.rest(parent.end)
    if end is None:
        raise EditError("the line continues after the last item")
    style = _style_of(parent)
    start, lead = parent.spans()[-1][0], ""
    if parent.kind is list:
        dash = _dash(text, parent, -1)
        gap = text.text[dash + 1 : start]
        lead = "-" + (gap if gap and not gap.strip(" ") else " ")
        start = dash
    indent = " " * (start - line_start(text.text, start))
    lines = _lines(change.value, style)
    if key:
        lines = [key.rstrip(), *(f"  {line}" for line in lines)]
    margin = line_break(text.text) + indent
    added = margin + lead + (margin + " " * len(lead)).join(lines)
    return [(end, end, added)]


def _dash(text: TextLayout, parent: _Node, index: int) -> int:
    """Return the offset of the dash of an item."""
    index %= len(parent.value)
    begin = parent.value[index - 1].end if index else line_start(text.text, parent.start)
    before = text.text[begin : parent.value[index].start]
    match = _DASH.search(before)
    return begin + match.start() if match else begin


def _member(node: _Node, step: Step) -> _Node:
    if node.kind is list:
        return node.value[step]  # type: ignore[no-any-return]
    return node.value[_index(node, step)][1]  # type: ignore[no-any-return]


def _index(node: _Node, step: Step) -> int:
    """Return the index of a step's item or pair; of equal keys, the last one counts."""
    if node.kind is list:
        return int(step)
    if not node.places:
        node.places = {
            key.value: index for index, (key, _) in enumerate(node.value) if key.kind is str
        }
    if step not in node.places:
        raise EditError("the value comes from a merge key")
    return node.places[str(step)]


# Writing


def _lines(data: Data, style: str) -> list[str]:
    """Return a string, a list, or a mapping as lines."""
    if type(data) is str:
        return [_scalar(data, style)]
    if type(data) is dict:
        return [line for member in data.items() for line in _member_lines(*member, style)]
    return [
        f"{'  ' if index else '- '}{line}"
        for item in data
        for index, line in enumerate(_lines(item, style))
    ]


def _member_lines(key: str, value: Data, style: str) -> list[str]:
    lines = _lines(value, style)
    if type(value) is str:
        return [f"{key}: {lines[0]}"]
    return [f"{key}:", *(f"  {line}" for line in lines)]


def _flowing(data: Data, style: str) -> str:
    """Return plain data in flow style."""
    if type(data) is dict:
        members = (f"{_scalar(key)}: {_flowing(value, style)}" for key, value in data.items())
        return f"{{{', '.join(members)}}}"
    if type(data) is list:
        return f"[{', '.join(_flowing(item, style) for item in data)}]"
    return _scalar(data, style)


def _scalar(text: str, style: str = "") -> str:
    """Return a string in the quotes of `style` if possible, or in double quotes if necessary."""
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if not style and _BARE.fullmatch(text) and _kind_of(text, style) == _TEXT:
        return text
    from json import dumps  # most edits need no quotes, and a report of findings plans edits too

    return dumps(text, ensure_ascii=not text.isprintable())


def _style_of(parent: _Node) -> str:
    """Return the quotes of the last string in a list or mapping."""
    last = parent.value[-1] if parent.value else None
    last = last[1] if isinstance(last, tuple) else last
    return last.style if last and last.style in {"'", '"'} else ""


def _kind_of(text: str, style: str) -> str:
    """Return the tag of a scalar without an explicit one."""
    return str(_RESOLVER.resolve(ScalarNode, text, (not style, bool(style))))
