"""The examples of the guides: commands on public templates, hooks, action, jobs, settings."""

import re
import shutil
from pathlib import Path
from textwrap import indent

import pytest
import yaml
from tests.support.schemas import refusal, refusal_by_schema

from acmrules.cli.main import CLEAN, FOUND, main
from acmrules.workspace import settings_file
from acmrules.workspace.settings import NAMES

ROOT = Path(__file__).parents[2]
HOOKS = (ROOT / "docs" / "pages" / "pre-commit.md").read_text("utf-8")
CI = (ROOT / "docs" / "pages" / "ci.md").read_text("utf-8")
PROGRAM = "acmrules "


def test_existing_findings(tmp_path, monkeypatch, capsys):
    """The commands find problems in public templates, record them, and then pass."""
    section = HOOKS.partition("## Existing findings\n")[2]
    commands = re.search(r"(?ms)^```sh\n(.*?)^```$", section)[1].splitlines()
    ours = [line.split()[1:] for line in commands if line.startswith(PROGRAM)]
    shutil.copytree(ROOT / "tests" / "corpus", tmp_path / "team")
    (tmp_path / "team" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "team")
    assert [main(words) for words in ours] == [FOUND, CLEAN]
    capsys.readouterr()
    assert main(ours[0]) == CLEAN
    assert re.search(r"nothing found\n[1-9]\d* findings in the baseline", capsys.readouterr().out)


def test_hooks():
    """The table lists all hooks, in their order."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert re.findall(r"^\| `(acmrules[\w-]*)` \|", HOOKS, re.MULTILINE) == [
        hook["id"] for hook in hooks
    ]


def test_action():
    """The table lists all inputs of the action, in their order, with their defaults."""
    inputs = yaml.safe_load((ROOT / ".github/actions/check/action.yml").read_text("utf-8"))[
        "inputs"
    ]
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:`(.*?)`)? ?\| ", CI, re.MULTILINE)
    assert rows == [(key, each["default"]) for key, each in inputs.items()]


def yaml_of(page, begin):
    """Return the only YAML block of a page that begins with some text."""
    text = (ROOT / "docs" / "pages" / page).read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    [block] = [block for block in blocks if block.startswith(begin)]
    return block


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "begin", "schema"),
    [
        ("ci.md", "name: certificates\n", "github-workflows"),
        ("ci.md", "acmrules:\n", "gitlab-ci"),
        ("reports.md", "acmrules:\n", "gitlab-ci"),
    ],
)
def test_jobs(tmp_path, page, begin, schema):
    """The examples to copy are workflows, or jobs, by the schema of workflows."""
    (tmp_path / "job.yml").write_text(yaml_of(page, begin))
    assert not refusal_by_schema(schema, tmp_path / "job.yml")


@pytest.mark.slow
def test_steps(tmp_path):
    """The steps that upload SARIF are valid steps of a workflow."""
    workflow = yaml_of("ci.md", "name: certificates\n")
    steps = indent(yaml_of("reports.md", "- run: "), "      ")
    (tmp_path / "job.yml").write_text(workflow.partition("      - uses:")[0] + steps)
    assert not refusal_by_schema("github-workflows", tmp_path / "job.yml")


@pytest.mark.slow
def test_pre_commit(tmp_path):
    """pre-commit accepts the hooks, the configuration on their page, and its options."""
    assert not refusal("pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    written = yaml_of("pre-commit.md", "repos:\n")
    hook = yaml_of("pre-commit.md", "      - id: ")
    for text in (written, written.partition("      - id: ")[0] + hook):
        (tmp_path / "config.yaml").write_text(text)
        assert not refusal("pre_commit", "validate-config", str(tmp_path / "config.yaml"))


def test_settings():
    """The settings in the pages are valid, and each setting is in one of them."""
    stated = set()
    for page in ("reading.md", "settings.md"):
        text = (ROOT / "docs" / "pages" / page).read_text("utf-8")
        for block in re.findall(r"^```toml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
            some = settings_file.read("pyproject.toml", "\n" + block, "/team")
            stated |= {key[0] for key in some.stated}
    assert stated == set(NAMES)
