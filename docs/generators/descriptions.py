"""The title and the description of a page: its heading, and its first sentence."""

from __future__ import annotations

import re

import yaml

_FRONT_MATTER = re.compile(r"(?s)\A---\n(.*?)\n---\n")


def title(text: str) -> str:
    """Return the heading of a page, without markup."""
    heading = re.search(r"(?m)^# (.+)$", _content(text))
    return plain(heading[1]) if heading else ""


def description(text: str) -> str:
    """Return what the front matter states, or the first sentence of the first paragraph."""
    head = _FRONT_MATTER.match(text)
    stated = (yaml.safe_load(head[1]) if head else None) or {}
    if "description" in stated:
        return str(stated["description"])
    for part in re.split(r"\n\s*\n", _content(text).partition("\n# ")[2].partition("\n")[2]):
        if not re.match(r"\s*(?:[`|!<#>-]{1,3}(?=[\s|`!\[])|!\[|<|```)", part):
            sentence = re.match(r"(?s).*?(?<!\.\.)[.!?](?=\s|$)", plain(part))
            return sentence[0] if sentence else plain(part).rstrip(":")
    return ""


def plain(text: str) -> str:
    """Return a paragraph as one line, without links and emphasis; code stays as it is."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    prose_and_code = enumerate(text.split("`"))
    parts = (part if place % 2 else part.replace("*", "") for place, part in prose_and_code)
    return " ".join("".join(parts).split())


def _content(text: str) -> str:
    """Return a page without its front matter, after a line break."""
    return "\n" + _FRONT_MATTER.sub("", text).lstrip()
