"""The time scale of a picture: dates as positions, flags with dates, and an axis."""

from __future__ import annotations

from datetime import date

from acmrules.reports import svg
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_LINE = 16
_MOST_LANES = 6
_MOST_TICKS = 9
_MONTHS_OF_TICKS = (1, 3, 6, 12, 24, 60, 120)
_MONTHS = 12


class TimeScale(Value):
    """The dates from `first` to `last`, between two positions in pixels."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return the position of a date."""
        begin = self.first.toordinal()
        span = max(1, self.last.toordinal() - begin)
        return self.left + (self.right - self.left) * (day.toordinal() - begin) / span


class Flag(Value):
    """A date next to its pole, in one of several lanes."""

    day: date
    x: float
    lane: int


def flags(scale: TimeScale, days: Iterable[date]) -> list[Flag]:
    """Return the flags of dates, each in a lane above those whose poles it would cross.

    The first and the last date of the scale have flags too. A date that needs too high a lane has
    no flag, except these two.
    """
    width = svg.width_of("2027-01-01", "small") + 10
    edges = {scale.first, scale.last}
    found: list[Flag] = []
    for day in sorted({*days, *edges}, reverse=True):
        x = scale.at(day)
        lane = max((flag.lane + 1 for flag in found if flag.x < x + width), default=0)
        if lane < _MOST_LANES or day in edges:
            found.append(Flag(day, x, lane))
    return found


def height_of(flags: Iterable[Flag]) -> float:
    """Return the height of flags in pixels, above the top of their poles."""
    return float(_LINE * (1 + max(flag.lane for flag in flags)))


def poles(
    flags: Iterable[Flag], top: float, bottom: float, strong: Collection[date]
) -> Iterator[str]:
    """Draw flags above `top`, with poles down to `bottom`; the dates in `strong` are bold."""
    for flag in flags:
        base = top - _LINE * flag.lane - 5
        yield svg.path(svg.steps(("M", flag.x, base - 9), ("L", flag.x, bottom)), "s-line thin")
        color, extra = ("ink", " bold") if flag.day in strong else ("quiet", "")
        yield svg.text(flag.x + 5, base, str(flag.day), "small", color, extra)


def axis(scale: TimeScale, y: float) -> Iterator[str]:
    """Draw the time axis, with years or months."""
    yield svg.path(svg.steps(("M", scale.left, y), ("L", scale.right, y)), "s-line thin")
    room = (scale.right - scale.left) / (svg.width_of("2027-01", "small") + 10)
    for day, label in ticks(scale, min(_MOST_TICKS, int(room))):
        x = scale.at(day)
        yield svg.path(svg.steps(("M", x, y), ("L", x, y + 5)), "s-line thin")
        yield svg.text(x - svg.width_of(label, "small") / 2, y + 19, label, "small", "quiet")


def ticks(scale: TimeScale, most: int = _MOST_TICKS) -> list[tuple[date, str]]:
    """Return the first days of years or months, in steps that limit their number."""
    begin = scale.first.year * _MONTHS + scale.first.month - 1
    end = scale.last.year * _MONTHS + scale.last.month - 1
    for step in _MONTHS_OF_TICKS:
        months = range(begin - begin % step + step, end + 1, step)
        if len(months) <= most:
            firsts = (date(month // _MONTHS, month % _MONTHS + 1, 1) for month in months)
            return [(day, str(day)[: 4 if step >= _MONTHS else 7]) for day in firsts]
    return []
