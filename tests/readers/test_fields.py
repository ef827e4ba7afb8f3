"""Access to the members of a mapping."""

import pytest

from acmrules.readers.fields import Fields, LiteralReader
from acmrules.syntax.errors import TypeMismatchError

DATA = {"text": "a", "number": 1, "list": ["a", "b"], "maps": [{"x": "y"}], "in": {"x": "y"}}


@pytest.fixture
def fields():
    """Return the members of a literal mapping inside another one."""
    return Fields(LiteralReader(), DATA, ("top",))


def test_members(fields):
    """Each member has its pointer, and an absent one is empty."""
    assert fields.text("text") == ("a", ("top", "text"), None)
    assert fields.text("nothing") is None
    assert [text for text, _, _ in fields.texts("list")] == ["a", "b"]
    assert fields.texts("nothing") == fields.elements("nothing") == fields.each("nothing") == []
    assert fields.inner("in").text("x") == ("y", ("top", "in", "x"), None)
    assert fields.inner("nothing").data == {}
    (inside,) = fields.each("maps")
    assert inside.text("x") == ("y", ("top", "maps", 0, "x"), None)


def test_literal(fields):
    """A literal is a string, empty if it is absent."""
    assert (fields.literal("text"), fields.literal("nothing")) == ("a", "")


def test_contains(fields):
    """A member exists unless it is absent."""
    assert "text" in fields
    assert "nothing" not in fields


@pytest.mark.parametrize(
    "ask",
    [
        lambda fields: fields.text("number"),
        lambda fields: fields.texts("in"),
        lambda fields: fields.each("list"),
        lambda fields: fields.inner("text"),
        lambda _: Fields(LiteralReader(), [], ()),
    ],
)
def test_misfits(fields, ask):
    """A member of the wrong type is a type mismatch."""
    with pytest.raises(TypeMismatchError):
        ask(fields)


def test_plain_data_is_known():
    """Literal data is never unknown."""
    assert LiteralReader().unknown({"Ref": "X"}, ()) is None
