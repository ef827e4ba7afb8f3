"""Terraform's JSON syntax: the same blocks and values as in native syntax."""

import json
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.terraform_expressions import Names, identifiers, shown, values, written

from acmrules.readers.terraform.eval.expressions import evaluate, evaluate_block
from acmrules.syntax.hcl import ast, parse
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import NOT_RENDERED


def parsed(data, name="main.tf.json"):
    """Return a file with all its blocks parsed."""
    text = data if isinstance(data, str) else json.dumps(data)
    file = parse.parse(Source(name, text))
    for block in file.blocks:
        assert block.body is block.body
    return file


def evaluated(block):
    """Return the value of a block."""
    return shown(evaluate_block(block, Names()))


def templates(data):
    """Return data in which every string is escaped as a template."""
    if isinstance(data, str):
        return data.replace("${", "$${").replace("%{", "%%{")
    if isinstance(data, list):
        return [templates(item) for item in data]
    if isinstance(data, dict):
        return {templates(key): templates(item) for key, item in data.items()}
    return data


@given(st.dictionaries(identifiers, values), st.booleans(), st.sampled_from([None, 2]))
def test_spellings(arguments, ascii_only, indent):
    """Both syntaxes result in the same values where JSON can express them."""
    assume(not any(word in json.dumps(arguments) for word in ('"//"', '"dynamic"')))
    body = "".join(f"  {name} = {written(data, '  ')}\n" for name, data in arguments.items())
    native = parse.parse(Source("main.tf", f'resource "a" "b" {{\n{body}}}\n'))
    text = json.dumps(
        {"resource": {"a": {"b": templates(arguments)}}}, ensure_ascii=ascii_only, indent=indent
    )
    (one,), (other,) = native.blocks, parsed(text).blocks
    assert (one.type, one.labels) == (other.type, other.labels)
    assert evaluated(one) == evaluated(other)


@given(st.text(), st.text(), st.booleans())
def test_places(before, after, ascii_only):
    """Strings and interpolations are located correctly after any escapes."""
    before, after = before.replace("{", ""), after.replace("{", "")
    template = f"{before}-${{lower(var.name)}}{after}"
    text = json.dumps({"locals": {"x": template}}, ensure_ascii=ascii_only)
    value = parsed(text).blocks[0].body.attributes["x"].value
    assert json.loads(f'"{text[value.start : value.end]}"') == template
    call = next(part for part in value.parts if isinstance(part, ast.Call))
    assert text[call.start : call.end] == call.written == "lower(var.name)"
    for part in value.parts:
        if isinstance(part, ast.Literal):
            assert normalize("NFC", json.loads(f'"{part.written}"')) == part.value


SAMPLE = {
    "//": "a comment",
    "locals": [{"x": 1}, {"y": "${local.x}"}],
    "module": {"m": {"source": "./m", "//": {"x": 1}}},
    "provider": {"aws": [{"region": "us-east-1"}, {"alias": "b", "region": None}]},
    "resource": [
        {
            "aws_acm_certificate": {
                "//": "of a kind",
                "one": [{"domain_name": "a.example", "tags": {'${upper("k")}': True, "//": 1}}],
                "two": {
                    "lifecycle": {"create_before_destroy": True},
                    "dynamic": {
                        "validation_option": [
                            {
                                "for_each": ["p", "${var.u}"],
                                "iterator": "it",
                                "content": {"domain_name": "${it.value}"},
                            }
                        ],
                        "nothing": {"for_each": []},
                    },
                    "map": {"dynamic": 1},
                    "inner": {"dynamic": {"deep": {"for_each": [1], "content": [{"n": 2}]}}},
                },
            }
        }
    ],
}


def test_sample():
    """Blocks are mappings, or lists of mappings, below their labels, and `//` is a comment."""
    text = json.dumps(SAMPLE, indent=1)
    found = parsed(text)
    assert found.attributes["//"].value.value == "a comment"
    assert [(block.type, block.labels, evaluated(block)) for block in found.blocks] == [
        ("locals", (), {"x": 1}),
        ("locals", (), {"y": "<local.x>"}),
        ("module", ("m",), {"source": "./m"}),
        ("provider", ("aws",), {"region": "us-east-1"}),
        ("provider", ("aws",), {"alias": "b", "region": None}),
        (
            "resource",
            ("aws_acm_certificate", "one"),
            {"domain_name": "a.example", "tags": {"K": True}},
        ),
        (
            "resource",
            ("aws_acm_certificate", "two"),
            {
                "lifecycle": {"create_before_destroy": True},
                "validation_option": [{"domain_name": "p"}, {"domain_name": "<var.u>"}],
                "nothing": [],
                "map": {"dynamic": 1},
                "inner": {"deep": [{"n": 2}]},
            },
        ),
    ]
    heads = [text[block.start : block.end] for block in found.blocks]
    assert heads == ["locals", "locals", "m", "aws", "aws", "one", "two"]


def test_variables():
    """In a variables file, a string is a literal."""
    file = parsed({"a": "${x}", "b": {"${y}": 1}}, "terraform.tfvars.json")
    assert not file.blocks
    found = {name: evaluate(a.value, Names()) for name, a in file.attributes.items()}
    assert shown(found["a"]) == "${x}"
    assert shown(found["b"]) == {"${y}": 1}


@pytest.mark.parametrize(
    ("text", "column", "fault"),
    [
        ("[1]", 2, "`0` must be a mapping, not a number"),
        ('{"resource": 1}', 14, "`resource` must be a mapping, not a number"),
        ('{"locals": {"dynamic": "x"}}', 25, "`locals.dynamic` must be a mapping, not a string"),
        (
            '{"locals": {"x": "a ${"}}',
            19,
            "not valid HCL: expected a value, found the end of the file",
        ),
        ("{} x", 4, "not valid JSON: unexpected text after the value"),
        ('{"a": }', 7, "not valid JSON: expecting value"),
        ('{"a": {{ .Values.x }} }', 8, NOT_RENDERED),
        ('{"locals": {"a": ' + "[" * 200 + "]" * 200 + "}}", 117, "is nested too deeply"),
    ],
)
def test_refused(text, column, fault):
    """An invalid configuration is rejected with a position."""
    with pytest.raises(InputError) as caught:
        parsed(text)
    assert (caught.value.position.column, caught.value.fault) == (column, fault)


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_depth(bracket):
    """Excessive nesting is rejected."""
    with pytest.raises(InputError):
        parsed('{"locals": ' + bracket * 100_000)
