"""Facts in Markdown: statements, values by date, sources, and the rules that use them."""

from __future__ import annotations

import re

from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.facts.timeline import Citation, Era
from acmrules.lint.rules import CATALOGUE
from acmrules.values import Value
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
    """Return what changed in a long list of strings; empty if the list is short, or no list."""
    if not (_is_long(before) and _is_long(after)):
        return ""
    added = [shown(each) for each in after if each not in before]
    gone = [shown(each) for each in before if each not in after]
    parts = [f"also {', '.join(added)}"] if added else []
    parts += [f"without {', '.join(gone)}"] if gone else []
    return "; ".join(parts)


def _is_long(value: object) -> bool:
    return isinstance(value, tuple) and len(value) > MOST and all(isinstance(v, str) for v in value)


def shown(value: object) -> str:
    """Return the value of a fact as a cell has it: words as prose, and anything else as code."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        inner = (f"({shown(each)})" if isinstance(each, tuple) else shown(each) for each in value)
        return ", ".join(inner) or "none"
    if isinstance(value, Value):
        fields = type(value)._fields
        return ", ".join(f"{field}: {prose(str(getattr(value, field)))}" for field in fields)
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    return (
        prose(text)
        if " " in text or "`" in text or (text.isalpha() and text.islower())
        else f"`{text}`"
    )


def prose(text: str) -> str:
    """Return words in which only code between backticks has a meaning for Markdown."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([*_\[\]])", r"\\\1", part).replace("<", "&lt;")
        for part in parts
    )
