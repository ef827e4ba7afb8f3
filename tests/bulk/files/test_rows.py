"""Rows of pieces."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from acmrules.bulk.files.formats import TableForm, form_of
from acmrules.bulk.files.pieces import FilePiece, RejectedRow
from acmrules.bulk.files.reading import read_pieces
from acmrules.bulk.files.rows import no_rows, row_text_column, rows_of
from acmrules.bulk.files.tables import TableSchema, open_table


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("a.csv", b"id,name\n1,a\n", [{"id": "1", "name": "a"}]),
        ("a.tsv", b"name\nx,y\n", [{"name": "x,y"}]),
        ("a.txt", b"\xef\xbb\xbfa\n\n", [{"name": "a"}]),
        ("a.jsonl", b'{"name":"a"}\n', [{"name": "a", "row": '{"name":"a"}'}]),
    ],
)
def test_each_format_has_its_rows(tmp_path, name, content, rows):
    """The columns are the same without rows."""
    path = tmp_path / name
    path.write_bytes(content)
    table = open_table(str(path), form_of(name))
    ((batch, rejected),) = (rows_of(piece, table, "name") for piece in read_pieces(table))
    assert (batch.to_pylist(), rejected) == (rows, ())
    assert no_rows(table, "name").schema == batch.schema
    assert row_text_column(table, "name") == ("row" if name == "a.jsonl" else "")


def test_rows_of_parquet_have_their_types(tmp_path):
    """The columns are those of the file."""
    written = pa.table({"name": ["a", None], "n": pa.array([1, 2], pa.int8())})
    pq.write_table(written, tmp_path / "a.parquet")
    table = open_table(str(tmp_path / "a.parquet"), form_of("a.parquet"))
    ((batch, _),) = (rows_of(piece, table, "name") for piece in read_pieces(table))
    assert pa.Table.from_batches([batch]).equals(written)
    assert no_rows(table, "name").schema == written.schema


def test_rows_that_are_too_long_are_among_the_rejected():
    """They are not in the content of the piece."""
    long = RejectedRow(7, b"x", "the row is too long")
    table = TableSchema("a.txt", TableForm("txt"), pa.schema([("name", pa.string())]), 0)
    piece = FilePiece(0, 0, 8, b"\xff\n", 0, (long,))
    assert rows_of(piece, table, "name")[1] == (
        long,
        RejectedRow(8, b"\xff", "the row is not UTF-8"),
    )
