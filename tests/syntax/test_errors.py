"""Errors about values and references, with their places."""

import pytest

from acmrules.syntax.errors import CyclicReferenceError, TypeMismatchError
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source
from acmrules.syntax.tree import KEY, NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TEXT = '{"a": {"List": " x.io,y.io, z.io"}, "b": "{{ not }}"}'


@pytest.fixture
def tree():
    """Return a small tree."""
    return JsonTree(Source("t.json", TEXT))


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (None, "null"),
        ("x", "a text"),
        ({}, "a mapping"),
        ([], "a list"),
        (True, "a boolean"),
        (1, "a number"),
        (Unknown("x"), "not known"),
        (UnresolvedNames(Unknown("x")), "not known"),
        (Unresolved((Unknown("x"), ".io")), "a text"),
    ],
)
def test_misfit(tree, found, kind):
    """A misfit says where it is, what it is, and what belongs there."""
    unreadable = TypeMismatchError.of(("a", "List"), found, "a verse").unreadable(tree)
    assert str(unreadable) == f"t.json:1:17: `a.List` is {kind}, where a verse belongs"


def test_misfit_of_a_template(tree):
    """Where a template of another language stands, rendering it is the advice."""
    assert TypeMismatchError.of(("b",), {}, "a text").unreadable(tree).fault == NOT_RENDERED


def test_circle(tree):
    """A circle names all that is in it."""
    several = CyclicReferenceError(("a", KEY), ["a", "b"]).unreadable(tree)
    assert str(several) == "t.json:1:3: `a` is in a circle of references: `a`, `b`"
    assert CyclicReferenceError(("a", KEY), ["a"]).unreadable(tree).fault == "`a` refers to itself"
