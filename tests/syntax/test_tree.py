"""The entries of a comma-delimited list in a tree."""

import pytest

from acmrules.syntax.tree import CommaSeparatedEntries

ENTRIES = " a, ,b ,, c"


@pytest.mark.parametrize(
    ("entry", "text"), [(0, "a"), (1, ENTRIES), (2, "b"), (3, ENTRIES), (4, "c"), (5, ENTRIES)]
)
def test_entries_exclude_their_spaces(entry, text):
    """An entry that is empty or missing has the position of the whole string."""
    entries = CommaSeparatedEntries(f"x{ENTRIES}x")
    for _ in range(2):
        start, end = entries.place((1, 1 + len(ENTRIES)), entry)
        assert f"x{ENTRIES}x"[start:end] == text


def test_a_string_is_split_once():
    """Several entries of a string need only one split."""

    class Counting(str):
        __slots__ = ()
        splits = 0

        def __getitem__(self, key):
            Counting.splits += 1
            return super().__getitem__(key)

    entries = CommaSeparatedEntries(Counting("a,b,c"))
    assert [entries.place((0, 5), n) for n in range(3)] == [(0, 1), (2, 3), (4, 5)]
    assert Counting.splits == 1
