"""The form of the tables of known modules."""

from acmrules.readers.terraform.known_modules.table import KnownModule, ModuleArgument

TABLE = KnownModule(
    "x/y/aws",
    "1.0.0",
    "3.0.0",
    (),
    (
        ModuleArgument("name", None),
        ModuleArgument("method", '"DNS"', until="2.0.0"),
        ModuleArgument("method", "null", since="2.0.0"),
        ModuleArgument("key", "null", since="1.5.0"),
        ModuleArgument("future", "null", since="4.0.0"),
    ),
    "",
)


def test_a_range_ends_where_an_argument_changes():
    """Each range starts with a version that changes an argument or a default."""
    assert TABLE.segments() == [(1, 0, 0), (1, 5, 0), (2, 0, 0)]


def test_defaults_of_several_ranges():
    """An argument has a default in each range, also in those that do not have the argument."""
    assert TABLE.defaults("method", [(1, 0, 0), (1, 5, 0)]) == {'"DNS"'}
    assert TABLE.defaults("method", [(1, 5, 0), (2, 0, 0)]) == {'"DNS"', "null"}
    assert TABLE.defaults("key", [(1, 0, 0), (2, 0, 0)]) == {"null"}
    assert TABLE.defaults("name", [(1, 0, 0)]) == {None}


def test_ranges_without_an_argument():
    """A table says nothing about an argument that it does not list."""
    assert [TABLE.has("key", start) for start in TABLE.segments()] == [False, True, True]
    assert TABLE.has("other", (1, 0, 0))
    assert TABLE.names() == ["name", "method", "key", "future"]
