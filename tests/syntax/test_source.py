"""Lines, columns and ranges of a source."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.source import InputError, Position, Source

TEXTS = st.text("ab\n\r\t\u00fc\u2028", max_size=30)


def by_counting(text, offset):
    """Return the position of an offset by counting characters one by one."""
    line, column = 1, 1
    for index, sign in enumerate(text[:offset]):
        ends = sign == "\n" or (sign == "\r" and text[index + 1 : index + 2] != "\n")
        line, column = (line + 1, 1) if ends else (line, column + 1)
    return Position(line, column)


@given(TEXTS, st.data())
def test_positions_are_counted(text, data):
    """A position is the number of line breaks and code points before it."""
    offset = data.draw(st.integers(0, len(text)))
    assert Source("t", text).position(offset) == by_counting(text, offset)


@given(TEXTS, st.data())
def test_line_ends_do_not_matter(text, data):
    """Positions are the same for all kinds of line breaks."""
    text = text.replace("\r", "")
    offset = data.draw(st.integers(0, len(text)))
    ends = text.count("\n", 0, offset)
    there = Source("t", text).position(offset)
    assert Source("t", text.replace("\n", "\r\n")).position(offset + ends) == there
    assert Source("t", text.replace("\n", "\r")).position(offset) == there


@given(TEXTS)
def test_lines_are_the_text(text):
    """The lines without line breaks are the lines that positions count."""
    source = Source("t", text)
    last = source.position(len(text)).line
    lines = [source.line(number) for number in range(1, last + 1)]
    assert "\n".join(lines) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_range():
    """A range begins at its first character and ends after its last."""
    found = Source("t", "a\nbcd").range(2, 5)
    assert (found.start, found.end) == (Position(2, 1), Position(2, 4))


def test_unreadable():
    """An input error shows file, position and reason, and survives pickling."""
    unreadable = InputError("t.yaml", "not valid YAML", Position(3, 4))
    assert str(pickle.loads(pickle.dumps(unreadable))) == "t.yaml:3:4: not valid YAML"
    assert str(InputError("t.yaml", "is binary")) == "t.yaml: is binary"


def test_the_name_of_a_file_stays_in_its_line():
    """The name of a file cannot add lines to an error message."""
    assert str(InputError("a\n::x::\x1b[1m.tf", "is odd")) == "a\\n::x::\\x1b[1m.tf: is odd"
