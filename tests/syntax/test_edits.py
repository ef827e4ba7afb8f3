"""What edits of all formats share: making them, and what stands around a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.edits import TextEdit, TextLayout, ValueEdit, agree, alter, apply, by_tree
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source


@given(st.lists(st.tuples(st.text("ab\n"), st.text("cd"), st.text("ef")), max_size=5))
def test_apply(pieces):
    """What stands between edits stays, in whatever order they are given."""
    edits, wanted, text = [], "", ""
    for kept, old, new in pieces:
        start = len(text) + len(kept)
        edits.insert(0, TextEdit(None, start, start + len(old), new))
        text += kept + old + "|"
        wanted += kept + new + "|"
    assert apply(text, edits) == wanted


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (ValueEdit(("a", 0), "x"), {"a": ["x", "c"]}),
        (ValueEdit(("a", 0), None), {"a": ["c"]}),
        (ValueEdit(("a",), None), {}),
        (ValueEdit(("a", 2), "x", insert=True), {"a": ["b", "c", "x"]}),
        (ValueEdit(("d",), ["x"], insert=True), {"a": ["b", "c"], "d": ["x"]}),
    ],
)
def test_alter(change, after):
    """A change sets, takes away, or adds to a list or a mapping."""
    data = {"a": ["b", "c"]}
    alter(data, change)
    assert data == after


def test_changes_of_one_list():
    """Changes are made from the last one on: no place moves before its turn comes."""
    tree = JsonTree(Source("t.json", '["a", "b", "c"]'))
    changes = [
        (tree, ValueEdit((0,), None)),
        (tree, ValueEdit((2,), None)),
        (tree, ValueEdit((1,), "x")),
    ]
    assert [change.pointer for change in by_tree(changes)[0]] == [(2,), (1,), (0,)]
    assert agree([tree], changes, [JsonTree(Source("t.json", '["x"]'))])
    assert not agree([tree], [], [JsonTree(Source("t.json", '["y"]'))])


@pytest.mark.parametrize(
    ("text", "value", "edits"),
    [
        ("a\n b  # c\nd", "b", [(2, 10, "")]),
        ("a\r\nb", "b", [(1, 4, "")]),
        ("a\nb", "b", [(1, 3, "")]),
        ("b", "b", [(0, 1, "")]),
        ("a b", "b", None),
        ("b a", "b", None),
    ],
)
def test_lines_of_a_value(text, value, edits):
    """A value goes with its line where it has one for itself; the last line ends as it did."""
    start = text.index(value)
    assert TextLayout(text, "#[^\n]*").without_lines(start, start + len(value)) == edits
