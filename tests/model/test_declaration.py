"""Variants of a declaration."""

import pytest

from acmrules.model.declaration import Location, Placed, Variant
from acmrules.syntax.source import Source


@pytest.mark.parametrize(
    ("path", "start"),
    [((), 0), (("names",), 5), (("names", 1), 7), (("names", 7), 5), (("tags", 0, "key"), 0)],
)
def test_place_of_a_path(path, start):
    """A path without a location has the location of its nearest parent."""
    spans = {(): (0, 1), ("names",): (5, 9), ("names", 1): (7, 8)}
    source = Source("a", "x" * 9)
    locations = {each: Location(source, *span) for each, span in spans.items()}
    assert Variant(None, (), locations).location(path).start == start


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
