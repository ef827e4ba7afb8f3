"""Answers as text, JSON, SARIF, and the rest. Pure.

The colors of those for people are here, because each report is below this module.
"""

from __future__ import annotations

BOLD = "1"
QUIET = "2"
RED = "31"
YELLOW = "33"
GREEN = "32"
CYAN = "36"


def paint(text: str, code: str, *, is_colored: bool) -> str:
    """Return the text in a color or in bold, unless colors are off.

    >>> paint("error", RED, is_colored=False), paint("", RED, is_colored=True)
    ('error', '')
    """
    return f"\x1b[{code}m{text}\x1b[0m" if is_colored and text else text
