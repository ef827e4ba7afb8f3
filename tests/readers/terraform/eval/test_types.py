"""Conversion of variables to their types: defaults of attributes, and conversions of values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import declarations, names, only, text_at
from tests.support.terraform_expressions import (
    Names,
    evaluate,
    expression,
    identifiers,
    node,
    scalars,
    shown,
    written,
)

from acmrules.readers.terraform.eval.types import Conversion


def converted(kind, text, declared=""):
    """Return the value of an expression after conversion to a type."""
    scope = Names(declared)
    conversion = Conversion("v", lambda default: evaluate(default, scope), scope.work.spend)
    return conversion.convert(node(text, declared), expression(kind))


def type_of(data):
    """Return the narrowest type of a value, with all attributes optional and other defaults."""
    if isinstance(data, dict):
        return f"object({{{', '.join(f'{key} = {type_of(data[key])}' for key in data)}}})"
    if isinstance(data, list):
        return f"tuple([{', '.join(map(type_of, data))}])"
    if isinstance(data, str):
        return "string"
    return "any" if data is None else "bool" if isinstance(data, bool) else "number"


objects = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(identifiers, inner, max_size=3),
    max_leaves=10,
)
"""Data whose maps have identifiers as keys."""


@given(objects)
def test_a_value_of_its_type_is_unchanged(data):
    """A value of the declared type is unchanged."""
    assert shown(converted(type_of(data), written(data))) == data


@given(
    st.dictionaries(identifiers, objects.filter(lambda data: data is not None), max_size=4),
    st.data(),
)
def test_an_omitted_or_null_attribute_gets_its_default(data, draw):
    """Attributes that are omitted or null get their defaults."""
    attributes = (f"{key} = optional({type_of(it)}, {written(it)})" for key, it in data.items())
    kept = draw.draw(st.sets(st.sampled_from([*data]))) if data else ()
    null = draw.draw(st.sets(st.sampled_from([*data]))) if data else ()
    value = {key: None if key in null else it for key, it in data.items() if key in kept}
    found = converted(f"map(object({{{', '.join(attributes)}}}))", written({"x": value}))
    assert shown(found) == {"x": data}


NESTED = """object({
    name = string
    opts = optional(object({
        export = optional(string, "DISABLED")
        days   = optional(number)
    }), {})
})"""


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("object({ a = optional(string) })", "{}", {"a": None}),
        ("object({ a = optional(string, null) })", "{}", {"a": None}),
        ("object({ a = optional(string, 5) })", "{}", {"a": "5"}),
        ("object({ a = optional(bool, true) })", "{ a = null }", {"a": True}),
        ("object({ a = optional(bool, true) })", '{ a = "false" }', {"a": False}),
        ("object({ a = string })", "{ a = null }", {"a": None}),
        ("object({ a = string })", "{ a = true, b = 1 }", {"a": "true"}),
        ("object({ a = optional(list(string), []) })", "null", None),
        ('object({ a = optional(list(number), ["5"]) })', "{}", {"a": [5]}),
        (NESTED, '{ name = "a" }', {"name": "a", "opts": {"export": "DISABLED", "days": None}}),
        (
            NESTED,
            '{ name = "a", opts = { days = "3" } }',
            {"name": "a", "opts": {"export": "DISABLED", "days": 3}},
        ),
        (
            NESTED,
            '{ name = "a", opts = null }',
            {"name": "a", "opts": {"export": "DISABLED", "days": None}},
        ),
        (
            f"list({NESTED.replace('{})', 'null)')})",
            '[{ name = "a" }]',
            [{"name": "a", "opts": None}],
        ),
        (
            "map(object({ a = optional(string, 1) }))",
            "{ x = {}, y = null }",
            {"x": {"a": "1"}, "y": None},
        ),
        ("tuple([string, object({ a = optional(number, 1) })])", "[1, {}]", ["1", {"a": 1}]),
        ("list(string)", "[1, true]", ["1", "true"]),
        ("set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("set(object({ a = optional(string) }))", "[{}, {}]", [{"a": None}]),
        ("map(number)", '{ a = "1" }', {"a": 1}),
        ("map(any)", "{ a = 1 }", {"a": 1}),
        ("any", '["a"]', ["a"]),
        ("string", "1.5", "1.5"),
    ],
)
def test_a_value_is_converted(kind, text, found):
    """Values are converted as Terraform 1.11 converts them."""
    assert shown(converted(kind, text)) == found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("string", '["a"]'),
        ("number", '"a"'),
        ("list(string)", '{ a = "b" }'),
        ("map(string)", '["a"]'),
        ("tuple([string, string])", "[1]"),
        ("tuple(string)", "[1]"),
        ("object(string)", "{ a = 1 }"),
        ("object()", "{ a = 1 }"),
        ("text", "1"),
        ("nothing(string)", "[1]"),
        ("nothing(string)", "{ a = 1 }"),
    ],
)
def test_an_invalid_value_is_unchanged(kind, text):
    """A value that Terraform would reject is unchanged."""
    given_as = node(text)
    assert shown(converted(kind, text)) == shown(given_as)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("list(string)", "var.u", "<var.u>"),
        ("string", '"a${var.u}"', "a<var.u>"),
        ("set(string)", '["b", var.u, "a"]', ["a", "b", "<var.u...>"]),
        ("object({ a = optional(string, 1) })", "{ a = var.u }", {"a": "<var.u>"}),
        ("object({ a = optional(string, 1), b = string })", "{ a = 2 }", {"a": "2"}),
        ("object({ a = optional() })", "{}", {}),
    ],
)
def test_an_unknown_attribute_stays_unknown(kind, text, found):
    """An unknown attribute does not get its default."""
    assert shown(converted(kind, text)) == found


def test_a_partly_known_map_stays_partly_known():
    """A partly known map is converted, and its unknown entries stay unknown."""
    text = "merge(var.u, { a = 1, c = {} })"
    kind = "object({ a = string, b = optional(string, 1) })"
    found = converted(kind, text)
    assert shown(found) == shown(node(text))
    assert {key: shown(item) for key, item in found.value.items()} == {"a": "1"}
    assert shown(converted("map(string)", "merge(var.u, { a = 1 })").value["a"]) == "1"


def test_an_unknown_number_of_items_is_unchanged():
    """An unknown number of items is not converted."""
    kind, text = "list(string)", "[for x in concat([1], var.u) : x]"
    assert shown(converted(kind, text)) == ["1", *shown(node(text))[1:]]


def test_attributes_of_a_resource_are_not_evaluated():
    """Attributes of a resource are not evaluated, because they may depend on the variable."""
    declared = 'resource "x" "y" {\n a = 1\n}\n'
    found = converted("object({ a = string })", "{ a = x.y }", declared)
    assert shown(found) == {"a": "<x.y>"}


# Modules ------------------------------------------------------------------------------------------

DECLARED = """
    variable "domains" {
      type = map(object({
        name = string
        sans = optional(list(string), ["www.a.io"])
        kind = optional(string, "DNS")
      }))
      %s
    }
    resource "aws_acm_certificate" "c" {
      for_each                  = var.domains
      domain_name               = each.value.name
      subject_alternative_names = each.value.sans
      validation_method         = each.value.kind
    }
    """
GIVEN = '{ a = { name = "a.io" } }'
FOUND = {"aws_acm_certificate.c": "a.io www.a.io"}


@pytest.mark.parametrize(
    ("files", "known"),
    [
        ({"main.tf": DECLARED % f"default = {GIVEN}"}, {}),
        ({"main.tf": DECLARED % "", "terraform.tfvars": f"domains = {GIVEN}"}, {}),
        (
            {
                "main.tf": DECLARED % "",
                "a.auto.tfvars.json": '{"domains": {"a": {"name": "a.io"}}}',
            },
            {},
        ),
        ({"main.tf": DECLARED % ""}, {"domains": GIVEN}),
        ({"main.tf": DECLARED % ""}, {"variable_files": [f"domains = {GIVEN}"]}),
    ],
)
def test_defaults_apply_to_values_from_any_source(files, known):
    """Defaults apply to values from the default, a variables file, or the caller."""
    assert names(files, **known) == FOUND


def test_defaults_apply_in_a_called_module():
    """Defaults apply to arguments of a called module."""
    files = {
        "main.tf": f'module "m" {{\n source = "./m"\n domains = {GIVEN}\n}}\n',
        "m/main.tf": DECLARED % "",
    }
    assert names(files) == {"module.m.aws_acm_certificate.c": "a.io www.a.io"}


def test_a_default_points_to_its_location():
    """The default of an attribute is located in the type and has a note."""
    declaration = only(DECLARED % f"default = {GIVEN}")
    assert text_at(declaration, "names", 1) == ["www.a.io"]
    assert text_at(declaration, "validation_method") == ["each.value.kind", "DNS"]
    place = declaration.variants[0].location(("validation_method",))
    assert place.note == "default of attribute `kind` of variable `domains`"


def test_a_type_in_json_is_applied():
    """In JSON a type is a string, so its values are located where they are used."""
    files = {
        "main.tf.json": r"""{
            "variable": {"d": {
              "type": "map(object({sans = optional(list(string), [\"www.a.io\"])}))",
              "default": {"a": {}}
            }},
            "resource": {"aws_acm_certificate": {"c": {
              "for_each": "${var.d}",
              "domain_name": "${each.key}.io",
              "subject_alternative_names": "${each.value.sans}"
            }}}
        }"""
    }
    declaration = only(files)
    assert text_at(declaration, "names", 1) == ["each.value.sans"]
    assert names(files) == FOUND


@pytest.mark.parametrize("kind", ['"list"', '"["'])
def test_a_type_in_old_syntax_is_ignored(kind):
    """A type in old syntax, or a missing type, does not change the value."""
    text = f"""
        variable "x" {{
          type    = {kind}
          default = ["a.io"]
        }}
        resource "aws_acm_certificate" "c" {{
          domain_name = var.x[0]
        }}
        """
    assert names(text) == {"aws_acm_certificate.c": "a.io"}


NULLABLE = """
    variable "name" {
      %s
      default = "a.io"
    }
    resource "aws_acm_certificate" "c" {
      domain_name               = "x.io"
      subject_alternative_names = var.name == null ? [] : [var.name]
    }
    """


@pytest.mark.parametrize(
    ("stated", "found"),
    [("nullable = false", "x.io a.io"), ("nullable = true", "x.io"), ("", "x.io")],
)
def test_null_is_replaced_by_the_default_unless_nullable(stated, found):
    """A null value of a variable with `nullable = false` is replaced by the default."""
    called = {
        "main.tf": 'module "m" {\n source = "./m"\n name = null\n}\n',
        "m/main.tf": NULLABLE % stated,
    }
    assert [*names(called).values()] == [found]
    root = {"main.tf": NULLABLE % stated, "terraform.tfvars": "name = null"}
    assert [*names(root).values()][:1] == [found]


def test_values_with_too_many_conversions_are_unknown():
    """A value that takes too many conversions is unknown."""
    listed = ", ".join(f'"h{n}.io"' for n in range(4_000))
    files = {
        "main.tf": f"""
            locals {{
              names = [{listed}]
            }}
            module "m" {{
              source   = "./m"
              for_each = toset([for n in range(999) : tostring(n)])
              names    = local.names
            }}
            """,
        "m/main.tf": """
            variable "names" {
              type = list(string)
            }
            resource "aws_acm_certificate" "c" {
              domain_name = var.names[0]
            }
            """,
    }
    found = declarations(files)[0].variants
    assert found[0].request.spellings == ("h0.io",)
    assert found[-1].request.spellings != ("h0.io",)
