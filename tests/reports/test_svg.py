"""The elements of pictures: texts that fit and are escaped, and colors."""

import unicodedata

import pytest
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


def test_a_long_text_is_measured_once(monkeypatch):
    """A hostile name of a megabyte takes seconds, and not hours."""
    measured = []
    width = unicodedata.east_asian_width
    monkeypatch.setattr(
        unicodedata, "east_asian_width", lambda each: measured.append(each) or width(each)
    )
    for content in ("é" * 5000, "漢" * 5000, "é " * 2500):
        measured.clear()
        assert len(svg.lines_of(content, 200)) > 100
        assert len(measured) < 4 * len(content)


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


def test_a_description_is_escaped():
    """A description for screen readers is one line after the title."""
    drawn = svg.drawing(10, 10, "A", [], "a < b.\n\n::error::c\x1b")
    assert "<title>A</title>\n<desc>a &lt; b; ::error::c\\x1b.</desc>" in drawn
    assert "<desc>" not in svg.drawing(10, 10, "A", [])


def brightness(color):
    """Return the relative luminance of a color (WCAG 2.2)."""
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(p * share for p, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other):
    """Return the contrast ratio of two colors."""
    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [svg._LIGHT, svg._DARK])
def test_colors_have_enough_contrast(palette):
    """Text has 4.5 to 1 on each ground, and bars have 3 to 1 (WCAG level AA)."""
    assert contrast("#000000", "#ffffff") == 21
    for color in ("ink", "quiet", "alarm", "good"):
        for ground in ("ground", "track"):
            assert contrast(palette[color], palette[ground]) >= 4.5, (color, ground)
    for color in ("error", "warning", "note"):
        assert contrast(palette[f"on-{color}"], palette[color]) >= 4.5, color
        assert contrast(palette[color], palette["ground"]) >= 3, color
    assert contrast(palette["amber"], palette["ground"]) >= 3
