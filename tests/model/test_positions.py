"""Positions and ranges as members of plain data, and back."""

from hypothesis import given
from hypothesis import strategies as st

from acmrules.model.placed import Location
from acmrules.model.positions import line_and_column, lines_and_columns, located
from acmrules.syntax.source import Position, Source

_POSITIONS = st.builds(Position, st.integers(1, 10**6), st.integers(1, 10**9))


def test_members():
    """Without a range, all members are null."""
    where = Location(Source("a.yaml", "ab\ncd"), 1, 4).range
    assert lines_and_columns(where) == {"line": 1, "column": 2, "end_line": 2, "end_column": 2}
    assert set(lines_and_columns(None).values()) == {None}
    assert line_and_column(None) == {"line": None, "column": None}


@given(st.text(), _POSITIONS, _POSITIONS)
def test_a_location_without_its_text_has_its_positions(file, start, end):
    """Any line and column is possible, because the text is unknown."""
    found = located(file, start, end)
    assert (found.file, found.range.start, found.range.end) == (file, start, end)
    assert (found.text, found.source.shown_line(start.line)) == ("", "")
