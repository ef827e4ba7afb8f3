"""Terraform modules before evaluation: blocks, overrides, calls."""

import pytest
from tests.support.terraform import names, only, refused, request, text_at

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


def test_blocks_are_stored_by_their_labels():
    """Blocks are stored by their labels, a provider with its alias; a number makes names unique."""
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
    assert [*module.calls, *module.outputs, *module.variables] == ["m", "m (2)", "o", "v"]
    assert [*module.providers] == ["aws", "aws.x"]
    assert "source" in module.calls["m (2)"].body.attributes
    assert [*module.repeated] == [("module", "m (2)")]
    assert module.files == [file]


def test_an_address_that_is_declared_twice_is_read_twice_and_reported():
    """Each of several resources with the same address is read, with its own instances."""
    files = {
        "main.tf": """
            resource "aws_acm_certificate" "c" {
              domain_name = "a.io"
            }
            resource "aws_acm_certificate" "c" {
              count       = 2
              domain_name = "${count.index}.b.io"
            }
            """,
        "more.tf": 'resource "aws_acm_certificate" "c" {\n  domain_name = "c.io"\n}\n',
    }
    addresses = ["c", "c (2)", "c (3)"]
    assert refused(files) == (
        [f"aws_acm_certificate.{name}" for name in addresses],
        [
            "main.tf:5:1: `aws_acm_certificate.c` is declared twice",
            "more.tf:1:1: `aws_acm_certificate.c` is declared twice",
        ],
    )


def test_a_module_that_is_called_twice_by_one_name_is_read_twice_and_reported():
    """Both calls are read; Terraform accepts neither."""
    call = 'module "m" {{\n  source = "./m"\n  name   = "{name}"\n}}\n'
    files = {
        "main.tf": call.format(name="a.io") + call.format(name="b.io"),
        "m/main.tf": 'variable "name" {}\n'
        'resource "aws_acm_certificate" "c" {\n  domain_name = var.name\n}\n',
    }
    assert refused(files) == (
        ["module.m.aws_acm_certificate.c", "module.m (2).aws_acm_certificate.c"],
        ["main.tf:5:1: `module.m` is declared twice"],
    )


def test_a_repeated_resource_of_another_type_is_not_reported():
    """Resources without certificates are the business of Terraform."""
    text = 'resource "aws_instance" "i" {}\n' * 2
    text += 'resource "aws_acm_certificate" "c" {\n  domain_name = "a.io"\n}\n'
    assert names(text) == {"aws_acm_certificate.c": "a.io"}


def test_a_block_that_cannot_be_read_is_reported():
    """A block that cannot be read is reported, and the blocks after it are still read."""
    module = Module("")
    file = parse.parse(Source("a.tf", 'locals {\n  a = = 1\n}\nresource "a" "b" {}\n'))
    (error,) = module.add(file)
    assert isinstance(error, InputError)
    assert [*module.resources] == [("a", "b")]


@pytest.mark.parametrize(
    ("path", "is_override"),
    [
        ("override.tf", True),
        ("a/override.tf.json", True),
        ("a/b_override.tf", True),
        ("override_a.tf", False),
        ("myoverride.tf", False),
        ("a_override/main.tf", False),
    ],
)
def test_override_files_are_recognized_by_name(path, is_override):
    """A file is an override file exactly if Terraform treats it as one."""
    assert overrides(path) is is_override


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
    """An override keeps what it does not name, and replaces arguments of `lifecycle` one by one."""
    files = {
        "a_override.tf": f'resource "aws_acm_certificate" "c" {{\n{override}\n}}\n',
        "main.tf": DECLARED,
    }
    requested = request(files)
    shown = (
        requested.names[0],
        requested.validation_method.value,
        " ".join(str(option.validation_domain) for option in requested.validation_options),
        requested.create_before_destroy,
    )
    assert " ".join(map(str, shown)) == found


def test_overrides_apply_to_variables_locals_and_calls():
    """Override files come after all other files, in the order of their names."""
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


def test_an_overriding_value_is_located_in_its_file():
    """An overriding value is located in its own file, the certificate at its first block."""
    files = {
        "main.tf": DECLARED,
        "override.tf": 'resource "aws_acm_certificate" "c" {\n  domain_name = "b.io"\n}\n',
    }
    declaration = only(files)
    assert declaration.source.name == "main.tf"
    assert declaration.variants[0].location(("names", 0)).source.name == "override.tf"
    assert text_at(declaration, "names", 0) == ["b.io"]


def test_a_dynamic_block_has_the_type_that_it_generates():
    """A `dynamic` block has the type that it generates, any other block its own."""
    file = parse.parse(Source("a.tf", 'dynamic "x" {}\ndynamic {}\nx {}\n'))
    assert [kind_of(block) for block in file.blocks] == ["x", "dynamic", "x"]


def test_a_call_lists_all_calls_below_it():
    """Calls are listed in their order, each with its address and the folders above it."""
    root = ModuleCall(Module("r"))
    first = root.calls["a"] = ModuleCall(Module("x"), root, "a")
    inner = first.calls["c"] = ModuleCall(Module("y"), first, "c")
    second = root.calls["b"] = ModuleCall(Module("x"), root, "b")
    assert list(root.all()) == [root, first, inner, second]
    assert inner.address == "module.a.module.c."
    assert list(inner.folders()) == ["y", "x", "r"]
