"""What the guide promises: its commands on public templates, its hooks, its action, its jobs."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from acmrules.lint.cli import CLEAN, FOUND, main

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
PROGRAM = "acmrules "


def commands():
    """Return what the five commands are, with those that span lines in one piece."""
    [first, _] = [block for kind, block in BLOCKS if kind == "sh"]
    return re.sub(r"<<EOF\n.*?^EOF$", "", first, flags=re.DOTALL | re.MULTILINE).splitlines()


def test_five_commands(tmp_path, monkeypatch, capsys):
    """There are five; ours find what is in public templates, then write it down, then it passes."""
    assert len(commands()) == 5
    ours = [line.split()[1:] for line in commands() if line.startswith(PROGRAM)]
    shutil.copytree(ROOT / "tests" / "corpus", tmp_path / "team")
    (tmp_path / "team" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "team")
    assert [main(words) for words in ours] == [FOUND, CLEAN]
    capsys.readouterr()
    assert main(ours[0]) == CLEAN
    assert re.search(r"nothing found; [1-9]\d* in the baseline", capsys.readouterr().out)


def test_hooks():
    """The table of hooks has all there are, in their order."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert re.findall(r"^\| `(acmrules[\w-]*)` \|", GUIDE, re.MULTILINE) == [
        hook["id"] for hook in hooks
    ]


def test_action():
    """The table of inputs has all that the action takes, in their order, with their defaults."""
    inputs = yaml.safe_load((ROOT / "docs" / "action.yml").read_text("utf-8"))["inputs"]
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:`(.*?)`)? ?\| ", GUIDE, re.MULTILINE)
    assert rows == [(key, each["default"]) for key, each in inputs.items()]


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "yaml"])
def test_examples(block):
    """What is to be copied into a file is YAML."""
    assert yaml.safe_load(block)


def test_links():
    """Every page that the guide points at is there."""
    for target in re.findall(r"\]\(([\w./-]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
