"""The inventory of files, for the commands that combine all of them."""

import json

import pytest
from tests.support.linked_stacks import alias, apart, stack

from acmrules.cli.inputs import read_inventory
from acmrules.cli.main import main
from acmrules.cli.options import ReadOptions
from acmrules.cli.parser import BUG, CLEAN, UNREADABLE


@pytest.fixture
def surveyed(tmp_path, monkeypatch, capsys):
    """Write files, and return their inventory and the printed errors."""

    def of(files, *paths, **options):
        for name, data in files.items():
            (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        monkeypatch.chdir(tmp_path)
        inputs = read_inventory(ReadOptions(**options), paths or (".",))
        return inputs, capsys.readouterr().err

    return of


def test_files_have_one_inventory(surveyed):
    """The inventory has certificates with their consumers, and records of other files."""
    files = apart(["b.io"], [["b.io"]]) | {"dns.json": stack({"W": alias("w.io", "x.io")})}
    found, errors = surveyed(files)
    assert (found.code, errors) == (CLEAN, "")
    [declaration] = found.inventory.declarations
    assert len(declaration.variants[0].consumers) == 1
    assert [str(record.thing.name) for record in found.inventory.records] == ["w.io"]


def test_options_apply_as_for_a_check(surveyed):
    """The Region and the kinds of files have the same effect."""
    files = apart(["b.io"], []) | {"names.txt": "a.io\n"}
    found, _ = surveyed(files, "certificate.json", "names.txt", region="us-east-1")
    assert [each.request.region for each in found.inventory.declarations] == ["us-east-1"] * 2
    found, _ = surveyed(files, "certificate.json", "names.txt", kinds=("names",))
    assert [each.file for each in found.inventory.declarations] == ["names.txt"]


@pytest.mark.parametrize(
    "data", [b'{"Resources": "AWS::Route53::\xff', b"Resources: {AWS::Route53::"]
)
def test_unreadable_inputs_are_reported(surveyed, data):
    """The other files are read; only an unreadable file that is named is a failure."""
    files = {"bad.yaml": data, **apart(["b.io"], [])}
    found, errors = surveyed(files)
    assert (found.code, len(found.inventory.declarations)) == (CLEAN, 1)
    assert errors.startswith("acmrules: warning: bad.yaml")
    found, errors = surveyed(files, *files)
    assert (found.code, len(found.inventory.declarations)) == (UNREADABLE, 1)
    assert errors.startswith("acmrules: bad.yaml")
    found, errors = surveyed({}, "missing.yaml")
    assert (found.code, found.inventory.declarations) == (UNREADABLE, ())
    assert "missing.yaml: no such file" in errors


def test_a_defect_is_reported(surveyed, monkeypatch):
    """The exit code of a defect takes precedence."""
    monkeypatch.setattr("acmrules.readers.registry.read", None)
    found, errors = surveyed(apart(["b.io"], []))
    assert found.code == BUG
    assert "please report it" in errors


@pytest.mark.parametrize("command", ["plan", "calendar"])
def test_environments_that_are_not_read_are_named(tmp_path, monkeypatch, capsys, command):
    """A command that does not read environments names their files, and how to include one."""
    monkeypatch.chdir(tmp_path)
    resource = 'resource "aws_acm_certificate" "x" {\n  domain_name = var.domain\n}\n'
    (tmp_path / "main.tf").write_text('variable "domain" {}\n' + resource)
    (tmp_path / "env").mkdir()
    (tmp_path / "env/dev.tfvars").write_text('domain = "dev.brightharbor.io"\n')
    main([command, "."])
    line = "main.tf: the values of 1 environment (`env/dev.tfvars`) are not read: pass those of one"
    assert f"{line}, such as `--var-file env/dev.tfvars`\n" in capsys.readouterr().err
    main([command, ".", "--var-file", "env/dev.tfvars"])
    assert "are not read" not in capsys.readouterr().err


def test_units_of_terragrunt_that_are_not_read_are_named(surveyed):
    """The inputs of a unit are not in a variable file, so they are passed one by one."""
    main_tf = 'variable "d" {}\nresource "aws_acm_certificate" "x" {\n  domain_name = var.d\n}\n'
    unit = 'inputs = { d = "dev.brightharbor.io" }\n'
    _, err = surveyed({"main.tf": main_tf, "terragrunt.hcl": unit})
    assert "`terragrunt.hcl`) are not read: pass those of one, such as `--param NAME=VALUE`" in err


def test_what_aws_did_not_answer_is_reported(surveyed):
    """Every command says which certificates are missing, unless it has a section for it."""
    call = {"operation": "ListCertificates", "region": "sa-east-1"}
    call["error"] = {"code": "AccessDeniedException", "message": "no"}
    saved = json.dumps({"acmrules": "0.2.0", "inventory": 1, "responses": [call]})
    _, errors = surveyed({"inventory.json": saved})
    text = "failed (AccessDeniedException): the certificates in sa-east-1 are unknown"
    assert errors == f"acmrules: not read: ListCertificates in sa-east-1 {text}\n"
    assert surveyed({"inventory.json": saved}, quiet=1)[1] == ""
