"""Edits that add `create_before_destroy = true` to the `lifecycle` block of a resource.

`lifecycle` is the same for all instances of a resource and for all callers of its module. The
layout is that of `terraform fmt`.
"""

from __future__ import annotations

from acmrules.model.members import LIFECYCLE
from acmrules.syntax.edits import EditError, line_break, line_start
from acmrules.syntax.hcl.ast import Argument, Block, Body, Literal
from acmrules.syntax.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.edits import Edits

_MEMBER = "create_before_destroy"
_INDENT = "  "


def text_edits(text: str, inner: Block | None, end: int) -> Edits:
    """Return the edits for a `lifecycle` block that ends at an offset.

    Without a block, the offset is the end of the resource. Raises `EditError` if a block is on one
    line with its arguments.
    """
    if inner is None:
        return _new_block(text, end - 1)
    if not inner.body.attributes and not inner.body.blocks:
        return _filled(text, inner, end - 1)
    return _new_argument(text, inner, end - 1)


def apply(block: Block) -> None:
    """Add the setting to a parsed resource."""
    inner = lifecycle_of(block)
    if inner is None:
        inner = Block(block.source, 0, 0, LIFECYCLE, (), Body({}, []))
        block.body.blocks.append(inner)
    inner.body.attributes[_MEMBER] = Argument((0, 0), Literal(Source("", ""), 0, 0, True))


def lifecycle_of(block: Block) -> Block | None:
    """Return the `lifecycle` block of a resource, `None` if it has none."""
    return next((inner for inner in block.body.blocks if inner.type == LIFECYCLE), None)


def _indented(text: str, offset: int) -> tuple[int, str]:
    """Return the start of the line of a block or a closing brace, and its indentation."""
    start = line_start(text, offset)
    indent = text[start:offset]
    if indent.strip(" \t"):
        raise EditError("the block is on one line")
    return start, indent


def _new_block(text: str, brace: int) -> Edits:
    start, indent = _indented(text, brace)
    margin, newline = indent + _INDENT, line_break(text)
    before = text[:start].removesuffix("\n").removesuffix("\r")
    is_separate = before.endswith(("\n", "\r", "{"))
    lines = ["", *_block_lines(margin)] if not is_separate else _block_lines(margin)
    return [(start, start, "".join(line + newline for line in lines))]


def _block_lines(margin: str) -> list[str]:
    return [f"{margin}{LIFECYCLE} {{", f"{margin}{_INDENT}{_MEMBER} = true", f"{margin}}}"]


def _filled(text: str, inner: Block, brace: int) -> Edits:
    """Fill an empty block."""
    opening = text.index("{", inner.end) + 1
    if text[opening:brace].strip():
        return _new_argument(text, inner, brace)
    _, margin = _indented(text, inner.start)
    newline = line_break(text)
    return [(opening, brace, f"{newline}{margin}{_INDENT}{_MEMBER} = true{newline}{margin}")]


def _new_argument(text: str, inner: Block, brace: int) -> Edits:
    """Add an argument before the closing brace, its `=` aligned with those above it."""
    if len(inner.body.attributes) == 1 and "\n" not in text[inner.end : brace]:
        return _unfolded(text, inner, brace)
    start, indent = _indented(text, brace)
    margin, newline = indent + _INDENT, line_break(text)
    edits, name = aligned(text, inner, start, _MEMBER)
    return [*edits, (start, start, f"{margin}{name} = true{newline}")]


def aligned(text: str, block: Block, offset: int, added: str) -> tuple[Edits, str]:
    """Return edits that align the arguments on the lines above an offset with a new one.

    The new one is returned with the spaces before its `=`.
    """
    above = _aligned_above(text, block, offset)
    width = max(map(len, (added, *(name for name, _ in above))))
    edits = [
        (argument.key[1], argument.key[1] + len(gap), " " * (width - len(name) + 1))
        for name, argument in above
        for gap in [text[argument.key[1] : text.index("=", argument.key[1])]]
        if len(gap) != width - len(name) + 1
    ]
    return edits, f"{added:<{width}}"


def _unfolded(text: str, inner: Block, brace: int) -> Edits:
    """Write a block on one line as one with an argument on each."""
    ((name, argument),) = inner.body.attributes.items()
    _, margin = _indented(text, inner.start)
    newline = line_break(text)
    opening = text.index("{", inner.end) + 1
    value = text[text.index("=", argument.key[1]) + 1 : brace].strip()
    width = max(len(name), len(_MEMBER))
    lines = [f"{name:<{width}} = {value}", f"{_MEMBER:<{width}} = true"]
    body = "".join(f"{newline}{margin}{_INDENT}{line}" for line in lines)
    return [(opening, brace, f"{body}{newline}{margin}")]


def _aligned_above(text: str, inner: Block, offset: int) -> list[tuple[str, Argument]]:
    """Return the arguments on the lines directly above an offset whose `=` are aligned."""
    found: list[tuple[str, Argument]] = []
    arguments = sorted(inner.body.attributes.items(), key=lambda each: each[1].key, reverse=True)
    for name, argument in arguments:
        start = line_start(text, argument.key[0])
        if text.find("\n", start) + 1 != offset:
            break
        found.append((name, argument))
        offset = start
    width = max((len(name) for name, _ in found), default=0)
    columns = {text.index("=", argument.key[1]) - argument.key[0] for _, argument in found}
    return found if columns == {width + 1} else []
