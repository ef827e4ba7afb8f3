"""Configurations of Terragrunt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.terraform.terragrunt import unit
from acmrules.syntax.source import Source


def read_unit(path, files):
    """Return the module and the inputs of a configuration among files; `None` for no unit."""

    def read(name):
        name = name.removeprefix("./")
        return Source(name, files[name]) if name in files else None

    found = unit(path, read)
    return found and (found.module, {name: node.value for name, node in found.inputs.items()})


ROOT = 'inputs = {\n  region = "eu-west-1"\n  domain = "root.io"\n}\n'
APP = 'terraform {\n  source = "%s"\n}\n'


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("../../modules/acm", "modules/acm"),
        ("../..//modules/acm", "modules/acm"),
        ("${get_terragrunt_dir()}/../../modules//acm", "modules/acm"),
        ('${dirname(find_in_parent_folders("root.hcl"))}/modules/acm', "live/modules/acm"),
        ('${find_in_parent_folders("root.hcl")}/x', "live/root.hcl/x"),
        (".", "live/prod"),
    ],
)
def test_the_module_is_a_local_folder(source, module):
    """Functions that find a path are evaluated."""
    files = {"live/prod/terragrunt.hcl": APP % source, "live/root.hcl": ROOT}
    found = read_unit("live/prod/terragrunt.hcl", files=files)
    assert found == (module, {})


@pytest.mark.parametrize(
    "text",
    [
        APP % "git::https://x.example/y.git?ref=v1",
        APP % "tfr:///terraform-aws-modules/acm/aws?version=1.0.0",
        APP % '${get_env("SOURCE")}/x',
        APP % "${local.source}",
        'include "root" {\n  path = find_in_parent_folders("none.hcl")\n}\n',
        'include "root" {\n}\n',
        "terraform {\n",
    ],
)
def test_other_modules_are_not_read(text):
    """A source that is remote or unknown is no module of the run."""
    assert read_unit("a/terragrunt.hcl", files={"a/terragrunt.hcl": text}) is None


def test_the_folder_of_a_configuration_without_a_source_is_its_module():
    """An included file may state the source."""
    assert read_unit("a/terragrunt.hcl", files={"a/terragrunt.hcl": ""}) == ("a", {})
    files = {
        "a/terragrunt.hcl": "include {\n  path = find_in_parent_folders()\n}\n",
        "terragrunt.hcl": APP % "./m",
    }
    assert read_unit("a/terragrunt.hcl", files=files) == ("m", {})


def test_inputs_of_an_included_file_are_merged():
    """Those of the including file win, and what is not a literal is left out."""
    text = """
include "root" {
  path = find_in_parent_folders("root.hcl")
}
locals {
  name = "app"
  env  = read_terragrunt_config(find_in_parent_folders("env.hcl"))
}
inputs = {
  domain = "${local.name}.${local.env.locals.zone}"
  secret = get_env("SECRET")
  names  = ["a.io", get_env("NAME")]
  size   = 2
  from   = include.root.inputs.region
  zone   = dependency.zone.outputs.id
}
"""
    files = {
        "live/a/terragrunt.hcl": text,
        "live/root.hcl": ROOT.replace("domain", 'secret = "x"\n  domain'),
        "live/env.hcl": 'locals {\n  zone = "b.io"\n}\n',
    }
    _, inputs = read_unit("live/a/terragrunt.hcl", files=files)
    assert inputs == {"region": "eu-west-1", "domain": "app.b.io", "size": 2, "from": "eu-west-1"}


@pytest.mark.parametrize(
    ("strategy", "inputs"),
    [
        ("shallow", {"region": "eu-west-1", "domain": "root.io", "tags": {}}),
        ("no_merge", {"tags": {}}),
        ("deep", {"region": "eu-west-1", "domain": "root.io"}),
    ],
)
def test_the_strategy_of_a_merge(strategy, inputs):
    """What a deep merge combines is unknown."""
    include = f'include "r" {{\n  path = "../root.hcl"\n  merge_strategy = "{strategy}"\n}}\n'
    files = {
        "a/terragrunt.hcl": include + "inputs = {\n  tags = {}\n}\n",
        "root.hcl": ROOT.replace("domain", "tags = {}\n  domain"),
    }
    _, found = read_unit("a/terragrunt.hcl", files=files)
    assert found == inputs


def test_files_that_include_each_other_end():
    """A cycle is no unit, or one without the inputs of the other file."""
    text = 'include "x" {\n  path = "terragrunt.hcl"\n}\ninputs = {\n  a = include.x.inputs.a\n}\n'
    assert read_unit("a/terragrunt.hcl", files={"a/terragrunt.hcl": text}) in (None, ("a", {}))


WORDS = st.sampled_from(
    (
        *("include", '"x"', "{", "}", "path", "=", "find_in_parent_folders()", "inputs", "locals"),
        *("a", '"b.io"', "local.a", "\n", "terraform", "source", '"../m"', "[", "]", "merge(", ")"),
    )
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_text_is_a_unit_or_none(text):
    """Nothing that a file contains raises an exception."""
    read_unit("a/terragrunt.hcl", files={"a/terragrunt.hcl": text, "terragrunt.hcl": text})


def test_a_deep_merge_keeps_values_of_one_side():
    """A string replaces that of the included file, and a map of one file only is known."""
    include = 'include "r" {\n  path = "../root.hcl"\n  merge_strategy = "deep"\n}\n'
    files = {
        "a/terragrunt.hcl": include + 'inputs = {\n  tags = {}\n  domain = "own.io"\n}\n',
        "root.hcl": ROOT,
    }
    _, found = read_unit("a/terragrunt.hcl", files=files)
    assert found == {"region": "eu-west-1", "domain": "own.io", "tags": {}}


def test_the_folder_of_an_included_file():
    """The source of an included file may be relative to its own folder."""
    for folder, module in (("live/", "live/m"), ("", "m")):
        files = {
            f"{folder}a/terragrunt.hcl": "include {\n  path = find_in_parent_folders()\n}\n",
            f"{folder}terragrunt.hcl": APP % "${get_parent_terragrunt_dir()}/m",
        }
        assert read_unit(f"{folder}a/terragrunt.hcl", files=files) == (module, {})


def test_a_file_that_is_searched_may_have_a_substitute():
    """The first argument names the file, and the second one is for when there is none."""
    source = '${dirname(find_in_parent_folders("root.hcl", "other.hcl"))}/m'
    files = {"live/a/terragrunt.hcl": APP % source, "live/root.hcl": ROOT, "other.hcl": ROOT}
    assert read_unit("live/a/terragrunt.hcl", files=files) == ("live/m", {})


@pytest.mark.parametrize(
    "inputs",
    [
        'get_env("A") == "b" ? { a = 1 } : { a = 2 }',
        '"a"',
        "local.none",
    ],
)
def test_inputs_that_are_unknown_as_a_whole(inputs):
    """The unit has none of them."""
    assert read_unit("a/terragrunt.hcl", {"a/terragrunt.hcl": f"inputs = {inputs}\n"}) == ("a", {})


def test_unknown_locals_of_another_file():
    """Other locals of the file are known."""
    text = 'locals {\n  env = read_terragrunt_config("env.hcl")\n}\n'
    text += "inputs = {\n  a = local.env.locals.a\n  b = local.env.locals.b\n}\n"
    env = 'locals {\n  a = "a.io"\n  b = read_terragrunt_config("none.hcl")\n}\n'
    files = {"x/terragrunt.hcl": text, "x/env.hcl": env}
    assert read_unit("x/terragrunt.hcl", files) == ("x", {"a": "a.io"})
