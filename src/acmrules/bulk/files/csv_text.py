"""Rows as CSV (RFC 4180) with LF, quoted only where that is necessary."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.bulk.files.json_text import json_values
from acmrules.bulk.files.value_texts import content_of, is_list, is_text, plain, scalar_texts


def csv_text(batch: pa.RecordBatch, delimiter: str) -> bytes:
    """Return rows without a header, with an empty field for a null.

    The strings of a list are joined by blanks. Other values within values are JSON.
    """
    columns = [_fields(texts_of(column), delimiter) for column in batch.columns]
    rows = pc.binary_join_element_wise(*columns, delimiter, null_handling="replace")
    return content_of(pc.binary_join_element_wise(rows, "", "\n"))


def csv_header(names: list[str], delimiter: str) -> bytes:
    """Return the header: the names of columns."""
    columns = [pa.array([name], pa.string()) for name in names]
    return csv_text(pa.RecordBatch.from_arrays(columns, names), delimiter)


def texts_of(column: pa.Array) -> pa.StringArray:
    """Return each value as a string."""
    column = plain(column)
    kind = column.type
    if is_list(kind) and is_text(kind.value_type):
        strings = _of_valid_strings(column.cast(pa.list_(pa.string())))
        if strings.flatten().null_count:
            return pa.array(
                [v and " ".join(filter(None, v)) for v in strings.to_pylist()], pa.string()
            )
        return pc.binary_join(strings, " ")
    if pa.types.is_nested(kind):
        return pc.if_else(column.is_valid(), json_values(column), None)
    return scalar_texts(column)


def _of_valid_strings(lists: pa.ListArray) -> pa.ListArray:
    """Return lists in whose strings bytes that are not UTF-8 are escaped."""
    offsets = pa.concat_arrays([lists.offsets])  # a slice must not have a mask
    return pa.ListArray.from_arrays(offsets, scalar_texts(lists.values), mask=lists.is_null())


def _fields(texts: pa.StringArray, delimiter: str) -> pa.StringArray:
    """Return strings as fields, in quotes if they contain what ends a field."""
    content = content_of(texts)
    special = [mark for mark in (b'"', b"\n", b"\r", delimiter.encode()) if mark in content]
    if not special:
        return texts
    is_special = pc.match_substring_regex(texts, f'["\n\r{delimiter}]')
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(is_special, pc.binary_join_element_wise('"', doubled, '"', ""), texts)
