"""The action for GitHub: its steps, run as a runner does, but for what they install and upload."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.support.schemas import refusal_by_schema

from acmrules.cli.main import CLEAN, FOUND

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "action.yml").read_text("utf-8")
ACTION = yaml.safe_load(TEXT)
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


def step_of(name, tmp_path, **given):
    """Run a step as a runner does, with inputs."""
    [step] = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    inputs = {key: each["default"] for key, each in ACTION["inputs"].items()} | given
    stated = {
        key: INPUT.sub(lambda found: inputs[found[1]], text) for key, text in step["env"].items()
    }
    runner = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(DOCS),
    }
    return subprocess.run(
        ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
        cwd=tmp_path,
        env=os.environ | runner | stated,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def check(tmp_path):
    """Return how to run the step that checks, in a folder with a bad list of names and a good one.

    Its name is one that a shell would take for a pattern of the other's.
    """
    (tmp_path / "[ab].txt").write_text("brightharbor.io\n")
    (tmp_path / "a.txt").write_text("localhost\n")
    return lambda **given: step_of("Check", tmp_path, **given)


@pytest.mark.parametrize("extras", ["", "cloudformation"])
def test_install(tmp_path, check, extras):
    """What is checked out with the action is installed beside the job, and is what then judges."""
    done = step_of("Install", tmp_path, extras=extras)
    if "No matching distribution found for hatchling" in done.stderr:
        pytest.skip("no package index to install from")
    assert done.returncode == 0, done.stderr
    installed = {path.name for path in (tmp_path / "acmrules").iterdir()}
    assert {"acmrules", "idna", "publicsuffixlist"} <= installed
    assert ("yaml" in installed) is bool(extras)
    (tmp_path / "acmrules" / "acmrules" / "__main__.py").write_text("print('that one')")
    assert check(paths="a.txt").stdout == "that one\n"


def test_schema():
    """It is an action by the schema that editors check such files with."""
    assert not refusal_by_schema("github-actions", DOCS / "action.yml")


def test_inputs():
    """Every input is used, and every one used is there; none is pasted into a script."""
    assert set(re.findall(r"inputs\.([\w-]+)", TEXT)) == set(ACTION["inputs"])
    assert not any("${{" in step.get("run", "") for step in ACTION["runs"]["steps"])


def test_annotations(check):
    """A finding is an annotation, and fails the step."""
    done = check(paths="a.txt [ab].txt")
    assert done.returncode == FOUND
    assert done.stdout.startswith("::error file=a.txt,line=1,")
    assert "2 certificate requests in 2 files: 1 error" in done.stdout


def test_words(check):
    """Paths are words, never patterns; nothing found passes the step."""
    done = check(paths="[ab].txt")
    assert (done.returncode, done.stdout.count("::")) == (CLEAN, 0)
    assert "1 certificate request in 1 file" in done.stdout


def test_arguments(check):
    """Options reach the check."""
    assert check(paths="a.txt", args="--ignore ACM101 --fail-on error").returncode == CLEAN


def test_sarif(check, tmp_path):
    """With a file for it the findings go there, and still fail the step."""
    done = check(**{"paths": "a.txt", "sarif-file": "out.sarif"})
    assert (done.returncode, done.stdout) == (FOUND, "")
    [run] = json.loads((tmp_path / "out.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["ACM101"]
