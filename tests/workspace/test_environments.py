"""Finding the environments of root modules."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmrules.cli import overrides
from acmrules.cli.options import CheckOptions
from acmrules.lint.linter import Linter
from acmrules.workspace.checkouts import Checkouts
from acmrules.workspace.discover import discover
from acmrules.workspace.environments import Environments
from acmrules.workspace.errors import Troubles
from acmrules.workspace.files import Disk, read_bytes
from acmrules.workspace.load import Loader

MODULE = """
variable "domain" {}
variable "method" { default = "DNS" }
resource "aws_acm_certificate" "x" {
  domain_name       = var.domain
  validation_method = var.method
  lifecycle { create_before_destroy = true }
}
"""


def write(folder, files):
    """Write files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def found(root=""):
    """Return the files of the environments of a root module by their labels."""
    offered = Environments(["."], Checkouts(["."])).of(root, read_bytes)
    return {each.label: each.paths for each in offered}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("files", "labels"),
    [
        (["prod.tfvars", "dev.tfvars"], ["dev.tfvars", "prod.tfvars"]),
        (["terraform.tfvars", "x.auto.tfvars", "prod.tfvars"], ["prod.tfvars"]),
        (["env/prod.tfvars", "env/dev.tfvars.json"], ["env/dev.tfvars.json", "env/prod.tfvars"]),
        (["envs/prod/terraform.tfvars"], ["envs/prod/terraform.tfvars"]),
        (["environments/dev/main.tfvars"], ["environments/dev/main.tfvars"]),
        (["config/prod.tfvars.json"], ["config/prod.tfvars.json"]),
        (["env-dev/main.tfvars"], ["env-dev/main.tfvars"]),
        (["prod/prod.tfvars"], ["prod/prod.tfvars"]),
        (["docs/prod.tfvars", "lib/x/y.tfvars"], []),
        (["example.tfvars", "prod.tfvars.example", "fixtures.us-east-2.tfvars"], []),
        (["tests/prod.tfvars", "env-example/prod.tfvars"], []),
        (["test/prod.tfvars"], ["test/prod.tfvars"]),
        (["env/prod/main.tf", "env/prod/terraform.tfvars"], []),
    ],
)
def test_variable_files_are_found_by_their_place(tmp_path, files, labels):
    """A folder with a module of its own is no environment, and examples are none."""
    write(tmp_path, dict.fromkeys(files, 'domain = "a.io"\n'))
    (tmp_path / "env/dev.tfvars.json").unlink(missing_ok=True)
    if "env/dev.tfvars.json" in files:
        write(tmp_path, {"env/dev.tfvars.json": '{"domain": "a.io"}'})
    assert list(found()) == labels


def test_common_files_are_below_those_of_an_environment(tmp_path):
    """A file that is alone is an environment, whatever its name."""
    write(tmp_path, {"env/common.tfvars": "a = 1\n", "env/prod.tfvars": "b = 1\n"})
    assert found() == {"env/prod.tfvars": ("env/common.tfvars", "env/prod.tfvars")}
    (tmp_path / "env/prod.tfvars").unlink()
    assert found() == {"env/common.tfvars": ("env/common.tfvars",)}


def test_files_of_a_folder_are_one_environment_unless_they_overlap(tmp_path):
    """Two that set the same variable are alternatives."""
    write(tmp_path, {"env/prod/a.tfvars": "a = 1\n", "env/prod/b.tfvars": "b = 1\n"})
    assert found() == {"env/prod": ("env/prod/a.tfvars", "env/prod/b.tfvars")}
    write(tmp_path, {"env/prod/b.tfvars": "a = 1\n"})
    assert list(found()) == ["env/prod/a.tfvars", "env/prod/b.tfvars"]


def test_the_folder_above_is_searched_last(tmp_path):
    """It has to be in the run."""
    write(tmp_path, {"infra/main.tf": MODULE, "env/prod.tfvars": "a = 1\n", "x.tfvars": "a = 1\n"})
    assert list(found("infra")) == ["env/prod.tfvars"]
    assert list(Environments(["infra"], Checkouts(["infra"])).of("infra", read_bytes)) == []
    write(tmp_path, {"infra/dev.tfvars": "a = 1\n"})
    assert list(found("infra")) == ["dev.tfvars"]


def test_units_of_terragrunt_are_found_by_their_source(tmp_path):
    """They are anywhere in the run."""
    unit = 'terraform {\n  source = "../../modules//acm"\n}\ninputs = {\n  domain = "a.io"\n}\n'
    write(
        tmp_path,
        {
            "live/prod/terragrunt.hcl": unit,
            "live/dev/terragrunt.hcl": unit.replace("acm", "vpc"),
            "modules/acm/main.tf": MODULE,
            "modules/acm/terragrunt.hcl": 'inputs = {\n  domain = "b.io"\n}\n',
        },
    )
    assert list(found("modules/acm")) == ["live/prod/terragrunt.hcl", "terragrunt.hcl"]
    hook = Environments([], Checkouts([])).of("modules/acm", read_bytes)
    assert [each.label for each in hook] == ["terragrunt.hcl"]


def test_a_unit_is_read_once_for_all_root_modules(tmp_path):
    """The files of a run are read again only if some have new texts."""
    write(tmp_path, {"a/terragrunt.hcl": "inputs = {}\n", "b/terragrunt.hcl": "inputs = {}\n"})
    paths = []

    def read(path):
        paths.append(path)
        return read_bytes(path)

    environments = Environments(["."], Checkouts([]))
    labels = [each.label for root in ("a", "b") for each in environments.of(root, read)]
    assert labels == ["terragrunt.hcl", "terragrunt.hcl"]
    assert paths == ["a/terragrunt.hcl", "b/terragrunt.hcl"]
    new = [each.inputs for each in environments.of("a", lambda _: b"inputs = { x = 1 }")]
    assert [*map(list, new)] == [["x"]]


def test_files_that_git_ignores_are_not_used(tmp_path):
    """They differ between machines."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, {".gitignore": "dev.tfvars\n", "dev.tfvars": "a = 1\n", "qa.tfvars": "a = 1\n"})
    assert list(found()) == ["qa.tfvars"]


def declared(*paths, **stated):
    """Return the variants of the declarations of a run, and the files of the environments."""
    options = CheckOptions(paths=paths, **stated)
    inputs = discover(paths)
    loader = Loader(overrides.settings_resolver(options).settings_of, Disk(), Troubles())
    loader.finds_environments = True
    batches = [*loader.batches(inputs)]
    return [d for b in batches for d in b.declarations], [
        f for b in batches for f in b.environments
    ]


def conditions(*paths, **stated):
    """Return the conditions of all variants of a run."""
    return [v.condition for d in declared(*paths, **stated)[0] for v in d.variants]


def test_a_stated_file_turns_the_search_off(tmp_path):
    """So does a stated value, and a setting without files."""
    write(tmp_path, {"main.tf": MODULE, "prod.tfvars": 'domain = "a.io"\n'})
    assert conditions(".") == ["with `prod.tfvars`"]
    assert declared(".")[1] == ["prod.tfvars"]
    assert conditions(".", var_files=("prod.tfvars",)) == [""]
    assert conditions(".", parameters=(("domain", "b.io"),)) == [""]
    write(tmp_path, {".acmrules.toml": "var-files = []\n"})
    assert conditions(".") == [""]


def test_nothing_is_searched_if_nothing_waits(tmp_path, monkeypatch):
    """A module without unknown variables costs nothing."""
    write(tmp_path, {"main.tf": MODULE.replace('"domain" {}', '"domain" { default = "a.io" }')})
    monkeypatch.setattr(Environments, "of", None)
    assert conditions(".") == [""]


def test_too_many_environments_are_bounded(tmp_path):
    """The report says how many were checked."""
    files = {f"e{n:02}.tfvars": f'domain = "x{n}.io"\n' for n in range(20)}
    write(tmp_path, {"main.tf": MODULE, **files})
    [declaration], _ = declared(".")
    assert len(declaration.variants) == 16
    assert declaration.truncated == "only 16 of 20 environments were checked"


DOMAINS = st.sampled_from(["a.io", "WWW.b.io", "x_y.io", "*.c.io", "d.io."])
LAYOUTS = st.sampled_from(["{}.tfvars", "env/{}.tfvars", "envs/{}/terraform.tfvars"])


@settings(max_examples=20, deadline=None)
@given(LAYOUTS, st.dictionaries(st.sampled_from(["dev", "prod", "qa"]), DOMAINS, min_size=1))
def test_an_environment_is_a_run_with_its_variable_file(layout, domains):
    """A variant has the values that `--var-file` gives the only one."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.chdir(name)
        files = {layout.format(env): f"domain = {json.dumps(d)}\n" for env, d in domains.items()}
        write(Path(name), {"main.tf": MODULE, **files})
        [declaration], used = declared(".")
        assert sorted(used) == sorted(files)
        for file in files:
            [alone], _ = declared(".", var_files=(file,))
            [variant] = [v for v in declaration.variants if v.environment == file]
            assert variant.request == alone.request
            checked = [d.__replace__(variants=(v,)) for d, v in ((declaration, variant),)]
            one, other = (
                [(f.rule.id, f.severity, f.message, f.path) for f in Linter().check(d)[0]]
                for d in (checked[0], alone)
            )
            assert one == other
