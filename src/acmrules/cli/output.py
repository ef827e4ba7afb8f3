"""What commands share when they print: JSON, colors, and what the terminal can show."""

from __future__ import annotations

import os
import sys


def print_json(data: object) -> None:
    """Print plain data as indented JSON."""
    import json

    print(json.dumps(data, indent=2))


def can_show(character: str) -> bool:
    """Return whether the encoding of the output has a character."""
    try:
        character.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def wants_color() -> bool:
    """Return whether the output is a terminal, and its user has not turned colors off."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def terminal_width() -> int:
    """Return `COLUMNS`, or the width of the terminal, or 80 if the output is not a terminal."""
    return _terminal_size("COLUMNS", 0) or 80


def terminal_height() -> int:
    """Return `LINES`, or the height of the terminal, or 24 if the output is not a terminal."""
    return _terminal_size("LINES", 1) or 24


def _terminal_size(variable: str, index: int) -> int:
    """Return a variable, or an item of the size of the terminal, or 0 if both are unknown."""
    stated = os.environ.get(variable, "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(sys.stdout.fileno())[index]
    except (OSError, ValueError):
        return 0
