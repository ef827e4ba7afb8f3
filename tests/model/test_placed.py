"""Locations, and values that have one."""

from acmrules.model.placed import Location, Placed
from acmrules.syntax.source import Source


def test_locations():
    """A location has a file, lines and columns, and the text between them."""
    location = Location(Source("a.yaml", "x\n  b.io\n"), 4, 8)
    assert (location.file, str(location.position), location.line) == ("a.yaml", "2:3", 2)
    assert (location.text, str(location.range.end)) == ("b.io", "2:7")
    defined = location.__replace__(definition=location, note="default of parameter `Name`")
    assert (defined != location, defined.span) == (True, location.span)


def test_placed_values_are_sorted_by_file_and_line():
    """Values without a location are the first ones."""
    source = Source("a.yaml", "x\n  b.io\n")
    spots = Location(Source("b.yaml", ""), 0, 0), Location(source, 4, 8), Location(source, 0, 1)
    order = sorted(map(Placed, (*spots, None)), key=lambda each: each.reading_order)
    assert [(each.file, str(each.position)) for each in order] == [
        ("", "None"),
        ("a.yaml", "1:1"),
        ("a.yaml", "2:3"),
        ("b.yaml", "1:1"),
    ]
