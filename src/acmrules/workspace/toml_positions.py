"""Where a key is in a TOML text."""

from __future__ import annotations

from bisect import bisect_left

from acmrules.syntax.source import Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.workspace.settings import Key


def position(text: str, key: Key) -> Position:
    r"""Return where a key of a TOML text is stated: the line where the statement begins.

    The column is that of the key, where it is in this line.

    >>> position("[a]\n# b\nb = {c = 1, d = [\n  2,\n]}", ("a", "b", "d"))
    Position(line=3, column=13)
    """
    lines = text.replace("\r\n", "\n").split("\n")
    before = bisect_left(range(len(lines) + 1), 1, key=lambda end: _holds(lines, end, key)) - 1
    begin = _whole(lines, before)[0]
    return Position(begin + 1, lines[begin].find(key[-1]) + 1 or 1)


def _holds(lines: list[str], end: int, key: Key) -> bool:
    """Say whether the statements that end within the first lines state a key."""
    data: Any = _whole(lines, end)[1]
    for step in key:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return True


def _whole(lines: list[str], end: int) -> tuple[int, dict[str, Any]]:
    """Return how many of the first lines are whole statements, and what these state.

    The beginning of a TOML text is TOML, unless it ends inside of a statement.
    """
    import tomllib

    while True:
        try:
            return end, tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            end -= 1
