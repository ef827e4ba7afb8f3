"""Strategies of columns of texts, for the tests of `acmrules.arrow`."""

from functools import cache

import pyarrow as pa
from hypothesis import strategies as st
from tests.support.strategies import ascii_name_texts, name_texts, unicode_name_texts

from acmrules.strategies import invalid_names, names

_INDEX_TYPES = (
    *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
    *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()),
)


@cache
def texts():
    """Draw texts as bytes: names, names with a slip, any string, and any bytes."""
    written = (
        names().map(str)
        | invalid_names()
        | ascii_name_texts()
        | name_texts()
        | unicode_name_texts()
        | edge_texts()
        | a_label_texts()
    ).map(encoded)
    crossed = st.builds(
        lambda text, place, byte: text[: place % len(text)] + byte + text[place % len(text) :],
        names().map(str).map(encoded),
        st.integers(0, 300),
        st.binary(min_size=1, max_size=2),
    )
    return written | crossed | st.binary(max_size=8)


@cache
def a_label_texts():
    """Draw names with A-labels, some of them invalid, or written from right to left."""
    a_labels = ("bcher-kva", "p1ai", "4dbrk0ce", "mgbh0fb", "a", "-a", "bcher", "BCHER-KVA")
    labels = st.sampled_from([f"xn--{end}" for end in a_labels])
    others = st.sampled_from(["a", "1", "1a", "a1", "A-1", "ab--c"])
    below = st.lists(labels | others, max_size=4)
    stars = st.sampled_from(["", "*."])
    return st.builds(
        lambda star, below, end: star + ".".join([*below, end]), stars, below, labels | others
    )


@cache
def edge_texts():
    """Draw ASCII strings of labels, with names of the most and one more characters among them."""
    label = st.sampled_from(["a", "1", "a1", "1a", "1-1", "a-", "-a", "a--b", "ab--c", "xn--a", ""])
    long = st.builds(lambda text, size: (text * size)[:size], label, st.integers(58, 65))
    below = st.lists(label | long, max_size=5).map(".".join)
    ends = st.sampled_from(["com", "c", "1", "c1", "1c", "1c1", "12", "a-b", "xn--p1ai"]) | long
    texts = st.tuples(st.sampled_from(["", "*.", "*", "*.*."]), below, ends).map(
        lambda p: _joined(*p)
    )
    padded = st.builds(_padded, texts, st.integers(250, 256))
    return texts | padded


def _joined(star, below, end):
    return f"{star}{below}.{end}" if below else star + end


def _padded(text, size):
    """Return a string with labels before it, so that it has a number of characters."""
    missing = size - len(text)
    return "a" + "b." * (missing // 2) + text if missing % 2 else "b." * (missing // 2) + text


def encoded(text):
    """Return the bytes of a string; a surrogate results in bytes that are not UTF-8."""
    return text.encode("utf-8", "surrogatepass")


@cache
def rows():
    """Draw the rows of a column: texts, some of them more than once, and nulls."""
    pools = st.lists(texts(), min_size=2, max_size=6)
    return pools.flatmap(
        lambda pool: st.lists(st.sampled_from([*pool, None]), min_size=4, max_size=12)
    )


def binary(rows):
    """Return a binary array of rows."""
    return pa.array(rows, pa.binary())


def cut(rows, before, after):
    """Return a binary array of rows that is a slice of a longer one."""
    return binary([*before, *rows, *after]).slice(len(before), len(rows))


@cache
def slices():
    """Draw rows with a binary array of them, which may be a slice of a longer array."""
    around = st.lists(st.none() | texts(), max_size=2)
    return st.builds(
        lambda rows, before, after: (rows, cut(rows, before, after)), rows(), around, around
    )


def shifted(array):
    """Return a binary array whose data, offsets and validity begin with another row."""
    longer = pa.concat_arrays([binary([b"WWW.Other.io"] * 8), array])
    validity, offsets, data = longer.buffers()
    size = len(array)
    return pa.BinaryArray.from_buffers(
        pa.binary(), size, [validity and validity.slice(1), offsets.slice(8 * 4), data]
    )


@cache
def columns():
    """Draw rows with an array of them, of any type that has text; strings are not checked."""
    types = ("binary", "string", "large_binary", "large_string", "binary_view", "string_view")
    return st.builds(
        lambda drawn, shift, type_, index: (
            drawn[0],
            _of_type(shifted(drawn[1]) if shift else drawn[1], type_, index),
        ),
        slices(),
        st.booleans(),
        st.sampled_from(types),
        st.none() | st.sampled_from(_INDEX_TYPES),
    )


def _of_type(array, name, index):
    values = array
    if index is not None:
        encoded = array.dictionary_encode()
        values = encoded.dictionary
    if "large" in name:
        values = values.cast(pa.large_binary())
    if "view" in name:
        values = pa.array(values.to_pylist(), pa.binary_view())
    if "string" in name:
        values = values.view(name)
    if index is None:
        return values
    return pa.DictionaryArray.from_arrays(encoded.indices.cast(index), values)
