"""What the readers of all tools share about distributions."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import name

from acmrules.model.declaration import Variant
from acmrules.readers.distributions import certain, has_findings
from acmrules.resources import Distribution

VARIANTS = st.lists(
    st.builds(
        lambda aliases: Variant(None, (), {}, distribution=Distribution(aliases, True)),
        st.sampled_from([(), (name("a.io"),)]),
    ),
    min_size=1,
)


@given(VARIANTS)
def test_aliases_are_certain_if_every_combination_has_them(variants):
    """Otherwise the default certificate of those with aliases is unknown."""
    without = [not each.distribution.aliases for each in variants]
    known = [each.distribution.has_default_certificate for each in certain(variants)]
    assert known == [True if not any(without) or is_empty else None for is_empty in without]


@given(VARIANTS)
def test_aliases_are_worth_a_declaration(variants):
    """A distribution without aliases and load balancers has nothing to check."""
    assert has_findings(variants) is any(each.distribution.aliases for each in variants)
