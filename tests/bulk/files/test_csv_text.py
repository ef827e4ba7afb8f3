"""Rows as CSV."""

import csv
import io

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files.csv_text import csv_header, csv_text, texts_of

TEXTS = st.none() | st.text(st.sampled_from('aé,"\n\r\t\0 '), max_size=4)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.sampled_from(",\t"))
def test_another_reader_finds_the_same_fields(rows, delimiter):
    """A null is an empty field."""
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in (0, 1)]
    text = csv_text(pa.RecordBatch.from_arrays(columns, ["a", "b"]), delimiter).decode()
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert [*read] == [[each or "" for each in row] for row in rows]


def test_only_fields_that_need_quotes_have_them():
    """The delimiter decides, and lines end with LF."""
    batch = pa.RecordBatch.from_pydict({"a": ["x y", 'a"b', "a,b"], "b": [1, None, 2.5]})
    assert csv_text(batch, ",") == b'x y,1\n"a""b",\n"a,b",2.5\n'
    assert csv_text(batch, "\t") == b'x y\t1\n"a""b"\t\na,b\t2.5\n'
    assert csv_header(["a", "b,c"], ",") == b'a,"b,c"\n'


def test_lists_of_strings_are_joined_by_blanks():
    """Other values within values are JSON."""
    assert texts_of(pa.array([["a", "b"], [], None])).to_pylist() == ["a b", "", None]
    assert texts_of(pa.array([["a", None, "b"], None])).to_pylist() == ["a b", None]
    assert texts_of(pa.array([[1, None], None])).to_pylist() == ["[1,null]", None]
    assert texts_of(pa.array([{"a": "é"}, None])).to_pylist() == ['{"a":"é"}', None]


def test_bytes_in_lists_that_are_not_utf_8_are_escaped():
    """Parquet may have such strings; the lists may be a slice, and have nulls."""
    octets = pa.array([b"first", b"\xff", b"b", b"c", None])
    strings = pa.StringArray.from_buffers(5, *octets.buffers()[1:], octets.buffers()[0])
    lists = pa.ListArray.from_arrays([0, 1, 3, None, 5], strings)
    assert texts_of(lists).to_pylist() == ["first", r"\xff b", "c", None]
    assert texts_of(lists[1:]).to_pylist() == [r"\xff b", "c", None]
