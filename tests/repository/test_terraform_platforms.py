"""The page about platforms for Terraform: its commands are run on a stored plan."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.repository.test_transcripts import run_page, sessions

ROOT = Path(__file__).parents[2]
PAGE = "docs/pages/guards/terraform-platforms.md"
PLAN = ROOT / "docs" / "examples" / "bad" / "replacement.plan.json"

TERRAFORM = """
[ "$1 $2" = "show -json" ] || { echo "unknown command $*" >&2; exit 1; }
cat "$3"
"""
CURL = """
printf '%s\\n' "$@" >> curl.log
while [ $# -gt 0 ]; do
    case $1 in
        --output) cp stored.json "$2"; shift ;;
        --data) cp "${2#@}" sent.json; shift ;;
    esac
    shift
done
"""


def blocks(language, page=PAGE):
    """Return the blocks of a page in a language."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"(?<=^```{language}\n).*?(?=^```$)", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Return a function that runs a script in a folder with a plan, and with simple programs.

    It returns the exit code and the output. `terraform` prints the plan as JSON, and `curl`
    downloads it.
    """
    programs = tmp_path / "bin"
    programs.mkdir()
    acmrules = f'exec "{sys.executable}" -m acmrules "$@"'
    for name, script in (("acmrules", acmrules), ("terraform", TERRAFORM), ("curl", CURL)):
        (programs / name).write_text(f"#!/bin/bash\n{script}")
        (programs / name).chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    for name in ("plan.out", "spacelift.plan", "plan.cache", "stored.json"):
        shutil.copy(PLAN, name)

    def run(script, **variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        done = subprocess.run(
            ["bash", "-c", script], stdout=subprocess.PIPE, text=True, check=False, timeout=60
        )
        return done.returncode, done.stdout

    return run


def test_the_session_is_that_of_a_shell(tmp_path):
    """With the stored plan of the examples."""
    assert run_page(PAGE, tmp_path) == sessions(PAGE)


def test_the_commands_check_and_compare_a_plan(shell):
    """From a file and from a pipe; an error of Terraform is an error of the pipe."""
    from_file, from_pipe = blocks("sh")[:2]
    for script in (from_file, from_pipe):
        code, out = shell(f"set -e\n{script}")
        assert code == 0
        assert "warning[ACM603]" in out
        assert "1 certificate: 1 replacement" in out
    code, _ = shell("set -e\n" + from_pipe.replace("plan.out", "missing"))
    assert code == 2


STEPS = ("init", "plan", "apply", "import", "state_rm")
RUN = {"command", "shell", "shellArgs", "output"}


def test_the_workflow_of_atlantis(shell):
    """Its keys are those of the documentation, and its commands check the plan."""
    config = yaml.safe_load(blocks("yaml")[0])
    assert config.keys() == {"repos", "workflows"}
    (repo,) = config["repos"]
    assert repo == {"id": "/.*/", "workflow": "acmrules"}
    stages = config["workflows"][repo["workflow"]]
    assert stages.keys() <= {"plan", "apply", "import", "state_rm", "policy_check"}
    commands = []
    for step in stages["plan"]["steps"]:
        if step in STEPS:
            continue
        assert step.keys() == {"run"}
        given = step["run"]
        assert isinstance(given, str) or given.keys() <= RUN
        commands.append(given if isinstance(given, str) else given["command"])
    files = {"PLANFILE": "plan.out", "SHOWFILE": "default.json"}
    code, out = shell("set -e\n" + "\n".join(commands), **files)
    assert code == 0
    assert "1 replacement" in out
    assert "warning[ACM603]" in out
    Path("plan.out").write_text(PLAN.read_text().replace("portal.brightharbor.io", "localhost"))
    assert shell("set -e\n" + "\n".join(commands), **files)[0] == 1


HOOKS = {
    f"{moment}_{phase}"
    for moment in ("before", "after")
    for phase in ("init", "plan", "apply", "destroy", "perform", "run")
}


def test_the_hooks_of_spacelift(shell):
    """They are lists of commands, which leave the report for a plan policy."""
    config = yaml.safe_load(blocks("yaml")[1])
    assert config["version"] == "1"
    assert config.keys() == {"version", "stack_defaults"}
    assert config["stack_defaults"].keys() <= HOOKS
    code, out = shell("set -e\n" + "\n".join(config["stack_defaults"]["after_plan"]))
    assert code == 0
    assert "1 replacement" in out
    report = json.loads(Path("acmrules.custom.spacelift.json").read_text())
    assert [finding["rule"] for finding in report["findings"]] == ["ACM603", "ACM515"]


@pytest.mark.parametrize(
    ("plan", "status", "message"),
    [
        (PLAN.read_text(), "passed", "1 certificate request in 1 file: 2 warnings"),
        (
            PLAN.read_text().replace("portal.brightharbor.io", "localhost"),
            "failed",
            "1 certificate request in 1 file: 2 errors, 2 warnings",
        ),
        ("", "failed", "1 input could not be read"),
    ],
    ids=["good", "bad", "empty"],
)
def test_the_run_task_sends_its_result(shell, plan, status, message):
    """The request is that of the documentation; the token is in it, and in no file."""
    Path("stored.json").write_text(plan)
    code, _ = shell(
        "set -e\n" + blocks("sh")[2],
        ACCESS_TOKEN="my token",
        PLAN_JSON_API_URL="https://tf.example/plan",
        TASK_RESULT_CALLBACK_URL="https://tf.example/callback",
    )
    assert code == 0
    sent = json.loads(Path("sent.json").read_text())
    attributes = {"status": status, "message": message}
    assert sent == {"data": {"type": "task-results", "attributes": attributes}}
    words = Path("curl.log").read_text().splitlines()
    assert words.count("Authorization: Bearer my token") == 2
    assert words.index("https://tf.example/plan") < words.index("https://tf.example/callback")
    assert words[words.index("--request") + 1] == "PATCH"
    assert "Content-Type: application/vnd.api+json" in words


def test_the_job_of_gitlab(shell):
    """Its report is the one of code quality."""
    config = yaml.safe_load(blocks("yaml")[2])
    job = config["acm-plan"]
    assert job.keys() <= {"stage", "image", "script", "artifacts", "needs", "rules"}
    code, out = shell("set -eo pipefail\n" + "\n".join(job["script"]))
    assert code == 0
    assert "warning[ACM603]" in out
    report = json.loads(Path(job["artifacts"]["reports"]["codequality"]).read_text())
    assert [issue["check_name"].split()[0] for issue in report] == ["ACM603", "ACM515"]
