"""Walking folders, reading files, and unreadable files."""

import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from acmrules.readers import registry
from acmrules.suffixes import PublicSuffixes
from acmrules.syntax.source import InputError, Position
from acmrules.workspace import files
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.settings import Settings

SUFFIXES = (".yaml", ".json")


def tree(root, **contents):
    """Create files below a folder; a name has `__` for a slash and `_` for a dot."""
    for path, text in contents.items():
        file = root / path.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def walked(root):
    found = files.walk(str(root), SUFFIXES)
    return [str(path).removeprefix(f"{root}/") for path in found]


def test_files_of_the_right_kind_are_found_in_order(tmp_path):
    """Names are sorted at every level; other kinds of files and `.git` are skipped."""
    root = tree(tmp_path, b_yaml="", a_json="", c_txt="", sub__d_yaml="")
    tree(root / ".git", x_yaml="")
    assert walked(root) == ["a.json", "b.yaml", "sub/d.yaml"]


def test_files_that_git_ignores_are_skipped(tmp_path):
    """Patterns apply below their file, deeper ones take precedence, and folders are skipped."""
    root = tree(
        tmp_path, a_yaml="", out__a_yaml="", sub__a_yaml="", sub__b_yaml="", sub__out__c_yaml=""
    )
    (root / ".gitignore").write_text("out/\n*.yaml\n!a.yaml\n")
    (root / "sub" / ".gitignore").write_text("a.yaml\n!b.yaml\n")
    assert walked(root) == ["a.yaml", "sub/b.yaml"]


def test_gitignore_files_apply_up_to_the_root_of_the_checkout(tmp_path):
    """Outside of a checkout, the `.gitignore` files of the folders above do not apply."""
    root = tree(tmp_path, repo__sub__a_yaml="", repo__sub__b_yaml="")
    (root / ".gitignore").write_text("*.yaml\n")
    (root / "repo" / ".gitignore").write_text("sub/a.yaml\n")
    sub = root / "repo" / "sub"
    assert walked(sub) == ["a.yaml", "b.yaml"]
    (root / "repo" / ".git").mkdir()
    assert walked(sub) == ["b.yaml"]


def test_a_named_folder_is_walked_even_if_git_ignores_it(tmp_path):
    """Patterns that match its files still apply."""
    root = tree(tmp_path, out__a_yaml="", out__b_yaml="")
    (root / ".git").mkdir()
    (root / ".gitignore").write_text("out/\nb.yaml\n")
    assert walked(root) == []
    assert walked(root / "out") == ["a.yaml"]


def test_folders_have_no_limit_of_depth(nested):
    """A file in 1,200 nested folders is found, with the patterns and settings that apply to it."""
    Path(".git").mkdir()
    Path(".gitignore").write_text("b.yaml\n")
    Path(".acmrules.toml").write_text('region = "eu-west-1"\n')
    file = f"{nested}/a.yaml"
    Path(file).touch()
    Path(f"{nested}/b.yaml").touch()
    assert [*files.walk(".", SUFFIXES)] == [f"./{file}"]
    resolver = SettingsResolver(Settings({}), date(2026, 11, 23), PublicSuffixes)
    assert resolver.settings_of(file).stated["region",].value == "eu-west-1"


@pytest.fixture
def nested(tmp_path, monkeypatch):
    """Return 1,200 nested folders; they are removed at once, because `rmtree` is recursive."""
    monkeypatch.chdir(tmp_path)
    folder = "/".join(["d"] * 1_200)
    for end in range(1, len(folder) + 1, 2):
        os.mkdir(folder[:end])
    yield folder
    while folder:
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if not os.path.isdir(path):
                os.remove(path)
        os.rmdir(folder)
        folder = os.path.dirname(folder)


def test_a_gitignore_that_cannot_be_read_hides_nothing(tmp_path):
    """A `.gitignore` that is a folder, or has an invalid pattern, is ignored."""
    root = tree(tmp_path, a_yaml="")
    (root / ".gitignore").mkdir()
    assert walked(root) == ["a.yaml"]


def test_a_gitignore_that_is_a_pipe_is_ignored(tmp_path):
    """A `.gitignore` that is a pipe without a writer does not block the walk."""
    root = tree(tmp_path, a_yaml="")
    os.mkfifo(root / ".gitignore")
    assert walked(root) == ["a.yaml"]


def test_links_that_form_a_cycle_are_reported(tmp_path):
    """Links that form a cycle are reported, and the other files are found."""
    root = tree(tmp_path, z_yaml="")
    (root / "a.yaml").symlink_to("b")
    (root / "b").symlink_to("a.yaml")
    [error, other] = walked(root)
    assert error.lower().endswith("a.yaml: too many levels of symbolic links")
    assert other == "z.yaml"


def test_links_to_folders_are_not_followed(tmp_path):
    """A cycle of links to folders does not make the walk endless."""
    root = tree(tmp_path, sub__a_yaml="")
    (root / "sub" / "loop").symlink_to(root)
    (root / "dangling.yaml").symlink_to(root / "nowhere")
    assert walked(root) == ["sub/a.yaml"]


def test_a_folder_without_permission_is_reported(tmp_path, monkeypatch):
    """A folder without permission is reported, and the others are walked."""
    root = tree(tmp_path, a__x_yaml="", b__x_yaml="")
    scan = os.scandir

    def refuse(folder):
        if str(folder).endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert walked(root) == [f"{root}/a: permission denied".removeprefix(f"{root}/"), "b/x.yaml"]


def test_a_file_is_read_whole(tmp_path):
    """The bytes of a file are returned unchanged."""
    path = tmp_path / "x"
    path.write_bytes(b"a\r\n\x00")
    assert files.read_bytes(str(path)) == b"a\r\n\x00"


def refused(path):
    with pytest.raises(InputError) as error:
        files.read_bytes(str(path))
    return str(error.value)


def test_an_unreadable_path_is_reported_in_one_line(tmp_path, monkeypatch):
    """A path is unreadable if it is missing, invalid, too large or not a regular file."""
    assert refused(tmp_path / "no") == f"{tmp_path}/no: no such file or directory"
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").endswith("is not a regular file; `-` reads standard input")
    assert "null" in refused("a\0b")
    large = tmp_path / "large"
    large.write_bytes(b"")
    os.truncate(large, files.MAX_BYTES + 1)
    assert refused(large).endswith("is larger than 10 MiB")
    os.truncate(large, files.MAX_BYTES)
    assert len(files.read_bytes(str(large))) == files.MAX_BYTES
    del monkeypatch


def test_standard_input_is_read_within_bounds(monkeypatch):
    """`-` is standard input, which has the maximum length of a file."""

    class Input:
        buffer = io.BytesIO(b"abc")

    monkeypatch.setattr(sys, "stdin", Input)
    assert files.read_bytes("-") == b"abc"
    Input.buffer = io.BytesIO(bytes(files.MAX_BYTES + 1))
    assert refused("-") == "-: is larger than 10 MiB"


@pytest.mark.parametrize(
    "beginning", [b'{"CertificateSummaryList": [', b'{"acmrules": "1", "inventory": 1']
)
def test_a_response_of_aws_may_be_longer(tmp_path, monkeypatch, beginning):
    """An inventory of many certificates is larger than any template."""
    long = tmp_path / "long.json"
    long.write_bytes(beginning)
    os.truncate(long, files.MAX_BYTES * 2)
    assert len(files.read_bytes(str(long))) == files.MAX_BYTES * 2
    monkeypatch.setattr(registry, "LONGEST_INVENTORY", files.MAX_BYTES + 1)
    assert refused(long).endswith("is larger than 10 MiB")

    class Input:
        buffer = io.BytesIO(beginning + bytes(files.MAX_BYTES))

    monkeypatch.setattr(sys, "stdin", Input)
    assert refused("-") == "-: is larger than 10 MiB"
    monkeypatch.undo()
    monkeypatch.setattr(sys, "stdin", Input)
    Input.buffer.seek(0)
    assert len(files.read_bytes("-")) == files.MAX_BYTES + len(beginning)


def test_a_source_is_utf_8_with_or_without_a_mark():
    """The byte order mark is not part of the text."""
    assert files.decode("x", b"\xef\xbb\xbf\xc3\xbc").text == "ü"
    assert files.decode("x", b"a").name == "x"


def test_a_byte_that_is_not_utf_8_is_reported_with_its_position():
    """The line and column of an invalid byte count the characters before it."""
    with pytest.raises(InputError) as error:
        files.decode("x", "ü\nab".encode() + b"\xff")
    assert error.value.position == Position(2, 3)
    assert str(error.value) == "x:2:3: is not UTF-8: byte 0xff"


def test_a_byte_order_mark_does_not_move_the_position_of_an_invalid_byte():
    """Editors do not count the mark as a column."""
    with pytest.raises(InputError) as error:
        files.decode("x", b"\xef\xbb\xbfab\xff")
    assert str(error.value) == "x:1:3: is not UTF-8: byte 0xff"


def test_a_module_has_the_files_that_terraform_loads(tmp_path):
    """Other variables files, hidden files and editor backups are skipped."""
    loaded = ("a.auto.tfvars", "b.tf", "c.tf.json", "d.auto.tfvars.json")
    loaded += ("terraform.tfvars", "terraform.tfvars.json")
    others = ("prod.tfvars", "my-terraform.tfvars", ".x.tf", "#x.tf", "x.tf~", "x.txt")
    for name in (*loaded, *others):
        (tmp_path / name).write_text(name)
    found = [*files.module(str(tmp_path))]
    assert [source.name for source in found] == [f"{tmp_path}/{name}" for name in loaded]
    assert [source.text for source in found] == [*loaded]


def test_an_unreadable_module_is_reported(tmp_path):
    """A missing folder is reported, and so are paths of a module that cannot be decoded."""
    (missing,) = files.module(str(tmp_path / "no"))
    assert str(missing) == f"{tmp_path}/no: no such file or directory"
    (tmp_path / "x.tf").mkdir()
    (tmp_path / "y.tf").write_bytes(b"\xff")
    assert [str(each).partition(": ")[2][:7] for each in files.module(str(tmp_path))] == [
        "is not ",
        "is not ",
    ]


def test_the_entries_of_a_folder_are_those_that_git_does_not_ignore(tmp_path, monkeypatch):
    """What Git ignores is read only if something is wanted."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "b").mkdir()
    for name in ("a.tfvars", "c.tfvars", "d.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / ".gitignore").write_text("c.tfvars\n")
    found = files.entries_of(str(tmp_path), lambda entry: not entry.name.endswith(".txt"))
    assert found == ([".gitignore", "a.tfvars"], ["b"])
    monkeypatch.setattr(files, "_patterns_above", None)
    assert files.entries_of(str(tmp_path), lambda _: False) == ([], [])
    assert files.entries_of(str(tmp_path / "none"), lambda _: True) == ([], [])


def test_an_inventory_may_be_larger_than_other_files(tmp_path, monkeypatch):
    """From a file, and from standard input; it has a limit too."""
    monkeypatch.setattr(files, "MAX_BYTES", 300)
    monkeypatch.setattr(registry, "LONGEST_TEXT", 300)
    monkeypatch.setattr(registry, "LONGEST_INVENTORY", 1024 * 1024)
    head = b'{"acmrules": "0.2.0", "inventory": 1, "responses": []'
    saved = tmp_path / "a.json"
    for data in (head + b" " * 300 + b"}", head + b"}"):
        saved.write_bytes(data)
        assert files.read_bytes(str(saved)) == data

        class Input:
            buffer = io.BytesIO(data)

        monkeypatch.setattr(sys, "stdin", Input)
        assert files.read_bytes("-") == data
    saved.write_bytes(head + b" " * 1024 * 1024)
    with pytest.raises(InputError, match="is larger than 1 MiB"):
        files.read_bytes(str(saved))
    saved.write_bytes(b"{" + b" " * 300 + head[1:])
    with pytest.raises(InputError, match="is larger than"):
        files.read_bytes(str(saved))
