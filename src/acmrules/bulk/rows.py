"""Rows of pieces, in a worker: record batches, and what cannot be read."""

from __future__ import annotations

import pyarrow as pa

from acmrules.bulk.csv_rows import csv_rows
from acmrules.bulk.formats import PARQUET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from acmrules.bulk.pieces import Piece, RejectedRow
    from acmrules.bulk.tables import TableSchema


def rows_of(
    piece: Piece, table: TableSchema, column: str, added: Collection[str] = ()
) -> tuple[pa.RecordBatch, tuple[RejectedRow, ...]]:
    """Return the rows of a piece in their order, and those that cannot be read.

    `column` has the names. `added` are the columns to be added, with their prefix, which no row of
    JSON lines may have.
    """
    del column, added
    if table.form.format == PARQUET:
        return _from_stream(piece.content, table.columns), piece.rejected
    batch, rejected = csv_rows(piece, table)
    return batch, piece.rejected + rejected


def _from_stream(content: bytes, columns: pa.Schema) -> pa.RecordBatch:
    with pa.ipc.open_stream(content) as reader:
        batch = reader.read_next_batch()
    return pa.RecordBatch.from_arrays(batch.columns, schema=columns)


def no_rows(table: TableSchema, column: str) -> pa.RecordBatch:
    """Return the columns of a table without rows, as `rows_of` returns them."""
    del column
    return pa.RecordBatch.from_pylist([], schema=table.columns)
