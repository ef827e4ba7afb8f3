"""Rows of text files."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files.pieces import FilePiece, RejectedRow
from acmrules.bulk.files.text_rows import is_utf_8, lines_of, text_rows
from acmrules.readers.name_lists import Lines
from acmrules.syntax.source import Source

COLUMNS = pa.schema([("name", pa.string())])


LINES = st.text("aé# \t", max_size=4).map(str.encode) | st.binary(max_size=4).filter(
    lambda line: not {*b"\r\n"} & {*line}
)


@given(st.lists(LINES))
def test_each_line_with_a_name_is_a_row_or_rejected(lines):
    """Lines that are not UTF-8 are rejected with their number, and lines without a name ignored."""
    content = b"".join(line + b"\r\n" for line in lines)
    batch, rejected = text_rows(FilePiece(0, 0, 1, content, 0), COLUMNS)
    batch.validate(full=True)
    names = [line.split(b"#")[0].strip() for line in lines if is_utf_8(line)]
    assert batch.column("name").to_pylist() == [name.decode() for name in names if name]
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


def test_comments_and_blanks_are_not_names():
    """A list has the names that `acmrules check` reads in it."""
    content = b"# production\n\n www.example.com  # the site\n  \n\tb.example.com\r\n"
    batch, _ = text_rows(FilePiece(0, 0, 1, content, 0), COLUMNS)
    assert batch.column("name").to_pylist() == ["www.example.com", "b.example.com"]
    source = Source("names.txt", content.decode())
    assert Lines(source).data == batch.column("name").to_pylist()
