"""Facts in Markdown: statements, values by date, sources, and the rules that use them."""

from __future__ import annotations

import re
from typing import TypeGuard

from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.facts.timeline import Citation, Era
from acmrules.facts.wording import format_value
from acmrules.lint.rules import CATALOGUE
from generators.anchors import anchor

RULES: dict[str, list[str]] = {}
"""The ids of the rules that use a fact, by the row of the fact."""

for rule in CATALOGUE:
    for used in rule.facts:
        RULES.setdefault(used.row, []).append(rule.id)

MARKED = {Mark.CONFIRMED: "", Mark.OBSERVED: " (observed)", Mark.INFERRED: " (inferred)"}
"""What follows the sources of a fact, by its mark."""

MOST = 6
"""The most items of a list that is written again after a change."""

MOST_VALUES = 10
"""The most values of a fact that the page of a rule repeats."""


def item(name: str, fact: Fact[object]) -> str:
    """Return a fact as an item of a list: its statement, values, note, sources, name and rules."""
    anchors = dict.fromkeys((anchor(fact.row), *map(anchor, fact.rows)))
    here = "".join(f'<a id="{each}"></a>' for each in anchors)
    cited = dict.fromkeys((*(era.source for era in fact.history), *fact.also))
    sources = ", ".join(map(link, cited))
    rules = ", ".join(f"[{each}](../rules/{each}.md)" for each in RULES.get(fact.row, ()))
    lines = [
        f"- {here}**{', '.join(fact.rows)} {prose(fact.statement)}**",
        *values(fact),
        *([f"*{prose(fact.note)}*"] if fact.note else []),
        f"Source: {sources}" + MARKED[fact.mark],
        f"`{name}`" + (f", used by {rules}" if rules else ""),
    ]
    return "<br>\n  ".join(lines)


def values(fact: Fact[object]) -> list[str]:
    """Return the values of a fact, each with its first date, if that is known."""
    lines = []
    before: object = None
    for era in fact.history:
        text = change(before, era.value) or shown(era.value)
        lines.append(f"{since(era)}{text}")
        before = era.value
    return lines


def since(era: Era[object]) -> str:
    """Return the first date of a value, empty if it is unknown."""
    if era.seen and era.start == LAUNCH:
        return ""
    if era.seen:
        return f"seen {era.start}: "
    return f"{'from' if era.start > CHECKED else 'since'} {era.start}: "


def link(source: Citation) -> str:
    """Return a link to a source."""
    return f"[{prose(source.title)}]({source.url})"


def cell(lines: list[str]) -> str:
    """Return lines as one cell of a table."""
    return "<br>".join(lines).replace("|", "&#124;")


def change(before: object, after: object) -> str:
    """Return what changed in a long list; empty if the list is short, or no list."""
    if not (_is_long(before) and _is_long(after)):
        return ""
    added = [shown((each,)) for each in after if each not in before]
    gone = [shown((each,)) for each in before if each not in after]
    parts = [f"also {', '.join(added)}"] if added else []
    parts += [f"without {', '.join(gone)}"] if gone else []
    return "; ".join(parts)


def _is_long(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple) and len(value) > MOST


def shown(value: object) -> str:
    """Return the value of a fact in Markdown: words as prose, and anything else as code.

    If one item of a list is code, so are the other ones that are a single word.
    """
    items = value if isinstance(value, tuple) else ()
    has_code = any(isinstance(each, str) and _marked(each).startswith("`") for each in items)
    is_list_of_code = has_code and not any(" " in str(each) for each in items)
    return format_value(value, "`{}`".format if is_list_of_code else _marked)


def brief(value: object) -> str:
    """Return the value of a fact, or how many values it has if these are many."""
    number = _count(value)
    return shown(value) if number <= MOST_VALUES else f"{number} values"


def _count(value: object) -> int:
    """Return how many values a fact lists; the keys of pairs do not count."""
    if not isinstance(value, tuple):
        return 1
    return sum(_count(each[-1] if isinstance(each, tuple) else each) for each in value)


def _marked(value: object) -> str:
    """Return a string or a number of a value in Markdown."""
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    is_prose = " " in text or "`" in text or (text.isalpha() and text.islower())
    return prose(text) if is_prose else f"`{text}`"


def prose(text: str) -> str:
    """Return words in which only code between backticks has a meaning for Markdown."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([*_\[\]])", r"\\\1", part).replace("<", "&lt;")
        for part in parts
    )
