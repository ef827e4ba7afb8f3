"""The expiries of an inventory as a picture: certificates by week, and what ACM does before."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.analysis.inventory.outlook import WITHIN, Outlook
from acmrules.messages import counted
from acmrules.reports import svg
from acmrules.reports.inventory.frame import LEAST, MARGIN, RIGHT, TOP, Figure, legend, title_of
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.inventory.report import InventoryReport

_PLOT = 150.0
_BASE = TOP + _PLOT
_AXIS = MARGIN + 56
_MONTHLY = 45
_LEAST_WEEKS = 30
_MOST_WEEKS = 58
"""More than a year; later expiries are counted."""

_WEEK = timedelta(days=7)
_STEPS = (1, 2, 5)

_OUTLOOKS = {
    Outlook.NOT_RENEWED: ("f-error", "ACM does not renew it"),
    Outlook.APPROVED: ("f-warning", "ACM renews it if you act"),
    Outlook.UNKNOWN: ("f-quiet", "unknown"),
    Outlook.RENEWED: ("f-note", "ACM renews it"),
}


def expiries(report: InventoryReport) -> Figure | None:
    """Return the number of certificates that expire in each week, by what ACM does before."""
    if not report.expiries:
        return None
    begin = report.as_of.date()
    counts: dict[int, dict[Outlook, int]] = {}
    for each in report.expiries:
        week = counts.setdefault((each.at.date() - begin) // _WEEK, {})
        needs_you = each.outlook is Outlook.VALIDATED
        outlook = Outlook.APPROVED if needs_you else each.outlook
        week[outlook] = week.get(outlook, 0) + 1
    weeks = min(_MOST_WEEKS, max(_LEAST_WEEKS, max(counts) + 2))
    later = sum(sum(week.values()) for place, week in counts.items() if place >= weeks)
    axis = TimeAxis(begin, weeks)
    top = _ceiling(max((sum(counts.get(each, {}).values()) for each in range(weeks)), default=0))
    alone = sum(each.outlook is Outlook.NOT_RENEWED for each in report.expiries)
    title = f"Expiries: ACM does not renew {counted(alone, 'certificate')}" if alone else "Expiries"
    about = f"by week until {axis.end}{f'; {later:,} expire later' if later else ''}"
    body = [
        *title_of(title, about),
        *legend([*_OUTLOOKS.values()]),
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
        return _AXIS + (RIGHT - _AXIS) * (day - self.begin).days / (self.weeks * _WEEK.days)


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
            height = max(LEAST, _PLOT * number / top)
            y -= height
            parts.append(svg.rect(x + 1, y, width - 2, height, css, 1))
            lines.append(f"{words}: {number:,}")
    yield svg.group(lines, parts)


def _grid(top: int) -> Iterator[str]:
    for number in sorted({0, top // 2, top}):
        y = _BASE - _PLOT * number / top
        label = f"{number:,}"
        yield svg.path(svg.steps(("M", _AXIS, y), ("L", RIGHT, y)), "s-line thin")
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
        if x + svg.width_of(label, "small") < RIGHT:
            yield svg.text(x, _BASE + 20, label, "small", "quiet")
        month += step
        day = date(month // 12, month % 12 + 1, 1)


def _turns(axis: TimeAxis) -> Iterator[str]:
    """Draw the ends of the periods that the report counts."""
    for days in WITHIN:
        x = axis.x(axis.begin + timedelta(days=days))
        yield svg.path(svg.steps(("M", x, _BASE), ("L", x, TOP - 8)), "s-line thin dash")
        yield svg.text(x + 3, TOP - 3, f"{days} days", "small", "quiet")


def _ceiling(number: int) -> int:
    """Return the next even number at which an axis can end."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale >= number and step * scale % 2 == 0:
                return step * scale
        scale *= 10
