"""ACM9xx: suppressions that are unused, malformed or expired."""

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
def test_every_example_has_its_result(rule, example):
    """The rule reports a failing example, and reports nothing for a passing one."""
    paths = found(rule, example.fields["suppression"], example.as_of or CHECKED)
    assert paths == ([] if example.at is None else [example.at])


@given(
    st.sampled_from(["", "the reason is missing"]),
    st.none() | st.dates(),
    st.sampled_from([(), ("ACM301",)]),
    st.dates(),
)
def test_a_suppression_that_applies_is_neither_malformed_nor_expired(fault, until, unused, as_of):
    """A suppression that does not apply is either malformed or expired."""
    some = Suppression("x", ("ACM301",), until, "x", fault, unused)
    reported = [rule.id for rule in rules.RULES if found(rule, some, as_of)]
    assert ("ACM901" in reported) is bool(unused)
    assert (len([rule for rule in reported if rule != "ACM901"]) == 1) is not some.counts(as_of)


def test_the_help_names_the_part_of_a_suppression_that_is_unused():
    """If every rule is unused, the whole suppression can be removed."""
    context = Context(CHECKED, default_suffixes())
    some = Suppression("x", ("ACM301", "ACM302"), reason="x", unused=("ACM302",))
    [part] = rules.unused_suppression.check(some, context)
    assert part.message == "unused: `ACM302` reports nothing here"
    assert part.help == "remove `ACM302` from the suppression"
    [whole] = rules.unused_suppression.check(some.__replace__(unused=some.rules), context)
    assert whole.message == "unused: `ACM301`, `ACM302` report nothing here"
    assert not whole.help
