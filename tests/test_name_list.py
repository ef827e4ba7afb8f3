import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acmrules.changes import Verdict, compare
from acmrules.coverage import CoverageIndex
from acmrules.errors import InvalidArgument, InvalidName
from acmrules.name_list import NameList, folded_hosts
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.strategies import name_lists, related_names


class TestLaws:
    """What is true of every list of names."""

    @given(st.lists(related_names(), min_size=1))
    def test_names_are_kept_in_order_and_once(self, names):
        """A list keeps the first occurrence of each name."""
        assert list(NameList(names)) == sorted(set(names), key=names.index)

    @given(st.lists(related_names(), min_size=1))
    def test_strings_and_names_make_the_same_list(self, names):
        """Strings are read in any case."""
        assert NameList(str(name).upper() for name in names) == NameList(names)

    @given(name_lists(), st.randoms(use_true_random=False), related_names())
    def test_a_permutation_covers_the_same(self, names, random, host):
        """The order of the other names does not change what is covered."""
        others = list(names.names[1:])
        random.shuffle(others)
        again = NameList([names.domain_name, *others])
        assert again.domain_name == names.domain_name
        assert CoverageIndex(again).covers(host) == CoverageIndex(names).covers(host)

    @given(name_lists(), related_names())
    def test_no_edit_changes_the_list(self, names, name):
        """An edit returns another list and leaves the original unchanged."""
        before = tuple(names)
        names.adding([name])
        names.leading_with(name)
        if len(names) > 1:
            names.removing([names[0]])
        assert tuple(names) == before

    @given(name_lists(), related_names())
    def test_an_edit_gives_a_different_list(self, names, name):
        """A list differs after a name is added, removed or moved to the front."""
        assume(name not in names)
        assert names.adding([name]) != names
        assert names.leading_with(name) != names
        assert names.adding([name]).removing([names.domain_name]) != names
        assert names.adding([name]).leading_with(name) != names.adding([name])

    @given(name_lists(), related_names())
    def test_an_edit_makes_another_certificate(self, names, name):
        """Every edit of the names replaces the certificate."""
        assume(name not in names)
        longer = names.adding([name])
        for edited in (longer, names.leading_with(name), longer.removing([names.domain_name])):
            assert compare(names, edited).verdict is Verdict.REPLACEMENT

    @given(name_lists(), related_names())
    def test_removing_undoes_adding(self, names, name):
        """A name that is added and removed leaves an equal list."""
        assume(name not in names)
        assert names.adding([name]).removing([name]) == names

    @given(name_lists(), related_names())
    def test_adding_a_listed_name_changes_nothing(self, names, name):
        """A name that is added twice is listed once."""
        assert names.adding([name]).adding([name]) == names.adding([name])

    @given(name_lists(), related_names())
    def test_leading_keeps_every_name(self, names, name):
        """Another domain name changes the order, and keeps all names."""
        led = names.leading_with(name)
        assert led.domain_name == name
        assert set(led) == {*names, name}

    @given(name_lists())
    def test_a_list_prints_as_an_expression(self, names):
        """The representation of a short list is the expression that creates it."""
        shown = repr(names)
        if len(names) <= 3:
            assert eval(shown) == names
        else:
            assert shown.endswith(f", … {len(names)} in all])")

    @given(name_lists())
    def test_a_list_survives_pickling(self, names):
        """A pickle gives an equal list, with an equal hash."""
        again = pickle.loads(pickle.dumps(names))
        assert again == names
        assert hash(again) == hash(names)

    @given(name_lists())
    def test_every_name_is_at_its_index(self, names):
        """Index, position and membership agree."""
        assert [names[names.index(name)] for name in names] == list(names)
        assert all(name in names and str(name) in names for name in names)
        assert len(names) == len(set(names))


NAMES = NameList(["Example.com", "*.example.com", "example.COM"])


def test_a_list_of_two():
    """Case and repeats are normalized, and the domain name is the first name."""
    assert NAMES.names == (
        DomainName("example.com"),
        WildcardDomainName(DomainName("example.com")),
    )
    assert NAMES.domain_name == DomainName("example.com")
    assert str(NAMES) == "example.com, *.example.com"
    assert repr(NAMES) == "NameList(['example.com', '*.example.com'])"


def test_listed_is_less_than_covered():
    """A name that a wildcard covers is not thereby listed."""
    assert "www.example.com" not in NAMES
    assert "EXAMPLE.com" in NAMES


def test_order_makes_another_list():
    """Lists in different orders differ, because the first name is another attribute."""
    assert NameList(["a.io", "b.io"]) != NameList(["b.io", "a.io"])


def test_a_list_is_never_empty():
    """A certificate has a name, so an empty list cannot be created."""
    with pytest.raises(InvalidArgument, match="at least one name"):
        NameList([])
    with pytest.raises(InvalidArgument, match="at least one name"):
        NAMES.removing(NAMES)


def test_hosts_are_listed_once():
    """A host may be a string in any case, with or without a final dot, or a name."""
    hosts = ["A.io", "a.io.", parse_name("*.a.io"), "b.io"]
    assert [*map(str, folded_hosts(hosts))] == ["a.io", "*.a.io", "b.io"]
    with pytest.raises(InvalidName):
        folded_hosts(["localhost"])


def test_a_name_that_is_not_listed_cannot_be_removed():
    """The error for a name that is not listed has the name."""
    with pytest.raises(InvalidArgument, match=r"`www\.example\.com` is not listed"):
        NAMES.index("www.example.com")
    with pytest.raises(InvalidArgument, match=r"`www\.example\.com` is not listed"):
        NAMES.removing(["www.example.com"])


def test_an_invalid_name_is_rejected():
    """Every method reads strings as names."""
    for entrance in (NAMES.leading_with, NAMES.index):
        with pytest.raises(InvalidName):
            entrance("localhost")
    for entrance in (NameList, NAMES.adding, NAMES.removing):
        with pytest.raises(InvalidName):
            entrance(["localhost"])


@pytest.mark.parametrize("entrance", [NameList, NAMES.adding, NAMES.removing])
@pytest.mark.parametrize("single", ["example.com", NAMES.domain_name, b"a.io", 3, None])
def test_a_list_is_no_single_name(entrance, single):
    """A single name, or anything else that is not a list, is an error with its type."""
    with pytest.raises(TypeError) as error:
        entrance(single)
    kind = type(single).__name__
    assert str(error.value) == f"`names` must be a list of names, not `{kind}`"


def test_hosts_are_no_single_name():
    """A single host is an error that says which argument it is."""
    with pytest.raises(TypeError, match="`hosts` must be a list of names, not `str`"):
        folded_hosts("a.io")


def test_a_list_is_frozen():
    """A list cannot be edited in place, like the names of a certificate."""
    with pytest.raises(AttributeError, match="frozen"):
        NAMES.names = (parse_name("example.net"),)
