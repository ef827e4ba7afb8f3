"""Columns of any type as strings."""

import pyarrow as pa
import pytest

from acmrules.bulk.files.value_texts import (
    content_of,
    is_bytes,
    is_list,
    is_text,
    plain,
    scalar_texts,
)


@pytest.mark.parametrize(
    ("array", "texts"),
    [
        (pa.array(["a", None, ""], pa.large_string()), ["a", None, ""]),
        (pa.array([1, None]), ["1", None]),
        (pa.nulls(2), [None, None]),
        (pa.array([b"a", b"\xff", None]), ["a", "\\xff", None]),
        (pa.array([b"a", b"\xff"]).view(pa.string()), ["a", "\\xff"]),
        (pa.array([90, None], pa.duration("ms")), ["90", None]),
    ],
)
def test_values_are_strings(array, texts):
    """A null is a null, and bytes that are not UTF-8 are escaped."""
    assert scalar_texts(array).to_pylist() == texts
    assert scalar_texts(array).type == pa.string()


def test_a_dictionary_is_its_values():
    """An extension type is its storage."""
    words = pa.array(["a", "b", "a"]).dictionary_encode()
    assert plain(words).to_pylist() == ["a", "b", "a"]
    stored = pa.array([bytes(16)], pa.binary(16))
    assert plain(pa.ExtensionArray.from_storage(pa.uuid(), stored)).equals(stored)


def test_the_content_of_strings_is_in_order():
    """A slice has its own content alone."""
    texts = pa.array(["ab", None, "", "c", "d"])
    assert content_of(texts) == b"abcd"
    assert content_of(texts.slice(1, 3)) == b"c"
    assert content_of(texts.slice(5)) == content_of(pa.array([], pa.string())) == b""


def test_types_are_recognized():
    """Each kind of type has several forms."""
    texts = (pa.string(), pa.large_string(), pa.string_view())
    octets = (pa.binary(), pa.large_binary(), pa.binary(2), pa.binary_view())
    lists = (pa.list_(pa.int8()), pa.large_list(pa.int8()), pa.list_(pa.int8(), 2))
    for kind in (*texts, *octets, *lists, pa.int8(), pa.map_(pa.string(), pa.string())):
        found = is_text(kind), is_bytes(kind), is_list(kind)
        assert found == (kind in texts, kind in octets, kind in lists)
