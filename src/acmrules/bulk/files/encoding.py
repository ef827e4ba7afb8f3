"""Rows as the bytes of a file, in a worker: parts that are joined in order."""

from __future__ import annotations

import pyarrow as pa

from acmrules.bulk.files.csv_text import csv_text
from acmrules.bulk.files.formats import JSON_LINES, PARQUET, TEXT, TableForm
from acmrules.bulk.files.json_text import json_lines, spliced_lines
from acmrules.bulk.files.parquet_rows import as_stream
from acmrules.errors import InvalidArgument
from acmrules.values import Value

_GZIP_LEVEL = 1
"""A sixth more bytes than at level 6, in a fifth of the time (columns of names)."""


class OutputTable(Value):
    """The file to write: its format, and the columns of what is examined.

    `line` is the column with the text of each row, if the rows are from JSON lines.
    """

    form: TableForm
    columns: pa.Schema
    line: str = ""


def require_output(form: TableForm) -> None:
    """Raise `InvalidArgument` for a format that cannot have columns."""
    if form.format == TEXT:
        raise InvalidArgument("`.txt` has no columns to write to; use `.csv`, `.jsonl` or another")


def encode(batch: pa.RecordBatch, output: OutputTable) -> bytes:
    """Return rows as a part of a file; all parts in order are its rows.

    A part of Parquet is an Arrow IPC stream. Other parts are compressed on their own, so that they
    can be concatenated. They have no header.
    """
    if output.form.format == PARQUET:
        return as_stream(arranged(batch, output.line))
    if not batch.num_rows:
        return b""
    return compressed(_text(batch, output), output.form.compression)


def _text(batch: pa.RecordBatch, output: OutputTable) -> bytes:
    if output.form.format != JSON_LINES:
        return csv_text(arranged(batch, output.line), output.form.delimiter)
    if not output.line:
        return json_lines(batch)
    # The line has all that is before it.
    place = batch.schema.get_field_index(output.line)
    added = batch.select(range(place + 1, batch.num_columns))
    return spliced_lines(batch.column(place), added)


def arranged(batch: pa.RecordBatch, line: str) -> pa.RecordBatch:
    """Return the columns in the order of a table: the text of a row is the last one."""
    if not line:
        return batch
    names = [name for name in batch.schema.names if name != line]
    return batch.select([*names, line])


def compressed(content: bytes, compression: str) -> bytes:
    """Return bytes as a gzip member, a zstd frame, or a bz2 or xz stream; equal for equal bytes."""
    if compression == "gzip":
        import gzip

        return gzip.compress(content, _GZIP_LEVEL, mtime=0)
    if compression == "bz2":
        import bz2

        return bz2.compress(content)
    if compression == "xz":
        import lzma

        return lzma.compress(content)
    if compression == "zstd":
        whole: bytes = pa.Codec("zstd").compress(content, asbytes=True)
        return whole
    return content
