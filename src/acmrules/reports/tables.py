"""Numbers, locations and aligned columns in the reports for people."""

from __future__ import annotations

from math import ceil, floor

from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from acmrules.model.placed import Location
    from acmrules.renewal import Interval

WIDEST = 60
"""The maximum width of a column; longer cells do not widen it."""

_DAYS_OF_A_YEAR = 365
_WITH_DECIMALS = 10
"""Numbers from here on are shown without decimals."""


def amount(number: Interval) -> str:
    """Return an interval in words; the minimum is rounded down, the maximum up.

    >>> from acmrules.renewal import Interval
    >>> amount(Interval(7.37, 19.54)), amount(Interval(3.65)), amount(Interval(2, 2))
    ('7.3 to 20', 'at least 3.6', '2')
    """
    least = _rounded(number.least, floor)
    if number.most is None:
        return f"at least {least}"
    most = _rounded(number.most, ceil)
    return least if number.least == number.most else f"{least} to {most}"


def _rounded(number: float, towards: Callable[[float], int]) -> str:
    if number >= _WITH_DECIMALS:
        return f"{towards(round(number, 6)):,}"
    return f"{towards(round(number * 10, 6)) / 10:.1f}".removesuffix(".0")


def every(pace: Interval) -> str:
    """Return the days between events in words, for a number of events per year.

    >>> from acmrules.renewal import Interval
    >>> every(Interval(1.843, 2.386)), every(Interval(3.65)), every(Interval(0, 2.386))
    ('every 153 to 198 days', 'at least every 100 days', 'at most every 153 days')
    """
    if pace.most == 0:
        return "never"
    longest = round(_DAYS_OF_A_YEAR / pace.least) if pace.least else None
    shortest = round(_DAYS_OF_A_YEAR / pace.most) if pace.most else None
    if longest and shortest:
        days = f"{longest}" if longest == shortest else f"{shortest} to {longest}"
        return f"every {days} days"
    if longest:
        return f"at least every {longest} days"
    return f"at most every {shortest} days" if shortest else "at an unknown pace"


def position(location: Location | None) -> str:
    """Return a location such as `site.yaml:3:1`, or an empty string without one."""
    return f"{printable(location.file)}:{location.position}" if location else ""


def labeled(sections: Iterable[tuple[str, Iterable[str]]], width: int) -> Iterator[str]:
    """Yield indented lines, with the label of each section before its first line."""
    for label, lines in sections:
        for number, line in enumerate(lines):
            yield printable(f"  {'' if number else label:{width}}{line}").rstrip()


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns; a long first cell gets its own line."""
    widths = [
        max((len(cell) for cell in column if len(cell) <= WIDEST), default=0)
        for column in zip(*rows, strict=True)
    ]
    for first, *rest in rows:
        is_long = len(first) > WIDEST
        if is_long:
            yield first
        cells = ("" if is_long else first, *rest)
        yield "  ".join(f"{c:{w}}" for c, w in zip(cells, widths, strict=True)).rstrip()
