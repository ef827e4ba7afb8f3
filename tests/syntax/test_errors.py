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


def test_cycle(tree):
    """A cyclic reference lists all names in the cycle."""
    several = CyclicReferenceError(("a", KEY), ["a", "b"]).unreadable(tree)
    assert str(several) == "t.json:1:3: `a` is part of a reference cycle: `a`, `b`"
    assert CyclicReferenceError(("a", KEY), ["a"]).unreadable(tree).fault == "`a` refers to itself"
