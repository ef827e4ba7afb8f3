"""Parser of Terraform's JSON syntax, where blocks are mappings and strings are templates."""

from __future__ import annotations

from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.hcl import native
from acmrules.syntax.hcl.ast import (
    Argument,
    Block,
    Body,
    Expression,
    File,
    Literal,
    Nested,
    Object,
    Tuple,
)
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY, NOT_RENDERED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.tree import Data, Pointer

_LABELS = {
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
"""The top-level block types and their number of labels."""

_COMMENT = "//"


def parse(source: Source) -> File:
    """Parse a file; raises `InputError`."""
    try:
        tree = JsonTree(source)
    except InputError as error:
        line = source.line(error.position.line) if error.position else ""
        at = error.position.column - 2 if error.position else 0
        if line[at : at + 2] in {"{{", "{%"}:
            raise InputError(source.name, NOT_RENDERED, error.position) from None
        raise
    if tree.rest() < len(source.text):
        position = source.position(tree.rest())
        raise InputError(source.name, "not valid JSON: unexpected text after the value", position)
    try:
        return _Converter(tree).file()
    except TypeMismatchError as mismatch:
        raise mismatch.unreadable(tree) from None


class _Converter:
    """A converter of JSON data to bodies and expressions, which may raise `TypeMismatchError`."""

    __slots__ = ("literal", "source", "tree")

    def __init__(self, tree: JsonTree) -> None:
        self.tree = tree
        self.source = tree.source
        # Strings in variables files are literals, not templates.
        self.literal = tree.source.name.endswith(".tfvars.json")

    def file(self) -> File:
        attributes: dict[str, Argument] = {}
        blocks: list[Block] = []
        for (), data, pointer in self._labeled(self.tree.data, (), 0):
            for kind, inside in data.items():
                here = (*pointer, kind)
                if self.literal or kind not in _LABELS:
                    attributes[kind] = self._argument(inside, here)
                    continue
                for labels, content, at in self._labeled(inside, here, _LABELS[kind]):
                    blocks.append(self._block(kind, labels, content, at))
        return File(self.source, attributes, blocks)

    def _labeled(
        self, data: Data, pointer: Pointer, labels: int
    ) -> Iterator[tuple[tuple[str, ...], dict[str, Data], Pointer]]:
        """Yield the mappings below this many levels of labels; a list may replace any mapping."""
        for content, here in self._mappings(data, pointer):
            if not labels:
                yield (), content, here
                continue
            for name, inside in content.items():
                if name != _COMMENT:
                    for rest, found, at in self._labeled(inside, (*here, name), labels - 1):
                        yield (name, *rest), found, at

    def _mappings(self, data: Data, pointer: Pointer) -> Iterator[tuple[dict[str, Data], Pointer]]:
        for item, here in (
            ((item, (*pointer, index)) for index, item in enumerate(data))
            if type(data) is list
            else [(data, pointer)]
        ):
            if type(item) is not dict:
                raise TypeMismatchError.of(here, item, "a mapping")
            yield item, here

    def _block(
        self, kind: str, labels: tuple[str, ...], data: dict[str, Data], pointer: Pointer
    ) -> Block:
        name_pointer = pointer
        while isinstance(name_pointer[-1], int):
            name_pointer = name_pointer[:-1]
        start, end = self.tree.place((*name_pointer, KEY))
        return Block(self.source, start, end, kind, labels, lambda: self._read(data, pointer))

    def _read(self, data: dict[str, Data], pointer: Pointer) -> Body:
        try:
            return self._body(data, pointer)
        except TypeMismatchError as mismatch:
            raise mismatch.unreadable(self.tree) from None

    def _body(self, data: dict[str, Data], pointer: Pointer) -> Body:
        attributes: dict[str, Argument] = {}
        blocks: list[Block] = []
        for name, value in data.items():
            here = (*pointer, name)
            if name == "dynamic":
                for labels, content, at in self._labeled(value, here, 1):
                    blocks.append(self._dynamic(labels, content, at))
            elif name != _COMMENT:
                attributes[name] = self._argument(value, here)
        return Body(attributes, blocks)

    def _dynamic(self, labels: tuple[str, ...], data: dict[str, Data], pointer: Pointer) -> Block:
        attributes: dict[str, Argument] = {
            name: self._argument(data[name], (*pointer, name))
            for name in ("for_each", "iterator")
            if name in data
        }
        contents = [
            self._block("content", (), content, at)
            for content, at in self._mappings(data.get("content", []), (*pointer, "content"))
        ]
        block = self._block("dynamic", labels, data, pointer)
        start, end = block.start, block.end
        return Block(self.source, start, end, "dynamic", labels, Body(attributes, contents))

    def _argument(self, data: Data, pointer: Pointer) -> Argument:
        key = self.tree.place((*pointer, KEY))
        return Argument(key, self._expression(data, pointer))

    def _expression(self, data: Data, pointer: Pointer) -> Expression:
        start, end = self.tree.place(pointer)
        if len(pointer) > native.MAX_DEPTH:
            position = self.source.position(start)
            raise InputError(self.source.name, "is nested too deeply", position)
        if type(data) is str and ("${" in data or "%{" in data) and not self.literal:
            return self._template(data, start, end)
        if type(data) is list:
            found = [self._expression(item, (*pointer, i)) for i, item in enumerate(data)]
            return Tuple(self.source, start, end, found)
        if type(data) is not dict:
            return Literal(self.source, start, end, data)
        if type(data.get("dynamic")) in {dict, list} and not self.literal:
            return Nested(self.source, start, end, self._body(data, pointer))
        entries = [
            (self._key(name, (*pointer, name)), self._expression(value, (*pointer, name)))
            for name, value in data.items()
            if name != _COMMENT
        ]
        return Object(self.source, start, end, entries)

    def _key(self, name: str, pointer: Pointer) -> Expression:
        start, end = self.tree.place((*pointer, KEY))
        if ("${" in name or "%{" in name) and not self.literal:
            return self._template(name, start, end)
        return Literal(self.source, start, end, name)

    def _template(self, text: str, start: int, end: int) -> Expression:
        source = Source(self.source.name, text)
        try:
            found = native.template(source)
        except InputError as error:
            position = self.source.position(start)
            raise InputError(self.source.name, error.fault, position) from None
        _move_to(found, self.source, _character_offsets(self.source.text, start, end))
        if source.secrets is not None:
            self.source.add_secret(start, end)
        return found


def _character_offsets(text: str, start: int, end: int) -> list[int]:
    """Return the position of each character of a quoted string, and the end of the string."""
    offsets: list[int] = []
    offset = start
    while offset < end:
        offsets.append(offset)
        if text[offset] != "\\":
            offset += 1
        elif text[offset + 1] != "u":
            offset += 2
        else:
            # A surrogate pair is one character.
            first, second = text[offset + 2 : offset + 6], text[offset + 6 : offset + 12]
            pair = first[:1] in "dD" and first[1:2] in "89abAB" and second[:3].lower() == "\\ud"
            offset += 12 if pair and second[3:4] in "cdefCDEF" else 6
    return [*offsets, end]


def _move_to(part: object, source: Source, offsets: list[int]) -> None:
    """Move an expression and its parts to their positions in a file."""
    if isinstance(part, list | tuple):
        for inner in part:
            _move_to(inner, source, offsets)
    elif isinstance(part, Expression) and part.source is not source:
        part.source = source
        part.start, part.end = offsets[part.start], offsets[part.end]
        for slot in type(part).__slots__:
            _move_to(getattr(part, slot), source, offsets)
