"""ACM9xx: each example does what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.facts.fact import CHECKED
from acmrules.lint.rule import Context
from acmrules.lint.rules import suppressions as rules
from acmrules.lint.suppressions.model import Suppression
from acmrules.suffix_lists import default_suffixes

EXAMPLES = [(rule, example) for rule in rules.RULES for example in rule.examples]


def found(rule, suppression, as_of):
    return [problem.path for problem in rule.check(suppression, Context(as_of, default_suffixes()))]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", ""))
def test_every_example_does_what_it_says(rule, example):
    """One that fails is found, one that passes is not."""
    said = found(rule, example.fields["suppression"], example.as_of or CHECKED)
    assert said == ([] if example.at is None else [example.at])


@given(
    st.sampled_from(["", "gives no reason"]),
    st.none() | st.dates(),
    st.sampled_from([(), ("ACM301",)]),
    st.dates(),
)
def test_a_suppression_that_counts_is_neither_malformed_nor_expired(fault, until, unused, as_of):
    """One that does not is one of the two."""
    some = Suppression("x", ("ACM301",), until, "x", fault, unused)
    told = [rule.id for rule in rules.RULES if found(rule, some, as_of)]
    assert ("ACM901" in told) is bool(unused)
    assert (len([rule for rule in told if rule != "ACM901"]) == 1) is not some.counts(as_of)
