"""JSON texts: the same data as the decoder's, and the position of every value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def tree_of(text, **how):
    """Return the tree of a file."""
    return JsonTree(Source("t.json", text), **how)


def walked(data, pointer=()):
    """Yield every value with its pointer."""
    yield pointer, data
    members = data.items() if isinstance(data, dict) else ()
    members = enumerate(data) if isinstance(data, list) else members
    for step, value in members:
        yield from walked(value, (*pointer, step))


@given(VALUES, st.sampled_from([None, 0, 3]), st.booleans())
def test_places(data, indent, ascii_only):
    """The text at the position of a value is the value, and at that of a key, the key."""
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    tree = tree_of(text)
    for pointer, value in walked(json.loads(text)):
        start, end = tree.place(pointer)
        if isinstance(value, str):
            start, end = start - 1, end + 1
        assert json.dumps(json.loads(text[start:end])) == json.dumps(value)
        if pointer and isinstance(pointer[-1], str):
            start, end = tree.place((*pointer, KEY))
            assert json.loads(text[start - 1 : end + (text[end : end + 1] == '"')]) == pointer[-1]


def test_key_of_an_item():
    """The key of an item, or of the whole file, is its first character."""
    tree = tree_of(' [10, {"a": 1}]')
    assert tree.place((KEY,)) == (1, 2)
    assert tree.place((1, KEY)) == (6, 7)


def test_repeated_key():
    """The last of equal keys counts, in the data and in the positions."""
    tree = tree_of('{"a": 1, "a": 2}')
    assert tree.data == {"a": 2}
    assert tree.place(("a",)) == (14, 15)


def test_texts():
    """Numbers are strings, as written, if requested."""
    tree = tree_of('{"a": 1.10, "b": -5, "c": NaN}', texts=True)
    assert tree.data == {"a": "1.10", "b": "-5", "c": "NaN"}
    assert tree_of("1.10").data == 1.1


def test_rest():
    """A value ends at the offset of the next value."""
    text = '{"a": 1}\n\n{"b": 2}\n'
    tree = tree_of(text)
    following = JsonTree(Source("t.json", text), tree.rest())
    assert following.data == {"b": 2}
    assert following.place(("b",)) == (16, 17)
    assert following.rest() == len(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "t.json:1:2: is JSON that ends after 1 byte"),
        ("{a", "t.json:1:2: not valid JSON: expecting property name enclosed in double quotes"),
        ('{"a":\n1 2}', "t.json:2:3: not valid JSON: expecting ',' delimiter"),
        ("[" * 100_000, "t.json: is nested too deeply"),
        ("[" + "1" * 5_000 + "]", "t.json:1:1: contains a number that is too long"),
    ],
)
def test_unreadable(text, fault):
    """Invalid JSON, and numbers or nesting beyond the limits, are errors with a position."""
    with pytest.raises(InputError) as caught:
        tree_of(text)
    assert str(caught.value) == fault
