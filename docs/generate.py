"""Write the pages that are generated from data: `python docs/generate.py`."""

from __future__ import annotations

from pathlib import Path

from generators import (
    benchmarks,
    changelog,
    command_pages,
    facts,
    home,
    hooks,
    llms,
    modules,
    pictures,
    regions,
    rules,
    skill,
)

FOLDER = Path(__file__).parent
TOPICS = (
    hooks,
    skill,
    facts,
    modules,
    rules,
    pictures,
    regions,
    command_pages,
    home,
    benchmarks,
    changelog,
)


def pages() -> dict[str, str]:
    """Return every generated page by its path below this folder."""
    made = {path: text for topic in TOPICS for path, text in topic.pages().items()}
    return made | llms.pages(made)


if __name__ == "__main__":
    for path, text in pages().items():
        (FOLDER / path).parent.mkdir(exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")
