"""The page about policies: OPA evaluates its policies on real reports."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.repository.test_terraform_platforms import PLAN, blocks

ROOT = Path(__file__).parents[2]
PAGE = "docs/pages/guards/policies.md"
POLICY = ROOT / "docs" / "pages" / "guards" / "examples" / "acmrules.rego"

OPA = "opa-golib-python-bindings==0.4.4"
"""The library of OPA 1.20.2, as a shared object with bindings that need no other package."""

EVALUATE = """
import json, sys
from opa_bindings import OpaEngine
results = []
for policy, path, report in json.load(sys.stdin):
    with OpaEngine() as engine:
        engine.add_policy("policy.rego", policy)
        results.append(sorted(engine.eval_document(path, report)))
json.dump(results, sys.stdout)
"""

TEMPLATE = """
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: localhost{}
"""


def report(*words, command="check", code=0):
    """Return the report of a command as data."""
    done = subprocess.run(
        [sys.executable, "-m", "acmrules", command, "--format", "json", *words],
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == code
    return json.loads(done.stdout)


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """Return reports by what is special in them; the working folder is the one of the reports."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("good.json").write_text('{"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}')
    Path("mail.json").write_text('{"DomainName": "brightharbor.io", "ValidationMethod": "EMAIL"}')
    Path("broken.json").write_text('{"DomainName": ')
    comment = "  # acmrules: ignore[ACM101]: {}"
    Path("ticket.yaml").write_text(TEMPLATE.format(comment.format("OPS-12, until the move")))
    Path("reason.yaml").write_text(TEMPLATE.format(comment.format("as agreed")))
    Path("bad.yaml").write_text(TEMPLATE.format(""))
    Path("empty").mkdir()
    ignored = ("--ignore", "ACM407,ACM401,ACM105,ACM403")
    return {
        "good": report("good.json"),
        "mail": report("mail.json"),
        "broken": report("broken.json", "--kind", "api", code=2),
        "ticket": report("ticket.yaml", *ignored),
        "reason": report("reason.yaml", *ignored),
        "bad": report("bad.yaml", *ignored, code=1),
        "empty": report("empty"),
        "plan": report(str(PLAN)),
        "compare": report(str(PLAN), command="compare"),
    }


def test_the_page_has_the_policy():
    """It is the file of the examples."""
    policies = blocks("rego", PAGE)
    assert policies[0] == POLICY.read_text("utf-8")


def test_the_policies_read_members_of_the_reports(reports):
    """A misspelled member would be undefined, and its rule would never apply."""
    found = reports["plan"]["findings"][0].keys() | {"suppression", "kind", "reason", "what", "why"}
    named = set(re.findall(r"\b(?:finding|error|part|suppression)\.(\w+)", POLICY.read_text()))
    assert named <= found
    inputs = set(re.findall(r"\binput\.(\w+)", POLICY.read_text()))
    assert inputs <= reports["plan"].keys()
    (table,) = re.findall(r"(?ms)^\| member \| meaning.*?^$", (ROOT / PAGE).read_text() + "\n")
    assert set(re.findall(r"input\.(\w+)", table)) <= reports["plan"].keys()


@pytest.fixture
def opa(tmp_path):
    """Return a function that evaluates rules of policies with OPA."""
    folder = tmp_path / "opa"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, OPA]
    # Its bindings are plain Python; only their metadata requires a newer one.
    newer = ["--python-version", "3.14", "--only-binary", ":all:"]
    environ = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    if subprocess.run([*command, *newer], env=environ, check=False).returncode:
        pytest.skip(f"there is no build of {OPA} for this machine")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)

    def evaluate(*queries):
        done = subprocess.run(
            [sys.executable, "-c", EVALUATE],
            input=json.dumps(queries),
            env=environ | {"PYTHONPATH": str(folder)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return evaluate


@pytest.mark.slow
def test_opa_denies_what_the_page_says(reports, opa, monkeypatch):
    """Each rule of each policy applies to a report, and none to a good one."""
    policy = POLICY.read_text("utf-8")
    _, replacements = blocks("rego", PAGE)
    (spacelift,) = blocks("rego")
    names = ("good", "mail", "broken", "ticket", "reason", "bad", "empty", "plan")
    denied = opa(*((policy, "main.deny", reports[name]) for name in names))
    good, mail, broken, ticket, reason, bad, empty, plan = denied
    assert (good, ticket, plan) == ([], [], [])
    assert [each.split(" ")[1] for each in mail] == ["ACM402"]
    assert [each.split(": ")[0] for each in broken] == ["not read", "nothing was checked"]
    assert [each.split(": ")[0] for each in reason] == ["suppressed without a ticket"]
    assert [each.split(" ")[1] for each in bad] == ["ACM101"]
    assert empty == ["nothing was checked"]
    stack = {"third_party_metadata": {"custom": {"acmrules": reports["plan"]}}}
    failing = {"third_party_metadata": {"custom": {"acmrules": reports["bad"]}}}
    monkeypatch.chdir(ROOT)
    bad_examples = report("docs/examples/bad", "--exit-zero")
    warned, kept, moved, stopped, passed, noted, examples = opa(
        (policy, "main.warn", reports["plan"]),
        (replacements, "replacements.deny", reports["good"]),
        (replacements, "replacements.deny", reports["compare"]),
        (spacelift, "spacelift.deny", failing),
        (spacelift, "spacelift.deny", stack),
        (spacelift, "spacelift.warn", stack),
        (policy, "main.deny", bad_examples),
    )
    assert [each.split(" ")[1] for each in warned] == ["ACM603", "ACM515"]
    assert kept == []
    assert moved == ["aws_acm_certificate.portal would be replaced"]
    assert [each.split(":")[0] for each in stopped] == ["ACM101"]
    assert passed == []
    assert [each.split(":")[0] for each in noted] == ["ACM515", "ACM603"]
    (shown,) = blocks("text", PAGE)
    assert shown.strip() in examples


@pytest.mark.slow
@pytest.mark.parametrize("program", ["opa", "conftest"])
def test_the_programs_deny_what_the_page_says(reports, program):
    """With the command of the page."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    (script,) = [
        block for block in blocks("sh", PAGE) if re.search(rf"^{program} ", block, re.MULTILINE)
    ]
    command = re.search(rf"^{program} (?:.*\\\n)*.*$", script, re.MULTILINE)[0]
    for name in ("good", "bad"):
        Path("report.json").write_text(json.dumps(reports[name]))
        run = command.replace("docs/pages/guards/examples", str(POLICY.parent))
        done = subprocess.run(["bash", "-c", run], capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == (name == "bad"), done.stdout + done.stderr
