"""Comparing Terraform modules in their environments, with the command `compare`."""

import json

import pytest
from tests.support.git import commit, git

from acmrules.cli.main import CLEAN, main

MAIN = """
variable "names" {
  type = list(string)
}
resource "aws_acm_certificate" "site" {
  domain_name               = "brightharbor.io"
  subject_alternative_names = var.names
  validation_method         = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}
"""
DEV, PROD = "env/dev/terraform.tfvars", "env/prod/terraform.tfvars"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def compare(capsys):
    """Return a function that compares, and returns what changes, and the errors."""

    def run(*words, code=CLEAN):
        assert main(["compare", "--as-of", "2026-11-01", *words, "--format", "json"]) == code
        captured = capsys.readouterr()
        found = json.loads(captured.out)["changes"]
        return [(each["kind"], each["verdict"], each["condition"]) for each in found], captured.err

    return run


def names(*hosts):
    """Return a variable file."""
    return f"names = {json.dumps(hosts)}\n"


def write(folder, files):
    """Write files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


FILES = {"main.tf": MAIN, DEV: names("dev.brightharbor.io"), PROD: names("www.brightharbor.io")}
IN_DEV = ("changed", "replacement", f"with `{DEV}`")


def test_edit_of_a_variable_file(here, compare):
    """An edit of the variables of one environment replaces its certificate only."""
    commit(here, FILES)
    assert compare("--git", "HEAD", ".") == ([], "")
    write(here, {DEV: names("new.brightharbor.io")})
    assert compare("--git", "HEAD", ".") == ([IN_DEV], "")


def test_two_directories(here, compare):
    """The environments of two directories are matched by their place in them."""
    write(here / "old/app", FILES)
    write(here / "new/app", {**FILES, DEV: names("new.brightharbor.io")})
    assert compare("old", "new") == ([IN_DEV], "")
    above = {"app/main.tf": MAIN, "env/dev.tfvars": names("dev.brightharbor.io")}
    write(here / "one", above)
    write(here / "two", above | {"env/dev.tfvars": names("new.brightharbor.io")})
    found = [("changed", "replacement", "with `env/dev.tfvars`")]
    assert compare("one", "two") == (found, "")
    assert compare("one", "one") == ([], "")


def test_directory_of_a_repository(here, compare, monkeypatch):
    """A run in a directory of the repository finds the environments there."""
    commit(here, {f"infra/{path}": text for path, text in FILES.items()})
    monkeypatch.chdir(here / "infra")
    write(here / "infra", {DEV: names("new.brightharbor.io")})
    assert compare("--git", "HEAD", ".") == ([IN_DEV], "")
    monkeypatch.chdir(here)
    assert compare("--git", "HEAD", "infra") == ([IN_DEV], "")


def test_path_of_a_variable_file(here, compare):
    """A module is compared if only the file of its environment is named, and then as a whole."""
    commit(here, FILES)
    write(here, {DEV: names("new.brightharbor.io")})
    assert compare("--git", "HEAD", DEV) == ([IN_DEV], "")
    assert compare("--git", "HEAD", "env") == ([IN_DEV], "")
    assert compare("--git", "HEAD", PROD) == ([], "")


def test_path_of_values_without_a_module(here, compare):
    """A named file with values is not silently left out if its module was not found."""
    commit(here, {"other/values.tfvars": names("a.io"), "main.tf": MAIN})
    write(here, {"other/values.tfvars": names("b.io")})
    found, err = compare("--git", "HEAD", "other/values.tfvars")
    assert found == []
    assert "other/values.tfvars: no module with certificates was found for these values" in err


def test_findings_name_the_environment(here, capsys):
    """The formats of findings name the environment, too."""
    commit(here, FILES)
    write(here, {DEV: names("new.brightharbor.io")})
    main(["compare", "--git", "HEAD", ".", "--format", "github"])
    assert f", with `{DEV}`" in capsys.readouterr().out


def test_environments_on_one_side(here, compare):
    """The certificate of an environment without another side is added or removed."""
    commit(here, FILES)
    (here / DEV).unlink()
    write(here, {"env/qa/terraform.tfvars": names("qa.brightharbor.io")})
    found, _ = compare("--git", "HEAD", ".")
    assert sorted(found) == [
        ("added", "no-change", "with `env/qa/terraform.tfvars`"),
        ("removed", "no-change", f"with `{DEV}`"),
    ]


def test_default_of_the_variable(here, compare):
    """A default changes nothing in an environment that sets the variable."""
    commit(here, FILES)
    write(here, {"main.tf": MAIN.replace("(string)", '(string)\n  default = ["x.io"]')})
    assert compare("--git", "HEAD", ".") == ([], "")


def test_value_in_a_first_variable_file(here, compare):
    """Without an environment before, its values are compared with the default."""
    default = MAIN.replace("(string)", '(string)\n  default = ["dev.brightharbor.io"]')
    commit(here, {"main.tf": default})
    write(here, FILES)
    in_prod = ("changed", "replacement", f"with `{PROD}`")
    assert compare("--git", "HEAD", ".") == ([in_prod], "")


def test_edit_in_all_environments(here, compare):
    """A change that is the same in all environments is reported once."""
    other = 'resource "aws_acm_certificate" "other" {\n  domain_name = "a.io"\n}\n'
    commit(here, {**FILES, "main.tf": MAIN + other})
    write(here, {"main.tf": MAIN + other.replace("a.io", "b.io")})
    assert compare("--git", "HEAD", ".") == ([("changed", "replacement", "")], "")


def test_variable_that_is_no_longer_declared(here, compare):
    """Terraform ignores values of other variables, so the environment remains."""
    more = 'variable "more" {}\n'
    commit(here, {**FILES, "main.tf": MAIN + more, DEV: FILES[DEV] + "more = 1\n"})
    write(here, {"main.tf": MAIN})
    assert compare("--git", "HEAD", ".") == ([], "")


def test_ignored_variable_files(here, compare):
    """What Git ignores is not compared; a file that it tracks is, ignored or not."""
    commit(here, {"main.tf": MAIN, ".gitignore": "*.tfvars\n"})
    write(here, {DEV: FILES[DEV]})
    assert compare("--git", "HEAD", ".") == ([], "")
    git(here, "add", "--force", DEV)
    git(here, "commit", "-q", "-m", "Force")
    write(here, {DEV: names("new.brightharbor.io")})
    assert compare("--git", "HEAD", ".") == ([IN_DEV], "")


def test_broken_variable_file(here, compare):
    """If an environment is unreadable on one side, its module is not compared."""
    commit(here, FILES)
    write(here, {DEV: "names = [\n", PROD: names("new.brightharbor.io")})
    found, err = compare("--git", "HEAD", ".")
    assert found == []
    assert DEV in err


def test_inputs_of_terragrunt(here, compare):
    """An edit of the inputs of a unit, or of a file that it includes, is an edit of its module."""
    unit = (
        'terraform {\n  source = "../../modules/site"\n}\ninclude {\n  path = "../common.hcl"\n}\n'
    )
    files = {
        "modules/site/main.tf": MAIN,
        "live/dev/terragrunt.hcl": unit,
        "live/common.hcl": 'inputs = { names = ["dev.brightharbor.io"] }\n',
    }
    commit(here, files)
    write(here, {"live/common.hcl": 'inputs = { names = ["new.brightharbor.io"] }\n'})
    found = [("changed", "replacement", "with `live/dev/terragrunt.hcl`")]
    assert compare("--git", "HEAD", ".") == (found, "")


def test_more_environments_than_are_compared(here, compare):
    """The report says how many environments were left out."""
    many = {f"env/e{n:02}.tfvars": names(f"e{n}.io") for n in range(20)}
    commit(here, {"main.tf": MAIN, **many})
    write(here, {"env/e19.tfvars": names("new.io")})
    found, err = compare("--git", "HEAD", ".")
    assert found == [("changed", "replacement", "with `env/e19.tfvars`")]
    assert "only 16 of 20 environments were compared" in err


def test_stated_variable_files(here, compare):
    """With `--var-file`, no environment is searched."""
    commit(here, FILES)
    write(here, {DEV: names("new.brightharbor.io")})
    assert compare("--git", "HEAD", ".", "--var-file", PROD) == ([], "")


def test_without_environments(here, compare):
    """A value of a variable in no file is unknown on both sides."""
    commit(here, {"main.tf": MAIN})
    write(here, {"main.tf": MAIN.replace('"DNS"', '"EMAIL"')})
    assert compare("--git", "HEAD", ".") == ([("changed", "replacement", "")], "")
