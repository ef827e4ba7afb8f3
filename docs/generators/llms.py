"""The list of all pages for language models, `llms.txt`."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import yaml

from generators.descriptions import description, title

Entry: TypeAlias = "str | list[Entry] | dict[str, Entry]"
"""A part of the navigation: a page, or parts with their titles."""

FOLDER = Path(__file__).parents[1]
RAW = "https://raw.githubusercontent.com/acmrules/acmrules/main/docs/pages/"

HEAD = """\
# acmrules

> {summary}

acmrules is a command and a Python library. The links below point to pages in Markdown.
Run `uvx --from 'acmrules[mcp]' acmrules mcp` to serve the same checks to agents.
"""


def pages(made: dict[str, str]) -> dict[str, str]:
    """Return the list of all pages, some of which were made in this run."""
    texts = {
        path.relative_to(FOLDER / "pages").as_posix(): path.read_text("utf-8")
        for path in (FOLDER / "pages").rglob("*.md")
    } | {
        path.removeprefix("pages/"): text
        for path, text in made.items()
        if path.startswith("pages/") and path.endswith(".md")
    }
    # The navigation has a new rule only in what was made.
    site = yaml.safe_load(made["mkdocs.yml"])
    lines = [
        f"\n## {name}\n\n" + "".join(_line(page, texts[page]) for page in paths)
        for name, paths in _sections(site["nav"])
    ]
    summary = description(texts["index.md"])
    return {"pages/llms.txt": HEAD.format(summary=summary) + "".join(lines)}


def _sections(nav: list[Entry]) -> list[tuple[str, list[str]]]:
    """Return the pages of each section; pages without one are in the first."""
    alone = [page for entry in nav for page in _paths(entry) if _is_page(entry)]
    return [
        ("Pages", alone),
        *(
            (name, _paths(inner))
            for each in nav
            if isinstance(each, dict) and not _is_page(each)
            for name, inner in each.items()
        ),
    ]


def _is_page(entry: Entry) -> bool:
    if isinstance(entry, dict):
        return all(isinstance(each, str) for each in entry.values())
    return isinstance(entry, str)


def _paths(entry: Entry) -> list[str]:
    """Return the pages of an entry of the navigation, in their order."""
    if isinstance(entry, str):
        return [entry]
    inner = entry.values() if isinstance(entry, dict) else entry
    return [page for each in inner for page in _paths(each)]


def _line(page: str, text: str) -> str:
    found = description(text)
    return f"- [{title(text)}]({RAW}{page}){f': {found}' if found else ''}\n"
