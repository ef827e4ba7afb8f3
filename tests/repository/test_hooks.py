"""The hooks, installed and run by pre-commit in a temporary repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from acmrules.cli.main import CLEAN, main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BUILT_FROM = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "src")
OURS = {key: text for key, text in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}

GOOD = {
    "template.yaml": """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      ValidationMethod: DNS
""",
    "request.json": '{"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}\n',
    "manifest.yaml": """\
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata: {name: site}
spec: {domainName: brightharbor.io}
""",
    "serverless.yml": """\
service: shop
provider: {name: aws, region: eu-west-1}
custom:
  customCertificate: {certificateName: brightharbor.io, hostedZoneNames: brightharbor.io.}
""",
    "Pulumi.yaml": """\
name: site
runtime: yaml
resources:
  site:
    type: aws:acm:Certificate
    properties: {domainName: brightharbor.io, validationMethod: DNS}
""",
    "managed.yaml": """\
apiVersion: acm.aws.upbound.io/v1beta1
kind: Certificate
metadata: {name: site}
spec: {forProvider: {region: eu-west-1, domainName: brightharbor.io, validationMethod: DNS}}
""",
    "main.tf": """\
variable "name" {}

resource "aws_acm_certificate" "site" {
  domain_name       = var.name
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}
""",
    "terraform.tfvars": 'name = "brightharbor.io"\n',
}

FILES_OF_HOOK = {
    "acmrules-cloudformation": {"template.yaml"},
    "acmrules-api": {"request.json"},
    "acmrules-kubernetes": {"manifest.yaml"},
    "acmrules-serverless": {"serverless.yml"},
    "acmrules-pulumi": {"Pulumi.yaml"},
    "acmrules-crossplane": {"managed.yaml"},
    "acmrules-terraform": {"main.tf"},
}


def run(*words, **more):
    """Run a program and return its exit code, with both outputs as one string."""
    return subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more
    )


def git(folder, *words):
    """Run git with an author, independent of the machine's configuration."""
    author = (
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@brightharbor.io",
        "-c",
        "commit.gpgsign=false",
    )
    done = run("git", *author, *words, cwd=folder, env=OURS)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()


@pytest.fixture(scope="session", autouse=True)
def index():
    """Skip the tests if no package index has the build requirements of acmrules."""
    dry_run = ("install", "--dry-run", "--ignore-installed", "--no-deps", "-q", "hatchling")
    done = run(sys.executable, "-m", "pip", *dry_run)
    if done.returncode:
        pytest.skip("no package index to install the hooks from")


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Return a folder that all workers share, so that each environment is created once."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def checkout(shared):
    """Return a repository of the working tree, committed or not."""
    folder = shared / "acmrules"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            make_checkout(shared / "unfinished").rename(folder)
    return folder


def make_checkout(folder):
    """Commit the working tree to a new repository."""
    folder.mkdir()
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            leftovers = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=leftovers)
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "All")
    return folder


@pytest.fixture(scope="session")
def pre_commit(shared):
    """Return a function that runs pre-commit; all tests share its environments."""
    home = str(shared / "home")
    env = OURS | {"PRE_COMMIT_HOME": home, "PRE_COMMIT_COLOR": "never"}
    return lambda folder, *words: run(
        sys.executable, "-m", "pre_commit", *words, cwd=folder, env=env
    )


@pytest.fixture
def team(tmp_path, checkout, pre_commit):
    """Return a function that creates a repository with some files and a hook of the checkout."""

    def make(hook, files, args=""):
        config = f"""\
repos:
  - repo: {checkout}
    rev: {git(checkout, "rev-parse", "HEAD")}
    hooks: [{{id: {hook}, args: [{args}]}}]
"""
        git(tmp_path, "init", "-q")
        for name, text in {".pre-commit-config.yaml": config, **files}.items():
            (tmp_path / name).write_text(text)
        git(tmp_path, "add", ".")
        # It would announce an installation, or that another worker is busy with one.
        pre_commit(tmp_path, "install-hooks")
        return tmp_path

    return make


def with_bad_domain(*names):
    """Return the good files, with an invalid domain in the named ones."""
    return {
        name: text.replace("brightharbor.io", "localhost") if name in names else text
        for name, text in GOOD.items()
    }


def test_try_repo(checkout, team, pre_commit):
    """The hook for all formats reports the findings of bad files and fails."""
    folder = team("acmrules", with_bad_domain("template.yaml", "manifest.yaml"))
    done = pre_commit(folder, "try-repo", str(checkout), "acmrules", "--all-files")
    assert done.returncode == 1
    assert "--> template.yaml:5:19\n" in done.stdout
    assert "--> manifest.yaml:4:20\n" in done.stdout
    assert "7 certificate requests in 7 files: 2 errors" in done.stdout


@pytest.mark.parametrize("hook", FILES_OF_HOOK)
def test_kinds(team, pre_commit, hook):
    """A hook for one format reports findings in files of its format only."""
    folder = team(hook, with_bad_domain(*GOOD))
    done = pre_commit(folder, "run", "--all-files")
    assert done.returncode == 1
    assert set(re.findall(r"(?m)^ +--> ([^:]+):", done.stdout)) == FILES_OF_HOOK[hook]
    assert "1 certificate request in 1 file" in done.stdout


@pytest.mark.parametrize("hook", FILES_OF_HOOK)
def test_good_files_pass(team, pre_commit, hook):
    """A hook passes good files of its format and prints nothing else."""
    folder = team(hook, GOOD)
    done = pre_commit(folder, "run", "--all-files")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.rstrip().endswith("Passed")


def test_fix(team, pre_commit):
    """With `--fix` the hook fixes the file and fails once; the second run passes."""
    capital = GOOD["template.yaml"].replace("brightharbor.io", "BrightHarbor.io")
    folder = team("acmrules-cloudformation", {"template.yaml": capital}, "--fix")
    done = pre_commit(folder, "run", "--all-files")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert (folder / "template.yaml").read_text() == GOOD["template.yaml"]
    assert pre_commit(folder, "run", "--all-files").returncode == 0


def test_module(team, pre_commit):
    """A changed file of variables is checked with its module."""
    folder = team("acmrules-terraform", GOOD)
    git(folder, "commit", "-qm", "All")
    (folder / "terraform.tfvars").write_text(
        with_bad_domain("terraform.tfvars")["terraform.tfvars"]
    )
    git(folder, "add", ".")
    done = pre_commit(folder, "run")
    assert done.returncode == 1
    assert "--> main.tf:4:23\n" in done.stdout
    assert "terraform.tfvars:1:9" in done.stdout


def test_baseline(team, pre_commit, monkeypatch):
    """Findings in the baseline pass; a new finding fails the hook."""
    bad = with_bad_domain("request.json")["request.json"]
    folder = team("acmrules-api", {"request.json": bad})
    monkeypatch.chdir(folder)
    assert main(["baseline", "."]) == CLEAN
    assert pre_commit(folder, "run", "--all-files").returncode == 0
    (folder / "request.json").write_text(bad.replace("localhost", "intranet"))
    done = pre_commit(folder, "run", "--all-files")
    assert done.returncode == 1
    assert "`intranet` is a single label" in done.stdout
