"""Terraform files in either syntax, selected by file name."""

import pytest

from acmrules.syntax.hcl import parse
from acmrules.syntax.source import Source

NATIVE = 'locals {\n  a = "b"\n}\n'
JSON = '{"locals": {"a": "b"}}'


@pytest.mark.parametrize(
    ("name", "text"),
    [("main.tf", NATIVE), ("main.tf.json", JSON), ("x.tfvars", NATIVE), ("x.auto.tf.json", JSON)],
)
def test_both_spellings_say_the_same(name, text):
    """The extension of a file selects its syntax."""
    [block] = parse.parse(Source(name, text)).blocks
    assert block.type == "locals"
    assert block.body.attributes["a"].value.value == "b"
