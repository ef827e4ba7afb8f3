"""Compressed files as streams."""

import bz2
import gzip
import lzma
import os

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files import decompressing
from acmrules.bulk.files.decompressing import decompressed, regular_size
from acmrules.syntax.source import InputError

COMPRESS = {
    "": bytes,
    "gzip": gzip.compress,
    "zstd": lambda content: pa.Codec("zstd").compress(content, asbytes=True),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
CONTENT = b"".join(b"%d.example.com\n" % number for number in range(3000))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return the path of a file that each example writes."""
    return tmp_path_factory.mktemp("compressed") / "file"


def read(path, compression):
    """Return the content of a file, and the error at its end."""
    content = b""
    try:
        for chunk, _ in decompressed(str(path), compression):
            content += chunk
    except InputError as error:
        return content, error
    return content, None


@given(st.lists(st.binary(max_size=50)), st.sampled_from([*COMPRESS]), st.integers(1, 64))
def test_parts_that_are_compressed_one_by_one_are_one_content(path, parts, compression, size):
    """Members, frames and streams are read one after another, whatever the size of a chunk."""
    path.write_bytes(b"".join(map(COMPRESS[compression], parts)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decompressing, "CHUNK_BYTES", size)
        assert read(path, compression) == (b"".join(parts), None)


@pytest.mark.parametrize("compression", [*COMPRESS][1:])
def test_truncated_data_ends_with_an_error(path, monkeypatch, compression):
    """What is before is read, and the error has the position in the file."""
    monkeypatch.setattr(decompressing, "CHUNK_BYTES", 1024)
    whole = COMPRESS[compression](CONTENT)
    path.write_bytes(whole + whole[:-9])
    content, error = read(path, compression)
    assert content.startswith(CONTENT)
    assert (CONTENT + CONTENT).startswith(content)
    assert f"{compression} data is corrupt or incomplete after {2 * len(whole) - 9:,} b" in str(
        error
    )


@pytest.mark.parametrize("compression", [*COMPRESS][1:])
def test_what_is_not_compressed_is_an_error(path, compression):
    """A file whose name is wrong, and one with something after its content, are reported."""
    path.write_bytes(b"name\nwww.example.com\n")
    content, error = read(path, compression)
    assert (content, "corrupt or incomplete" in error.fault) == (b"", True)
    path.write_bytes(COMPRESS[compression](b"name\n" * 9) + b"name\n")
    assert read(path, compression)[1] is not None


@pytest.mark.parametrize("compression", ["gzip", "bz2", "xz"])
def test_zeros_may_follow(path, compression):
    """Tapes fill their last block with zeros."""
    path.write_bytes(COMPRESS[compression](b"name\n") + bytes(512))
    assert read(path, compression) == (b"name\n", None)


def test_little_is_in_memory(path):
    """A chunk is small, even if a file of a few bytes has many megabytes of content."""
    for compression in ("gzip", "zstd", "bz2", "xz"):
        path.write_bytes(COMPRESS[compression](bytes(2**24)))
        sizes = [len(chunk) for chunk, _ in decompressed(str(path), compression)]
        assert (sum(sizes), max(sizes)) == (2**24, decompressing.CHUNK_BYTES)


def test_xz_that_needs_much_memory_is_an_error(path, monkeypatch):
    """Its header says how much, up to 4 GiB."""
    monkeypatch.setattr(decompressing, "_XZ_MEMORY", 2**20)
    path.write_bytes(lzma.compress(CONTENT, preset=6))
    content, error = read(path, "xz")
    assert content == b""
    assert "Memory usage limit exceeded" in error.fault


def test_the_position_is_in_the_compressed_file(path):
    """It grows up to the size of the file, so that progress can be shown."""
    whole = gzip.compress(CONTENT * 200, 1)
    path.write_bytes(whole)
    positions = [position for _, position in decompressed(str(path), "gzip")]
    assert positions == sorted(positions)
    assert positions[-1] == len(whole)


def test_a_missing_file_is_an_error(path):
    """The reason is that of the system."""
    with pytest.raises(InputError, match="missing: no such file or directory"):
        next(decompressed(f"{path}-missing", ""))


def test_only_a_regular_file_has_a_size(tmp_path):
    """A pipe has its content once, and a run would wait for it; a link is the file."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "a.csv").write_bytes(b"name")
    (tmp_path / "link.csv").symlink_to("a.csv")
    assert regular_size(str(tmp_path / "link.csv")) == 4
    for name, fault in (("pipe.csv", "is not a regular file"), ("none.csv", "no such file")):
        with pytest.raises(InputError, match=rf"{name}: {fault}"):
            regular_size(str(tmp_path / name))
