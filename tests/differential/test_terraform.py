"""Expressions against Terraform: what acmrules knows is what Terraform 1.11.4 evaluates.

`terraform.json` contains expressions, each with its value as an output of `terraform plan`:
a value (numbers as decimal digits), `unknown`, or `error` if Terraform rejects the expression.
In it, `var.u` was the output of a new `terraform_data` resource, which is unknown in a plan.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.support.terraform_expressions import Names, expression

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.eval.values import Partial, unknown_in

TABLE = json.loads((Path(__file__).parent / "terraform.json").read_text())
NUMBERS = {int, float}


class UnknownAnswers(Names):
    """A scope without values, in which each open condition is true."""

    def decide(self, label):  # noqa: ARG002
        """Return that a condition is true."""
        return True


class NotKnown(Exception):  # noqa: N818  (no error: the value is unknown)
    """A part of a value is unknown."""


def as_table(data):
    """Return evaluated data in the form of the table; raises `NotKnown`."""
    data = data.value if isinstance(data, Node) else data
    if unknown_in(data) or isinstance(data, Partial):
        raise NotKnown
    if isinstance(data, list):
        return [as_table(item) for item in data]
    if isinstance(data, dict):
        return {"map": {key: as_table(item) for key, item in data.items()}}
    return {"number": Decimal(repr(data))} if type(data) in NUMBERS else data


def with_decimals(data):
    """Return a value of the table with its numbers as decimals."""
    if isinstance(data, list):
        return [with_decimals(item) for item in data]
    if isinstance(data, dict) and "number" in data:
        return {"number": Decimal(data["number"])}
    if isinstance(data, dict):
        return {"map": {key: with_decimals(item) for key, item in data["map"].items()}}
    return data


def outcome(text):
    """Return the value of an expression in the form of the table, `None` if it is not known."""
    try:
        return {"value": as_table(evaluate(expression(text), UnknownAnswers()))}
    except NotKnown:
        return None


@pytest.mark.parametrize("start", range(0, len(TABLE), 100))
def test_what_is_known_is_what_terraform_evaluates(start):
    """A known value is that of Terraform; nothing is known that it rejects or does not know."""
    wrong = []
    for text, found in TABLE[start : start + 100]:
        expected = {"value": with_decimals(found["value"])} if "value" in found else None
        known = outcome(text)
        if known is not None and known != expected:
            wrong.append((text, known, found))
    assert wrong == []


def test_most_values_are_known():
    """At least two thirds of the values that Terraform evaluates are known."""
    values = [text for text, found in TABLE if "value" in found]
    assert sum(outcome(text) is not None for text in values) > len(values) * 2 / 3
