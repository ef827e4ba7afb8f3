"""Registry modules whose arguments are known."""

import re
import subprocess
import sys

import pytest
from tests.support.terraform import declarations

from acmrules.readers.terraform import known_modules
from acmrules.readers.terraform.known_modules.build import text_of
from acmrules.readers.terraform.modules import Module
from acmrules.readers.terraform.versions import version
from acmrules.syntax.hcl import native
from acmrules.syntax.source import Source

TABLES = [
    table for publisher in known_modules.NAMES for table in known_modules.tables_of(publisher)
]
PACKAGE = "acmrules.readers.terraform.known_modules"


def test_each_name_has_a_table():
    """The index lists the same modules as the tables."""
    listed = [
        f"{owner}/{name}/aws" for owner, names in known_modules.NAMES.items() for name in names
    ]
    assert sorted(listed) == sorted(table.source for table in TABLES)
    assert [known_modules.table_of(table.source) for table in TABLES] == TABLES


@pytest.mark.parametrize(
    "source",
    ["x/acm/aws", "cloudposse/label/null", "terraform-aws-modules/acm", "cloudposse/acm/aws", ""],
)
def test_other_modules_have_no_table(source):
    """A module without a table is not read."""
    assert known_modules.table_of(source) is None


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.source)
def test_a_table_is_consistent(table):
    """Each version has one default for each argument, and the resources use every argument."""
    assert version(table.since) < version(table.until)
    for start in table.segments():
        for name in table.names():
            entries = [each for each in table.arguments if each.name == name]
            assert len([each for each in entries if each.exists_in(start)]) <= 1, name
    text = text_of(table, table.segments()[-1:], ())
    module = Module("")
    assert [*module.add(native.parse(Source("", text)))] == []
    bodies = [*module.resources.values(), *module.data.values(), *module.outputs.values()]
    assert all(block.body for block in [*bodies, *module.calls.values()])
    used = set(re.findall(r"\bvar\.(\w+)", table.body))
    used |= set(re.findall(r"\bvar\.(\w+)", str([each.default for each in table.arguments])))
    assert used == set(table.names())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.source)
def test_defaults_are_expressions(table):
    """Each default is written in Terraform's language."""
    for argument in table.arguments:
        if argument.default is not None:
            assert native.expression(Source("", argument.default))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.source)
def test_a_call_without_arguments_is_read(table):
    """A call that sets nothing has no invalid declaration, in any version."""
    for start in table.segments():
        numbers = ".".join(map(str, start))
        text = f'module "m" {{\n  source = "{table.source}"\n  version = "{numbers}"\n}}\n'
        for declaration in declarations(text):
            assert declaration.file == "main.tf"
            assert all(place.file == "main.tf" for place in _places(declaration))


def _places(declaration):
    for variant in declaration.variants:
        yield from variant.locations.values()


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ('module "a" { source = "terraform-aws-modules/acm/aws" }', True),
        ('module "a" { source = "github.com/cloudposse/terraform-aws-alb?ref=1" }', True),
        ('module "a" { source = "terraform-aws-modules/vpc/aws" }', False),
        ('module "a" { source = "x/acm/aws" }', False),
        ("# see cloudposse/alb/aws", False),
    ],
)
def test_a_call_is_recognized_by_its_text(text, may):
    """A file without the name of a known module is not parsed for it."""
    assert known_modules.may_be_called(text) is may


CODE = """
import sys
from acmrules.readers.registry import configuration
from acmrules.syntax.source import Source

tree = configuration(lambda folder: [] if folder else [Source("main.tf", sys.argv[1])])
tree.roots([""])
tree.declarations("")
print(*sorted(name for name in sys.modules if "known_modules." in name))
"""
CERTIFICATE = 'resource "aws_acm_certificate" "c" {\n  domain_name = "a.io"\n}\n'


def loaded_for(source):
    """Return the modules of the package that a run of one file loads."""
    text = CERTIFICATE + f'module "m" {{\n  source = "{source}"\n}}\n' * bool(source)
    command = [sys.executable, "-c", CODE, text]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name.removeprefix(f"{PACKAGE}.") for name in found.stdout.split()}


def test_a_table_is_loaded_only_if_its_module_is_called():
    """Other files load no table, and a call loads those of one publisher."""
    assert loaded_for("") == set()
    assert loaded_for("./local") == set()
    tables = {"azavea", "cloudposse", "terraform_aws_modules"}
    assert loaded_for("terraform-aws-modules/vpc/aws") & tables == set()
    assert loaded_for("terraform-aws-modules/acm/aws") & tables == {"terraform_aws_modules"}
    assert loaded_for("cloudposse/alb/aws") & tables == {"cloudposse"}
