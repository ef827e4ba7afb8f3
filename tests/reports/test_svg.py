"""The elements of pictures: texts that fit and are escaped, and colors."""

from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.pictures import Picture

from acmrules.messages import printable
from acmrules.reports import svg


def words():
    """Draw texts with any characters."""
    return st.text(st.characters() | st.sampled_from(' -/漢<&">'), max_size=60)


@given(words(), st.floats(20, 400), st.sampled_from(["", " ", " -/"]))
def test_lines_fit_and_leave_nothing_out(content, width, breaks):
    """The joined lines are the text, and each fits the width."""
    lines = svg.lines_of(content, width, "small", breaks)
    assert "".join(lines) == printable(content)
    assert all(svg.width_of(line, "small") <= width for line in lines)


@given(words())
@example("a\nb\tc")
@example("\x00\ud800\ufffe]]>&lt;\u202e")
def test_any_text_can_be_drawn(content):
    """A picture of any text is XML with this text, and unprintable characters are escaped."""
    drawn = svg.drawing(1000, 50, content, [svg.group([content], [svg.text(5, 20, content)])])
    picture = Picture(drawn)
    assert picture.texts == [printable(content)]
    assert drawn.encode()


def test_lines_break_behind_a_sign():
    """A line ends after the last fitting break, unless it would be nearly empty."""
    assert svg.lines_of("one two three", 60, "small") == ["one two ", "three"]
    assert svg.lines_of("a incomprehensible", 66, "small") == ["a incompre", "hensible"]
    assert svg.lines_of("short", 60) == ["short"]


def test_wide_letters_take_two_cells():
    """The width of text is that of its characters."""
    assert svg.columns("abc") == 3
    assert svg.columns("漢a") == 3
    assert svg.width_of("漢", "small") == svg.width_of("ab", "small")


def test_a_picture_is_for_light_and_dark():
    """Both themes have the same colors, and elements have their attributes."""
    drawn = svg.drawing(
        10.004, 20.5, "t", [svg.path(svg.steps(("M", 1, 2), ("L", 3.5, 4)), "s-line thin")]
    )
    style = drawn.partition("<style>")[2].partition("</style>")[0]
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    assert {c for c in light.split(".") if c.startswith("f-")} != set()
    assert light.count(".f-") == dark.count(".f-")
    assert '<path class="s-line thin" d="M1 2L3.5 4"/>' in drawn
    assert 'width="10" height="20.5"' in drawn
