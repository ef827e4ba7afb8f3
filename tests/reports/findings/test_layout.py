"""The layout of the reports for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import texts

from acmrules.messages import printable
from acmrules.reports.findings.layout import columns, hanging

WORDS = st.lists(st.text("ab港", min_size=1, max_size=60), max_size=12).map(" ".join)


@pytest.mark.parametrize(("text", "number"), [("abc", 3), ("u\u0308", 1), ("港", 2), ("", 0)])
def test_wide_characters_occupy_two_columns(text, number):
    """Combining characters occupy none."""
    assert columns(text) == number


@given(WORDS | texts(), st.integers(0, 30), st.integers(40, 160))
def test_no_line_exceeds_the_width(text, indent, width):
    """This holds for words that are longer than a line, too."""
    assert all(
        columns(line) <= max(width, indent + 16) for line in hanging("", text, width, indent)
    )


@given(WORDS, st.integers(16, 160))
def test_wrapping_loses_only_spaces(text, width):
    """The letters are the same, in order."""
    lines = hanging("- ", text, width)
    assert "".join(lines).replace(" ", "") == "-" + text.replace(" ", "")


@given(st.lists(st.text("ab", min_size=1, max_size=16), min_size=1), st.integers(18, 160))
def test_short_words_are_not_broken(words, width):
    """Each word is on one line."""
    lines = hanging("- ", " ".join(words), width)
    assert [word for line in lines for word in line.removeprefix("- ").split()] == words


def test_a_long_lead_is_not_broken():
    """The text begins below it."""
    lead = "a/path/that/is/longer/than/the/line.yaml"
    assert hanging(f"{lead} ", "skipped", 40, 4) == [lead, "    skipped"]


@given(texts())
def test_control_characters_are_escaped(text):
    """Every line is printable."""
    assert all(line.isprintable() for line in hanging("", text, 80))
    assert hanging("", text, 10**6) == [printable(text)]
