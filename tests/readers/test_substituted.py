"""Values of variables, with where they are defined."""

import pytest

from acmrules.model.locations import Origin
from acmrules.readers.fields import Fields
from acmrules.readers.substituted import Substituted, SubstitutedReader, concatenated
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

READER = SubstitutedReader()
HERE = ("resources", "cert", "names")
THERE = ("custom", "names")
UNKNOWN = Unresolved((Unknown("${env:NAMES}"),))


def test_a_string_has_the_place_of_its_definition():
    """The use is the location, and the definition is the origin."""
    value = Substituted("a.io", THERE, "`custom.names`")
    assert READER.text(value, HERE) == ("a.io", HERE, Origin(THERE, "`custom.names`"))
    assert READER.text("a.io", HERE) == ("a.io", HERE, None)
    assert READER.text(Substituted("a.io"), HERE) == ("a.io", HERE, None)
    assert READER.text(Substituted(None), HERE) is None


def test_the_items_of_a_list_are_where_the_list_is_used():
    """Each item has its own origin, and an unknown list is any number of names."""
    value = Substituted([Substituted("a.io", (*THERE, 0), "first"), Substituted("b.io")], THERE)
    assert READER.texts(value, HERE) == [
        ("a.io", HERE, Origin((*THERE, 0), "first")),
        ("b.io", HERE, None),
    ]
    ((names, *_),) = READER.texts(Substituted(UNKNOWN), HERE)
    assert names == UnresolvedNames(Unknown("${env:NAMES}"))
    assert READER.texts(["a.io"], HERE) == [("a.io", (*HERE, 0), None)]


def test_a_string_is_not_a_list():
    """A value of the wrong type is an error of the reader."""
    with pytest.raises(TypeMismatchError, match="must be a list of strings, not a string"):
        READER.texts(Substituted("a.io"), HERE)


def test_the_members_of_a_mapping_are_where_it_is_defined():
    """A mapping and a list of mappings are read at their definitions."""
    fields = Fields(READER, Substituted({"name": "a.io"}, THERE), HERE)
    assert fields.text("name") == ("a.io", (*THERE, "name"), None)
    value = Substituted([{"name": "a.io"}], THERE)
    assert Fields(READER, {"options": value}, HERE).elements("options") == [
        ({"name": "a.io"}, (*THERE, 0))
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], ""),
        (["a", "", ".io"], "a.io"),
        (["a.", UNKNOWN, ".", "io"], Unresolved(("a.", *UNKNOWN.parts, ".io"))),
        (["a" * 65_536], "a" * 65_536),
        (["a" * 65_536, "b"], None),
    ],
)
def test_concatenated_strings(texts, expected):
    """Neighboring known parts are one part, and the length is limited."""
    assert concatenated(texts) == expected
