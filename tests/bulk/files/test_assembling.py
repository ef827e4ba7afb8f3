"""Files that are read in pieces, and written from parts: no row is lost, changed or doubled."""

import bz2
import csv
import gzip
import io
import json
import lzma

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files.assembling import assemble
from acmrules.bulk.files.encoding import OutputTable, compressed, encode
from acmrules.bulk.files.formats import form_of
from acmrules.bulk.files.reading import read_pieces
from acmrules.bulk.files.rows import no_rows, row_text_column, rows_of
from acmrules.bulk.files.tables import name_column, open_table

ENDS = [".csv", ".tsv", ".jsonl", ".parquet"]
COMPRESSIONS = ["", ".gz", ".zst", ".bz2", ".xz"]
NAMES = st.text(st.sampled_from('aé.,"\n\r\t\\😀 '), max_size=4)
ROWS = st.lists(st.tuples(NAMES, NAMES), max_size=6)
DECOMPRESS = {
    "": bytes,
    "gzip": gzip.decompress,
    "zstd": lambda content: pa.CompressedInputStream(pa.BufferReader(content), "zstd").read(),
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of the files that each example writes."""
    return tmp_path_factory.mktemp("bulk")


def write_table(path, rows):
    """Write rows with another writer."""
    form = form_of(path)
    columns = ["id", "name"]
    if form.format == "parquet":
        names = [pa.array([row[place] for row in rows], pa.string()) for place in (0, 1)]
        pq.write_table(pa.table(names, columns), path, row_group_size=3)
        return
    text = io.StringIO()
    if form.format == "jsonl":
        text.writelines(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)
    else:
        csv.writer(text, delimiter=form.delimiter).writerows([columns, *rows])
    with open(path, "wb") as file:
        file.write(compressed(text.getvalue().encode(), form.compression))


def read_table(path):
    """Return the rows of a file from another reader, as objects."""
    form = form_of(path)
    if form.format == "parquet":
        return pq.read_table(path).to_pylist()
    with open(path, "rb") as file:
        text = DECOMPRESS[form.compression](file.read()).decode()
    if form.format == "jsonl":
        return [json.loads(line) for line in text.split("\n")[:-1]]
    return [*csv.DictReader(io.StringIO(text, newline=""), delimiter=form.delimiter, strict=True)]


def run(before, after, **sizes):
    """Copy a file in pieces, with a column that has the length of each name."""
    table = open_table(before, form_of(before))
    column = name_column(table, "name")

    def examined(batch):
        lengths = [len(name) for name in batch.column(column).to_pylist()]
        return batch.append_column("length", pa.array(lengths, pa.int32()))

    line = row_text_column(table, column)
    output = OutputTable(form_of(after), examined(no_rows(table, column)).schema, line)

    def parts():
        for piece in read_pieces(table, **sizes):
            batch, rejected = rows_of(piece, table, column, ("length",))
            assert not rejected
            with open(f"{after}-{piece.number}", "wb") as part:
                part.write(encode(examined(batch), output))
            yield f"{after}-{piece.number}"

    assemble(parts(), after, output)


@given(ROWS, st.sampled_from(ENDS), st.sampled_from(ENDS), st.data())
def test_all_rows_are_written_in_order(folder, rows, before, after, data):
    """Another reader finds the rows that another writer wrote, whatever the size of a piece."""
    source, target = [
        str(folder / name) + data.draw(st.sampled_from(COMPRESSIONS if ".p" not in name else [""]))
        for name in (f"in{before}", f"out{after}")
    ]
    write_table(source, rows)
    size = data.draw(st.integers(1, 40))
    run(source, target, piece_bytes=size, piece_rows=size)
    found = [(row["id"], row["name"], int(row["length"])) for row in with_members(target)]
    assert found == [(*row, len(row[1])) for row in rows]


def with_members(path):
    """Return the rows of a file, with the members of the text of a row from JSON lines."""
    return [{**json.loads(row.pop("row", "{}")), **row} for row in read_table(path)]


@pytest.mark.parametrize("end", ENDS)
def test_a_file_without_rows_is_complete(folder, end):
    """It has its columns, and valid compressed data."""
    source = str(folder / "empty.csv")
    write_table(source, [])
    for compression in COMPRESSIONS if end != ".parquet" else [""]:
        run(source, str(folder / f"none{end}{compression}"))
        assert read_table(str(folder / f"none{end}{compression}")) == []
    if end == ".parquet":
        assert pq.read_schema(folder / "none.parquet").names == ["id", "name", "length"]
    elif end != ".jsonl":
        delimiter = form_of(f"a{end}").delimiter
        assert (
            folder / f"none{end}"
        ).read_text() == f"{delimiter.join(['id', 'name', 'length'])}\n"


@pytest.mark.parametrize("end", [*COMPRESSIONS[:2], ".zst"])
def test_equal_parts_are_equal_bytes(folder, end):
    """No time and no path is in a file, so a resumed run has the same result."""
    source = str(folder / "same.csv")
    write_table(source, [(str(number), "a.example.com") for number in range(20)])
    for target in (f"one.csv{end}", f"two.csv{end}", "one.parquet", "two.parquet"):
        run(source, str(folder / target), piece_bytes=64)
    read = {name: (folder / name).read_bytes() for name in (f"one.csv{end}", f"two.csv{end}")}
    assert read[f"one.csv{end}"] == read[f"two.csv{end}"]
    assert (folder / "one.parquet").read_bytes() == (folder / "two.parquet").read_bytes()


def test_a_part_of_parquet_is_a_row_group(folder):
    """So each part is written when it is ready, and little is in memory."""
    source = str(folder / "groups.csv")
    write_table(source, [(str(number), "a.example.com") for number in range(20)])
    run(source, str(folder / "groups.parquet"), piece_bytes=64)
    pieces = len([*read_pieces(open_table(source, form_of(source)), piece_bytes=64)])
    written = pq.ParquetFile(folder / "groups.parquet").metadata
    assert written.num_row_groups == pieces > 2
    assert written.row_group(0).column(0).compression == "ZSTD"


def test_columns_of_parquet_are_preserved(folder):
    """Types, nulls, dictionaries, nested values and the metadata are those of the input."""
    columns = {
        "name": pa.array(["a.example.com", "b.example.com", "c.example.com"] * 3),
        "kind": pa.array(["x", None, "y"] * 3).dictionary_encode(),
        "at": pa.array([1, None, 3] * 3, pa.timestamp("us", "UTC")),
        "price": pa.array([None, 1, 2] * 3, pa.decimal128(10, 2)),
        "tags": pa.array([{"a": [1, None]}, None, {"a": []}] * 3),
        "pairs": pa.array([[("k", 1)], None, []] * 3, pa.map_(pa.string(), pa.int64())),
    }
    table = pa.table(columns).replace_schema_metadata({"owner": "x"})
    pq.write_table(table, folder / "typed.parquet", row_group_size=4)
    run(str(folder / "typed.parquet"), str(folder / "copy.parquet"), piece_rows=2)
    copy = pq.read_table(folder / "copy.parquet")
    assert copy.drop_columns("length").equals(table)
    assert copy.schema.metadata[b"owner"] == b"x"
