"""Rows of CSV: all columns are strings, exactly as they are."""

from __future__ import annotations

import pyarrow as pa
from pyarrow import csv

from acmrules.bulk.files.pieces import RejectedRow
from acmrules.bulk.files.records import QUOTE, fields, is_regular, records
from acmrules.bulk.files.text_rows import NOT_UTF_8, is_utf_8
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.bulk.files.pieces import FilePiece
    from acmrules.bulk.files.tables import TableSchema

STRAY_QUOTE = "a quote opens a field, and no quote closes it before a delimiter or a line end"


def csv_rows(
    piece: FilePiece, table: TableSchema
) -> tuple[pa.RecordBatch, tuple[RejectedRow, ...]]:
    """Return the rows of a piece, and those that cannot be read."""
    columns = table.columns
    delimiter = table.form.delimiter.encode()
    batch = None
    if _is_plain(piece.content) and is_regular(piece.content, delimiter):
        batch = _parsed(piece.content, columns, delimiter)
    if batch is not None:
        return batch, ()
    content, rejected = _separated(piece, delimiter, len(columns))
    batch = _parsed(content, columns, delimiter)
    if batch is None:
        raise AssertionError("the records have been checked")
    return batch, rejected


def _is_plain(content: bytes) -> bool:
    """Return whether text is UTF-8, and each CR in it is before LF."""
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        return False
    return is_utf_8(content)


def _parsed(content: bytes, columns: pa.Schema, delimiter: bytes) -> pa.RecordBatch | None:
    """Return the rows of regular UTF-8, or nothing if one has more or fewer fields."""
    invalid: list[csv.InvalidRow] = []

    def note(row: csv.InvalidRow) -> str:
        invalid.append(row)
        return "skip"

    if not content:
        return pa.RecordBatch.from_pylist([], columns)
    read = csv.read_csv(
        pa.BufferReader(content),
        csv.ReadOptions(use_threads=False, block_size=len(content), column_names=columns.names),
        csv.ParseOptions(
            delimiter=delimiter.decode(),
            newlines_in_values=True,
            # The empty line of the only column is an empty string.
            ignore_empty_lines=len(columns) > 1,
            invalid_row_handler=note,
        ),
        csv.ConvertOptions(check_utf8=False, column_types=columns, strings_can_be_null=False),
    )
    return None if invalid else as_batch(read)


def as_batch(table: pa.Table) -> pa.RecordBatch:
    """Return the rows of a table as one record batch."""
    columns = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)


def _separated(
    piece: FilePiece, delimiter: bytes, width: int
) -> tuple[bytes, tuple[RejectedRow, ...]]:
    """Return the records that can be read, in a regular form, and the others."""
    good: list[bytes] = []
    rejected: list[RejectedRow] = []
    line = piece.first
    for start, end, is_readable in records(piece.content, delimiter):
        record = piece.content[start:end]
        if _is_simple(record) and record.count(delimiter) == width - 1:
            good.append(record)
            line += 1
            continue
        reason = STRAY_QUOTE
        if is_readable:
            reason, regular = _regular(record, delimiter, width)
            good.append(regular)
        if reason:
            rejected.append(RejectedRow(line, _body(record), reason))
        line += record.count(b"\n")
    return b"".join(good), tuple(rejected)


def _is_simple(record: bytes) -> bool:
    """Return whether a record is a line of ASCII without quotes, which every reader reads."""
    return record.endswith(b"\n") and not (QUOTE in record or b"\r" in record) and record.isascii()


def _regular(record: bytes, delimiter: bytes, width: int) -> tuple[str, bytes]:
    """Return why a record cannot be read, or nothing and the record in a regular form."""
    body = _body(record)
    if not is_utf_8(body):
        return NOT_UTF_8, b""
    if not body and width > 1:
        return "", b""
    found = fields(body, delimiter)
    if len(found) != width:
        return f"the row has {counted(len(found), 'field')}, not {width}", b""
    return "", delimiter.join(map(_quoted, found)) + b"\n"


def _body(record: bytes) -> bytes:
    """Return a record without LF or CR LF at its end."""
    body = record.removesuffix(b"\n")
    return body if body == record else body.removesuffix(b"\r")


def _quoted(field: bytes) -> bytes:
    if any(special in field for special in (b",", b";", b"\t", QUOTE, b"\n", b"\r")):
        return b'"%s"' % field.replace(QUOTE, b'""')
    return field
