"""Rows as CSV (RFC 4180) with LF, quoted only where that is necessary."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.bulk.value_texts import has_any, texts_of

_SPECIAL = ('"', "\n", "\r")


def csv_text(batch: pa.RecordBatch, delimiter: str) -> bytes:
    """Return rows without a header; a list is joined by blanks, and a null is empty."""
    columns = [_fields(column, delimiter) for column in batch.columns]
    rows = pc.binary_join_element_wise(*columns, delimiter, null_handling="replace")
    return joined(pc.binary_join_element_wise(rows, "", "\n"))


def csv_header(columns: pa.Schema, delimiter: str) -> bytes:
    """Return the header: the names of columns."""
    return csv_text(
        pa.RecordBatch.from_pydict(
            {str(place): [name] for place, name in enumerate(columns.names)}
        ),
        delimiter,
    )


def joined(rows: pa.StringArray) -> bytes:
    """Return the characters of all rows, one after another."""
    _, offsets, data = rows.buffers()
    if not len(rows):
        return b""
    begin, *_, end = memoryview(offsets).cast("i")[rows.offset : rows.offset + len(rows) + 1]
    return bytes(memoryview(data)[begin:end])


def _fields(column: pa.Array, delimiter: str) -> pa.StringArray:
    texts = texts_of(column)
    if not has_any(texts, (*_SPECIAL, delimiter)):
        return texts
    is_special = pc.match_substring_regex(texts, f'["\n\r{delimiter}]')
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(is_special, pc.binary_join_element_wise('"', doubled, '"', ""), texts)
