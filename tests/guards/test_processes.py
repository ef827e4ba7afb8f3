"""An agent, an editor and a shell: the three real processes find the same in the same files."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import anyio
from tests.support.guards import lsp
from tests.support.guards.cases import DAY, SETTINGS, rows
from tests.support.guards.mcp import Client, StdioServerParameters
from tests.support.lsp_client import Client as Editor
from tests.support.lsp_client import uri_of

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = (
    "ack/aws-controllers-k8s__acm-controller/test/e2e/resources/certificate_public_invalid.yaml",
    (
        "cdk/jogold__aws-cdk/aws-certificatemanager/test/integ.certificate-name.js.snapshot/"
        "integ-certificate-name.template.json"
    ),
    "cli/awscli-1.46.3__request-certificate.skeleton.json",
    (
        "cloudformation/attini-cloud-solutions__example-hugo-cms-with-attini/cloudformation/"
        "certificate.yaml"
    ),
    (
        "terraform/bridgecrewio__checkov/tests/terraform/graph/checks/resources/ACMWildcardDomainName/"
        "main.tf"
    ),
)
PROGRAM = [sys.executable, "-m", "acmrules"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def in_shell():
    """Return the rows of `acmrules check .` in the current folder."""
    command = [*PROGRAM, "check", ".", "--format", "json"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    return rows(json.loads(done.stdout)["findings"])


def in_editor(names):
    """Return the rows of the diagnostics of files in the current folder, which are all open."""
    client = Editor([os.curdir], env=ENVIRONMENT)
    texts = {name: Path(name).read_bytes().decode() for name in names}
    for name in names:
        client.open(name)
    client.actions(uri_of(names[0]), only=["source.none"])
    found = sorted(
        lsp.row(name, text, each)
        for name, text in texts.items()
        for each in client.diagnostics[uri_of(name)]
        if each["code"].startswith("ACM")
    )
    assert client.stop() == 0
    assert client.errors == []
    return found


def of_agent():
    """Return the rows of the answers of `check` for the current folder, of all pages."""
    server = StdioServerParameters(
        command=PROGRAM[0], args=[*PROGRAM[1:], "mcp"], cwd=os.getcwd(), env=ENVIRONMENT
    )

    async def work():
        items, offset = [], 0
        async with Client(server) as client:
            while offset is not None:
                result = await client.call_tool("check", {"paths": ["."], "offset": offset})
                items += result.structured_content["items"]
                offset = result.structured_content.get("next_offset")
        return items

    return rows(anyio.run(work))


def test_an_agent_an_editor_and_a_shell_find_the_same(tmp_path, monkeypatch):
    """The same rules, at the same places, with the same severities and messages."""
    monkeypatch.chdir(tmp_path)
    names = []
    for number, path in enumerate(FILES):
        names.append(f"{number}/{Path(path).name}")
        Path(str(number)).mkdir()
        shutil.copy(CORPUS / path, names[-1])
    Path(SETTINGS).write_text(f"as-of = {DAY}\n")
    found = in_shell()
    assert {row.file for row in found} == {*names}
    assert in_editor(names) == found
    assert of_agent() == found
