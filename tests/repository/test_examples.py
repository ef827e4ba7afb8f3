"""The shipped examples: good ones, bad ones, and the source of each."""

from pathlib import Path

import pytest

from acmrules.cli.main import CLEAN, FOUND, main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
GOOD = sorted((EXAMPLES / "good").iterdir())
BAD = sorted((EXAMPLES / "bad").iterdir())
START = sorted((EXAMPLES / "start").iterdir())
DAY = "2026-11-23"


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good(path, capsys):
    """A good example has a request, and nothing more severe than notes."""
    words = ["check", "--fail-on", "warning", "--as-of", DAY, str(path)]
    assert main(words) == CLEAN, capsys.readouterr().out
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("1 certificate request in 1 file") for line in lines)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_bad(path):
    """A bad example has at least a warning."""
    assert main(["check", "--fail-on", "warning", "--as-of", DAY, str(path)]) == FOUND


def test_every_example_has_its_source():
    """The table in the folder's README has one line for each example, and no other."""
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(listed) == sorted(f"{p.parent.name}/{p.name}" for p in GOOD + BAD + START)
