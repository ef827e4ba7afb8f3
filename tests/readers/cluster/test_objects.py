"""An object of a cluster, and access to its fields."""

import pytest

from acmrules.readers.cluster.objects import ENTRY, Object, each, entries, texts, unknown
from acmrules.readers.evaluated import EvaluatedReader
from acmrules.readers.fields import Fields
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

OPEN = Unknown("$X")


def fields(data):
    """Return fields of evaluated data."""
    return Fields(EvaluatedReader(), data, ("at",))


def test_annotations_and_the_address_of_an_object():
    """An object is identified by its namespace and name."""
    data = {"metadata": {"annotations": {"a/b": "c"}}, "spec": {"d": "e"}}
    found = Object(("", "Service"), ("shop", "site"), fields(data))
    assert (found.address, found.namespace) == ("shop/site", "shop")
    assert found.annotation("a/b") == ("c", ("at", "metadata", "annotations", "a/b"), None)
    assert found.annotation("other") is None
    assert found.spec.literal("d") == "e"
    assert found.__replace__(key=("", "site")).address == "site"


class Named(Fields):
    """Fields with a class of their own."""


def test_items_have_the_class_of_their_fields():
    """The known items of a list are fields of the same class, without the unknown ones."""
    named = Named(EvaluatedReader(), {"items": [{"a": "b"}, OPEN]}, ())
    [item] = each(named, "items")
    assert (type(item), item.literal("a"), item.pointer) == (Named, "b", ("items", 0))
    assert unknown(named, "items") == [(UnresolvedNames(OPEN), ("items", 1), None)]


def test_an_unknown_list_is_one_unknown_string():
    """A list of strings that is unknown as a whole is one string."""
    assert [text for text, _, _ in texts(fields({"a": OPEN}), "a")] == [Unresolved((OPEN,))]


def test_each_entry_has_a_pointer():
    """An entry of a comma-separated string is identified by its number."""
    found = entries(("a, b", ("at",), None))
    assert found == [("a", ("at", ENTRY, 0), None), ("b", ("at", ENTRY, 1), None)]
    assert entries(None) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a,", OPEN, "b,c"), ["a", Unresolved((OPEN, "b")), "c"]),
        ((OPEN, ",b"), [Unresolved((OPEN,)), "b"]),
        (("b,", OPEN), ["b", Unresolved((OPEN,))]),
        ((" a , ", OPEN, " ,,"), ["a", Unresolved((OPEN,))]),
        ((" a ", OPEN, " b , c "), [Unresolved(("a ", OPEN, " b")), "c"]),
        ((OPEN, OPEN), [Unresolved((OPEN, OPEN))]),
    ],
)
def test_entries_with_unknown_parts(parts, expected):
    """An unknown part belongs to the entry around it, without the whitespace at the ends."""
    found = entries((Unresolved(parts), ("at",), None))
    assert [text for text, _, _ in found] == expected


def test_an_empty_string_has_no_entries():
    """Neither has one of commas and spaces only."""
    for text in ("", ",", " , ,"):
        assert entries((text, ("at",), None)) == []
