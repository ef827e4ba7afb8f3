"""Files in pieces, in the main process: whole records of text, or rows of Parquet."""

from __future__ import annotations

from acmrules.bulk.files.formats import PARQUET
from acmrules.bulk.files.parquet_rows import PIECE_ROWS, parquet_pieces
from acmrules.bulk.files.pieces import FilePiece, RejectedRow
from acmrules.bulk.files.splitting import LONGEST_RECORD, whole_records
from acmrules.bulk.files.windows import Remainder
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.bulk.files.tables import TableSchema

    Rows = tuple[int, bytes, int, tuple[RejectedRow, ...]]
    """The fields of a piece that its file decides: all after its number and that of its file."""

PIECE_BYTES = 4 * 1024 * 1024
"""The bytes of a piece of text, unless one record has more."""

_KEPT_BYTES = 64 * 1024
"""The bytes that are kept of a record that is too long."""


def read_pieces(
    table: TableSchema,
    *,
    file: int = 0,
    first_number: int = 0,
    piece_bytes: int = PIECE_BYTES,
    piece_rows: int = PIECE_ROWS,
    longest: int = LONGEST_RECORD,
) -> Iterator[FilePiece]:
    """Yield a file in pieces, whose boundaries depend on its content and these numbers only.

    Raises `InputError` where the file ends early or is corrupt, after the pieces before.
    """
    if table.form.format == PARQUET:
        found = parquet_pieces(table.path, piece_rows)
    else:
        found = _from_text(table, piece_bytes, longest)
    for number, (first, content, position, rejected) in enumerate(found, first_number):
        yield FilePiece(number, file, first, content, position, rejected)


def _from_text(table: TableSchema, piece_bytes: int, longest: int) -> Iterator[Rows]:
    delimiter = table.form.delimiter.encode()
    rest = Remainder(table.path, table.form)
    rest.window(len(table.header))
    rest.skip(len(table.header))
    line, size = table.first, piece_bytes
    while window := rest.window(size):
        rejected: tuple[RejectedRow, ...] = ()
        if rest.is_last(size):
            end = window.rfind(b"\n") + 1 if rest.fault else len(window)
        else:
            end = whole_records(window, delimiter)
        if not end and not rest.is_last(size) and size < longest:
            size = min(2 * size, longest)
            continue
        # A quote that is not closed within the longest record is a stray one.
        end = end or window.find(b"\n") + 1
        if not end:
            rejected = (_unread_line(rest, line, window),)
        else:
            rest.skip(end)
        yield line, window[:end], rest.position, rejected
        line += window.count(b"\n", 0, end) + len(rejected)
        size = piece_bytes
    if rest.fault:
        raise rest.fault


def _unread_line(rest: Remainder, line: int, window: bytes) -> RejectedRow:
    """Return the line that is too long, or that is not complete, and skip it."""
    kept = window[:_KEPT_BYTES]
    size = 0
    while window and not (end := window.find(b"\n") + 1):
        size += len(window)
        rest.skip(len(window))
        window = rest.window(len(window))
    if window:
        size += end
        rest.skip(end)
    if not window and rest.fault:
        return RejectedRow(line, kept, "the file ends within the row")
    return RejectedRow(line, kept, f"the row is too long: it has {counted(size, 'byte')}")
