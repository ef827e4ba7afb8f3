"""Columns of any type as strings."""

from __future__ import annotations

import pyarrow as pa


def plain(column: pa.Array) -> pa.Array:
    """Return a column without dictionaries, extension types and other forms of its values."""
    if isinstance(column, pa.ExtensionArray):
        return plain(column.storage)
    if pa.types.is_dictionary(column.type):
        return plain(column.dictionary_decode())
    return column


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type is one of strings."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view()
    )


def is_bytes(kind: pa.DataType) -> bool:
    """Return whether a type is one of bytes."""
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or kind == pa.binary_view()
    )


def is_list(kind: pa.DataType) -> bool:
    """Return whether a type is one of lists; a map is not."""
    return bool(
        pa.types.is_list(kind)
        or pa.types.is_large_list(kind)
        or pa.types.is_fixed_size_list(kind)
        or pa.types.is_list_view(kind)
        or pa.types.is_large_list_view(kind)
    )


def scalar_texts(column: pa.Array) -> pa.StringArray:
    r"""Return the values of a plain column without nested ones as strings; null for a null.

    Bytes that are not UTF-8 are escaped: `\xff`. Strings of Parquet may have such bytes too.
    """
    kind = column.type
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_duration(kind):
        return column.cast(pa.int64()).cast(pa.string())
    if not is_bytes(kind) and not is_text(kind):
        return column.cast(pa.string())
    try:
        return column.cast(pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        values = column.cast(pa.binary()).to_pylist()
        texts = (None if v is None else v.decode("utf-8", "backslashreplace") for v in values)
        return pa.array(texts, pa.string())


def content_of(texts: pa.StringArray) -> bytes:
    """Return the characters of all strings of a column, one after another."""
    _, offsets, data = texts.buffers()
    if not len(texts) or data is None:
        return b""
    places = memoryview(offsets).cast("i")
    begin, end = places[texts.offset], places[texts.offset + len(texts)]
    return bytes(memoryview(data)[begin:end])
