"""Locations that are found when somebody asks."""

import pytest

from acmrules.model.declaration import Location
from acmrules.model.locations import Locations, Origin
from acmrules.syntax.errors import CyclicReferenceError, TypeMismatchError
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source
from acmrules.syntax.tree import KEY, NOT_RENDERED, CommaSeparatedEntries
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TEXT = '{"a": {"List": " x.io,y.io, z.io"}, "b": "{{ not }}"}'


@pytest.fixture
def tree():
    """Return a small tree."""
    return JsonTree(Source("t.json", TEXT))


def written(place):
    """Return the text at a place."""
    return TEXT[place.start : place.end]


def test_places(tree):
    """Paths lead to places, own ones and shared ones, as in any mapping."""
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
    """A value from elsewhere stands at its use, and has the place of the literal beside."""
    pointers = {("names", 0): (("b",), Origin(("a", "List"), "default"))}
    place = Locations(tree, pointers)["names", 0]
    assert (written(place), written(place.definition), place.note) == (
        "{{ not }}",
        " x.io,y.io, z.io",
        "default",
    )


@pytest.mark.parametrize(("item", "name"), [(0, "x.io"), (1, "y.io"), (2, "z.io")])
def test_item(tree, item, name):
    """An item of a comma-delimited list is defined where it stands in the list."""
    pointers = {("names", 0): (("b",), Origin(("a", "List"), "default", item))}
    assert written(Locations(tree, pointers)["names", 0].definition) == name


ENTRIES = " a, ,b ,, c"


@pytest.mark.parametrize(
    ("entry", "text"), [(0, "a"), (1, ENTRIES), (2, "b"), (3, ENTRIES), (4, "c"), (5, ENTRIES)]
)
def test_entries_stand_without_their_blanks(entry, text):
    """An entry that is empty, or is not there, stands where the whole does."""
    entries = CommaSeparatedEntries(f"x{ENTRIES}x")
    for _ in range(2):
        start, end = entries.place((1, 1 + len(ENTRIES)), entry)
        assert f"x{ENTRIES}x"[start:end] == text


def test_a_text_is_taken_apart_once():
    """However many entries are asked for, the work is that of the text."""

    class Counting(str):
        __slots__ = ()
        asked = 0

        def __getitem__(self, key):
            Counting.asked += 1
            return super().__getitem__(key)

    entries = CommaSeparatedEntries(Counting("a,b,c"))
    assert [entries.place((0, 5), n) for n in range(3)] == [(0, 1), (2, 3), (4, 5)]
    assert Counting.asked == 1


def test_value_from_outside(tree):
    """A value that the caller gave has a note and no definition."""
    place = Locations(tree, {(): (("b",), Origin(None, "given"))})[()]
    assert (place.definition, place.note) == (None, "given")


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (None, "null"),
        ("x", "a string"),
        ({}, "a mapping"),
        ([], "a list"),
        (True, "a boolean"),
        (1, "a number"),
        (Unknown("x"), "an unknown value"),
        (UnresolvedNames(Unknown("x")), "an unknown value"),
        (Unresolved((Unknown("x"), ".io")), "a string"),
    ],
)
def test_misfit(tree, found, kind):
    """A type mismatch shows the pointer, the expected type, and the actual type."""
    unreadable = TypeMismatchError.of(("a", "List"), found, "a verse").unreadable(tree)
    assert str(unreadable) == f"t.json:1:17: `a.List` must be a verse, not {kind}"


def test_misfit_of_a_template(tree):
    """In template syntax, the error says to render the template."""
    assert TypeMismatchError.of(("b",), {}, "a string").unreadable(tree).fault == NOT_RENDERED


def test_circle(tree):
    """A cyclic reference lists all names in the cycle."""
    several = CyclicReferenceError(("a", KEY), ["a", "b"]).unreadable(tree)
    assert str(several) == "t.json:1:3: `a` is part of a reference cycle: `a`, `b`"
    assert CyclicReferenceError(("a", KEY), ["a"]).unreadable(tree).fault == "`a` refers to itself"
