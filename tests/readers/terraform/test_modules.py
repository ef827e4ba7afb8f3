"""Terraform's modules as they are written: declarations, overrides, calls."""

import pytest
from tests.support.terraform import names, only, request, text_at

from acmrules.readers.terraform.modules import Module, ModuleCall, kind_of, overrides
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import InputError, Source

DECLARED = """
    variable "name" {
      default = "a.io"
    }
    locals {
      method = "EMAIL"
    }
    resource "aws_acm_certificate" "c" {
      domain_name       = var.name
      validation_method = local.method

      validation_option {
        domain_name       = "a.io"
        validation_domain = "a.io"
      }

      lifecycle {
        create_before_destroy = false
        prevent_destroy       = true
      }
    }
    """


def test_everything_has_its_place():
    """Blocks are kept by their labels, a provider with its alias; the last of a name counts."""
    module = Module("")
    file = parse.parse(
        Source(
            "a.tf",
            'resource "a" "b" {}\nresource "a" {}\ndata "a" "b" {}\nmodule "m" {}\noutput "o" {}\n'
            'provider "aws" {}\nprovider "aws" {\n  alias = "x"\n}\nvariable "v" {}\nprovider {}\n'
            'terraform {}\nmodule "m" {\n  source = "./m"\n}\nvariable "v" "w" {}\n',
        )
    )
    assert list(module.add(file)) == []
    assert [*module.resources, *module.data] == [("a", "b"), ("a", "b")]
    assert [*module.calls, *module.outputs, *module.variables] == ["m", "o", "v"]
    assert [*module.providers] == ["aws", "aws.x"]
    assert "source" in module.calls["m"].body.attributes
    assert module.files == [file]


def test_a_block_that_cannot_be_read_is_told():
    """Those after it are declared all the same."""
    module = Module("")
    file = parse.parse(Source("a.tf", 'locals {\n  a = = 1\n}\nresource "a" "b" {}\n'))
    (said,) = module.add(file)
    assert isinstance(said, InputError)
    assert [*module.resources] == [("a", "b")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("override.tf", True),
        ("a/override.tf.json", True),
        ("a/b_override.tf", True),
        ("override_a.tf", False),
        ("myoverride.tf", False),
        ("a_override/main.tf", False),
    ],
)
def test_a_file_overrides_by_its_name(path, said):
    """As Terraform has it."""
    assert overrides(path) is said


@pytest.mark.parametrize(
    ("override", "found"),
    [
        ('domain_name = "b.io"', "b.io EMAIL a.io False"),
        ("lifecycle {\n create_before_destroy = true\n }", "a.io EMAIL a.io True"),
        ("lifecycle {\n ignore_changes = [tags]\n }", "a.io EMAIL a.io False"),
        (
            'validation_option {\n domain_name = "x.io"\n validation_domain = "y.io"\n }',
            "a.io EMAIL y.io False",
        ),
        (
            """dynamic "validation_option" {
                 for_each = ["z.io"]
                 content {
                   domain_name = "x.io"
                   validation_domain = validation_option.value
                 }
               }""",
            "a.io EMAIL z.io False",
        ),
    ],
)
def test_an_override_replaces_arguments_and_types_of_blocks(override, found):
    """What it does not name stays; of `lifecycle` each argument is replaced by itself."""
    files = {
        "a_override.tf": f'resource "aws_acm_certificate" "c" {{\n{override}\n}}\n',
        "main.tf": DECLARED,
    }
    asked = request(files)
    shown = (
        asked.names[0],
        asked.validation_method.value,
        " ".join(str(option.validation_domain) for option in asked.validation_options),
        asked.create_before_destroy,
    )
    assert " ".join(map(str, shown)) == found


def test_overrides_reach_variables_locals_and_calls():
    """They come after all other files, in the order of their names."""
    files = {
        "main.tf": 'module "m" {\n source = "./m"\n name = "a.io"\n}\n',
        "override.tf": 'module "m" {\n name = local.name\n}\nlocals {\n name = "b.io"\n}\n',
        "x_override.tf.json": '{"locals": {"name": "c.io"}}',
        "zz.tf": "",
        "m/a.tf": DECLARED,
        "m/override.tf": 'variable "name" {\n default = "d.io"\n}\nresource "x" "y" {}\n',
    }
    assert names(files) == {"module.m.aws_acm_certificate.c": "c.io"}
    assert names(files, "m") == {"aws_acm_certificate.c": "d.io"}


def test_what_an_override_says_stands_in_its_file():
    """The certificate itself stands where it is first declared."""
    files = {
        "main.tf": DECLARED,
        "override.tf": 'resource "aws_acm_certificate" "c" {\n  domain_name = "b.io"\n}\n',
    }
    declaration = only(files)
    assert declaration.source.name == "main.tf"
    assert declaration.variants[0].location(("names", 0)).source.name == "override.tf"
    assert text_at(declaration, "names", 0) == ["b.io"]


def test_a_dynamic_block_is_of_the_type_it_makes():
    """Any other one is of its own type."""
    file = parse.parse(Source("a.tf", 'dynamic "x" {}\ndynamic {}\nx {}\n'))
    assert [kind_of(block) for block in file.blocks] == ["x", "dynamic", "x"]


def test_a_call_knows_all_that_follow_from_it():
    """In the order in which they are made, each with its address and the way to it."""
    root = ModuleCall(Module("r"))
    first = root.calls["a"] = ModuleCall(Module("x"), root, "a")
    inner = first.calls["c"] = ModuleCall(Module("y"), first, "c")
    second = root.calls["b"] = ModuleCall(Module("x"), root, "b")
    assert list(root.all()) == [root, first, inner, second]
    assert inner.address == "module.a.module.c."
    assert list(inner.folders()) == ["y", "x", "r"]
