"""What commands share when they print: JSON, colors, and what the terminal can show."""

from __future__ import annotations

import os
import sys

_DEFAULT_WIDTH = 80


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
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _DEFAULT_WIDTH
    except (OSError, ValueError):
        return _DEFAULT_WIDTH
