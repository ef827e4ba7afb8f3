"""Colors of terminals."""

from acmrules.reports import RED, paint


def test_text_is_painted_if_colors_are_on():
    """An empty text needs no sequence."""
    assert paint("a", RED, is_colored=True) == "\x1b[31ma\x1b[0m"
    assert paint("a", RED, is_colored=False) == "a"
    assert paint("", RED, is_colored=True) == ""
