"""Positions of keys in TOML, which `tomllib` does not report."""

from __future__ import annotations

import tomllib
from bisect import bisect_left

from acmrules.syntax.source import Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def position(text: str, key: tuple[str, ...]) -> Position:
    r"""Return the position of a key: the line where its statement begins.

    The column is that of the key if the key is on this line.

    >>> position("[a]\n# b\nb = {c = 1, d = [\n  2,\n]}", ("a", "b", "d"))
    Position(line=3, column=13)
    """
    lines = text.replace("\r\n", "\n").split("\n")
    before = bisect_left(range(len(lines) + 1), 1, key=lambda end: _contains(lines, end, key)) - 1
    begin = _whole(lines, before)[0]
    return Position(begin + 1, lines[begin].find(key[-1]) + 1 or 1)


def _contains(lines: list[str], end: int, key: tuple[str, ...]) -> bool:
    """Return whether the statements that end within the first lines contain a key."""
    data: Any = _whole(lines, end)[1]
    for step in key:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return True


def _whole(lines: list[str], end: int) -> tuple[int, dict[str, Any]]:
    """Return how many of the first lines are whole statements, and the data in them.

    Any number of first lines is valid TOML unless they end inside a statement.
    """
    while True:
        try:
            return end, tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            end -= 1
