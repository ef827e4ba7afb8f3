"""Write the pages that are made from data: `python docs/generate.py`."""  # noqa: INP001

from __future__ import annotations

from pathlib import Path

from acmrules.dated import Citation
from acmrules.facts import named_facts, sources
from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.values import Value

FOLDER = Path(__file__).parent

SECTIONS = {
    "1": "Parameters and names",
    "2": "Quotas",
    "3": "E-mail validation",
    "4": "DNS, CAA and HTTP validation",
    "5": "Regions and partitions",
    "6": "What cannot be changed later",
    "7": "Lifetime and renewal",
    "8": "Import",
    "B2": "Public suffixes",
    "B3": "Failures and statuses",
    "C": "Services",
    "D": "What an edit costs",
    "E": "CloudFormation",
    "RFC2606": "Documentation names",
    "RFC6761": "Special-use names",
}

HEAD = f"""\
# Facts

Every number that acmrules goes by: since when, and who says so, as read on {CHECKED}. This page
is made from `acmrules.facts` by `docs/generate.py`; `acmrules facts` prints the same.

A value that was *seen* has no known beginning: it holds from the day ACM was launched
({LAUNCH}), or from the day of the copy in which it was first recorded, and may be older.
Marks: {"; ".join(f"*{mark.name.lower()}*, {mark.value}" for mark in Mark)}.
"""

KEYS = {source: key for key, source in vars(sources).items() if isinstance(source, Citation)}

TABLE = "| Row | Fact | Value | Since | Mark | Sources |\n| --- | --- | --- | --- | --- | --- |"


def facts_page() -> str:
    """Return the page of all facts, a table for each section."""
    tables: dict[str, list[str]] = {}
    for name, fact in named_facts().items():
        tables.setdefault(fact.row.partition(".")[0], []).append(_line(name, fact))
    parts = [f"## {SECTIONS[key]}\n\n{TABLE}\n" + "\n".join(rows) for key, rows in tables.items()]
    read = "\n".join(f"- [{key}]: {source.title}{_copy(source)}" for source, key in KEYS.items())
    links = "\n".join(f"[{key}]: {source.url}" for source, key in KEYS.items())
    return "\n\n".join((HEAD.rstrip(), *parts, "## Sources", read, links)) + "\n"


def _line(name: str, fact: Fact[object]) -> str:
    eras = fact.history.eras
    said = dict.fromkeys((*(era.says for era in eras), *fact.also))
    cells = (
        fact.row,
        f"`{name}`<br>{fact.what}" + (f"<br>*{fact.note}*" if fact.note else ""),
        "<br>".join(shown(era.value) for era in eras),
        "<br>".join(f"{era.start}{', seen' if era.seen else ''}" for era in eras),
        fact.mark.name.lower(),
        ", ".join(f"[{KEYS[source]}]" for source in said),
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _copy(source: Citation) -> str:
    return f" ({source.copy})" if source.copy else ""


def shown(value: object) -> str:
    """Return the value of a fact as prose has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        inner = (f"({shown(each)})" if isinstance(each, tuple) else shown(each) for each in value)
        return ", ".join(inner) or "none"
    if isinstance(value, Value):
        fields = type(value)._fields
        return ", ".join(f"{field}: {getattr(value, field)}" for field in fields)
    return f"`{value}`" if isinstance(value, str) else str(value)


if __name__ == "__main__":
    (FOLDER / "facts.md").write_text(facts_page(), encoding="utf-8")
