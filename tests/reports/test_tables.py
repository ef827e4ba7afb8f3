"""Numbers in words, and aligned columns."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.model.placed import Location
from acmrules.renewal import Interval
from acmrules.reports import tables
from acmrules.reports.tables import amount, every, labeled, position, table
from acmrules.syntax.source import Source


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Interval(0, 0), "0"),
        (Interval(3, 3), "3"),
        (Interval(2.5, 2.5), "2.5"),
        (Interval(1.84, 2.39), "1.8 to 2.4"),
        (Interval(3.65), "at least 3.6"),
        (Interval(4 * 3.65), "at least 14"),
        (Interval(1234.5, 1234.5), "1,234"),
        (Interval(0), "at least 0"),
    ],
)
def test_amounts(number, words):
    """An amount is one number, two bounds, or a lower bound."""
    assert amount(number) == words


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_rounded_outwards(one, other):
    """Bounds are rounded outwards, by less than one decimal, or by less than 1 from 10 on."""
    low, high = sorted((one, other))
    if low < high:
        least, most = (
            float(word.replace(",", "")) for word in amount(Interval(low, high)).split(" to ")
        )
        assert low - (0.1 if low < 10 else 1) - 1e-6 <= least <= low + 1e-6
        assert high - 1e-6 <= most <= high + (0.1 if high < 10 else 1) + 1e-6


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (Interval(365 / 198, 365 / 153), "every 153 to 198 days"),
        (Interval(1, 1), "every 365 days"),
        (Interval(365 / 47), "at least every 47 days"),
        (Interval(0, 2), "at most every 182 days"),
        (Interval(0), "at an unknown pace"),
        (Interval(0, 0), "never"),
    ],
)
def test_every(pace, words):
    """A pace becomes the number of days between events, with the known bounds."""
    assert every(pace) == words


def test_labeled():
    """Only the first line of a section has the label, and empty sections are omitted."""
    sections = [("one", ["a", "b\x07"]), ("none", []), ("two", ["c"])]
    assert [*labeled(sections, 5)] == ["  one  a", "       b\\x07", "  two  c"]


def test_aligned():
    """Columns are aligned, and lines have no trailing spaces."""
    assert [*table([("a", "b", "c"), ("long", "", "d"), ("x", "y", "")])] == [
        "a     b  c",
        "long     d",
        "x     y",
    ]


def test_long_first_cells():
    """A first cell of more than 60 characters has its own line."""
    long = "x" * 61
    assert [*table([("", "head"), (long, "1"), ("a", "2")])] == ["   head", long, "   1", "a  2"]
    assert [*table([("x" * 60, "1")])] == ["x" * 60 + "  1"]
    assert [*table([(long, "1")])] == [long, "  1"]


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(tables)
    assert attempted
    assert not failed


def test_positions():
    """A position has a file, a line and a column."""
    source = Source("a\x07.yaml", "x")
    assert position(Location(source, 0, 1)) == "a\\x07.yaml:1:1"
    assert position(None) == ""
