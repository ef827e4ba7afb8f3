"""The examples of rules, checked."""

import re

import pytest

from acmrules.lint.examples import findings_of_examples
from acmrules.lint.rules import CATALOGUE


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_the_findings_are_those_of_the_failing_examples(rule):
    """Each failing example has a finding at its path, and no other rule is checked."""
    found = [*findings_of_examples(rule)]
    assert {finding.rule for finding in found} == {rule}
    if rule.on != "suppression":
        expected = {example.at for example in rule.examples if example.at is not None}
        assert {finding.path for finding in found} == expected


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_value_is_never_the_representation_of_an_object(rule):
    """A resource has no spelling, so its value is its address."""
    for finding in findings_of_examples(rule):
        assert not re.match(r"[A-Z]\w*\(", finding.value or ""), finding.value
