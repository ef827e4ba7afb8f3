"""Rows of pieces, in a worker: record batches, and what cannot be read."""

from __future__ import annotations

import pyarrow as pa

from acmrules.bulk.files.csv_rows import csv_rows
from acmrules.bulk.files.formats import JSON_LINES, PARQUET, TEXT
from acmrules.bulk.files.json_rows import json_columns, json_rows, line_column
from acmrules.bulk.files.parquet_rows import from_stream
from acmrules.bulk.files.text_rows import text_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from acmrules.bulk.files.pieces import FilePiece, RejectedRow
    from acmrules.bulk.files.tables import TableSchema


def rows_of(
    piece: FilePiece, table: TableSchema, column: str, added: Collection[str] = ()
) -> tuple[pa.RecordBatch, tuple[RejectedRow, ...]]:
    """Return the rows of a piece in their order, and those that cannot be read.

    `column` has the names. `added` are the columns to be added, with their prefix, which no row of
    JSON lines may have.
    """
    if table.form.format == PARQUET:
        return from_stream(piece.content, table.columns), piece.rejected
    if table.form.format == JSON_LINES:
        batch, rejected = json_rows(piece, column, added)
    elif table.form.format == TEXT:
        batch, rejected = text_rows(piece, table.columns)
    else:
        batch, rejected = csv_rows(piece, table)
    return batch, piece.rejected + rejected


def no_rows(table: TableSchema, column: str) -> pa.RecordBatch:
    """Return the columns of a table without rows, as `rows_of` returns them."""
    columns = json_columns(column) if table.form.format == JSON_LINES else table.columns
    return pa.RecordBatch.from_pylist([], schema=columns)


def row_text_column(table: TableSchema, column: str) -> str:
    """Return the column with the text of each row, which JSON lines have; otherwise empty."""
    return line_column(column) if table.form.format == JSON_LINES else ""
