"""Rows of JSON lines."""

import json

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules.bulk.files import json_rows as module
from acmrules.bulk.files.json_rows import json_rows, line_column, sample_columns
from acmrules.bulk.files.pieces import FilePiece, RejectedRow

NAMES = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
OTHERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=2),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(st.text(max_size=1), values),
    max_leaves=3,
)
MEMBERS = st.fixed_dictionaries({}, optional={"name": NAMES | OTHERS, "n": OTHERS})
LINES = st.one_of(
    MEMBERS.map(json.dumps),
    MEMBERS.map(lambda row: f" {json.dumps(row, ensure_ascii=True)}\t\r"),
    OTHERS.map(json.dumps),
    st.text('{}[]:," ne1\\', max_size=6),
    st.sampled_from(
        [
            *('{"name":"a"}{"name":"b"}', '{"name":"a","name":"b"}', '{"name":"a","n":', "1}"),
            *('{"name":"\\ud800"}', '{"name":"a","n":Inf}', '{"name":"a","n":1e999}', "\0"),
            *('{"name":"a","x\\u0001":"\\udc00"}', '{"name":"a"} ', '{"n\\u0061me":"a"}'),
            '{"name":"a","n":%s}' % ("9" * 5000),
            '{"name":"a","n":%s}' % ("[" * 20_000 + "]" * 20_000),
            '{"name":"a","n":%s}' % ("[" * 20_000),
            *('{"name":"a","x":{"n":1}}', '{"name":"a","\\u006e":1}', '{"name":"n"}'),
        ]
    ),
)


def read(content, added=()):
    """Return the rows of a piece whose first line is 10, and those that cannot be read."""
    batch, rejected = json_rows(FilePiece(0, 0, 10, content, 0), "name", added)
    batch.validate(full=True)
    return [tuple(row.values()) for row in batch.to_pylist()], rejected


@given(st.lists(LINES, max_size=3), st.sampled_from([(), ("n",)]))
@example(['{"name":"a"}{"name":', '"b"}'], ())
@example(['{"name":"a"}', "", '{"name":null}'], ())
@example(['{"name":"a","x":{"n":1}}', "x"], ("n",))
@example(['{"name":"\\ud800"}', '{"name":"a"}'], ())
def test_the_rows_of_a_line_do_not_depend_on_the_lines_around_it(lines, added):
    """Arrow reads many lines at once, where Python would read the same."""
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    rows, rejected = read(content, added)
    alone = [read(f"{line}\n".encode("utf-8", "surrogatepass"), added) for line in lines]
    assert rows == [row for one, _ in alone for row in one]
    assert [row.reason for row in rejected] == [row.reason for _, one in alone for row in one]
    assert [content.split(b"\n")[row.place - 10].removesuffix(b"\r") for row in rejected] == [
        row.content for row in rejected
    ]
    assert len(rows) + len(rejected) == sum(bool(line.strip()) for line in lines)


@given(st.lists(st.fixed_dictionaries({"name": NAMES}, optional={"n": OTHERS}), max_size=4))
def test_names_are_those_that_python_reads_and_lines_are_preserved(objects):
    """Numbers and spelling in the line are not changed."""
    lines = [json.dumps(row, ensure_ascii=False) for row in objects]
    content = "\r\n".join(lines).encode("utf-8", "surrogatepass")
    rows, rejected = read(content)
    read_lines = [line.encode("utf-8", "surrogatepass") for line in lines]
    good = [line for line in read_lines if line not in [row.content for row in rejected]]
    assert [(name, line.encode()) for name, line in rows] == [
        (json.loads(line)["name"], line) for line in good
    ]
    assert all("UTF-8" in row.reason for row in rejected)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "the row must be an object, not a list"),
        ("{}", "the row has no member `name`"),
        ('{"name": 1}', "`name` must be a string or null, not an integer"),
        ('{"name": ["a"]}', "`name` must be a string or null, not a list"),
        ('{"name": "a"', "the row is not JSON: Expecting ',' delimiter, at character 13"),
        ('{"name": "\\ud800"}', "`name` has a surrogate, which UTF-8 does not allow"),
        ('{"name": "\\udfff"}', "`name` has a surrogate, which UTF-8 does not allow"),
        ('{"name": "\udc80"}', "the row is not UTF-8"),
        ('{"name": "a", "fault": 1}', "the row has the member `fault` already; use `--prefix`"),
        ('{"n": ' + "[" * 10_000, "the row has too many values within values"),
    ],
)
def test_a_bad_line_has_its_reason(line, reason):
    """The lines around it are read."""
    good = '{"name":"a"}'
    bad = line.encode("utf-8", "surrogateescape")
    rows, rejected = read(b"%s\n%s\n\n%s" % (good.encode(), bad, good.encode()), ("fault",))
    assert rows == [("a", good), ("a", good)]
    assert rejected == (RejectedRow(11, bad, reason),)


@pytest.mark.parametrize(
    "line",
    [
        '{"name":"a","n":%s}' % ("9" * 5000),
        '{"name":"a","n":%s}' % ("[" * 20_000 + "]" * 20_000),
        '{"name":"a","n":{"fault":1}}',
        '{"name":"a","n":"fault"}',
    ],
)
def test_an_unusual_line_next_to_a_bad_one_is_a_row(line):
    """Numbers of any length, values within values, and the name of a column that is added."""
    rows, rejected = read(f"x\n{line}\n".encode(), ("fault",))
    assert (rows, len(rejected)) == ([("a", line)], 1)


def test_lines_that_arrow_reads_are_not_read_again(monkeypatch):
    """Only a null is looked at in Python, since it may be a missing member."""
    read_again = []
    decoder = module._DECODER

    class Counting:
        def decode(self, text):
            read_again.append(text)
            return decoder.decode(text)

    monkeypatch.setattr(module, "_DECODER", Counting())
    long = b'{"name":"a","n":"%s"}\n' % (b"n" * 3_000_000)
    rows, _ = read(
        long + b'{"name":"a","n":[1]}\r\n{"name":null}\r\n{"n":1,"name":"b"}\r\n', ("fault",)
    )
    assert [name for name, _ in rows] == ["a", "a", None, "b"]
    assert read_again == ['{"name":null}']


def test_the_sample_has_the_members_and_which_are_strings():
    """A null may be a string in another line, and a line that is not JSON has no member."""
    content = b'x\n{"a": null, "b": 1}\n[]\n{"a": "x", "c": "y", "b": []}\n{"d'
    expected = [("a", pa.string()), ("b", pa.null()), ("c", pa.string())]
    assert sample_columns(content) == pa.schema(expected)


def test_the_text_of_a_row_has_a_column_of_its_own():
    """A member that is named as this column can be the name."""
    assert (line_column("name"), line_column("row")) == ("row", "row_text")
