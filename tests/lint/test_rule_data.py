"""Rules as plain data."""

import json

import pytest
from tests.support.rules import RULES

from acmrules.errors import InvalidArgument
from acmrules.lint.rule import Rule


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_found_by_its_data(rule):
    """The data of a rule in JSON is the rule of the catalogue."""
    data = json.loads(rule.to_json())
    assert Rule.from_dict(data) is rule
    assert data == rule.to_dict()
    assert {"id", "name", "title", "history", "facts", "sources"} < data.keys()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("ACM101", "must be an object with the `id` of a rule"),
        ({"id": 3}, "must be an object with the `id` of a rule"),
        ({"id": "ACM999"}, "unknown rule `ACM999`"),
    ],
)
def test_other_data_is_refused(data, message):
    """The error says what is needed."""
    with pytest.raises(InvalidArgument, match=message):
        Rule.from_dict(data)
