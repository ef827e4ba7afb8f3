"""What a worker does with each piece of a bulk run: rows, answers, and the files of a part."""

from __future__ import annotations

import json
import os
from datetime import date

import pyarrow as pa

from acmrules.arrow import CertificateNames, examine
from acmrules.bulk.counts import counts_of
from acmrules.bulk.files.decompressing import regular_size
from acmrules.bulk.files.encoding import OutputTable, encode
from acmrules.bulk.files.rows import rows_of
from acmrules.bulk.files.tables import TableSchema
from acmrules.bulk.work_folder import write_part
from acmrules.suffix_lists import DEFAULT_SOURCE, SOURCES, default_suffixes, suffixes_from
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.bulk.files.pieces import FilePiece, RejectedRow
    from acmrules.bulk.request import BulkRequest
    from acmrules.suffixes import PublicSuffixes

_NAME = "name"


class FileTask(Value):
    """What to do with an input file: its columns, that of the names, and the output.

    `name` is the file in messages and in rejected rows.
    """

    name: str
    table: TableSchema
    column: str
    output: OutputTable


class Task(Value):
    """What to do with the pieces of a run, whose parts are written to `folder`.

    `columns` are those to add, whose names begin with `prefix`.
    """

    folder: str
    files: tuple[FileTask, ...]
    columns: tuple[str, ...]
    prefix: str
    certificates: CertificateNames | None
    suffix_list: str
    as_of: date

    @property
    def examined(self) -> tuple[str, ...]:
        """The columns to examine: those to add, and those to count."""
        counted = ["canonical_name", "fault"]
        if self.certificates is not None:
            counted.append("covering_name")
        return tuple(dict.fromkeys((*self.columns, *counted)))

    def begin(self) -> Callable[[FilePiece], None]:
        """Return the function that writes the part of a piece, in a worker process."""
        # There is a worker for each core.
        pa.set_cpu_count(1)
        return self.part_maker()

    def part_maker(self) -> Callable[[FilePiece], None]:
        """Return the function that writes the part of a piece."""
        suffixes = suffixes_of(self.suffix_list)
        return lambda piece: _make_part(self, piece, suffixes)


def suffixes_of(source: str) -> PublicSuffixes:
    """Return the public suffix list of a source; the default one is read once per process."""
    if source == DEFAULT_SOURCE:
        return default_suffixes()
    if source not in SOURCES and os.path.exists(source):
        regular_size(source)
    return suffixes_from(source)


def _make_part(task: Task, piece: FilePiece, suffixes: PublicSuffixes) -> None:
    """Write the part of a piece."""
    file = task.files[piece.file]
    added = [task.prefix + name for name in task.columns]
    batch, rejected = rows_of(piece, file.table, file.column, added)
    # Another column of the rows may have the name of one that is only counted.
    names = pa.RecordBatch.from_arrays([batch.column(file.column)], [_NAME])
    examined = examine(
        names,
        _NAME,
        columns=task.examined,
        certificates=task.certificates,
        suffixes=suffixes,
        as_of=task.as_of,
    )
    arrays = [*batch.columns, *(examined.column(name) for name in task.columns)]
    whole = pa.RecordBatch.from_arrays(arrays, schema=file.output.columns)
    counts = counts_of(examined, (f"{file.name}:{row.place}: {row.reason}" for row in rejected))
    lines = b"".join(_line(file.name, row) for row in rejected)
    write_part(task.folder, piece.number, encode(whole, file.output), lines, counts)


def _line(name: str, row: RejectedRow) -> bytes:
    """Return a rejected row as a line of JSON; bytes that are not UTF-8 become surrogates."""
    data = {
        "file": name,
        "place": row.place,
        "reason": row.reason,
        "row": row.content.decode("utf-8", "surrogateescape"),
    }
    return json.dumps(data).encode() + b"\n"


def examined_columns(rows: pa.RecordBatch, column: str, request: BulkRequest) -> pa.Schema:
    """Return the columns of examined rows."""
    examined = examine(rows, column, columns=request.added, prefix=request.prefix)
    schema: pa.Schema = examined.schema
    return schema
