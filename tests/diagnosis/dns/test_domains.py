"""Names above other names, as canonical strings."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.dns import domains
from acmrules.diagnosis.dns.domains import is_within, parents

labels = st.sampled_from(("a", "b", "com"))
names = st.lists(labels, min_size=1, max_size=4).map(".".join)


def test_the_examples_of_the_docstrings_hold():
    """`parents` has an example."""
    assert doctest.testmod(domains).attempted == 1
    assert doctest.testmod(domains).failed == 0


@given(names, names)
def test_a_name_is_within_its_parents_only(name, other):
    """A name is within a domain exactly if the domain is one of its parents."""
    assert is_within(name, other) == (other in parents(name))


@given(names)
def test_every_name_is_within_the_root(name):
    """The root is the empty name."""
    assert is_within(name, "")
