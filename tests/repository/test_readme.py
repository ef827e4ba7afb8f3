"""What the README promises: its commands, its finding, its session with the library.

`python tests/repository/test_readme.py` rewrites the output of that session.
"""

import code
import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

import pytest

from acmrules.cli.main import FOUND, main
from acmrules.lint.rules import CATALOGUE

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCREEN = 24
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.fixture
def at_root(monkeypatch):
    """Run the test in the root of the repository."""
    monkeypatch.chdir(ROOT)


def test_commands():
    """The first two blocks are one-line commands: check the examples, and run the tests."""
    (kind, check), (other_kind, test) = BLOCKS[:2]
    assert (kind, other_kind) == ("sh", "sh")
    assert check.count("\n") == test.count("\n") == 1
    assert " .venv/bin/acmrules check docs/examples/start " in check
    assert test.rstrip().endswith('.venv/bin/python -m pytest -q -n auto -m "not slow"')


@pytest.mark.usefixtures("at_root")
def test_first_command(capsys):
    """The first command finds errors in the bad example only, and its output fits a screen."""
    words = shlex.split(BLOCKS[0][1].rpartition("&&")[2])
    assert main(words[1:]) == FOUND
    shown = capsys.readouterr().out
    assert "start/bad.yaml:" in shown
    assert "start/good.yaml:" not in shown
    assert shown.count("\n") <= SCREEN


def test_session():
    """The session with the library prints the output in the README."""
    [session] = [block for kind, block in BLOCKS if kind == "pycon"]
    examples = doctest.DocTestParser().get_doctest(session, {}, "README", None, None)
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_links():
    """Every file that the README links to exists."""
    for target in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / target).exists(), target


def rewrite_session():
    """Write the output of the session with the library into it."""
    [session] = [block for kind, block in BLOCKS if kind == "pycon"]
    interpreter, shown = code.InteractiveInterpreter(), []
    for example in doctest.DocTestParser().get_examples(session):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            interpreter.runsource(example.source)
        first, *rest = example.source.splitlines()
        lines = [f">>> {first}", *(f"... {line}" for line in rest)]
        shown += [*lines, *out.getvalue().splitlines()]
    text = README.replace(session, "\n".join(shown) + "\n\n")
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite_session()


def test_number_of_rules():
    """The README gives the number of rules in the catalogue."""
    assert re.findall(r"\[(\d+) rules\]", README) == [str(len(CATALOGUE))]
