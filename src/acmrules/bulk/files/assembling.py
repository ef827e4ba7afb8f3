"""The parts of a file as one file, in order."""

from __future__ import annotations

import os
import shutil

import pyarrow as pa
import pyarrow.parquet as pq

from acmrules.bulk.files.csv_text import csv_header
from acmrules.bulk.files.encoding import arranged, compressed
from acmrules.bulk.files.formats import PARQUET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.bulk.files.encoding import OutputTable


def assemble(parts: Iterable[str], path: str, output: OutputTable) -> None:
    """Write a file from the paths of its parts, in order, and flush it to the disk.

    The parts may be ready one by one. The bytes of the file depend on those of the parts alone.
    """
    if output.form.format == PARQUET:
        _assemble_parquet(parts, path, output)
    else:
        _concatenate(parts, path, output)


def _concatenate(parts: Iterable[str], path: str, output: OutputTable) -> None:
    header = b""
    if output.form.delimiter:
        header = csv_header(written_columns(output).names, output.form.delimiter)
    with open(path, "wb") as file:
        file.write(compressed(header, output.form.compression) if header else b"")
        for part in parts:
            with open(part, "rb") as content:
                shutil.copyfileobj(content, file)
        if not file.tell():
            file.write(compressed(b"", output.form.compression))
        file.flush()
        os.fsync(file.fileno())


def _assemble_parquet(parts: Iterable[str], path: str, output: OutputTable) -> None:
    columns = written_columns(output)
    with open(path, "wb") as file:
        with pq.ParquetWriter(file, columns, compression="zstd") as writer:
            for part in parts:
                with open(part, "rb") as content, pa.ipc.open_stream(content) as reader:
                    for batch in reader:
                        if batch.num_rows:
                            writer.write_batch(batch)
        file.flush()
        os.fsync(file.fileno())


def written_columns(output: OutputTable) -> pa.Schema:
    """Return the columns of a table to write, in order."""
    return arranged(pa.RecordBatch.from_pylist([], schema=output.columns), output.line).schema
