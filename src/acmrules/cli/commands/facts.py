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
    from acmrules.facts.timeline import Citation, Era


def facts(options: FactsOptions) -> int:
    """Print facts with their values on a date."""
    from acmrules.facts import all_facts

    as_of = overrides.date_or_today(options.as_of)
    facts = [fact for fact in all_facts() if _is_selected(fact, options.rows)]
    for row in options.rows:
        if not any(_is_selected(fact, (row,)) for fact in facts):
            raise UsageError(f"unknown fact {quoted(row)}; see `acmrules facts`")

    def render(form: str, _: Page) -> str:
        if form == "json":
            return as_json([_as_data(fact, as_of) for fact in facts])
        return "".join(f"{line}\n" for fact in facts for line in _lines(fact, as_of))

    deliver(options, render)
    return CLEAN


def _is_selected(fact: Fact[Any], rows: tuple[str, ...]) -> bool:
    """Return whether one of the rows is the fact's, which can combine several; none select all."""
    return not rows or not {fact.row, *fact.row.split()}.isdisjoint(rows)


def _as_data(fact: Fact[Any], as_of: date) -> dict[str, object]:
    return {
        "row": fact.row,
        "what": fact.statement,
        "value": str(fact.history.at(as_of)),
        "mark": fact.mark.name.lower(),
        "history": [
            {
                "from": era.start.isoformat(),
                "seen": era.seen,
                "value": str(era.value),
                **_source_data(era.source),
            }
            for era in fact.history
        ],
        "also": [_source_data(source) for source in fact.also],
        "note": fact.note,
    }


def _source_data(source: Citation) -> dict[str, object]:
    return {"says": source.title, "url": source.url, "read": source.read.isoformat()}


def _lines(fact: Fact[Any], as_of: date) -> Iterator[str]:
    """Yield the lines of a fact: its statement, its value, and its sources."""
    from acmrules.facts.wording import format_value

    era = fact.history.era(as_of)
    value = "not yet" if era is None else format_value(era.value)
    shown = era or fact.history.eras[0]
    yield f"{fact.row}  {fact.statement}"
    yield f"    {value} ({fact.mark.name.lower()}{_since(shown, as_of)})"
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
