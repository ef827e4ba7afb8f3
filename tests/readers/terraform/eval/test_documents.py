"""Documents in expressions: manifests, and the values of Helm charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.terraform.eval.documents import parsed, restored
from acmrules.unresolved import Unknown, Unresolved

X, Y = Unknown("x"), Unknown("y")


def read(*parts):
    """Return the documents of a string, with its unknown parts in place."""
    unknowns = []
    text = parts[0] if isinstance(parts[0], str) and len(parts) == 1 else Unresolved(parts)
    trees = parsed(text, unknowns)

    def complete(data):
        if isinstance(data, dict):
            return {key: complete(item) for key, item in data.items()}
        if isinstance(data, list):
            return [complete(item) for item in data]
        return restored(data, unknowns) if isinstance(data, str) else data

    return [complete(tree.data) for tree in trees]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a: 1",), [{"a": "1"}]),
        (('{"a": [1]}',), [{"a": ["1"]}]),
        (("a: 1\n---\nb: 2\n",), [{"a": "1"}, {"b": "2"}]),
        (("a: ", X), [{"a": X}]),
        (("a: www.", X, ".", Y), [{"a": Unresolved(("www.", X, ".", Y))}]),
        (("a: [", X, ", b]"), [{"a": [X, "b"]}]),
        (("words",), []),
        (("a: {",), []),
        (("- a: 1",), []),
        (("a: \ue000b",), []),
        (("a: \ue0000\ue001", X), []),
        ((X,), []),
    ],
)
def test_documents_with_unknown_parts(parts, expected):
    """Mappings are parsed, and unknown parts of strings stay unknown."""
    assert read(*parts) == expected


@given(st.lists(st.sampled_from(["b", "c.d", X, Y]), min_size=1, max_size=6))
def test_parts_come_back_in_order(parts):
    """A string has its parts again after parsing, in the same order."""
    [document] = read("a: v", *parts)
    value = document["a"]
    found = value.parts if isinstance(value, Unresolved) else (value,)
    assert "".join(map(str, found)) == "v" + "".join(map(str, parts))
