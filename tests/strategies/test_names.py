"""The public strategies of names and hosts keep their promises."""

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from acmrules.coverage import CoverageIndex
from acmrules.errors import InvalidName, NameFault
from acmrules.name_list import NameList
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.strategies import (
    covered_hosts,
    domain_names,
    invalid_names,
    name_lists,
    names,
    related_names,
    uncovered_hosts,
    wildcard_domain_names,
)


@given(domain_names(), wildcard_domain_names(), names(), name_lists(names(), max_size=3))
def test_names_are_canonical_and_of_their_kind(domain, wildcard, name, listed):
    """Parsing the string of a name gives the name."""
    assert isinstance(domain, DomainName)
    assert isinstance(wildcard, WildcardDomainName)
    for each in (domain, wildcard, name):
        assert parse_name(str(each)) == each
    assert 1 <= len(listed) <= 3


@given(st.data(), names() | related_names())
def test_covered_hosts_are_covered(data, name):
    """By one of the names, which may be strings."""
    listed = data.draw(name_lists(st.just(name) | related_names()))
    host = data.draw(covered_hosts(map(str, listed)))
    assert CoverageIndex(listed).covers(host)


@given(st.data(), name_lists() | name_lists(names()))
def test_uncovered_hosts_are_not_covered(data, listed):
    """By none of them."""
    assert not CoverageIndex(listed).covers(data.draw(uncovered_hosts(listed)))


@pytest.mark.parametrize("name", ["*." + "a" * 60 + ".a" * 94 + ".io", "a." * 120 + "example.com"])
def test_long_names_have_hosts_too(name):
    """No host is longer than DNS allows."""
    listed = NameList([name])

    @given(covered_hosts(listed), uncovered_hosts(listed))
    def law(covered, uncovered):
        assert CoverageIndex(listed).covers(covered)
        assert not CoverageIndex(listed).covers(uncovered)

    law()


@pytest.mark.parametrize("fault", NameFault, ids=lambda fault: fault.name)
def test_invalid_names_have_their_fault(fault):
    """For each fault that there is."""
    kind = WildcardDomainName if fault is NameFault.NO_WILDCARD else DomainName

    @given(invalid_names(fault))
    def law(text):
        with pytest.raises(InvalidName) as caught:
            kind(text)
        assert caught.value.fault is fault
        if fault not in {NameFault.UNEXPECTED_WILDCARD, NameFault.NO_WILDCARD}:
            with pytest.raises(InvalidName) as parsed:
                parse_name(text)
            assert parsed.value.args == caught.value.args

    law()


@given(invalid_names())
def test_invalid_names_without_a_fault_have_any(text):
    """None of them is a name."""
    with pytest.raises(InvalidName):
        DomainName(text)


@pytest.mark.parametrize(
    ("strategy", "text"),
    [
        (domain_names(), "www.com"),
        (wildcard_domain_names(), "*.www.com"),
        (name_lists(), "example.com"),
        (covered_hosts(["*.example.com"]), "www.example.com"),
        (uncovered_hosts(["*.example.com"]), "example.com"),
        (invalid_names(NameFault.UNDERSCORE), "_www.com"),
        (invalid_names(NameFault.EDGE_HYPHEN), "-www.com"),
        (invalid_names(NameFault.INNER_WILDCARD), "www.*.www.com"),
        (invalid_names(NameFault.PORT), "www.com:1"),
    ],
)
def test_the_simplest_example_is_readable(strategy, text):
    """That is what a failing test shows."""
    assert str(find(strategy, lambda _: True)) == text
