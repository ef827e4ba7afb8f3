"""Builds the module that a call of a known module creates."""

from __future__ import annotations

from acmrules.messages import distance
from acmrules.readers.terraform.known_modules.table import range_end
from acmrules.readers.terraform.versions import bounds, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from acmrules.readers.terraform.known_modules.table import KnownModule
    from acmrules.readers.terraform.versions import Version


_SHORTEST = 5
"""The least length of an argument that another word may resemble."""

_MOST_MISTAKES = 2
"""The number of typing mistakes up to which an argument may be a misspelled one."""


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

    `given` are the arguments that the call sets to a value, or that a misspelled one may mean: no
    default of theirs is used. The local value `given` lists them. If the default of another one
    differs between the ranges, it is unknown.
    """
    listed = ", ".join(f'"{name}"' for name in table.names() if name in given)
    lines = [f"locals {{\n  given = [{listed}]\n}}\n"]
    for name in table.names():
        defaults = {None} if name in given else table.defaults(name, starts)
        default = defaults.pop() if len(defaults) == 1 else None
        inside = "" if default is None else f" default = {default} "
        lines.append(f'variable "{name}" {{{inside}}}\n')
    return "".join((*lines, table.body))


def meant_by(table: KnownModule, arguments: Container[str], unlisted: Iterable[str]) -> list[str]:
    """Return the arguments that a call does not set, but may mean by a misspelled one.

    A table does not list all arguments of its module, so an unlisted one need not be misspelled.
    """
    absent = [name for name in table.names() if name not in arguments]
    return [
        name
        for each in unlisted
        for name in absent
        if len(name) >= _SHORTEST and distance(each, name) <= _MOST_MISTAKES
    ]


def constraint_of(stated: str, tag: str) -> str:
    """Return the constraint of a call: its version, or the tag of a Git reference."""
    if not tag:
        return stated
    try:
        version(tag)
    except ValueError:
        return ""
    return f"= {tag}"
