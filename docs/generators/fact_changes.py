"""What changed when: tables of changes, and a picture of the facts that changed most."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from acmrules.facts.fact import CHECKED, Fact
from acmrules.facts.timeline import Citation
from acmrules.reports import svg
from acmrules.values import Value
from generators.fact_topics import address
from generators.fact_words import cell, change, link, prose, shown

SHOWN = {
    "Validity": (
        "cabf.VALIDITY_DAYS",
        "acm.VALIDITY_DAYS",
        "acm.RENEWAL_WINDOW_DAYS",
        "cabf.REUSE_DAYS",
    ),
    "Validation": (
        "acm.VALIDATION_METHODS",
        "cabf.EMAIL_SUNSET",
        "cabf.WHOIS_METHODS",
        "acm.EMAIL_TO_DNS",
        "cabf.HTTP_WILDCARDS_ALLOWED",
        "cabf.CAA_STANDARD",
        "cabf.CAA_PARAMETERS",
        "dns.DNSSEC_BLOCKS",
        "cabf.REMOTE_PERSPECTIVES",
    ),
    "Requests": (
        "acm.REQUESTABLE_ALGORITHMS",
        "acm.TRANSPARENCY_OPT_OUT",
        "acm.CLIENT_AUTH",
        "cabf.CHROME_CLIENT_AUTH",
    ),
    "Names": (
        "cabf.INTERNAL_NAMES",
        "cabf.UNDERSCORES",
        "cabf.REVERSE_ZONES_ALLOWED",
    ),
    "Quotas": (
        "acm.CERTIFICATES_QUOTA",
        "acm.YEARLY_REQUESTS_QUOTA",
    ),
}
"""The facts in the picture, by topic."""

PAGE = """\
# What changed when

These are the dates on which a [fact](../facts.md) changed or will change, latest first. A date that
is *seen* is that of the oldest copy with the new value.

[![When validity, validation, algorithms, names and quotas changed, and will change, from 2013 to
2029](../pictures/facts.svg)](../pictures/facts.svg)
"""

HEAD = "| date | fact, from → to | source |\n| --- | --- | --- |"


class Change(Value):
    """A value that begins on a date, after another one or as the first one."""

    day: date
    seen: bool
    fact: Fact[object]
    before: object
    after: object
    source: Citation
    is_first: bool

    def row(self, folder: str) -> str:
        """Return the row of a table on a page in a folder."""
        where = address(self.fact.row)
        target = where.removeprefix(folder) if folder else where
        about = f"[{self.fact.rows[0]}]({target}) {prose(self.fact.statement)}"
        more = change(self.before, self.after)
        turn = more or f"{shown(self.before)} → {shown(self.after)}"
        said = cell([about, shown(self.after) if self.is_first else turn])
        day = f"{self.day}{'<br>*seen*' if self.seen else ''}"
        return f"| {day} | {said} | {cell([link(self.source)])} |"


def changes(named: dict[str, Fact[object]]) -> list[Change]:
    """Return all changes with a known date, latest first."""
    found = []
    for fact in named.values():
        first = fact.history.eras[0]
        if not first.seen:
            found.append(Change(first.start, False, fact, None, first.value, first.source, True))
        for before, era in pairwise(fact.history):
            found.append(
                Change(era.start, era.seen, fact, before.value, era.value, era.source, False)
            )
    return sorted(found, key=lambda each: each.day, reverse=True)


def upcoming(named: dict[str, Fact[object]]) -> str:
    """Return the table of the changes after the last review, soonest first."""
    later = [each for each in changes(named) if each.day > CHECKED]
    return "\n".join((HEAD, *(each.row("") for each in reversed(later))))


def page(named: dict[str, Fact[object]]) -> str:
    """Return the page of all changes, by year."""
    parts = [PAGE]
    years: dict[int, list[str]] = {}
    for each in changes(named):
        years.setdefault(each.day.year, []).append(each.row("facts/"))
    parts += ["\n".join((f"## {year}\n", HEAD, *rows, "")) for year, rows in years.items()]
    return "\n".join(parts)


# The picture

WIDTH = 760
MARGIN = 20
END = WIDTH - MARGIN
BAR = 18
LINE = 15
KNOTS = (
    (date(2013, 1, 1), MARGIN),
    (date(2020, 1, 1), MARGIN + 120),
    (date(2025, 1, 1), MARGIN + 250),
    (date(2030, 1, 1), END),
)
"""Dates and their positions; recent years have more room, because most changes are in them."""

YEARS = (2014, 2016, 2018, 2020, 2022, 2025, 2026, 2027, 2028, 2029)

MEANINGS = (("has ended", "f-track"), ("applies now", "f-note"), ("will apply", "f-warning"))
"""What the colors of bars mean."""

BRIEF = (("RFC 6844 with erratum 5065", "with erratum"), ("EMAIL, DNS, HTTP", "+ HTTP"))
"""Forms of values for narrow segments."""


def at(day: date) -> float:
    """Return the position of a date on the stretched scale."""
    for (begin, left), (end, right) in pairwise(KNOTS):
        if day <= end:
            return left + (right - left) * max(0, (day - begin).days) / (end - begin).days
    return float(END)


def picture(named: dict[str, Fact[object]]) -> str:
    """Return the picture: a bar for each fact, and a segment for each value."""
    title = "When facts changed, and will change"
    body = [
        svg.text(MARGIN, 34, title, "head"),
        svg.text(MARGIN, 56, f"as of {CHECKED}; recent years are wider", "word", "quiet"),
    ]
    y = 104.0
    bars: list[str] = []
    said: list[str] = []
    for topic, names in SHOWN.items():
        bars.append(svg.rect(MARGIN - 2, y - 13, WIDTH - 2 * MARGIN, 18, "f-ground"))
        bars.append(svg.text(MARGIN, y, topic, "name", extra=" bold"))
        y += 12
        for name in names:
            drawn, y = bar(named[name], y)
            bars += drawn
            said.append("; ".join(sentence(named[name])))
        y += 20
    y -= 14
    body += axis(76, y)
    today = at(CHECKED)
    body.append(svg.path(svg.steps(("M", today, 80), ("L", today, y)), "s-ink thin dash"))
    body += bars
    body += svg.legend(MARGIN, y + 22, MEANINGS)
    return svg.drawing(WIDTH, y + 22 + MARGIN, title, body, "\n".join(said))


def bar(fact: Fact[object], y: float) -> tuple[list[str], float]:
    """Return the elements of a fact, and the position below it."""
    label = f"{fact.rows[0]}  {fact.statement.removesuffix('.').replace('`', '')}"
    parts = []
    for line in svg.lines_of(label, WIDTH - 2 * MARGIN, "small"):
        parts.append(svg.rect(MARGIN - 2, y, svg.width_of(line, "small") + 4, LINE, "f-ground"))
        parts.append(svg.text(MARGIN, y + 11, line, "small"))
        y += LINE
    for era in fact.history:
        end = fact.history.end(era)
        left, right = at(era.start), at(end) if end else END
        css = "f-warning" if era.start > CHECKED else "f-note"
        css = "f-track" if end and end <= CHECKED else css
        parts.append(svg.rect(left, y, max(2.0, right - left - 1), BAR, css, 2))
        if text := fitting(era.value, right - left - 1):
            color = css.replace("f-", "on-").replace("on-track", "ink")
            parts.append(svg.text(left + 4, y + 13, text, "small", color))
    return [svg.group(sentence(fact), parts)], y + BAR + 9


def fitting(value: object, width: float) -> str:
    """Return a value as the text of a segment; empty if it does not fit."""
    text = plain(value)
    forms = [text, *(text.replace(long, short) for long, short in BRIEF)]
    return next((form for form in forms if svg.width_of(form, "small") + 7 <= width), "")


def plain(value: object) -> str:
    """Return a value without Markdown."""
    return shown(value).replace("`", "").replace("\\", "")


def sentence(fact: Fact[object]) -> list[str]:
    """Return the fact and its values with their dates, for tooltips and screen readers."""
    eras = [f"{plain(era.value)} from {era.start}" for era in fact.history]
    return [fact.statement.removesuffix(".").replace("`", ""), *eras]


def axis(top: float, bottom: float) -> list[str]:
    """Draw the years, with a line for each behind the bars."""
    parts = []
    for year in YEARS:
        x = at(date(year, 1, 1))
        parts.append(svg.path(svg.steps(("M", x, top + 6), ("L", x, bottom)), "s-line thin"))
        parts.append(svg.text(x - 13, top, str(year), "small", "quiet"))
    return parts
