"""The files of paths, each once and in order."""

import os

import pytest

from acmrules.syntax.source import InputError
from acmrules.workspace import files
from acmrules.workspace.discover import Inputs, discover, folders_of, single_files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Run the test in a folder with some files."""
    for name in ("a.yaml", "b.tf", "m/main.tf", "m/variables.tf", "m/terraform.tfvars", "x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_folders_are_walked():
    """Terraform is found by folder, and other files one by one."""
    found = discover(["x.md", "."])
    assert found.files == ("x.md", "a.yaml")
    assert found.named == {"x.md", "."}
    assert found.modules == {"": {"b.tf"}, "m": {"m/main.tf", "m/variables.tf"}}
    assert [*found.order] == ["x.md", "a.yaml", "b.tf", "m/main.tf", "m/variables.tf"]
    assert found.errors == ()


@pytest.mark.usefixtures("folder")
def test_a_path_counts_once_however_it_is_written():
    """A path has its first position in the order."""
    found = discover(["./a.yaml", "a.yaml", "m/../a.yaml", "-", "-"])
    assert found.files == ("./a.yaml", "-")
    assert (found.order["a.yaml"], found.order["./a.yaml"]) == (0, 0)


@pytest.mark.usefixtures("folder")
def test_a_named_file_need_not_exist():
    """A named file is kept although it is missing; an existing variables file adds its module."""
    found = discover(["no.tf", "no.yaml", "m/terraform.tfvars"])
    assert found.files == ("no.tf", "no.yaml")
    assert found.modules == {"m": {"m/terraform.tfvars"}}


@pytest.mark.usefixtures("folder")
def test_modules_are_left_out_with_other_kinds():
    """The paths of modules keep their positions in the order."""
    assert discover(["."], ["api"]).modules == {}
    assert discover(["."], ["terraform"]).modules == discover(["."]).modules
    assert "b.tf" in discover(["."], ["api"]).order


@pytest.mark.usefixtures("folder")
def test_an_error_has_its_position_in_the_order(monkeypatch):
    """A folder that cannot be walked is an error, and the other files are found."""

    def refuse_m(path, walk=os.scandir):
        if path.endswith("m"):
            raise PermissionError(13, "Permission denied")
        return walk(path)

    monkeypatch.setattr(os, "scandir", refuse_m)
    found = discover(["m", "a.yaml"])
    error, after = found.files
    assert isinstance(error, InputError)
    assert (str(error), after) == ("m: permission denied", "a.yaml")
    assert found.errors == (error,)


@pytest.mark.usefixtures("folder")
def test_only_files_of_git_are_opened(monkeypatch):
    """The files are found by their names."""
    opened = []
    read = files.read_bytes
    monkeypatch.setattr(files, "read_bytes", lambda path: opened.append(path) or read(path))
    assert isinstance(discover(["."]), Inputs)
    assert {os.path.basename(path) for path in opened} <= {".gitignore"}


def test_files_are_read_alone_or_in_folders():
    """The suffix of a file decides whether it is read alone or with its folder."""
    paths = ["a.yaml", "m/b.tf", "m/c.tfvars", "d.md", "e.tf.json"]
    assert single_files(paths) == ["a.yaml"]
    assert folders_of(paths) == {"m", ""}
