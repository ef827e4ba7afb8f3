"""Parts of files."""

import bz2
import gzip
import lzma
import pickle

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files.encoding import OutputTable, arranged, compressed, encode, require_output
from acmrules.bulk.files.formats import form_of
from acmrules.errors import InvalidArgument

DECOMPRESS = {
    "": bytes,
    "gzip": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zstd": lambda content: pa.CompressedInputStream(pa.BufferReader(content), "zstd").read(),
}
BATCH = pa.RecordBatch.from_pydict(
    {"name": ["a", "b"], "row": ['{"name":"a"}', '{"x":1,"name":"b"}'], "fault": [None, "x"]}
)


def part(name, line="", batch=BATCH):
    """Return the part of a file of this name."""
    return encode(batch, OutputTable(form_of(name), batch.schema, line))


@given(st.lists(st.binary(max_size=9)), st.sampled_from([*DECOMPRESS]))
def test_compressed_parts_can_be_concatenated(parts, compression):
    """Another program reads their content in order."""
    whole = b"".join(compressed(content, compression) for content in [*parts, b"end"])
    assert DECOMPRESS[compression](whole) == b"".join(parts) + b"end"


@pytest.mark.parametrize("compression", [*DECOMPRESS])
def test_equal_content_has_equal_bytes(compression, monkeypatch):
    """Also on another day."""
    first = compressed(b"end", compression)
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert compressed(b"end", compression) == first


def test_members_are_added_to_lines():
    """In a table, the text of the row is the last column."""
    assert part("a.jsonl", "row") == (
        b'{"name":"a","fault":null}\n{"x":1,"name":"b","fault":"x"}\n'
    )
    assert part("a.csv", "row").startswith(b'a,,"{""name"":""a""}"\n')
    assert arranged(BATCH, "row").schema.names == ["name", "fault", "row"]
    assert arranged(BATCH, "") == BATCH


def test_other_rows_are_objects():
    """Each column is a member, also one that is named as the text of a row."""
    assert part("a.jsonl").startswith(b'{"name":"a","row":"{\\"name\\":\\"a\\"}","fault":null}\n')


def test_a_part_of_parquet_is_a_stream():
    """It has its columns, also without rows."""
    for batch in (BATCH, BATCH.slice(2)):
        with pa.ipc.open_stream(part("a.parquet", "", batch)) as reader:
            assert reader.read_next_batch().equals(batch)


def test_a_part_without_rows_is_empty():
    """A compressed part has no bytes either."""
    assert part("a.csv.gz", "", BATCH.slice(2)) == b""


def test_text_cannot_be_written():
    """A line of it has no columns."""
    require_output(form_of("a.csv"))
    with pytest.raises(InvalidArgument, match=r"`\.txt` has no columns"):
        require_output(form_of("a.txt.gz"))


def test_an_output_is_sent_to_workers():
    """It survives pickling."""
    output = OutputTable(form_of("a.csv"), BATCH.schema, "row")
    assert pickle.loads(pickle.dumps(output)) == output
