"""Quoted strings have the same value when they are read."""

import json
from unicodedata import normalize

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.hcl import native
from acmrules.syntax.hcl.ast import Literal
from acmrules.syntax.source import Source
from acmrules.writers.quoting import in_hcl, in_yaml, template

TEXTS = st.text('ab${%}"\\\n\t #:-\u00fc\u2028\U0001f600') | st.text(
    st.characters(exclude_categories=["Cs"])
)


@given(TEXTS)
def test_yaml(text):
    """A YAML string is one line, and a parser reads the same string."""
    assert yaml.safe_load(in_yaml(text)) == text
    assert yaml.safe_load(f"a:\n  - {in_yaml(text)}\n") == {"a": [text]}
    assert in_yaml(text).isprintable()


@given(TEXTS)
def test_hcl(text):
    """An HCL string is one line, and a literal; HCL normalizes it to NFC."""
    found = native.expression(Source("main.tf", in_hcl(text)))
    assert isinstance(found, Literal)
    assert found.value == normalize("NFC", text)
    assert in_hcl(text).isprintable()


@pytest.mark.parametrize("word", ["no", "Off", "y", "NULL", "true", "1", "1.5", "-", ".", "", "~"])
def test_words_that_need_quotes(word):
    """Words that YAML reads as other types are quoted."""
    assert in_yaml(word) == json.dumps(word)


@pytest.mark.parametrize("text", ["a.io", "EC_prime256v1", "x--y", "nothing", "e1"])
def test_words_that_need_no_quotes(text):
    """Most domain names need no quotes."""
    assert in_yaml(text) == text


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ([("a", False), ("var.b", True), ("c", False)], '"a${var.b}c"'),
        ([("$", False), ("var.b", True), ("{", False)], '"\\u0024${var.b}{"'),
        ([("%", False), ("{", False)], '"%%{"'),
        ([("$${", False)], '"$\\u0024{"'),
        ([("%${", False)], '"%$${"'),
        ([("$%{", False)], '"$%%{"'),
        ([("{{", False)], '"{{"'),
    ],
)
def test_templates(parts, written):
    """Only the expressions of a template are interpolated."""
    assert template(parts) == written
