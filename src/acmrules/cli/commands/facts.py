"""The command `facts`: the facts that the rules are based on, with their sources."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver
from acmrules.cli.parser import CLEAN, UsageError
from acmrules.messages import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from acmrules.cli.output import Page
    from acmrules.cli.table import FactsOptions
    from acmrules.facts.fact import Fact
    from acmrules.facts.timeline import Era


def facts(options: FactsOptions) -> int:
    """Print facts with their values on a date, or a list of the facts that contain words."""
    from acmrules.facts import all_facts

    as_of = overrides.date_or_today(options.as_of)
    facts = [fact for fact in all_facts() if _is_selected(fact, options.rows)]
    if options.rows and not any(map(str.strip, options.rows)):
        raise UsageError("the words are empty; see `acmrules facts`")
    if options.rows and not facts:
        return _search(" ".join(options.rows), options, as_of)
    for row in options.rows:
        if not any(_is_selected(fact, (row,)) for fact in facts):
            raise UsageError(f"unknown fact {quoted(row)}; see `acmrules facts`")

    def render(form: str, _: Page) -> str:
        if form == "json":
            return as_json([_as_data(fact, as_of) for fact in facts])
        return "".join(f"{line}\n" for fact in facts for line in _lines(fact, as_of))

    deliver(options, render)
    return CLEAN


def _search(query: str, options: FactsOptions, as_of: date) -> int:
    """Print the facts that contain all words of a query, the closest first."""
    from acmrules.facts import all_facts
    from acmrules.reports import search

    index = search.WordIndex(search.fact_documents(all_facts()))
    results = index.search(query)
    if not results.keys:
        raise UsageError(search.nothing_found("fact", query, index))
    by_row = {fact.row: fact for fact in all_facts()}
    found = [by_row[key] for key in results.keys]
    heads = [f"{fact.row}  {fact.statement.rstrip('.')}: {_value(fact, as_of)}" for fact in found]

    def render(form: str, page: Page) -> str:
        if form == "json":
            return as_json([_as_data(fact, as_of) for fact in found])
        lines = search.listing(results, heads, "fact", "acmrules facts", page.width)
        return "".join(f"{line}\n" for line in lines)

    deliver(options, render)
    return CLEAN


def _is_selected(fact: Fact[Any], rows: tuple[str, ...]) -> bool:
    """Return whether one of the rows is the fact's, which can combine several; none select all."""
    return not rows or not {fact.row, *fact.row.split()}.isdisjoint(rows)


def _as_data(fact: Fact[Any], as_of: date) -> dict[str, object]:
    era = fact.history.era(as_of)
    return {
        "row": fact.row,
        "what": fact.statement,
        "value": era.to_dict()["value"] if era else None,
        "mark": fact.mark.name.lower(),
        "history": fact.history.to_dict()["eras"],
        "also": [source.to_dict() for source in fact.also],
        "note": fact.note,
    }


def _value(fact: Fact[Any], as_of: date) -> str:
    from acmrules.facts.wording import format_value

    era = fact.history.era(as_of)
    return "not yet" if era is None else format_value(era.value)


def _lines(fact: Fact[Any], as_of: date) -> Iterator[str]:
    """Yield the lines of a fact: its statement, its value, and its sources."""
    shown = fact.history.era(as_of) or fact.history.eras[0]
    yield f"{fact.row}  {fact.statement}"
    yield f"    {_value(fact, as_of)} ({fact.mark.name.lower()}{_since(shown, as_of)})"
    for source in dict.fromkeys((shown.source, *fact.also)):
        yield f"    {source.title}, {source.url}, read {source.read}"
    if fact.note:
        yield f"    {fact.note}"


def _since(era: Era[Any], as_of: date) -> str:
    """Return since when a value applies; empty if that is unknown."""
    from acmrules.facts.fact import LAUNCH

    if era.start == LAUNCH and era.seen:
        return ""
    word = "from" if as_of < era.start else "first seen on" if era.seen else "since"
    return f", {word} {era.start}"
