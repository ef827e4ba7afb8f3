"""Files in pieces."""

import gzip

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.bulk.files.formats import CSV, TableForm, form_of
from acmrules.bulk.files.pieces import RejectedRow
from acmrules.bulk.files.reading import read_pieces
from acmrules.bulk.files.rows import rows_of
from acmrules.bulk.files.tables import TableSchema, open_table
from acmrules.syntax.source import InputError

HOSTILE = st.text('aé,"\n\r\0', max_size=30).map(str.encode) | st.binary(max_size=9)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return the path of a file that each example writes."""
    return str(tmp_path_factory.mktemp("pieces") / "file.csv")


def write(path, content):
    """Write a file, and return its columns."""
    with open(path, "wb") as file:
        file.write(content)
    return open_table(path, form_of(path))


def read(table, **sizes):
    """Return all rows of a file, those that are rejected, and the fault at the end."""
    rows, rejected, fault = [], [], None
    try:
        for piece in read_pieces(table, **sizes):
            batch, bad = rows_of(piece, table, "name")
            rows += [tuple(row.values()) for row in batch.to_pylist()]
            rejected += bad
    except InputError as error:
        fault = error
    return rows, rejected, fault


@given(HOSTILE, st.integers(1, 20))
@example(b"\na", 1)
def test_rows_do_not_depend_on_the_size_of_a_piece(path, content, size):
    """Hostile CSV has the same rows and the same rejected rows in one piece and in many."""
    table = write(path, b"id,name\n" + content)
    assert read(table, piece_bytes=size) == read(table)
    line, seen = 2, b""
    for piece in read_pieces(table, piece_bytes=size):
        assert seen.endswith(b"\n") or not seen
        assert (piece.first, piece.rejected) == (line, ())
        line += piece.content.count(b"\n")
        seen += piece.content
    assert seen == content


def test_pieces_are_numbered_and_have_their_place(path):
    """The number counts on from that of other files, and the position ends with the file."""
    table = write(path, b'id,name\n1,a\n2,"b\nc"\n3,d\n')
    pieces = [*read_pieces(table, file=4, first_number=7, piece_bytes=4)]
    assert [(p.number, p.file, p.first, p.content) for p in pieces] == [
        (7, 4, 2, b"1,a\n"),
        (8, 4, 3, b'2,"b\nc"\n'),
        (9, 4, 5, b"3,d\n"),
    ]
    assert pieces[-1].position == 24
    assert [(p.number, p.file) for p in read_pieces(table)] == [(0, 0)]


def test_a_row_that_is_too_long_is_rejected(path):
    """Its beginning is kept, and the rows around it are read."""
    table = write(path, b"id,name\n1,a\n2," + b"b" * 100_000 + b"\n3,c\n4," + b"d" * 50)
    rows, rejected, _ = read(table, piece_bytes=8, longest=20)
    assert rows == [("1", "a"), ("3", "c")]
    long, last = rejected
    assert (long.place, last.place) == (3, 5)
    assert long.reason == "the row is too long: it has 100,003 bytes"
    assert (long.content[:3], last.content) == (b"2,b", b"4," + b"d" * 18)


def test_64_kibibytes_of_a_row_that_is_too_long_are_kept(path):
    """The file of rejected rows stays small."""
    table = write(path, b"id,name\n1," + b"a" * 200_000)
    (row,) = read(table, piece_bytes=100_000, longest=100_000)[1]
    assert (row.reason, len(row.content)) == ("the row is too long: it has 200,002 bytes", 65_536)


def test_a_stray_quote_costs_one_row_of_a_long_file(path):
    """A field that is longer than the longest record is a line with a stray quote."""
    lines = [b"%d,a\n" % number for number in range(1000)]
    lines[500] = b'500,"a\n'
    rows, rejected, _ = read(
        write(path, b"id,name\n" + b"".join(lines)), piece_bytes=64, longest=256
    )
    assert [int(number) for number, _ in rows] == [*range(500), *range(501, 1000)]
    assert [(row.place, row.content) for row in rejected] == [(502, b'500,"a')]


@pytest.mark.parametrize("size", [8, 10_000_000])
def test_the_rows_before_the_end_of_incomplete_data_are_read(path, size):
    """The row at the end is rejected, and the error has the file and the reason."""
    content = b"id,name\n" + b"".join(b"%d,a\n" % number for number in range(9)) + b"9,ab"
    with open(f"{path}.gz", "wb") as file:
        file.write(gzip.compress(content)[:-6])
    table = open_table(f"{path}.gz", form_of(f"{path}.gz"))
    rows, rejected, fault = read(table, piece_bytes=size)
    assert [number for number, _ in rows] == [*map(str, range(9))]
    assert rejected == [RejectedRow(11, b"9,ab", "the file ends within the row")]
    assert "the gzip data is corrupt or incomplete" in str(fault)


def test_a_file_is_not_read_ahead(path, monkeypatch):
    """A window is all that is in memory of a file."""
    from acmrules.bulk.files import decompressing

    monkeypatch.setattr(decompressing, "CHUNK_BYTES", 16)
    table = write(path, b"id,name\n" + b"1,a\n" * 1000)
    pieces = read_pieces(table, piece_bytes=8)
    assert next(pieces).position <= 48


def test_a_file_that_is_gone_is_an_error(path):
    """The error is that of the system."""
    table = TableSchema(f"{path}-gone", TableForm(CSV), write(path, b"id,name\n").columns, 0)
    assert "no such file" in str(read(table)[2])
