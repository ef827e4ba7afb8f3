"""Rows of CSV."""

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.bulk.files import csv_rows as module
from acmrules.bulk.files.csv_rows import csv_rows
from acmrules.bulk.files.formats import CSV, TSV, TableForm
from acmrules.bulk.files.pieces import FilePiece, RejectedRow
from acmrules.bulk.files.tables import TableSchema

COMMAS = TableForm(CSV)
HOSTILE = st.binary(max_size=8) | st.text('aé,"\n\r\0', max_size=16).map(str.encode)


def read(content, width=2, form=COMMAS):
    """Return the rows of a piece whose first line is 10, and those that cannot be read."""
    columns = pa.schema([(f"c{place}", pa.string()) for place in range(width)])
    table = TableSchema("a.csv", form, columns, 0)
    batch, rejected = csv_rows(FilePiece(0, 0, 10, content, 0), table)
    batch.validate(full=True)
    assert batch.schema == columns
    return [tuple(row.values()) for row in batch.to_pylist()], rejected


@given(HOSTILE, st.integers(1, 3))
@example(b'a,"b\nc,d\n', 2)
@example(b"\n", 1)
@example(b'"\n"', 2)
@example(b"\n", 2)
@example(b"\r", 1)
def test_any_bytes_are_rows_or_rejected(content, width):
    """Each line is in a row, in a rejected row, or empty."""
    rows, rejected = read(content, width)
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    in_rows = sum(1 + sum(field.count("\n") for field in row) for row in rows)
    in_rejected = sum(1 + row.content.count(b"\n") for row in rejected)
    empty = sum(not line.removesuffix(b"\r") for line in lines) if width > 1 else 0
    assert in_rows + in_rejected <= len(lines) <= in_rows + in_rejected + empty
    for row in rejected:
        start = row.place - 10
        assert content.split(b"\n", start)[-1].startswith(row.content)


@given(
    st.lists(st.lists(st.text('aé,;" \t\n\0', max_size=4), min_size=2, max_size=2), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([COMMAS, TableForm(TSV), TableForm(CSV, separator=";")]),
)
def test_strings_are_exactly_those_that_were_written(rows, line_end, form):
    """Nothing is trimmed, converted or a null, with either end of line."""
    text = io.StringIO()
    csv.writer(text, delimiter=form.delimiter, lineterminator=line_end).writerows(rows)
    assert read(text.getvalue().encode(), 2, form) == ([*map(tuple, rows)], ())


@given(st.text('a,"\n\r', max_size=16).map(str.encode), st.integers(1, 2))
@example(b'a,"b\r\nc"\nd,e\n', 2)
@example(b"a\n\r\nb\n", 1)
@example(b"a,b,c,d\n", 2)
def test_the_fast_way_and_the_exact_way_find_the_same_rows(content, width):
    """Arrow reads regular content as it is, and other content record by record."""
    rows = read(content, width)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "is_regular", lambda *_: False)
        assert read(content, width) == rows


def test_regular_content_is_read_at_once(monkeypatch):
    """Neither quotes around fields, nor CR LF, nor UTF-8, nor a long field need the exact way."""
    monkeypatch.setattr(module, "records", None)
    long = "b" * 3_000_000
    rows, _ = read(f'"a\r\n""é""",{long}\r\n,\n'.encode())
    assert rows == [('a\r\n"é"', long), ("", "")]


def test_simple_lines_next_to_bad_ones_are_not_taken_apart(monkeypatch):
    """A line with a quote, with CR, or of another number of fields is."""
    taken = []
    fields = module.fields
    monkeypatch.setattr(module, "fields", lambda *args: taken.append(args[0]) or fields(*args))
    rows, rejected = read(b'a,b\n1\nc\rd,e\nf,g\n"h",i\n')
    assert rows == [("a", "b"), ("c\rd", "e"), ("f", "g"), ("h", "i")]
    assert [row.content for row in rejected] == [b"1"]
    assert taken == [b"1", b"c\rd,e", b'"h",i']


def test_bad_rows_have_their_line_and_their_reason():
    """The rows around them are read."""
    content = b'a,b\n1\n"x\ny",z\n\n1,2,3\n"p"q,r\nb\xffd,x\n5" pipe,NULL\n,\n'
    rows, rejected = read(content)
    assert rows == [("a", "b"), ("x\ny", "z"), ('5" pipe', "NULL"), ("", "")]
    assert rejected == (
        RejectedRow(11, b"1", "the row has 1 field, not 2"),
        RejectedRow(15, b"1,2,3", "the row has 3 fields, not 2"),
        RejectedRow(16, b'"p"q,r', module.STRAY_QUOTE),
        RejectedRow(17, b"b\xffd,x", "the row is not UTF-8"),
    )


def test_an_empty_line_of_one_column_is_a_row():
    """The only field of the line is empty."""
    assert read(b"a\n\n\r\nb", 1) == ([("a",), ("",), ("",), ("b",)], ())
    assert read(b"a,b\n\n\r\nc,d", 2) == ([("a", "b"), ("c", "d")], ())
