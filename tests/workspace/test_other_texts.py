"""Files with other texts than on disk."""

import io
from types import SimpleNamespace

import pytest

from acmrules.syntax.source import InputError
from acmrules.workspace.files import Disk
from acmrules.workspace.other_texts import OnlyTexts, Overlay, WithStandardInput


def test_texts_replace_files(tmp_path):
    """Other files are read from the disk, including those of modules."""
    for name in ("a.tf", "b.tf"):
        (tmp_path / name).write_text(f"# {name}\n")
    path = str(tmp_path / "a.tf")
    over = Overlay(Disk(), {path: "# new\n"})
    assert over.read(path) == b"# new\n"
    assert over.read(str(tmp_path / "b.tf")) == b"# b.tf\n"
    assert [source.text for source in over.module(str(tmp_path))] == ["# new\n", "# b.tf\n"]
    with pytest.raises(InputError):
        over.read(str(tmp_path / "c.tf"))


@pytest.fixture
def standard_input(monkeypatch):
    """Return a function that sets the bytes of standard input, which can be read once."""

    def stated(data):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    return stated


@pytest.mark.parametrize("is_new", [True, False])
def test_standard_input_is_a_file_of_its_module(tmp_path, monkeypatch, standard_input, is_new):
    """It replaces a file, or is a new one among the others, whatever the spelling of its path."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.tf").write_text("# c\n")
    if not is_new:
        (tmp_path / "b.tf").write_text("# old\n")
    standard_input(b"# b\n")
    disk = WithStandardInput("./b.tf")
    assert [source.text for source in disk.module(".")] == ["# b\n", "# c\n"]
    assert disk.read("b.tf") == disk.read(str(tmp_path / "b.tf")) == disk.read("-") == b"# b\n"
    assert disk.read("c.tf") == b"# c\n"


def test_given_texts_are_the_only_files():
    """Any other file, and any other folder, cannot be read."""
    one = OnlyTexts({"m/./a.tf": "# a\n"})
    assert one.read("m/a.tf") == one.read("m/./a.tf") == b"# a\n"
    assert [source.text for source in one.module("m")] == ["# a\n"]
    [refused] = one.module("n")
    assert isinstance(refused, InputError)
    with pytest.raises(InputError):
        one.read("m/b.tf")


def test_given_texts_are_modules_by_their_folders():
    """The texts of a folder are one module, sorted by name; other names are read alone."""
    texts = OnlyTexts({"m/b.tf": "# b\n", "m/a.tf": "# a\n", "m/x.yaml": "", "c.tf": "# c\n"})
    assert [source.name for source in texts.module("m")] == ["m/a.tf", "m/b.tf"]
    assert [source.text for source in texts.module("")] == ["# c\n"]
