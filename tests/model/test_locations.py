"""Locations that are determined on first access."""

import pytest

from acmrules.model.locations import Locations, Origin
from acmrules.model.placed import Location
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source
from acmrules.syntax.tree import KEY

TEXT = '{"a": {"List": " x.io,y.io, z.io"}, "b": "{{ not }}"}'


@pytest.fixture
def tree():
    """Return a small tree."""
    return JsonTree(Source("t.json", TEXT))


def written(place):
    """Return the text at a location."""
    return TEXT[place.start : place.end]


def test_paths(tree):
    """Locations are a mapping from paths, with own and shared ones."""
    locations = Locations(tree, {(): (("a", KEY), None)}, {("zones", 0): (("b",), None)})
    assert dict(locations) == {
        (): Location(tree.source, 2, 3),
        ("zones", 0): Location(tree.source, 42, 51),
    }
    assert () in locations
    assert ("zones", 0) in locations
    assert ("names",) not in locations
    assert len(locations) == 2
    assert dict(Locations(tree, {})) == {}


def test_definition(tree):
    """A value from elsewhere has the location of its use, and its literal as definition."""
    pointers = {("names", 0): (("b",), Origin(("a", "List"), "default"))}
    place = Locations(tree, pointers)["names", 0]
    assert (written(place), written(place.definition), place.note) == (
        "{{ not }}",
        " x.io,y.io, z.io",
        "default",
    )


@pytest.mark.parametrize(("item", "name"), [(0, "x.io"), (1, "y.io"), (2, "z.io")])
def test_item(tree, item, name):
    """The definition of an item of a comma-delimited list is its position in the list."""
    pointers = {("names", 0): (("b",), Origin(("a", "List"), "default", item))}
    assert written(Locations(tree, pointers)["names", 0].definition) == name


def test_value_from_outside(tree):
    """A value from the command line has a note and no definition."""
    place = Locations(tree, {(): (("b",), Origin(None, "given"))})[()]
    assert (place.definition, place.note) == (None, "given")
