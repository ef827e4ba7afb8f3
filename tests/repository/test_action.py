"""The action for GitHub: its steps, run as a runner does, without the upload."""

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

FOLDER = Path(__file__).parents[2] / ".github" / "actions" / "check"
TEXT = (FOLDER / "action.yml").read_text("utf-8")
ACTION = yaml.safe_load(TEXT)
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


def run_step(name, tmp_path, **changed):
    """Run a step as a runner does, with inputs."""
    [step] = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    inputs = {key: each["default"] for key, each in ACTION["inputs"].items()} | changed
    variables = {
        key: INPUT.sub(lambda found: inputs[found[1]], text) for key, text in step["env"].items()
    }
    runner = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(FOLDER),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
    }
    return subprocess.run(
        ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
        cwd=tmp_path,
        env=os.environ | runner | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def check(tmp_path):
    """Return a function that runs the check in a folder with a good and a bad list of names.

    To a shell, the name of the good list is a pattern that matches the bad one.
    """
    (tmp_path / "[ab].txt").write_text("brightharbor.io\n")
    (tmp_path / "a.txt").write_text("localhost\n")
    return lambda **inputs: run_step("Check", tmp_path, **inputs)


def upload():
    """Return the step that uploads the SARIF report."""
    return ACTION["runs"]["steps"][-1]


@pytest.mark.slow
@pytest.mark.parametrize("extras", ["", "cloudformation"])
def test_install(tmp_path, check, extras):
    """The action installs its own checkout, and the check runs that installation."""
    done = run_step("Install", tmp_path, extras=extras)
    if "No matching distribution found for hatchling" in done.stderr:
        pytest.skip("no package index to install from")
    assert done.returncode == 0, done.stderr
    installed = {path.name for path in (tmp_path / "acmrules").iterdir()}
    assert {"acmrules", "idna", "publicsuffixlist"} <= installed
    assert ("yaml" in installed) is bool(extras)
    (tmp_path / "acmrules" / "acmrules" / "__main__.py").write_text("print('that one')")
    assert check(paths="a.txt").stdout == "that one\n"


@pytest.mark.slow
def test_schema():
    """The file is valid by the schema of GitHub actions."""
    assert not refusal_by_schema("github-actions", FOLDER / "action.yml")


def test_inputs():
    """Every input is used and every used input exists; none is pasted into a script."""
    assert set(re.findall(r"inputs\.([\w-]+)", TEXT)) == set(ACTION["inputs"])
    assert not any("${{" in step.get("run", "") for step in ACTION["runs"]["steps"])


def test_annotations(check):
    """A finding is an annotation, and fails the step."""
    done = check(paths="a.txt [ab].txt")
    assert done.returncode == FOUND
    assert done.stdout.startswith("::error file=a.txt,line=1,")
    assert "2 certificate requests in 2 files: 1 error" in done.stdout


def test_words(check):
    """Paths are words, never patterns; the step passes without findings."""
    done = check(paths="[ab].txt")
    assert (done.returncode, done.stdout.count("::")) == (CLEAN, 0)
    assert "1 certificate request in 1 file" in done.stdout


def test_arguments(check):
    """Options reach the check."""
    assert check(paths="a.txt", args="--ignore ACM101 --fail-on error").returncode == CLEAN


def test_sarif(check, tmp_path):
    """With `sarif-file`, one run writes the annotations and the report to upload."""
    done = check(**{"paths": "a.txt", "sarif-file": "the report.sarif"})
    assert (done.returncode, done.stdout.count("::error file=a.txt")) == (FOUND, 1)
    [run] = json.loads((tmp_path / "the report.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["ACM101"]
    assert (tmp_path / "outputs").read_text() == "sarif=the report.sarif\n"
    assert TEXT.count("acmrules check ") == 1


@pytest.mark.parametrize("inputs", [{"args": "--frobnicate", "sarif-file": "out.sarif"}, {}])
def test_no_report(check, tmp_path, inputs):
    """Without a report, nothing is uploaded: the step has no output."""
    check(paths="a.txt", **inputs)
    assert not (tmp_path / "outputs").exists()
    assert upload()["if"] == "${{ always() && steps.check.outputs.sarif != '' }}"
    assert upload()["with"]["sarif_file"] == "${{ steps.check.outputs.sarif }}"
