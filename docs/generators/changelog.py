"""The page of the changelog: `CHANGELOG.md`, with links that work on the site."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "https://github.com/acmrules/acmrules/blob/main/"


def pages() -> dict[str, str]:
    """Return the page of the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return {"pages/changelog.md": re.sub(r"\]\((?!https?:|#)([^)]+)\)", _link, text)}


def _link(match: re.Match[str]) -> str:
    inside = match[1].removeprefix("docs/pages/")
    return f"]({inside if inside != match[1] else HOME + inside})"
