"""Files while an editor changes some of them."""

from types import SimpleNamespace

import pytest

from acmrules.syntax.source import InputError
from acmrules.workspace.files import MAX_BYTES, Disk
from acmrules.workspace.open_files import KnownDisk, OpenTexts, Tracked


def test_a_known_file_is_read_once_until_it_is_forgotten(tmp_path):
    """So is the error of a file that cannot be read."""
    disk, path = KnownDisk(), str(tmp_path / "a")
    for _ in range(2):
        with pytest.raises(InputError):
            disk.read(path)
        (tmp_path / "a").write_text("1")
    disk.forget(path)
    assert disk.read(path) == b"1"
    (tmp_path / "a").write_text("2")
    assert disk.read(path) == b"1"


def test_open_texts_are_those_of_files_that_may_be_new(tmp_path, monkeypatch):
    """They are part of the module of their folder, which need not exist."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tf").write_text("# disk\n")
    texts = {"a.tf": "# open\n", "b.tf": "# new\n", "new/c.tf": "# \ud800\n", "d.yaml": "x"}
    files = OpenTexts(Disk(), texts)
    assert files.read("./d.yaml") == b"x"
    assert [source.text for source in files.module("")] == ["# open\n", "# new\n"]
    assert [source.text for source in files.module("new/../")] == ["# open\n", "# new\n"]
    (error,) = files.module("new")
    assert "is not UTF-8" in error.fault
    with pytest.raises(InputError):
        files.read("e.yaml")
    with pytest.raises(InputError, match="larger"):
        OpenTexts(Disk(), {"a": "x" * (MAX_BYTES + 1)}).read("a")


def test_reads_are_tracked():
    """By their normalized paths."""
    below = SimpleNamespace(read=lambda path: path.encode(), module=lambda _: ["x"])
    tracked = Tracked(below)
    assert tracked.read("a/../b") == b"a/../b"
    assert tracked.module("a") == ["x"]
    assert tracked.read_paths == {"b"}
