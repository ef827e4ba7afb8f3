"""The page about checks from Python: its examples, its tables."""

import builtins
import doctest
import re
from pathlib import Path

import pytest

from acmrules import errors, lint
from acmrules.arrow import COLUMNS
from acmrules.readers.api_calls import OPERATIONS
from acmrules.workspace import settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "pages" / "library.md"
TEXT = PAGE.read_text("utf-8")


def test_the_examples_run(tmp_path, monkeypatch):
    """The examples of the page print what it shows."""
    monkeypatch.chdir(tmp_path)
    outcome = doctest.testfile(str(PAGE), module_relative=False)
    assert (outcome.failed, outcome.attempted > 10) == (0, True)


def test_every_function_and_operation_has_a_row():
    """The tables list the functions and the operations."""
    cells = re.findall(r"^\| (.*?) \|", TEXT, re.MULTILINE)
    words = set(re.findall(r"`([\w]+)", " ".join(cells)))
    functions = {name for name in lint.__all__ if name.startswith("check")}
    assert functions | OPERATIONS.keys() <= words


def names_in(heading):
    """Return the names in the first column of the table below a heading."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def test_the_columns_of_names_have_rows():
    """The table lists the columns that `examine` adds, in their order."""
    assert names_in("Columns of names") == [*COLUMNS]


def test_reports_have_the_attributes():
    """Each attribute in the table is one of reports."""
    assert names_in("Reports")
    assert [name for name in names_in("Reports") if not hasattr(lint.Report, name)] == []


@pytest.mark.parametrize("name", names_in("Errors"))
def test_the_errors_exist(name):
    """Each exception in the table exists; those of acmrules derive from its base class."""
    homes = (builtins, errors, settings)
    [error] = [vars(home)[name] for home in homes if name in vars(home)]
    assert issubclass(error, errors.AcmRulesError) == (name != "TypeError")
