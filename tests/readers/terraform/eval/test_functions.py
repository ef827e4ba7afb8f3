"""Functions that are neither of strings nor of collections, unknown ones, and any arguments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_expressions import (
    PARTLY_KNOWN,
    Names,
    assert_value,
    expression,
    node,
    shown,
    value,
    values,
    written,
)

from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.eval.functions import FUNCTIONS
from acmrules.unresolved import Unknown

MAYBE = values.map(written) | st.sampled_from(
    [
        "var.u",
        '"a${var.u}"',
        '"${var.u}b"',
        '["a", var.u]',
        "concat(var.u, [])",
        "{a = var.u}",
        "merge(var.u)",
    ]
)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(MAYBE, max_size=4))
def test_any_arguments(name, arguments):
    """A function returns a known or an unknown value for any arguments."""
    shown(node(f"{name}({', '.join(arguments)})"))


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('try({}.a, "x")', "x"),
        ('try(["a"][3], ["b"][0])', "b"),
        ("can({}.a)", False),
        ('can("x")', True),
        ('try(tonumber("x"), 3)', 3),
        ('can(tonumber("x"))', False),
        ('can(regex("^a", "b"))', False),
        ('can(regex("^a", "ab"))', True),
        ('try(null, "x")', None),
    ],
)
def test_known_values(call, expected):
    """On known values, a function returns what Terraform prints."""
    assert_value(call, expected)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('strrev("abc")', '<strrev("abc")>'),
        ('file("a")', '<file("a")>'),
        ("provider::aws::arn_parse(var.u)", "<provider::aws::arn_parse(var.u)>"),
        ("core::max(1, 2)", 2),
    ],
)
def test_unknown_values(call, expected):
    """Known parts and items are kept, and the rest is unknown, labeled with the call."""
    assert value(call, PARTLY_KNOWN) == expected


def test_nested_empty_lists():
    """Flattening nested empty lists ends."""
    declared = "locals {\n  a0 = []\n"
    for index in range(1, 40):
        declared += f"  a{index} = [local.a{index - 1}, local.a{index - 1}]\n"
    names = Remembered(f"{declared}}}\n")
    for call in ("flatten(local.a39)", "jsonencode(local.a39)", "local.a39 == local.a38"):
        found = evaluate(expression(call), names).value
        assert len(str(found)) < 200
        assert isinstance(found, Unknown | bool)


class Remembered(Names):
    """A scope that evaluates each local once."""

    def __init__(self, text):
        super().__init__(text)
        self.known = {}

    def local(self, name):
        """Return the value of a local."""
        if name not in self.known:
            self.known[name] = super().local(name)
        return self.known[name]


def test_work():
    """Long lists count as work, and a result that takes too much is unknown."""
    names = Names(work=5_000)
    found = evaluate(expression("[for i in range(4000) : length(range(4000))]"), names)
    assert shown(found).startswith("<[for i in range(4000)")
