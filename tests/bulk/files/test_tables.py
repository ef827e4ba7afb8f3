"""Columns of files, and the one with the names."""

import gzip
import os
import pickle

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from acmrules.bulk.files import tables
from acmrules.bulk.files.formats import form_of
from acmrules.bulk.files.tables import name_column, open_table, require_alike
from acmrules.errors import InvalidArgument
from acmrules.syntax.source import InputError


@pytest.fixture
def table(tmp_path):
    """Return a function that writes a file and opens it as a table."""

    def opened(name, content):
        path = tmp_path / name
        if isinstance(content, pa.Table):
            pq.write_table(content, path)
        else:
            path.write_bytes(content)
        return open_table(str(path), form_of(name))

    return opened


@pytest.mark.parametrize(
    ("content", "names", "header", "first"),
    [
        (b"id,name\n1,a\n", ["id", "name"], b"id,name\n", 2),
        (b"\xef\xbb\xbfid,name\r\n", ["id", "name"], b"\xef\xbb\xbfid,name\r\n", 2),
        (b'"a ""b""",\n', ['a "b"', ""], b'"a ""b""",\n', 2),
        (b'"a\nb",c\n', ["a\nb", "c"], b'"a\nb",c\n', 3),
        (b"name", ["name"], b"name", 1),
        ("é,ü\n".encode(), ["é", "ü"], "é,ü\n".encode(), 2),
    ],
)
def test_the_header_of_csv_has_the_columns(table, content, names, header, first):
    """Byte order mark, line ends and quotes are read, and all columns are strings."""
    found = table("a.csv", content)
    assert found.columns == pa.schema([(name, pa.string()) for name in names])
    assert (found.header, found.first, found.size) == (header, first, len(content))
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("content", "names", "separator"),
    [
        (b"host;owner\na,b;c\n", ["host", "owner"], ";"),
        (b"host\towner\n", ["host", "owner"], "\t"),
        (b'"a,b";c\n', ["a,b", "c"], ";"),
        (b'"a;b"\nc;d\n', ["a;b"], ""),
        (b"a;b,c\n", ["a;b", "c"], ""),
        (b"host\na;b\n", ["host"], ""),
    ],
)
def test_csv_of_spreadsheets_has_other_separators(table, content, names, separator):
    """Where the header has no comma between names, semicolons or tabs separate the fields."""
    found = table("a.csv", content)
    assert (found.columns.names, found.form.separator) == (names, separator)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", b"", "the file is empty; its first line must have the names of columns"),
        ("a.csv", b"\xef\xbb\xbf", "the file is empty; its first line must"),
        ("a.csv", b"a,b,a\n", "several columns have the same name: `a`"),
        ("a.csv", b'"a,b\nc\n', "the first line must have the names of columns, and end with LF"),
        ("a.csv", b"name\rx\r", "the first line must have the names of columns, and end with LF"),
        ("a.csv", b"\xff\xfen\0", "is UTF-16; save it as UTF-8"),
        ("a.csv", b"a,\xff\n", "the names of columns in the first line must be UTF-8"),
        ("a.csv.gz", b"name\n", "the gzip data is corrupt or incomplete"),
        ("a.parquet", b"name\n", "is not Parquet, or not complete"),
        ("a.parquet", b"", "is not Parquet, or not complete"),
        ("a.parquet", b"PAR1xxxxxxPARE", "is not Parquet, or not complete"),
    ],
)
def test_a_file_whose_columns_cannot_be_read_is_an_error(table, name, content, fault):
    """The error has the file and the reason, on one line."""
    with pytest.raises(InputError) as caught:
        table(name, content)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "asked", "name"),
    [
        ("id,Domain_Name", None, "Domain_Name"),
        ("CertificateArn,DomainName", None, "DomainName"),
        ("id, Host Name ", None, " Host Name "),
        ("Host;Owner", None, "Host"),
        ("x", None, "x"),
        ("id,host", "id", "id"),
        ("host,domain", "host", "host"),
    ],
)
def test_the_column_of_names(table, columns, asked, name):
    """The requested one, the only usual one, or the only text."""
    assert name_column(table("a.csv", columns.encode()), asked) == name


@pytest.mark.parametrize(
    ("columns", "asked", "fault"),
    [
        ("host,name", None, "several columns that may have the names; .*`host`, `name`"),
        ("a,b", None, "no column with a usual name; choose one with `--column`: `a`, `b`"),
        ("host,b", "hots", "has no column `hots`; did you mean `host`?"),
        ("www.example.com", None, "`www.example.com` in the first line of .* add a header"),
    ],
)
def test_an_unclear_column_is_an_error_with_the_columns(table, columns, asked, fault):
    """The message has what to do."""
    with pytest.raises(InvalidArgument, match=fault):
        name_column(table("a.csv", columns.encode()), asked)


def test_only_text_is_a_column_of_names(table):
    """Parquet has columns of other types, and dictionaries of strings."""
    names = pa.array(["a.example.com"]).dictionary_encode()
    found = table("a.parquet", pa.table({"name": [1], "x": names, "y": [["a"]]}))
    assert name_column(found) == "x"


def test_json_lines_have_the_members_of_their_first_lines(table):
    """A file without lines has the usual column, since it has no other."""
    assert name_column(table("a.jsonl", b'{"n": 1, "x": "a"}\n')) == "x"
    assert name_column(table("a.jsonl", b"")) == "name"
    assert name_column(table("a.jsonl", b""), "host") == "host"
    assert name_column(table("a.txt", b"x\n")) == "name"


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_a_byte_order_mark_is_before_the_first_line(table, name, mark):
    """Lines of JSON and of names have no header."""
    found = table(name, mark + b'{"name": "a"}\n')
    assert (found.header, found.first) == (mark, 1)


def test_files_of_one_run_have_the_same_columns(table):
    """Their compression may differ; the error has the first difference."""
    one = table("a.csv", b"id,name\n")
    require_alike([one, table("b.csv.gz", gzip.compress(b"id,name\r\n", mtime=0))])
    require_alike([table("a.jsonl", b'{"a":1}'), table("b.jsonl", b'{"b":1}')])
    with pytest.raises(InputError, match=r"has other columns than .*: nothing instead of `name`"):
        require_alike([one, table("c.csv", b"id\n")])
    with pytest.raises(InputError, match=r"is tsv, but .* is csv"):
        require_alike([one, table("c.tsv", b"id\tname\n")])
    columns = [pa.field("name", pa.string(), nullable=nullable) for nullable in (True, False)]
    files = [pa.table([["a"]], pa.schema([column])) for column in columns]
    tables = [table(f"{place}.parquet", file) for place, file in enumerate(files)]
    with pytest.raises(
        InputError, match=r"`name` \(string not null\) instead of `name` \(string\)"
    ):
        require_alike(tables)


def test_a_header_may_have_many_columns(table):
    """The time grows with their number, and the message does not."""
    header = ",".join(map(str, range(100_000)))
    found = table("a.csv", header.encode())
    with pytest.raises(InvalidArgument) as caught:
        name_column(found, "host")
    assert len(str(caught.value)) < 400


def test_a_member_with_a_surrogate_is_not_a_column(table):
    """JSON allows it, and UTF-8 does not."""
    assert name_column(table("a.jsonl", rb'{"\udfff": "a", "x": "b"}')) == "x"
    only = table("a.jsonl", rb'{"\udfff": "a"}')
    with pytest.raises(InvalidArgument, match="has no column"):
        name_column(only, "\udfff")


def test_the_columns_of_parquet_have_names_in_utf_8(table):
    """Other bytes are an error of the file."""
    with pytest.raises(InputError, match="the name of a column is not UTF-8"):
        table("a.parquet", pa.Table.from_arrays([pa.array(["a"])], [b"\xff"]))


def test_a_pipe_is_not_a_table(tmp_path):
    """Whatever its name is; the run would wait for it."""
    for name in ("a.csv", "a.parquet", "a.jsonl.gz"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(InputError, match="is not a regular file"):
            open_table(str(tmp_path / name), form_of(name))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_header_that_is_too_long_is_an_error(table, mark, monkeypatch):
    """A part of it would be other columns; a shorter one may be before many rows."""
    monkeypatch.setattr(tables, "_LONGEST_HEADER", 20)
    assert table("a.csv", mark + b"name,id\n" + b"a,1\n" * 9).columns.names == ["name", "id"]
    for header in (b"name," + b"x" * 40, b'name,"' + b"x" * 40):
        with pytest.raises(InputError, match="are too long: they have more than 20 bytes"):
            table("a.csv", mark + header + b"\na,1\n")
