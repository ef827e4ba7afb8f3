"""The anchors of facts on their pages."""

from __future__ import annotations

import re


def anchor(row: str) -> str:
    """Return the anchor of a fact, such as `fact-1-23` for row 1.23."""
    return "fact-" + re.sub(r"[^a-z0-9]+", "-", row.lower())
