"""The pictures of an inventory: expiries by week, Regions by state, and the use of quotas."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.analysis.inventory.outlook import WITHIN, Outlook
from acmrules.diagnosis.model import State
from acmrules.messages import counted
from acmrules.reports import svg
from acmrules.reports.inventory.phrases import heading, share, summary
from acmrules.reports.inventory.sections import QUOTA_WORDS
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.inventory.report import InventoryReport, RegionCount
    from acmrules.analysis.quotas import QuotaUse

WIDTH = 1000
"""The width of the pictures in pixels."""

_MARGIN = 28
_LABELS = 190
_LEFT = _MARGIN + _LABELS
_RIGHT = WIDTH - _MARGIN
_NUMBERS = 130
_TOP = 64
_ROW = 26
_BAR = 14
_PLOT = 150.0
_BASE = _TOP + _PLOT
_AXIS = _MARGIN + 56
_MONTHLY = 45
_LEAST_WEEKS = 30
_MOST_WEEKS = 58
"""More than a year; later expiries are counted."""

_WEEK = timedelta(days=7)
_LEAST = 3
"""The least width and height of a part in pixels, so that one certificate is visible."""

_MOST_REGIONS = 20
_LEAST_QUOTAS, _MOST_QUOTAS = 3, 10
_LOW_SHARE = 0.02
_HIGH_SHARE = 0.8
_STEPS = (1, 2, 5)

_OUTLOOKS = {
    Outlook.NOT_RENEWED: ("f-error", "ACM does not renew it"),
    Outlook.APPROVED: ("f-warning", "you approve an email"),
    Outlook.UNKNOWN: ("f-quiet", "unknown"),
    Outlook.RENEWED: ("f-note", "ACM renews it"),
}
_STATES = {
    State.BROKEN: ("f-alarm", "broken"),
    State.WAITING_FOR_YOU: ("f-error", "waiting for you"),
    State.UNKNOWN: ("f-quiet", "unknown"),
    State.WAITING_FOR_AWS: ("f-warning", "waiting for AWS"),
    State.FINE: ("f-note", "fine"),
}


class Figure(Value):
    """A picture: its title, its height, and its elements."""

    title: str
    height: float
    body: tuple[str, ...]

    def draw(self) -> str:
        """Return the picture as SVG."""
        return svg.drawing(WIDTH, self.height, self.title, self.body)


def render(report: InventoryReport) -> str:
    """Return all pictures as one."""
    y = 78.0
    head = [
        svg.text(_MARGIN, 38, heading(report), "head"),
        svg.text(_MARGIN, 60, summary(report), "word", "quiet"),
    ]
    parts = []
    for figure in figures(report):
        parts.append(f'<g transform="translate(0 {y:g})">')
        parts += [*figure.body, "</g>"]
        y += figure.height
    return svg.drawing(WIDTH, y, f"{heading(report)}: {summary(report)}", [*head, *parts])


def figures(report: InventoryReport) -> tuple[Figure, ...]:
    """Return the pictures that have something to show."""
    found = (expiries(report), regions(report), quotas(report))
    return tuple(each for each in found if each)


# Expiries


def expiries(report: InventoryReport) -> Figure | None:
    """Return the number of certificates that expire in each week, by what ACM does before."""
    if not report.expiries:
        return None
    begin = report.as_of.date()
    counts: dict[int, dict[Outlook, int]] = {}
    for each in report.expiries:
        week = counts.setdefault((each.at.date() - begin) // _WEEK, {})
        week[each.outlook] = week.get(each.outlook, 0) + 1
    weeks = min(_MOST_WEEKS, max(_LEAST_WEEKS, max(counts) + 2))
    later = sum(sum(week.values()) for place, week in counts.items() if place >= weeks)
    axis = TimeAxis(begin, weeks)
    top = _ceiling(max((sum(counts.get(each, {}).values()) for each in range(weeks)), default=0))
    alone = sum(each.outlook is Outlook.NOT_RENEWED for each in report.expiries)
    title = f"Expiries: ACM does not renew {counted(alone, 'certificate')}" if alone else "Expiries"
    about = f"by week until {axis.end}{f'; {later:,} expire later' if later else ''}"
    body = [
        *_title(title, about),
        *_legend([*_OUTLOOKS.values()]),
        *_grid(top),
        *_months(axis),
        *_turns(axis),
    ]
    for place in range(weeks):
        body += _column(counts.get(place, {}), begin + place * _WEEK, axis, top)
    return Figure(title, _BASE + 44, tuple(body))


class TimeAxis(Value):
    """The weeks of a picture, from its first date."""

    begin: date
    weeks: int

    @property
    def end(self) -> date:
        """The date after the last week."""
        return self.begin + self.weeks * _WEEK

    def x(self, day: date) -> float:
        """Return the place of a date."""
        return _AXIS + (_RIGHT - _AXIS) * (day - self.begin).days / (self.weeks * _WEEK.days)


def _column(week: dict[Outlook, int], day: date, axis: TimeAxis, top: int) -> Iterator[str]:
    if not week:
        return
    x = axis.x(day)
    width = axis.x(day + _WEEK) - x
    y = _BASE
    parts = []
    lines = [f"{day} to {day + _WEEK - timedelta(days=1)}"]
    for outlook in reversed(_OUTLOOKS):
        if number := week.get(outlook, 0):
            css, words = _OUTLOOKS[outlook]
            height = max(_LEAST, _PLOT * number / top)
            y -= height
            parts.append(svg.rect(x + 1, y, width - 2, height, css, 1))
            lines.append(f"{words}: {number:,}")
    yield svg.group(lines, parts)


def _grid(top: int) -> Iterator[str]:
    for number in sorted({0, top // 2, top}):
        y = _BASE - _PLOT * number / top
        label = f"{number:,}"
        yield svg.path(svg.steps(("M", _AXIS, y), ("L", _RIGHT, y)), "s-line thin")
        x = _AXIS - 8 - svg.width_of(label, "small")
        yield svg.text(x, y + 4, label, "small", "quiet")


def _months(axis: TimeAxis) -> Iterator[str]:
    """Draw the first days of months, as many as have space."""
    month = axis.begin.year * 12 + axis.begin.month
    step = 1 if axis.weeks < _MONTHLY else 2
    day = date(month // 12, month % 12 + 1, 1)
    while day < axis.end:
        x = axis.x(day)
        yield svg.path(svg.steps(("M", x, _BASE), ("L", x, _BASE + 5)), "s-line thin")
        label = f"{day:%Y-%m}"
        if x + svg.width_of(label, "small") < _RIGHT:
            yield svg.text(x, _BASE + 20, label, "small", "quiet")
        month += step
        day = date(month // 12, month % 12 + 1, 1)


def _turns(axis: TimeAxis) -> Iterator[str]:
    """Draw the ends of the periods that the report counts."""
    for days in WITHIN:
        x = axis.x(axis.begin + timedelta(days=days))
        yield svg.path(svg.steps(("M", x, _BASE), ("L", x, _TOP - 8)), "s-line thin dash")
        yield svg.text(x + 3, _TOP - 3, f"{days} days", "small", "quiet")


def _ceiling(number: int) -> int:
    """Return the next even number at which an axis can end."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale >= number and step * scale % 2 == 0:
                return step * scale
        scale *= 10


# Regions


def regions(report: InventoryReport) -> Figure | None:
    """Return the number of certificates in each Region by state."""
    used = [each for each in report.regions if each.total or not each.is_read]
    used.sort(key=lambda each: (each.is_read, -each.total, each.account, each.region))
    if not used:
        return None
    shown, hidden = used[:_MOST_REGIONS], used[_MOST_REGIONS:]
    most = max(each.total for each in used) or 1
    with_account = len(report.accounts) > 1
    title = f"Regions: {summary(report)}"
    empty = len(report.regions) - len(used)
    about = f"{counted(empty, 'Region')} without certificates" if empty else ""
    states = [each for each in State if report.number(each)]
    body = [*_title(title, about), *_legend([_STATES[each] for each in states])]
    y = float(_TOP)
    for each in shown:
        body += _region(each, y, most, with_account)
        y += _ROW
    if hidden:
        number = sum(each.total for each in hidden)
        text = f"and {counted(len(hidden), 'more Region')} with {counted(number, 'certificate')}"
        body.append(svg.text(_MARGIN, y + 12, text, "small", "quiet"))
        y += _ROW
    return Figure(title, y + 14, tuple(body))


def _region(count: RegionCount, y: float, most: int, with_account: bool) -> Iterator[str]:
    name = f"{count.account} {count.region}" if with_account else count.region
    label = svg.lines_of(name, _LABELS - 12, "small" if with_account else "word")[0]
    yield svg.text(_MARGIN, y + 12, label, "small" if with_account else "word")
    if not count.is_read:
        yield svg.rect(_LEFT, y, _RIGHT - _NUMBERS - _LEFT, _BAR, "f-track", 2)
        yield svg.text(_RIGHT - _NUMBERS + 12, y + 12, "not read", "word", "alarm")
        return
    x = float(_LEFT)
    parts = []
    lines = [name]
    for state, number in zip(State, count.states, strict=True):
        if number:
            css, words = _STATES[state]
            width = max(_LEAST, (_RIGHT - _NUMBERS - _LEFT - 5 * _LEAST) * number / most)
            parts.append(svg.rect(x, y, max(_LEAST - 1, width - 1), _BAR, css, 1))
            lines.append(f"{words}: {number:,}")
            x += width
    yield svg.group(lines, parts)
    yield svg.text(_RIGHT - _NUMBERS + 12, y + 12, f"{count.total:,}", "word", "quiet")


# Quotas


def quotas(report: InventoryReport) -> Figure | None:
    """Return the most used quotas."""
    uses = [each for each in report.quotas if each.bound]
    if not uses:
        return None
    high = sum(each.share.least >= _LOW_SHARE for each in uses)
    shown = uses[: min(_MOST_QUOTAS, max(_LEAST_QUOTAS, high))]
    title = _quota_title(uses)
    more = len(uses) - len(shown)
    about = f"the {len(shown)} most used; {more:,} more are in the table" if more else ""
    body = [*_title(title, about)]
    y = float(_TOP) - 12
    for use in shown:
        body += _quota(use, y)
        y += _ROW + 12
    return Figure(title, y + 14, tuple(body))


def _quota_title(uses: list[QuotaUse]) -> str:
    if exceeded := sum(each.is_exceeded for each in uses):
        verb = "is" if exceeded == 1 else "are"
        return f"Quotas: {counted(exceeded, 'quota')} {verb} exceeded"
    return f"Quotas: {share(uses[0])} of the most used one"


def _quota(use: QuotaUse, y: float) -> Iterator[str]:
    region = use.scope.region or "unknown Region"
    yield svg.text(_MARGIN, y + 9, region, "word")
    yield svg.text(_MARGIN, y + 23, QUOTA_WORDS[use.quota], "small", "quiet")
    width = _RIGHT - _NUMBERS - 60 - _LEFT
    css = "f-error" if use.share.least >= _HIGH_SHARE else "f-note"
    least = min(1.0, use.share.least) * width
    most = least if use.share.most is None else min(1.0, use.share.most) * width
    track = svg.rect(_LEFT, y, width, _BAR, "f-track", 2)
    part = [track]
    if most > least:
        part.append(svg.rect(_LEFT, y, max(_LEAST, most), _BAR, "f-line", 2))
    part.append(svg.rect(_LEFT, y, max(_LEAST, least), _BAR, css, 2))
    limit = f"{use.bound:,}{'' if use.is_stated else ' (default)'}"
    number = f"{use.number.least:,.0f} of {limit}"
    yield svg.group([f"{region}: {QUOTA_WORDS[use.quota]}", number, share(use)], part)
    x = _LEFT + width + 12
    yield svg.text(x, y + 9, number, "small")
    yield svg.text(x, y + 23, share(use), "small", "quiet")


# Shared


def _title(title: str, about: str) -> Iterator[str]:
    yield svg.text(_MARGIN, 24, title, "name", extra=" bold")
    if about:
        x = _MARGIN + svg.width_of(title, "name") + 16
        yield svg.text(x, 24, about, "small", "quiet")


def _legend(entries: list[tuple[str, str]]) -> Iterator[str]:
    x = _RIGHT - sum(svg.width_of(words, "small") + 36 for _, words in entries) + 18
    for css, words in entries:
        yield svg.rect(x, 36, 12, 9, css, 2)
        yield svg.text(x + 17, 44, words, "small", "quiet")
        x += svg.width_of(words, "small") + 36
