"""Builds the module that a call of a known module creates."""

from __future__ import annotations

from acmrules.readers.terraform.known_modules.table import range_end
from acmrules.readers.terraform.known_modules.versions import bounds, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from acmrules.readers.terraform.known_modules.table import KnownModule
    from acmrules.readers.terraform.known_modules.versions import Version


def ranges(table: KnownModule, constraint: str, given: Iterable[str] = ()) -> list[Version]:
    """Return the starts of the ranges of versions that a call may use, none if there is none.

    A version constraint allows some. An argument that a version does not have excludes it.
    """
    allowed = bounds(constraint)
    if allowed is None:
        return []
    starts = table.segments()
    found = [
        start
        for index, start in enumerate(starts)
        if allowed[0] < range_end(starts, index, table.until) and start < allowed[1]
    ]
    fitting = [start for start in found if all(table.has(name, start) for name in given)]
    return fitting or found


def text_of(table: KnownModule, starts: list[Version], given: Container[str]) -> str:
    """Return the text of a module in some ranges of its versions.

    If a default differs between the ranges, it is unknown, unless the call sets the argument. The
    local value `given` lists the arguments that the call sets.
    """
    listed = ", ".join(f'"{name}"' for name in table.names() if name in given)
    lines = [f"locals {{\n  given = [{listed}]\n}}\n"]
    for name in table.names():
        defaults = {None} if name in given else table.defaults(name, starts)
        default = defaults.pop() if len(defaults) == 1 else None
        inside = "" if default is None else f" default = {default} "
        lines.append(f'variable "{name}" {{{inside}}}\n')
    return "".join((*lines, table.body))


def constraint_of(stated: str, tag: str) -> str:
    """Return the constraint of a call: its version, or the tag of a Git reference."""
    if not tag:
        return stated
    try:
        version(tag)
    except ValueError:
        return ""
    return f"= {tag}"
