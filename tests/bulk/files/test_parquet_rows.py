"""Rows of Parquet."""

import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from acmrules.bulk.files import parquet_rows
from acmrules.bulk.files.formats import form_of
from acmrules.bulk.files.parquet_rows import as_stream, from_stream, parquet_columns, parquet_pieces
from acmrules.bulk.files.tables import open_table
from acmrules.syntax.source import InputError


@pytest.fixture
def table(tmp_path):
    """Return a file of 10 rows in row groups of 4."""
    path = str(tmp_path / "a.parquet")
    names = pa.array([f"{number}.example.com" for number in range(10)])
    pq.write_table(pa.table({"name": names}), path, row_group_size=4)
    return open_table(path, form_of(path))


def test_pieces_have_a_number_of_rows(table):
    """A row group begins a piece, the first row is 1, and positions grow to the file's size."""
    pieces = [*parquet_pieces(table.path, 3)]
    sizes = [from_stream(content, table.columns).num_rows for _, content, _, _ in pieces]
    assert sizes == [3, 1, 3, 1, 2]
    assert [first for first, _, _, _ in pieces] == [1, 4, 5, 8, 9]
    positions = [position for _, _, position, _ in pieces]
    group = pq.ParquetFile(table.path).metadata.row_group(0).column(0)
    assert positions[1] == group.total_compressed_size
    assert positions == sorted(positions)
    assert 0 < positions[0] < positions[-1] <= table.size


def test_large_rows_are_fewer_in_a_piece(table, monkeypatch):
    """The mean size of the rows in a row group decides."""
    monkeypatch.setattr(parquet_rows, "_PIECE_BYTES", 1)
    assert [first for first, *_ in parquet_pieces(table.path, 3)] == [*range(1, 11)]


def test_the_rows_before_corrupt_ones_are_read(table):
    """The error has the file, and the reason on one line."""
    place = pq.ParquetFile(table.path).metadata.row_group(1).column(0).dictionary_page_offset
    with open(table.path, "r+b") as file:
        file.seek(place)
        file.write(b"\xff" * 40)
    found = []
    with pytest.raises(
        InputError, match=r"a\.parquet: is not Parquet, or not complete: \S"
    ) as caught:
        found.extend(parquet_pieces(table.path, 4))
    assert [first for first, *_ in found] == [1]
    assert "\n" not in str(caught.value)


def test_a_stream_has_its_batch():
    """Dictionaries are part of it."""
    batch = pa.RecordBatch.from_pydict({"name": pa.array(["a", None, "a"]).dictionary_encode()})
    assert from_stream(as_stream(batch), batch.schema).equals(batch)


def test_the_path_of_a_file_may_have_bytes_that_are_not_utf_8(table):
    """As other files of the system may."""
    path = os.path.join(os.path.dirname(table.path), os.fsdecode(b"\xff.parquet"))
    os.rename(table.path, path)
    assert parquet_columns(path) == table.columns
    assert [first for first, *_ in parquet_pieces(path, 10)] == [1, 5, 9]


def test_checksums_of_pages_are_compared(table):
    """Where a file has them, rows with another content are an error."""
    names = pa.table({"name": ["www.example.com"]})
    options = {"use_dictionary": False, "compression": "none", "write_statistics": False}
    pq.write_table(names, table.path, write_page_checksum=True, **options)
    with open(table.path, "r+b") as file:
        file.seek(file.read().index(b"example"))
        file.write(b"EXAMPLE")
    with pytest.raises(InputError, match=r"not complete: .*CRC"):
        [*parquet_pieces(table.path, 3)]


def test_an_error_of_the_system_is_not_one_of_the_format(table):
    """The reason is that of the system, in words."""
    os.unlink(table.path)
    with pytest.raises(InputError, match=r"a\.parquet: no such file or directory$"):
        [*parquet_pieces(table.path, 3)]
