"""The page of all facts."""

from __future__ import annotations

from acmrules.facts import named_facts, sources
from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.facts.timeline import Citation
from acmrules.values import Value

SECTIONS = {
    "1": "Parameters and names",
    "2": "Quotas",
    "3": "Email validation",
    "4": "DNS, CAA and HTTP validation",
    "5": "Regions and partitions",
    "6": "Attributes that cannot be changed",
    "7": "Validity and renewal",
    "8": "Import",
    "ACME": "ACME",
    "B2": "Public suffixes",
    "B3": "Failures and statuses",
    "C": "Services",
    "CA": "Private CAs",
    "CHR": "Browsers",
    "D": "Effects of an edit",
    "E": "CloudFormation",
    "L": "Certificates that exist",
    "LBC": "AWS Load Balancer Controller",
    "N2": "Amazon N2 certificates",
    "P": "DNS answers",
    "RFC2606": "Documentation names",
    "RFC6761": "Special-use names",
    "TF": "Terraform",
    "TV": "Values in Terraform",
}

MARKS = "\n".join(f"| {mark.name.lower()} | {mark.value} |" for mark in Mark)

HEAD = f"""\
# Facts

This page lists every value that acmrules applies, with its date and its source, as of {CHECKED}.
`acmrules facts` prints the same values, and `acmrules facts WORD...` searches the facts for words.
`docs/generate.py` generates this page from `acmrules.facts`.

If the first date of a value is unknown, it is marked *seen*. Such a value applies from the launch
of ACM ({LAUNCH}), or from the date of the oldest copy that contains it. It may be older.

| mark | meaning |
| --- | --- |
{MARKS}
"""

KEYS = {source: key for key, source in vars(sources).items() if isinstance(source, Citation)}

TABLE = "| Row | Fact | Value | Since | Mark | Sources |\n| --- | --- | --- | --- | --- | --- |"


def pages() -> dict[str, str]:
    """Return the page of all facts."""
    return {"pages/facts.md": facts_page()}


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
    said = dict.fromkeys((*(era.source for era in eras), *fact.also))
    cells = (
        fact.row,
        f"`{name}`<br>{fact.statement}" + (f"<br>*{fact.note}*" if fact.note else ""),
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
