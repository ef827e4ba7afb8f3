"""The calendar as a picture (SVG): the work per year on a time scale, and each manual task."""

from __future__ import annotations

from acmrules.messages import counted
from acmrules.reports import calendar as words
from acmrules.reports import svg, time_scale
from acmrules.reports.tables import amount
from acmrules.reports.time_scale import TimeScale
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acmrules.analysis.calendar import Calendar, CalendarDay

WIDTH = 760
"""The width of the picture in pixels."""

_MARGIN = 20
_END = WIDTH - _MARGIN
_REST = 116
"""The width of what begins on the last date, or of that date's flag."""

_BAR = 18
_LINE = 16
_GAP = 14
_MOST_ROWS = 30
_MOST_DATES = 20
_AT_LEAST, _AT_MOST = "\N{GREATER-THAN OR EQUAL TO} ", "\N{LESS-THAN OR EQUAL TO} "
_SHORT = (
    ("at least every ", _AT_MOST),
    ("at most every ", _AT_LEAST),
    ("every ", ""),
    ("at least ", _AT_LEAST),
    ("at most ", _AT_MOST),
    (" to ", "\N{EN DASH}"),
)
"""Long words, and their form in a narrow segment; a higher pace is a shorter time."""

_MEANINGS = (
    ("automatic", "f-note"),
    ("by hand", "f-warning"),
    ("no renewal", "f-error"),
    ("nothing to do", "f-track"),
)
"""What the colors of segments mean."""


class Segment(Value):
    """A part of a bar: its first date, its color, and its text."""

    day: date
    css: str
    text: str


class Bar(Value):
    """A labeled row of segments, each up to the next one."""

    label: str
    segments: tuple[Segment, ...]


def render(calendar: Calendar) -> str:
    """Return the picture: the work per year, the manual work, dates, and what changes."""
    if not calendar.certificates:
        none = "no certificate in these files"
        return svg.drawing(WIDTH, 60, none, [svg.text(_MARGIN, 36, none, "head")])
    scale = TimeScale(calendar.as_of, calendar.until, _MARGIN, _END - _REST)
    pages = words.turns(calendar)
    title = f"Calendar from {calendar.as_of} to {calendar.until}"
    about = words.by_method(calendar.certificates)
    days = {page.day for page in pages[1:]}
    flags = time_scale.flags(scale, days)
    top = 78.0 + time_scale.height_of(flags)
    y = top + 20
    parts: list[str] = []
    said: list[str] = []
    for head, rows, most in (
        ("per year, under the rules of each date", [*_work(calendar, pages)], _MOST_ROWS),
        ("manual work for each certificate", [*_manual(calendar, pages)], _MOST_ROWS),
        ("dates of the certificates that exist", [*_dates(calendar)], _MOST_DATES),
    ):
        if rows:
            drawn, y = _section(head, rows, most, scale, y)
            parts += drawn
            said += ["; ".join(_tooltip(row)) for row in rows]
    shown, *_ = svg.lines_of(about, WIDTH - 2 * _MARGIN)
    body = [svg.text(_MARGIN, 34, title, "head"), svg.text(_MARGIN, 56, shown, "word", "quiet")]
    body += time_scale.poles(flags, top, y, days)
    body += parts
    body += time_scale.axis(scale, y)
    y += 50
    body += svg.legend(_MARGIN, y, _MEANINGS)
    y += 20
    for line, color in _changes(calendar):
        y += _LINE
        body.append(svg.text(_MARGIN, y, line, "small", color))
    return svg.drawing(WIDTH, y + _MARGIN, f"{title}: {about}", body, "\n".join(said))


# Rows


def _work(calendar: Calendar, pages: list[CalendarDay]) -> Iterator[Bar]:
    """Yield the validity of new certificates, and each kind of work that occurs."""
    for hierarchy in words.hierarchies(calendar):
        label = f"{hierarchy.value} valid for" if hierarchy else "new certificates are valid for"
        texts = [words.validity_on(page.day, hierarchy) for page in pages]
        yield _bar(label, pages, texts, ["f-track"] * len(pages))
    for field in words.fields(pages):
        works = [getattr(page.total, field) for page in pages]
        css = "f-note" if field in {"renewals", "mails"} else "f-warning"
        colors = ["f-track" if work.most == 0 else css for work in works]
        yield _bar(words.COLUMNS[field], pages, [amount(work) for work in works], colors)


def _manual(calendar: Calendar, pages: list[CalendarDay]) -> Iterator[Bar]:
    """Yield the certificates with manual work or without renewals."""
    stopped_on = [frozenset(page.stopped) for page in pages]
    for index, certificate in enumerate(calendar.certificates):
        works = [page.works[index] for page in pages]
        stopped = [index in places for places in stopped_on]
        if any(stopped) or any(work.by_hand.most != 0 for work in works):
            texts = [words.due(work, stop) for work, stop in zip(works, stopped, strict=True)]
            colors = [
                "f-error" if stop else "f-track" if work.by_hand.most == 0 else "f-warning"
                for work, stop in zip(works, stopped, strict=True)
            ]
            label = f"{words.where(certificate)} ({words.methods(certificate)})"
            yield _bar(label, pages, texts, colors)


def _bar(label: str, pages: list[CalendarDay], texts: list[str], colors: list[str]) -> Bar:
    """Return a row whose neighboring segments differ."""
    segments: list[Segment] = []
    for page, text, css in zip(pages, texts, colors, strict=True):
        if not segments or (segments[-1].text, segments[-1].css) != (text, css):
            segments.append(Segment(page.day, css, text))
    return Bar(label, tuple(segments))


def _dates(calendar: Calendar) -> Iterator[Bar]:
    """Yield the dates of the certificates that exist, those on which you have to act first."""
    for each in sorted(calendar.dates, key=lambda each: (not each.needs_you, each.day)):
        css = "f-alarm" if each.needs_you else "f-quiet"
        label = f"{each.day} {each.name or each.arn}: {each.text}"
        yield Bar(label, (Segment(each.day, css, ""),))


# Drawing


def _section(
    head: str, rows: list[Bar], most: int, scale: TimeScale, y: float
) -> tuple[list[str], float]:
    """Return the elements of a section and the position below it."""
    behind = svg.rect(_MARGIN - 2, y - 13, svg.width_of(head, "name") + 4, _LINE + 2, "f-ground")
    parts = [behind, svg.text(_MARGIN, y, head, "name", extra=" bold")]
    y += _GAP
    for row in rows[:most]:
        labels = svg.lines_of(row.label, WIDTH - 2 * _MARGIN, "word", " /:.-")
        drawn = []
        for line in labels:
            # Otherwise, the poles would cross the letters.
            drawn.append(svg.rect(_MARGIN - 2, y - 2, svg.width_of(line) + 4, _LINE, "f-ground"))
            drawn.append(svg.text(_MARGIN, y + 10, line, "word"))
            y += _LINE
        if row.segments[0].text:
            drawn += _segments(row, y, scale)
            y += _BAR
        else:
            [mark] = row.segments
            drawn.append(svg.rect(scale.left, y + 4, _END - scale.left, 2, "f-track"))
            drawn.append(svg.circle(scale.at(mark.day), y + 5, 5, mark.css))
            y += 10
        parts.append(svg.group(_tooltip(row), drawn))
        y += _GAP
    if rows[most:]:
        more = f"and {len(rows) - most:,} more; `--format text` lists them"
        parts.append(svg.text(_MARGIN, y + 6, more, "word", "quiet"))
        y += _GAP + 6
    return parts, y + _GAP


def _segments(row: Bar, y: float, scale: TimeScale) -> Iterator[str]:
    ends = [scale.at(segment.day) for segment in row.segments[1:]] + [_END]
    for segment, end in zip(row.segments, ends, strict=True):
        start = scale.at(segment.day)
        width = max(0.0, end - start - 1)
        yield svg.rect(start, y, width, _BAR, segment.css, 3)
        if text := _fitting(segment.text, width):
            color = segment.css.replace("f-", "on-").replace("on-track", "ink")
            yield svg.text(start + 6, y + 13, text, "small", color)


def _fitting(text: str, width: float) -> str:
    """Return the longest form of a string that fits a segment; empty if none does."""
    short = text
    for long, sign in _SHORT:
        short = short.replace(long, sign)
    forms = text, short, short.replace(" days", " d")
    return next((form for form in forms if svg.width_of(form, "small") + 10 <= width), "")


def _tooltip(row: Bar) -> list[str]:
    periods = [f"{segment.text} from {segment.day}" for segment in row.segments if segment.text]
    return [row.label, *periods]


def _changes(calendar: Calendar) -> Iterator[tuple[str, str]]:
    """Yield what changes on each date, and which certificates ACM can no longer renew."""
    before: tuple[int, ...] = ()
    indent = " " * 12
    for page in calendar.pages:
        sentences = [change.sentence for change in page.changes]
        if new := len({*page.stopped} - {*before}):
            sentences.append(f"{counted(new, 'certificate')} can no longer be renewed")
        before = page.stopped
        label = f"{page.day}  "
        for sentence in sentences:
            room = WIDTH - 2 * _MARGIN - svg.width_of(indent, "small")
            for line in svg.lines_of(sentence, room, "small"):
                yield f"{label}{line}", "quiet"
                label = indent
