"""The pages of the facts: an index, a page for each topic, and what changes when."""

from __future__ import annotations

from acmrules.facts import named_facts, sources
from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.facts.timeline import Citation
from generators import fact_changes
from generators.fact_topics import PAGES, TOPICS
from generators.fact_words import item, link

MARKS = "\n".join(f"| {mark.name.lower()} | {mark.value} |" for mark in Mark)

INDEX = """\
# Facts

acmrules applies {number} facts about AWS and the CA/Browser Forum, as of {checked}. Each has a date
and a source. To find one, search for its words or for a rule:

```sh
acmrules facts wildcard apex # the facts that contain these words
acmrules facts 1.23          # one fact, with its sources
acmrules explain ACM205      # a rule, with its facts
```

| topic | content | facts |
| --- | --- | --- |
{topics}

## Changes to come

These values will change on the date in the first column. `acmrules check --until DATE` shows which
of your findings [change with them](forecast.md).

{upcoming}

## What changed when

[![When validity, validation, algorithms, names and quotas changed, and will change, from 2013 to
2029](pictures/facts.svg)](pictures/facts.svg)

A bar is a fact, and a segment is a value. Blue values apply now, yellow ones will apply, and gray
ones have ended. The scale gives recent years more room. [Every change](facts/changes.md) is a table
with the value before, the value after, and the source.

## How to read the facts

| on a page | meaning |
| --- | --- |
| **1.23** | the row, which `acmrules facts` accepts, and which the pages of rules name |
| *since*, *from* | the first date of a value |
| *seen* | the first date is unknown: a copy of this date is the oldest that contains the value |
| no date | the first date is unknown: the value applies from the launch of ACM ({launch}) |
| `acm.NAME` | the name in `acmrules.facts`, for programs |

A fact is confirmed unless its sources have a mark:

| mark | meaning |
| --- | --- |
{marks}

`docs/generate.py` generates these pages from `acmrules.facts`. All sources were read by {checked}.
[Sources](facts/sources.md) lists them, with the version of each copy.
"""

BACK = (
    "[All facts](../facts.md) explains dates and marks. `acmrules facts WORD...` searches them.\n"
)


def pages() -> dict[str, str]:
    """Return the index, a page for each topic, the changes, the sources, and the picture."""
    named = named_facts()
    return {
        "pages/facts.md": index(named),
        **{f"pages/facts/{page}.md": topic_page(page, named) for page in TOPICS},
        "pages/facts/changes.md": fact_changes.page(named),
        "pages/facts/sources.md": sources_page(),
        "pages/pictures/facts.svg": fact_changes.picture(named),
    }


def index(named: dict[str, Fact[object]]) -> str:
    """Return the page with the topics, the changes to come, and the marks."""
    counts = dict.fromkeys(TOPICS, 0)
    for fact in named.values():
        counts[PAGES[_section(fact)]] += 1
    topics = [
        f"| [{_short(topic.title)}](facts/{page}.md) | {topic.about} | {counts[page]} |"
        for page, topic in TOPICS.items()
    ]
    return INDEX.format(
        number=len(named),
        checked=CHECKED,
        launch=LAUNCH,
        topics="\n".join(topics),
        upcoming=fact_changes.upcoming(named),
        marks=MARKS,
    )


def topic_page(page: str, named: dict[str, Fact[object]]) -> str:
    """Return the page of a topic, with a list for each of its sections."""
    topic = TOPICS[page]
    parts = [f"# {topic.title}\n\n{topic.about}\n\n{BACK}"]
    for section, heading in topic.sections.items():
        items = [item(name, fact) for name, fact in named.items() if _section(fact) == section]
        parts.append("\n".join((f"## {heading}\n", *items, "")))
    return "\n".join(parts)


def sources_page() -> str:
    """Return the page of the sources, with the version of each copy that was read."""
    cited = [each for each in vars(sources).values() if isinstance(each, Citation)]
    rows = [f"| {link(each)} | {each.copy} |" for each in cited]
    head = f"# Sources of the facts\n\nThese {len(cited)} sources state the [facts](../facts.md).\n"
    return "\n".join((head, "| source | version or date |\n| --- | --- |", *rows, ""))


def _section(fact: Fact[object]) -> str:
    return fact.row.partition(".")[0]


def _short(title: str) -> str:
    """Return the topic of a title, with a capital."""
    topic = title.removeprefix("Facts about ")
    return topic[0].upper() + topic[1:]
