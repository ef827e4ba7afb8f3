"""The anchors of generated pages, which other pages link to."""

from __future__ import annotations


def anchor(row: str) -> str:
    """Return the anchor of a fact on its page: `fact-1-23` for the row 1.23."""
    return "fact-" + row.lower().replace(".", "-")
