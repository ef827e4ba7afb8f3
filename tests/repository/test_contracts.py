"""The import contracts of pyproject.toml: each one can fail."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import acmrules

PACKAGE = Path(acmrules.__file__).parent
ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]

FORBIDDEN = {
    "house": ("model/inventory.py", "acmrules.lint.findings"),
    "facts": ("facts/fact.py", "acmrules.facts.sources"),
    "purity": ("lint/findings.py", "os"),
    "formats": ("readers/kubernetes/objects.py", "acmrules.readers.cloudformation.template"),
    "terraform": ("readers/terraform/modules.py", "acmrules.readers.terraform.scopes"),
    "diagnosis": ("diagnosis/commands.py", "acmrules.diagnosis.requests"),
    "names": ("diagnosis/dns/evidence.py", "acmrules.diagnosis.dns.records"),
    "network": ("network/aws/session.py", "acmrules.network.dns.transport"),
    "guards": ("guards/boto3.py", "acmrules.guards.hook"),
    "commands": ("cli/commands/check.py", "acmrules.cli.commands.facts"),
}
"""For each contract, a module and an import that it must not have."""


def test_every_contract_has_a_forbidden_import():
    """Each contract has a test import that breaks it."""
    assert [*FORBIDDEN] == [contract["id"] for contract in CONTRACTS["contracts"]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a folder with a copy of the package and its contracts."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "acmrules", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def check(contract, copy):
    """Return the exit code and the output of import-linter for one contract of the copy."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--contract", contract],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return run.returncode, " ".join(run.stdout.split())


@pytest.mark.parametrize("contract", FORBIDDEN)
def test_a_forbidden_import_breaks_the_contract(copy, contract):
    """One forbidden import for annotations is enough to break the contract."""
    path, imported = FORBIDDEN[contract]
    module = copy / "acmrules" / path
    text = module.read_text("utf-8")
    try:
        module.write_text(f"{text}\nif TYPE_CHECKING:\n    import {imported}\n", "utf-8")
        code, output = check(contract, copy)
    finally:
        module.write_text(text, "utf-8")
    importer = "acmrules." + path.removesuffix(".py").replace("/", ".")
    assert code == 1, output
    assert f"{importer} -> {imported} " in output
    assert "Contracts: 0 kept, 1 broken." in output
