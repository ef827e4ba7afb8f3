"""Columns of any type as strings."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def texts_of(column: pa.Array) -> pa.StringArray:
    """Return each value as a string: a list of strings joined by blanks; null for a null.

    Bytes that are not UTF-8 are escaped. Lists of other values, and structures, are JSON.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if kind == pa.list_(pa.string()):
        return pc.binary_join(column, " ")
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.array(
            [None if value is None else str(value) for value in column.to_pylist()], pa.string()
        )
    return column.cast(pa.string())


def has_any(texts: pa.StringArray, characters: tuple[str, ...]) -> bool:
    """Return whether a string may have one of some ASCII characters."""
    data = texts.buffers()[2]
    if data is None:
        return False
    content = data.to_pybytes()
    return any(character.encode() in content for character in characters)
