"""Rows of text files."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files.pieces import FilePiece, RejectedRow
from acmrules.bulk.files.text_rows import is_utf_8, lines_of, text_rows

COLUMNS = pa.schema([("name", pa.string())])


@given(st.lists(st.binary(max_size=4).filter(lambda line: not {*b"\r\n"} & {*line})))
def test_each_line_is_a_row_or_rejected(lines):
    """Lines that are not UTF-8 are rejected with their number, and empty lines are rows."""
    content = b"".join(line + b"\r\n" for line in lines)
    batch, rejected = text_rows(FilePiece(0, 0, 1, content, 0), COLUMNS)
    batch.validate(full=True)
    good = [line.decode() for line in lines if is_utf_8(line)]
    assert batch.column("name").to_pylist() == good
    assert rejected == tuple(
        RejectedRow(place, line, "the row is not UTF-8")
        for place, line in enumerate(lines, 1)
        if not is_utf_8(line)
    )


def test_lines_end_with_lf_or_cr_lf():
    """A single CR is a character, and the last line may have no end."""
    assert lines_of(b"a\r\nb\n\nc\rd\ne") == [b"a", b"b", b"", b"c\rd", b"e"]
    assert lines_of(b"") == []
    assert lines_of(b"\n") == [b""]
