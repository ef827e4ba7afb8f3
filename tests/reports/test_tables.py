"""Numbers in words, and aligned columns."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.renewal import Interval
from acmrules.reports import tables
from acmrules.reports.tables import amount, between, table


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Interval(0, 0), "0"),
        (Interval(3, 3), "3"),
        (Interval(2.5, 2.5), "2.5"),
        (Interval(1.84, 2.39), "1.8 to 2.4"),
        (Interval(3.65), "at least 3.6"),
        (Interval(4 * 3.65), "at least 14.6"),
        (Interval(1234.5, 1234.5), "1,234.5"),
        (Interval(0), "at least 0"),
    ],
)
def test_amounts(number, words):
    """One number if it is known, two if it lies between them, the least where nothing bounds it."""
    assert amount(number) == words


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_rounded_outwards(one, other):
    """What is told is never narrower than what is known, and wider by a tenth at the most."""
    low, high = sorted((one, other))
    if low < high:
        least, most = (
            float(word.replace(",", "")) for word in amount(Interval(low, high)).split(" to ")
        )
        assert low - 0.1 - 1e-6 <= least <= low + 1e-6
        assert high - 1e-6 <= most <= high + 0.1 + 1e-6


def test_aligned():
    """Columns begin below each other, and lines end without blanks."""
    assert [*table([("a", "b", "c"), ("long", "", "d"), ("x", "y", "")])] == [
        "a     b  c",
        "long     d",
        "x     y",
    ]


def test_long_first_cells():
    """A first cell of more than sixty characters has a line of its own."""
    long = "x" * 61
    assert [*table([("", "head"), (long, "1"), ("a", "2")])] == ["   head", long, "   1", "a  2"]
    assert [*table([("x" * 60, "1")])] == ["x" * 60 + "  1"]
    assert [*table([(long, "1")])] == [long, "  1"]


def test_data():
    """As data, both bounds are told."""
    assert between(Interval(1)) == {"least": 1, "most": None}


def test_the_examples_run():
    """The examples of the docstrings are true."""
    failed, attempted = doctest.testmod(tables)
    assert attempted
    assert not failed
