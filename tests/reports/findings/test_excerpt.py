"""The source line of a finding."""

import pytest

from acmrules.model.placed import Location
from acmrules.reports.findings.excerpt import excerpt
from acmrules.reports.findings.layout import Layout
from acmrules.syntax.source import Source


def lines(text, start, end, label="", width=80):
    """Return the source line and the lines below it, without the margin."""
    source = Source("x", text)
    margin, line, *below, last = excerpt(Location(source, start, end), label, Layout(width), "31")
    assert (margin, last) == ("  |", "  |")
    return line.removeprefix("1 | "), *(each.removeprefix("  | ") for each in below)


@pytest.mark.parametrize(
    ("line", "start", "end", "carets"),
    [
        ("abc", 1, 2, " ^"),
        ("abc", 3, 3, "   ^"),
        ("\tabc", 1, 4, " ^^^"),
        ("a: ü\u0308x", 3, 5, "   ^"),
        ("a: 港x", 3, 4, "   ^^"),
        ("a\nb", 0, 3, "^"),
    ],
)
def test_the_carets_are_below_the_range(line, start, end, carets):
    """This includes tabs, wide and combining characters, empty ranges and several lines."""
    assert lines(line, start, end)[1:] == (carets,)


def test_the_label_is_behind_the_carets():
    """It is on the same line if it fits."""
    assert lines("a: b.io", 3, 7, "not covered") == ("a: b.io", "   ^^^^ not covered")


def test_a_label_that_does_not_fit_is_below_the_carets():
    """If there is little room at the carets, it begins at the margin."""
    label = "matches its subdomains, not the name itself"
    assert lines("a: b.io", 3, 7, label, 40) == (
        "a: b.io",
        "   ^^^^",
        "   matches its subdomains, not the",
        "   name itself",
    )
    assert lines(" " * 20 + "b.io", 20, 24, label, 40) == (
        " " * 20 + "b.io",
        " " * 20 + "^^^^",
        "matches its subdomains, not the name",
        "itself",
    )


def test_control_characters_are_escaped():
    """They do not reach the terminal, tabs occupy one column, and the carets are in place."""
    assert lines("a\x1b[31mb\tc", 5, 6) == (r"a\x1b[31mb c", "        ^")


def test_a_long_line_is_cut_around_the_range():
    """A template on one line does not fill the screen."""
    line, carets = lines("x" * 500 + "NAME" + "y" * 500, 500, 504)
    assert line == "…" + "x" * 24 + "NAME" + "y" * 72 + "…"
    assert carets == " " * 25 + "^^^^"
    line, carets = lines("NAME" + "y" * 500, 0, 4)
    assert (line, carets) == ("NAME" + "y" * 96 + "…", "^^^^")


def test_the_carets_and_the_label_have_the_color_of_the_severity():
    """The source line has none."""
    source = Source("x", "a: b.io")
    shown = list(excerpt(Location(source, 3, 7), "bad", Layout(color=True), "33"))
    assert shown == ["  |", "1 | a: b.io", "  |    \x1b[33m^^^^ bad\x1b[0m", "  |"]
