"""What commands share when they print: JSON, colors, what the terminal can show."""

from __future__ import annotations

import os
import sys


def print_json(data: object) -> None:
    """Print plain data as indented JSON."""
    import json

    print(json.dumps(data, indent=2))


def can_show(sign: str) -> bool:
    """Say whether the output's encoding has a sign."""
    try:
        sign.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def wants_colour() -> bool:
    """Say whether the output goes to a terminal whose user has not asked for none."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
