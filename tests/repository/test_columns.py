"""The page about columns of names: its table and its examples; `tests/hosts` has its programs."""

import doctest
import re
from pathlib import Path

from acmrules.arrow import COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "pages" / "columns.md"
TYPES = {"string": "string", "int32": "int32", "list<item: string>": "list of strings"}


def test_examples():
    """The examples of the page print what it shows."""
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 0) == (0, True)


def test_the_table_lists_all_columns():
    """In order, with their types."""
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert rows == [(name, TYPES[str(kind)]) for name, kind in COLUMNS.items()]
