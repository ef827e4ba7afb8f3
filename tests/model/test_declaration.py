"""Variants of a declaration."""

import pytest

from acmrules.model.declaration import Variant
from acmrules.model.placed import Location
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
