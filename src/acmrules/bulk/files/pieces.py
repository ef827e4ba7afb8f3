"""What the stages of a bulk run hand on: pieces of files, and rows that cannot be read."""

from __future__ import annotations

from acmrules.values import Value


class RejectedRow(Value):
    """A row that cannot be read: its line or row in the file from 1, its bytes, and why."""

    place: int
    content: bytes
    reason: str


class FilePiece(Value):
    """Some rows of an input file, examined at once.

    `number` counts the pieces of the whole run from 0, and `file` its input files. `first` is the
    line of the first row from 1, or the row of a Parquet file. `content` is the lines as they are,
    or the rows as an Arrow IPC stream. `position` is how many bytes of the file were read for this
    piece and those before it. `rejected` are rows that are too long to be in `content`.
    """

    number: int
    file: int
    first: int
    content: bytes
    position: int
    rejected: tuple[RejectedRow, ...] = ()
