"""Blocks of HCL, with aligned attributes."""

from __future__ import annotations

from acmrules.writers.quoting import in_hcl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def block(head: Sequence[str], *arguments: Mapping[str, str], blocks: Iterable[str] = ()) -> str:
    """Return a block of groups of arguments and of blocks, with a blank line between any two."""
    kind, *labels = head
    groups = [aligned(group) for group in arguments if group]
    groups += [block.splitlines() for block in blocks]
    lines = [line for group in groups for line in ("", *indented(group))][1:]
    opening = " ".join((kind, *map(in_hcl, labels), "{"))
    return "\n".join((opening, *lines, "}", ""))


def aligned(arguments: Mapping[str, str]) -> list[str]:
    """Return arguments as lines, the `=` of those that follow each other on one line aligned."""
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
    """Return lines, one level deeper."""
    return [f"  {line}" if line else "" for line in lines]


def nested(opening: str, lines: Iterable[str], closing: str) -> str:
    """Return lines between an opening and a closing, one level deeper."""
    return "\n".join((opening, *indented(lines), closing))
