"""The recipes of `CONTRIBUTING.md`: a test follows each of them in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.recipes import RecipeError, follow, recipes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


class Copy:
    """A copy of the tracked files, whose commands import the sources of the copy."""

    def __init__(self, folder):
        self.root = folder / "acmrules"
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, self.root / name)
        program = folder / "bin" / "python"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        program.chmod(0o755)
        self.environment = {
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(self.root / "src"),
            "PYTHONUTF8": "1",
            "HYPOTHESIS_PROFILE": "brief",
        }

    def run(self, script, code=0):
        """Run commands of a shell and return their output; they must end with an exit code."""
        done = subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == code, f"{script}\n{done.stdout}"
        return done.stdout

    def pages(self):
        """Return the text of each page of the documentation."""
        return {path: path.read_text("utf-8") for path in (self.root / "docs").rglob("*.md")}


@pytest.mark.slow
def test_every_recipe_works_as_written(tmp_path):
    """The additions of a recipe have their tests, their pages and their commands."""
    copy = Copy(tmp_path)
    imported = copy.run("python -c 'import acmrules; print(acmrules.__file__)'")
    assert imported == f"{copy.root}/src/acmrules/__init__.py\n"
    for steps in recipes(PAGE).values():
        for step in steps:
            follow(step, copy.root, copy.run)

    pages = copy.pages()
    copy.run("python tests/update.py pages")
    assert copy.pages() == pages
    page = (copy.root / "docs" / "pages" / "rules" / "ACM209.md").read_text(encoding="utf-8")
    explained = copy.run("python -m acmrules explain ACM209")
    assert "hosts rarely have" in page
    assert "hosts rarely have" in explained
    assert page.count("note[ACM209]") == 5
    (copy.root / "shop.domains").write_text(
        "lighthouse.io\nbrightharbor.io *.www.brightharbor.io\n"
    )
    check = "python -m acmrules check shop.domains --select ACM209 --fail-on note"
    assert "note[ACM209]" in copy.run(check, code=1)
    assert '"note","ACM209","shop.domains","2","`*.www.brightharbor.io` matches' in copy.run(
        f"{check} --kind domains --format csv", code=1
    )
    assert "ListCertificates" in copy.run("python -m acmrules facts 1.51")
    assert "[PARTITION...]" in copy.run("python -m acmrules help regions")


def test_there_is_a_recipe_for_each_kind_of_addition():
    """Each recipe ends with commands that test the addition."""
    found = recipes(PAGE)
    assert [*found] == [
        "Add a rule",
        "Add a fact",
        "Add a reader",
        "Add a report of findings",
        "Add a command",
    ]
    assert all(steps[-1].form == "run" for steps in found.values())


def page(sentence, text="new\n"):
    """Return a page with a recipe of one step."""
    return f"# Page\n\n### Add a thing\n\nIt is easy. {sentence}\n\n```text\n{text}```\n\n## End\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At the end of `a.py`, add:", "A = (\n    1,\n)\n# end\n| `b` | c |\nnew\n"),
        ("At the end of `A` in `a.py`, add:", "A = (\n    1,\nnew\n)\n# end\n| `b` | c |\n"),
        ("In `a.py`, before the line `# end`, add:", "A = (\n    1,\n)\nnew\n# end\n| `b` | c |\n"),
        ("In `a.py`, after the line `1,`, add:", "A = (\n    1,\nnew\n)\n# end\n| `b` | c |\n"),
        ("In `a.py`, after the row of `b`, add:", "A = (\n    1,\n)\n# end\n| `b` | c |\nnew\n"),
    ],
)
def test_a_step_adds_its_block(sentence, expected, tmp_path):
    """The sentence before the block has its position."""
    path = tmp_path / "a.py"
    path.write_text("A = (\n    1,\n)\n# end\n| `b` | c |\n")
    [[step]] = recipes(page(sentence)).values()
    follow(step, tmp_path, None)
    assert path.read_text() == expected


def test_a_step_creates_a_file_or_runs_commands(tmp_path):
    """A block can contain a block with a shorter fence."""
    text = "````markdown\n## Title\n\n```sh\nls\n```\n````\n\nRun:\n\n```sh\npytest\n```\n"
    [[create, run]] = recipes(f"### Add a page\n\nCreate `new.md`:\n\n{text}").values()
    commands = []
    for step in (create, run):
        follow(step, tmp_path, commands.append)
    assert (tmp_path / "new.md").read_text() == "## Title\n\n```sh\nls\n```\n"
    assert commands == ["pytest\n"]


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("Put this into `a.py`:", "no form of a step: 'It is easy. Put this into `a.py`:'"),
        ("Create `a.py`:", "a.py exists"),
        ("At the end of `b.py`, add:", "no file b.py"),
        ("In `a.py`, before the line `x = 2`, add:", "0 lines in a.py are 'x = 2', not 1"),
        ("In `a.py`, after the line `x = 1`, add:", "2 lines in a.py are 'x = 1', not 1"),
        ("At the end of `x` in `a.py`, add:", "0 lines in a.py are 'x', not 1"),
    ],
)
def test_a_step_that_cannot_be_followed_names_its_recipe(sentence, message, tmp_path):
    """The message names the sentence, file or line that is wrong."""
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n")

    def attempt():
        [[step]] = recipes(page(sentence)).values()
        follow(step, tmp_path, None)

    with pytest.raises(RecipeError, match=re.escape(f"Add a thing: {message}")):
        attempt()
