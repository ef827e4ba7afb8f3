"""Texts as the only files of a folder."""

import os

import pytest

from acmrules.syntax.source import InputError
from acmrules.workspace.given_files import GivenFiles

TEXTS = {
    "main.tf": "a",
    ".acmrules.toml": "",
    "m/x.tf": "b",
    "m/y.tf.json": "c",
    "m/z.txt": "d",
    "m/n/o.yaml": "e",
}


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Return the texts as files; on disk, there is another one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "disk.tf").write_text("on disk")
    return GivenFiles(TEXTS)


def test_a_text_is_read_by_each_path_of_it(files, tmp_path):
    """Paths may be absolute or have dots."""
    for path in ("m/x.tf", "./m/../m/x.tf", str(tmp_path / "m" / "x.tf")):
        assert files.read(path) == b"b"
        assert files.is_file(path)


@pytest.mark.parametrize("path", ["disk.tf", "/etc/passwd", "../main.tf", "m", ""])
def test_no_other_file_exists(files, path):
    """The message is that of the system, so that reports are equal."""
    assert not files.is_file(path)
    with pytest.raises(InputError, match="no such file or directory"):
        files.read(path)


def test_a_large_text_is_refused(tmp_path, monkeypatch):
    """As is a large file."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="is larger than 10 MiB"):
        GivenFiles({"a": "x" * (10 * 1024 * 1024 + 1)}).read("a")


def test_a_module_has_the_texts_that_terraform_loads(files):
    """They keep the name of the folder as the caller writes it."""
    assert [each.name for each in files.module("m")] == ["m/x.tf", "m/y.tf.json"]
    assert [each.name for each in files.module("")] == ["main.tf"]
    assert [each.name for each in files.module("./m")] == ["./m/x.tf", "./m/y.tf.json"]
    assert [*files.module("m/n")] == []
    [error] = files.module("../etc")
    assert error == InputError("../etc", "no such file or directory")


def test_folders_are_those_of_the_texts(files):
    """The search for settings ends in the folder of the run, or where it leaves it."""
    assert [path for path in ("", ".", "m", "m/n", "x", "..") if files.is_folder(path)] == [
        "",
        ".",
        "m",
        "m/n",
    ]
    assert sorted(files.names_in("m")) == ["n", "x.tf", "y.tf.json", "z.txt"]
    assert sorted(files.names_in(".")) == [".acmrules.toml", "m", "main.tf"]
    here = os.getcwd()
    assert files.is_top(here)
    assert files.is_top(os.path.dirname(here))
    assert not files.is_top(os.path.join(here, "m"))


def test_what_was_read_is_known(files, tmp_path):
    """A file that nothing reads was not checked."""
    assert files.was_read == set()
    files.read(str(tmp_path / "main.tf"))
    [*files.module("./m")]
    assert files.was_read == {"main.tf", "m/x.tf", "m/y.tf.json"}
