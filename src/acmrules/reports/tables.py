"""What reports for people have in common that are tables: numbers in words, and aligned columns."""

from __future__ import annotations

from math import ceil, floor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.renewal import Interval

_WIDEST = 60
"""Characters of the first column; what is longer has a line of its own."""


def amount(number: Interval) -> str:
    """Return a number that lies between two; the least is rounded down, the most up.

    >>> from acmrules.renewal import Interval
    >>> amount(Interval(7.37, 9.54)), amount(Interval(3.65)), amount(Interval(2, 2))
    ('7.3 to 9.6', 'at least 3.6', '2')
    """
    least = _written(floor(round(number.least * 10, 6)) / 10)
    if number.most is None:
        return f"at least {least}"
    most = _written(ceil(round(number.most * 10, 6)) / 10)
    return least if number.least == number.most else f"{least} to {most}"


def _written(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns; a long first cell has a line of its own."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = max((len(row[0]) for row in rows if len(row[0]) <= _WIDEST), default=0)
    for first, *rest in rows:
        is_long = len(first) > _WIDEST
        if is_long:
            yield first
        cells = ("" if is_long else first, *rest)
        yield "  ".join(f"{c:{w}}" for c, w in zip(cells, widths, strict=True)).rstrip()


def between(number: Interval) -> dict[str, float | None]:
    """Return a number that lies between two as plain data."""
    return {"least": number.least, "most": number.most}
