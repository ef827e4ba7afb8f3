"""Records of CSV, also of hostile ones."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.bulk.files.records import fields, is_regular, records

HOSTILE = st.text('a,"\n\r\0', max_size=14).map(str.encode)
FIELDS = st.text(st.sampled_from('aé,"\n\r\t '), max_size=4)


def read(content, *, is_end=True):
    """Return the records of CSV: each with its bytes and whether it can be read."""
    found = records(content, b",", is_end=is_end)
    return [(content[start:end], is_readable) for start, end, is_readable in found]


def without_line_end(record):
    """Return a record without LF or CR LF."""
    body = record.removesuffix(b"\n")
    return body.removesuffix(b"\r") if body != record else body


@given(HOSTILE)
@example(b'a,"b\nc"d\n"e"')
@example(b'""a\n')
@example(b'\r\na,"b\n')
def test_records_are_all_of_the_content(content):
    """Nothing is lost, and what cannot be read is one line."""
    found = read(content)
    assert b"".join(record for record, _ in found) == content
    for record, is_readable in found:
        assert is_readable or record.count(b"\n") <= 1
        assert record.endswith(b"\n") or record == found[-1][0]
        if is_readable:
            assert read(record) == [(record, True)]


@given(HOSTILE, HOSTILE)
def test_more_content_decides_no_record_again(content, more):
    """The records before the end of a window are those of the whole file."""
    found = read(content, is_end=False)
    assert read(content + more)[: len(found)] == found


@given(st.lists(st.lists(FIELDS, min_size=1, max_size=3), max_size=4), st.sampled_from(",\t"))
def test_fields_are_those_that_python_wrote(rows, delimiter):
    """Quotes, delimiters, line ends and blanks in fields are preserved."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    content = text.getvalue().encode()
    found = records(content, delimiter.encode())
    read_rows = [
        [each.decode() for each in fields(content[start : end - 1], delimiter.encode())]
        for start, end, _ in found
    ]
    assert read_rows == rows
    assert is_regular(content, delimiter.encode())


@given(HOSTILE)
@example(b'""a\n')
@example(b'"a"\r"')
@example(b'a""b\n')
def test_every_reader_agrees_about_regular_content(content):
    """Python's strict reader finds the same fields in it."""
    whole = content[: content.rfind(b"\n") + 1]
    if not is_regular(whole, b",") or whole.count(b"\r") != whole.count(b"\r\n"):
        return
    found = read(whole)
    assert all(is_readable for _, is_readable in found)
    rows = csv.reader(io.StringIO(whole.decode(), newline=""), strict=True)
    ours = [[f.decode() for f in fields(without_line_end(r), b",")] for r, _ in found]
    assert [row or [""] for row in rows] == ours


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'a"b,c\nd\n', [(b'a"b,c\n', True), (b"d\n", True)]),
        (b'"a,b\nc\nd\n', [(b'"a,b\n', False), (b"c\n", True), (b"d\n", True)]),
        (b'"a"b\n"c\nd"\n', [(b'"a"b\n', False), (b'"c\nd"\n', True)]),
        (b'x,"a\nb,"c"\nd', [(b'x,"a\n', False), (b'b,"c"\n', True), (b"d", True)]),
        (b'"a"\r\n"b"\r', [(b'"a"\r\n', True), (b'"b"\r', False)]),
        (b"a\rb\r\nc", [(b"a\rb\r\n", True), (b"c", True)]),
        (b"\n\n", [(b"\n", True), (b"\n", True)]),
    ],
)
def test_a_stray_quote_costs_its_line(content, expected):
    """The lines after it are read, and a quote within a field is a character."""
    assert read(content) == expected


def test_a_long_run_of_quotes_is_read_in_one_pass():
    """A line of quotes is read without a stack or a second look."""
    assert read(b'"' * 200_001 + b"\nx\n")[1:] == [(b"x\n", True)]
