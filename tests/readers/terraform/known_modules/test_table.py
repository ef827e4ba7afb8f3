"""The form of the tables of known modules."""

import pytest

from acmrules.readers.terraform.known_modules.table import KnownModule, ModuleArgument, range_end
from acmrules.readers.terraform.versions import version

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


@pytest.mark.parametrize(
    ("release", "exists"),
    [("1.4.9", False), ("1.5.0", True), ("1.9.9", True), ("2.0.0", False), ("3.0.0", False)],
)
def test_an_argument_exists_before_its_end(release, exists):
    """The version in which an argument ends does not have it."""
    argument = ModuleArgument("key", None, since="1.5.0", until="2.0.0")
    assert argument.exists_in(version(release)) == exists


def test_the_ranges_of_a_table_are_inside_it():
    """A change before the first version, or at the end of the table, divides nothing."""
    arguments = (
        ModuleArgument("old", "null", since="0.5.0", until="3.0.0"),
        ModuleArgument("first", "null", since="1.0.0"),
    )
    assert TABLE.__replace__(arguments=arguments).segments() == [(1, 0, 0)]


def test_the_default_before_an_argument_exists():
    """Versions without an argument act as if they had its first default."""
    arguments = (
        ModuleArgument("key", '"a"', since="1.5.0", until="2.0.0"),
        ModuleArgument("key", '"b"', since="2.0.0"),
    )
    assert TABLE.__replace__(arguments=arguments).defaults("key", [(1, 0, 0)]) == {'"a"'}


def test_a_range_ends_before_the_next_one():
    """The last range ends where the table ends."""
    starts = TABLE.segments()
    ends = [range_end(starts, index, TABLE.until) for index in range(len(starts))]
    assert ends == [(1, 5, 0), (2, 0, 0), (3, 0, 0)]
