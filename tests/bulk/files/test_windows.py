"""Windows of what is left of a file."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files import decompressing
from acmrules.bulk.files.formats import CSV, TableForm
from acmrules.bulk.files.windows import Remainder


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return the path of a file that each example writes."""
    return tmp_path_factory.mktemp("windows") / "file.csv"


@given(st.binary(max_size=30), st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9))))
def test_a_window_has_the_requested_size_until_the_end(path, content, steps):
    """What is skipped is left out, whatever is read from the disk at once."""
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decompressing, "CHUNK_BYTES", 4)
        rest = Remainder(str(path), TableForm(CSV))
        for size, skipped in steps:
            assert rest.window(size) == content[:size]
            assert rest.is_last(size) == (len(content) <= size)
            rest.skip(min(skipped, size))
            content = content[min(skipped, size) :]
        assert rest.fault is None


def test_a_fault_is_kept_until_what_is_before_is_read(path):
    """The window has what was read, and the fault is at its end."""
    path.write_bytes(gzip.compress(b"name\n")[:-4])
    rest = Remainder(str(path), TableForm(CSV, "gzip"))
    assert (rest.window(99), rest.is_last(5), rest.is_last(4)) == (b"name\n", True, False)
    assert "it ends early" in rest.fault.fault
