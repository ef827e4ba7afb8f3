"""Names of parameters and variables that no input declares."""

import pytest
from tests.support.commands import GOOD, write_all

from acmrules.workspace.discover import discover
from acmrules.workspace.files import Disk
from acmrules.workspace.parameters import UnknownNames, unknown_parameters

TEMPLATE = "Parameters:\n  Stage: {Type: String}\n" + GOOD
MODULE = """
variable "zone" {}
resource "aws_acm_certificate" "c" {
  domain_name = var.zone
}
"""
FILES = {
    "a.yaml": TEMPLATE,
    "b.yaml": GOOD,
    "bucket.json": '{"Parameters": {"Owner": {}}, "Resources": {}}',
    "broken.yaml": "Parameters: {Region: [",
    "tf/main.tf": MODULE,
    "tf/inner/main.tf": 'variable "depth" {}\n',
    "tf/json/main.tf.json": '{"variable": {"size": {}}}',
}


def unknown(names, paths=("."), kinds=None):
    """Return what is unknown of names, among the files of paths."""
    return unknown_parameters(names, discover(paths, kinds), [Disk()], kinds)


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_all(FILES)


@pytest.mark.parametrize("name", ["Stage", "Owner", "zone", "depth", "size", "terraform.workspace"])
def test_a_name_is_known_if_one_of_many_inputs_declares_it(name):
    """A template or a module of the run declares it, even one without certificates."""
    assert unknown([name]) is None


def test_a_name_that_nothing_declares_is_unknown():
    """All names of the inputs are candidates for a suggestion."""
    declared = ("Owner", "Stage", "depth", "size", "terraform.workspace", "zone")
    assert unknown(["Stage", "Sage", "x"]) == UnknownNames(("Sage", "x"), declared)
    assert unknown(["\udcff"]) == UnknownNames(("\udcff",), declared)
    assert unknown(["zone"], ["a.yaml"]) == UnknownNames(("zone",), ("Stage",))
    assert unknown(["terraform.workspace"], ["a.yaml"]) == UnknownNames(
        ("terraform.workspace",), ("Stage",)
    )


@pytest.mark.parametrize("paths", [["bucket.json"], ["broken.yaml"], ["tf/inner"], ["missing"]])
def test_nothing_is_unknown_without_certificates(paths):
    """A run about other files accepts any name, such as that of a hook for changed files."""
    assert unknown(["x"], paths) is None


@pytest.mark.parametrize(
    "words",
    [
        ["check", "."],
        ["baseline", "."],
        ["coverage", "."],
        ["validation", "."],
        ["compare", "a.yaml", "b.yaml"],
    ],
)
def test_an_unknown_name_is_an_error_with_a_suggestion(run, words):
    """Each command that reads the files reports it before anything else."""
    code, out, err = run(*words, "--param", "Sage=dev")
    assert (code, out) == (2, "")
    assert err == (
        "acmrules: option `--param`: unknown parameter or variable `Sage`; did you mean `Stage`?\n"
    )
    code, _, err = run(*words, "--param", "Farewell=dev")
    assert (code, err) == (
        2,
        (
            "acmrules: option `--param`: unknown parameter or variable `Farewell`, which no input "
            "declares\n"
        ),
    )


def test_the_region_has_an_option_of_its_own(run):
    """A pseudo parameter is not a parameter."""
    write_all({"a.yaml": GOOD})
    err = run("check", "a.yaml", "--param", "AWS::Region=eu-west-1")[2]
    assert err.endswith("unknown parameter or variable `AWS::Region`; use `--region`\n")


def test_standard_input_is_searched_and_read(run, monkeypatch):
    """Standard input can be read only once."""
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEMPLATE.encode())))
    assert run("check", "-", "--param", "Stage=dev")[1].startswith("1 certificate request")


def test_a_setting_may_have_any_name(run):
    """The parameters of a settings file are for many templates."""
    write_all({".acmrules.toml": "[parameters]\nx = 1\n"})
    assert run("check", "a.yaml")[0] == 0
