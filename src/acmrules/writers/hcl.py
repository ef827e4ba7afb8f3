"""Blocks and expressions of HCL, in the layout of `terraform fmt`."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.unresolved import Text, Unknown
from acmrules.writers.members import NotExpressible
from acmrules.writers.quoting import in_hcl, template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def block(head: Sequence[str], *arguments: Mapping[str, str], blocks: Iterable[str] = ()) -> str:
    """Return a block with groups of arguments and nested blocks, separated by blank lines."""
    kind, *labels = head
    groups = [aligned(group) for group in arguments if group]
    groups += [nested_block.splitlines() for nested_block in blocks]
    lines = [line for group in groups for line in ("", *indented(group))][1:]
    opening = " ".join((kind, *map(in_hcl, labels), "{"))
    return "\n".join((opening, *lines, "}", ""))


def aligned(arguments: Mapping[str, str]) -> list[str]:
    """Return arguments as lines, with aligned `=` in consecutive single-line arguments."""
    lines: list[str] = []
    group: dict[str, str] = {}
    for name, value in arguments.items():
        if "\n" in value:
            lines += [*_row(group), *f"{name} = {value}".split("\n")]
            group = {}
        else:
            group[name] = value
    return [*lines, *_row(group)]


def _row(group: Mapping[str, str]) -> list[str]:
    width = max(map(len, group), default=0)
    return [f"{name:{width}} = {value}" for name, value in group.items()]


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines with one more level of indentation."""
    return [f"  {line}" if line else "" for line in lines]


def nested(opening: str, lines: Iterable[str], closing: str) -> str:
    """Return indented lines between an opening and a closing line."""
    return "\n".join((opening, *indented(lines), closing))


def value(data: Text | list[Text]) -> str:
    """Return a string, or a list of strings with one on each line, as an expression."""
    if isinstance(data, list):
        return nested("[", [f"{text(item)}," for item in data], "]")
    return text(data)


def text(data: Text) -> str:
    """Return a string as an expression: quoted, or the expression itself if it is unknown."""
    if isinstance(data, str):
        return in_hcl(data)
    if len(data.parts) == 1:
        return expression(data.unknowns[0])
    return template(
        (expression(part), True) if isinstance(part, Unknown) else (part, False)
        for part in data.parts
    )


def expression(unknown: Unknown) -> str:
    """Return the expression in the label of an unknown value; raises `NotExpressible`."""
    label = unknown.label
    if not label.startswith("${") or not label.endswith("}") or not label.isprintable():
        raise NotExpressible(f"has {quoted(unknown)}, which is not a Terraform expression")
    return label[2:-1]


def label(words: list[str]) -> str:
    """Return words as the label of a block, which cannot start with a digit."""
    joined = "_".join(words).lower()
    return f"_{joined}" if joined[:1].isdecimal() else joined
