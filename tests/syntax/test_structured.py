"""The choice between JSON and YAML."""

import sys

import pytest

from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import looks_like_json, trees


def data_of(text, name="t.yaml", **how):
    """Return the data of all trees in a file."""
    return [tree.data for tree in trees(Source(name, text), **how)]


@pytest.mark.parametrize(
    ("text", "looks"), [("{", True), ("\n\t [", True), ("a: {", False), ("", False), ('"a"', False)]
)
def test_looks_like_json(text, looks):
    """A string that begins with a mapping or a list looks like JSON."""
    assert looks_like_json(text) is looks


def test_json_first():
    """JSON is parsed as JSON even in a YAML file, with numbers as requested."""
    assert data_of('{"a": 1}\n{"b": 2}') == [{"a": 1}, {"b": 2}]
    assert data_of('{"a": 1.10}', texts=True) == [{"a": "1.10"}]


def test_yaml_in_braces():
    """A YAML file that begins with a brace may use the syntax of YAML."""
    assert data_of("{a: b, c: [d,]}", "t.yml") == [{"a": "b", "c": ["d"]}]
    with pytest.raises(InputError, match=r"t.json:1:2: not valid JSON"):
        data_of("{a: b}", "t.json")


def test_yaml():
    """Any other text is YAML, with one tree per document."""
    assert data_of("a: 1\n---\n- b\n", "t.template", texts=True) == [{"a": "1"}, ["b"]]


@pytest.mark.parametrize("extra", ["cloudformation", "kubernetes"])
def test_yaml_is_missing(monkeypatch, extra):
    """Without PyYAML, the error names the extra to install for the format."""
    monkeypatch.delitem(sys.modules, "acmrules.syntax.yaml.tree", raising=False)
    monkeypatch.delattr("acmrules.syntax.yaml.tree", raising=False)
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(InputError, match=rf"needs PyYAML: install acmrules\[{extra}\]"):
        data_of("a: b", extra=extra)
