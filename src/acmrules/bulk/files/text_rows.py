"""Rows of text: a name in each line, like the lists that `acmrules check` reads."""

from __future__ import annotations

import pyarrow as pa

from acmrules.bulk.files.pieces import RejectedRow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.bulk.files.pieces import FilePiece

NOT_UTF_8 = "the row is not UTF-8"


def text_rows(
    piece: FilePiece, columns: pa.Schema
) -> tuple[pa.RecordBatch, tuple[RejectedRow, ...]]:
    """Return the names in the lines of a piece, and the lines that are not UTF-8.

    Text after a `#` is a comment. Lines without a name are no rows.
    """
    lines = lines_of(piece.content)
    rejected: list[RejectedRow] = []
    if not is_utf_8(piece.content):
        rejected = [
            RejectedRow(place, line, NOT_UTF_8)
            for place, line in enumerate(lines, piece.first)
            if not is_utf_8(line)
        ]
        lines = [line for line in lines if is_utf_8(line)]
    if b"#" in piece.content:
        lines = [line.partition(b"#")[0] for line in lines]
    texts = pa.array([name for line in lines if (name := line.strip())], pa.string())
    return pa.RecordBatch.from_arrays([texts], schema=columns), tuple(rejected)


def lines_of(content: bytes) -> list[bytes]:
    """Return the lines of a piece, without LF or CR LF."""
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    if b"\r" in content:
        lines = [line.removesuffix(b"\r") for line in lines]
    return lines


def is_utf_8(content: bytes) -> bool:
    """Return whether bytes are UTF-8."""
    if content.isascii():
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
