"""The exit codes of a run."""

from pathlib import Path

from acmrules.workspace import BUG, CLEAN, FOUND, UNREADABLE

README = Path(__file__).parents[1] / "README.md"


def test_the_exit_codes_are_those_of_the_page():
    """The table lists them in order: success, findings, unreadable inputs, a bug."""
    table = README.read_text("utf-8").partition("| exit code | meaning |\n")[2]
    rows = [line.split("|")[1].strip() for line in table.splitlines()[1:5]]
    assert rows == [str(code) for code in (CLEAN, FOUND, UNREADABLE, BUG)]
