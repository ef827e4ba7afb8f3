"""Rows of Parquet as Arrow IPC streams."""

from __future__ import annotations

import os

import pyarrow as pa
import pyarrow.parquet as pq

from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.bulk.files.pieces import RejectedRow

PIECE_ROWS = 65_536
"""The most rows of a piece of Parquet."""

_PIECE_BYTES = 64 * 1024 * 1024
"""The most bytes of a piece of Parquet, by the mean size of the rows in its row group."""


def parquet_columns(path: str) -> pa.Schema:
    """Return the columns of a file; raises `InputError`."""
    try:
        with parquet_file(path) as file:
            columns: pa.Schema = file.schema_arrow
            columns.names  # noqa: B018  (decodes them)
    except UnicodeDecodeError:
        raise InputError(path, "the name of a column is not UTF-8") from None
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from None
    return columns


def parquet_file(path: str) -> pq.ParquetFile:
    """Return an open file; raises `OSError` and `ArrowException`."""
    # Arrow encodes paths as UTF-8, also one that is not UTF-8, unless they are bytes.
    source = pa.OSFile(os.fsencode(path) if os.name == "posix" else path)
    return pq.ParquetFile(source, pre_buffer=False, page_checksum_verification=True)


def parquet_pieces(
    path: str, most_rows: int
) -> Iterator[tuple[int, bytes, int, tuple[RejectedRow, ...]]]:
    """Yield the rows of a file: the first one, an Arrow IPC stream, and the bytes read for it.

    Raises `InputError` for rows that are corrupt, after those before.
    """
    first, position = 1, 0
    try:
        with parquet_file(path) as file:
            for group in range(file.num_row_groups):
                metadata = file.metadata.row_group(group)
                rows, size = metadata.num_rows, max(metadata.total_byte_size, 1)
                at_once = max(1, min(most_rows, _PIECE_BYTES * rows // size))
                before = first
                for batch in file.iter_batches(at_once, row_groups=[group], use_threads=False):
                    first += batch.num_rows
                    read = position + _compressed_size(metadata) * (first - before) // rows
                    yield first - batch.num_rows, as_stream(batch), read, ()
                position += _compressed_size(metadata)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from None


def _compressed_size(metadata: pq.RowGroupMetaData) -> int:
    columns = range(metadata.num_columns)
    return sum(metadata.column(place).total_compressed_size for place in columns)


def as_stream(batch: pa.RecordBatch) -> bytes:
    """Return a record batch as an Arrow IPC stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_stream(content: bytes, columns: pa.Schema) -> pa.RecordBatch:
    """Return the record batch of an Arrow IPC stream, with the columns of its file."""
    with pa.ipc.open_stream(content) as reader:
        batch = reader.read_next_batch()
    return pa.RecordBatch.from_arrays(batch.columns, schema=columns)


def _unreadable(path: str, error: Exception) -> InputError:
    number = getattr(error, "errno", None)
    if number:
        return InputError(path, os.strerror(number).lower())
    reason = str(error).partition("\n")[0]
    return InputError(path, f"is not Parquet, or not complete: {reason}")
