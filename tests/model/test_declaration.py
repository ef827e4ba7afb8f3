"""Variants of a declaration."""

import pytest

from acmrules.model.declaration import Location, Variant


@pytest.mark.parametrize(
    ("path", "start"),
    [((), 0), (("names",), 5), (("names", 1), 7), (("names", 7), 5), (("tags", 0, "key"), 0)],
)
def test_place_of_a_path(path, start):
    """A path that has no place of its own stands where the nearest thing around it does."""
    locations = {(): Location(0, 1), ("names",): Location(5, 9), ("names", 1): Location(7, 8)}
    assert Variant(None, (), locations).place(path).start == start
