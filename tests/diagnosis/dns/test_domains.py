"""Names in DNS as canonical strings, and the names above them."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.dns import domains
from acmrules.diagnosis.dns.domains import canonical, is_within, parents

labels = st.sampled_from(("a", "b", "com"))
names = st.lists(labels, min_size=1, max_size=4).map(".".join)


def test_the_examples_of_the_docstrings_hold():
    """`canonical` and `parents` have an example each."""
    assert doctest.testmod(domains).attempted == 2
    assert doctest.testmod(domains).failed == 0


@given(names)
def test_names_are_canonical_in_any_spelling(name):
    """The case and the final dot of a name do not matter."""
    assert canonical(f"{name.upper()}.") == canonical(name) == name
    assert canonical(".") == ""


@given(names, names)
def test_a_name_is_within_its_parents_only(name, other):
    """A name is within a domain exactly if the domain is one of its parents."""
    assert is_within(name, other) == (other in parents(name))


@given(names)
def test_every_name_is_within_the_root(name):
    """The root is the empty name."""
    assert is_within(name, "")
