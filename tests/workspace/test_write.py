"""Writing texts into files, completely or not at all."""

import os

import pytest

from acmrules.workspace import write as writing
from acmrules.workspace.write import NotWritten, difference, write, write_generated, write_output

BEFORE = "DomainName: Example.com\n"
AFTER = "DomainName: example.com\n"


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "site.yaml"
    path.write_text(BEFORE)
    return path


def refusal(*words):
    with pytest.raises(NotWritten) as caught:
        write(*words)
    return str(caught.value)


def test_a_file_keeps_its_permissions(template, tmp_path):
    """The file is replaced, and no other file remains in its folder."""
    template.chmod(0o640)
    write(str(template), BEFORE, AFTER, [str(tmp_path)])
    assert template.read_text() == AFTER
    assert template.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["site.yaml"]


def test_a_byte_order_mark_and_line_ends_are_kept(template):
    """What the text does not have is kept from the file."""
    template.write_bytes(b"\xef\xbb\xbfDomainName: Example.com\r\n")
    write(str(template), "DomainName: Example.com\r\n", "DomainName: example.com\r\n", [])
    assert template.read_bytes() == b"\xef\xbb\xbfDomainName: example.com\r\n"


def test_a_file_that_has_changed_is_left_alone(template):
    """A file that was changed in the meantime is not overwritten."""
    template.write_text("DomainName: other.io\n")
    assert refusal(str(template), BEFORE, AFTER, []).endswith("it has changed since it was read")
    assert template.read_text() == "DomainName: other.io\n"


def test_a_file_with_two_names_is_written_once(template):
    """The second name finds the new text, which is what the run wanted."""
    link = template.with_name("link.yaml")
    link.symlink_to(template)
    for name in (template, link):
        write(str(name), BEFORE, AFTER, [str(template.parent)])
    assert template.read_text() == AFTER
    assert link.is_symlink()


def test_a_link_is_followed_inside_of_the_tree_only(template, tmp_path):
    """A link remains a link, and files outside of the tree are not changed."""
    tree = tmp_path / "tree"
    tree.mkdir()
    outward = tree / "out.yaml"
    outward.symlink_to(template)
    assert refusal(str(outward), BEFORE, AFTER, [str(tree)]).endswith("a link to a file elsewhere")
    assert template.read_text() == BEFORE
    write(str(outward), BEFORE, AFTER, [str(tmp_path)])
    assert outward.is_symlink()
    assert template.read_text() == AFTER


def test_standard_input_and_missing_files_are_not_written(tmp_path):
    """The reason for each is reported."""
    assert refusal("-", BEFORE, AFTER, []).endswith("it is the standard input")
    missing = str(tmp_path / "gone.yaml")
    assert (
        refusal(missing, BEFORE, AFTER, []) == f"{missing}: not written: no such file or directory"
    )


def test_a_write_protected_file_is_left_alone(template, monkeypatch):
    """It is not replaced, even if its folder allows that."""
    monkeypatch.setattr(writing.os, "access", lambda *_: False)
    assert refusal(str(template), BEFORE, AFTER, []).endswith("it is write-protected")
    assert template.read_text() == BEFORE


def test_a_failure_leaves_the_file_and_no_other(template, tmp_path, monkeypatch):
    """A file is never partly written."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", fail)
    assert refusal(str(template), BEFORE, AFTER, []).endswith("no space left on device")
    assert template.read_text() == BEFORE
    assert os.listdir(tmp_path) == ["site.yaml"]


def test_a_generated_file_is_new_or_replaced(tmp_path):
    """A new file has the permissions that the user's mask leaves; an old one keeps its own."""
    path = tmp_path / "new.json"
    mask = os.umask(0o027)
    try:
        write_generated(str(path), "{}\n", [])
    finally:
        os.umask(mask)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("{}\n", 0o640)
    path.chmod(0o604)
    write_generated(str(path), "[]\n", [])
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("[]\n", 0o604)
    assert os.listdir(tmp_path) == ["new.json"]


@pytest.mark.parametrize("generated", [False, True])
def test_a_hard_link_gets_its_own_copy(generated, template, tmp_path):
    """The other names of a file, which may be outside of the tree, keep the old text."""
    other = tmp_path / "other.yaml"
    os.link(template, other)
    if generated:
        write_generated(str(template), AFTER, [])
    else:
        write(str(template), BEFORE, AFTER, [])
    assert (template.read_text(), other.read_text()) == (AFTER, BEFORE)


@pytest.mark.parametrize("text", [AFTER, "\ud800\n"])
def test_the_longest_name_is_written(text, tmp_path):
    """The temporary file needs no longer name, and an encoding error changes nothing."""
    path = tmp_path / ("a" * 250 + ".yaml")
    path.write_text(BEFORE)
    if text == AFTER:
        write(str(path), BEFORE, text, [])
    else:
        assert "contains a surrogate" in refusal(str(path), BEFORE, text, [])
    assert path.read_text() == (text if text == AFTER else BEFORE)


def test_a_difference_has_the_format_of_diff():
    """Only line feeds end lines; a last line without one is marked."""
    assert difference("a.txt", "a\u00a0\tb\r\nA.io", "a\u00a0\tb\r\na.io") == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n a\u00a0\tb\r\n"
        "-A.io\n\\ No newline at end of file\n+a.io\n\\ No newline at end of file\n"
    )


def test_a_difference_shows_nothing_that_is_not_in_it():
    """Names are quoted as by Git, and characters that control a terminal are escaped."""
    shown = difference('a"\n.txt', "a\x1b\u2028\u202e\r::b\nA\n", "a\x1b\u2028\u202e\r::b\na\n")
    assert shown.split("\n") == [
        r'--- "a/a\042\012.txt"',
        r'+++ "b/a\042\012.txt"',
        "@@ -1,2 +1,2 @@",
        r" a\x1b\u2028\u202e\r::b",
        "-A",
        "+a",
        "",
    ]


def test_an_output_replaces_a_file_and_creates_folders(tmp_path):
    """It may be anywhere, also behind a link, because the user named it."""
    write_output(str(tmp_path / "a" / "b" / "out.txt"), "new")
    assert (tmp_path / "a" / "b" / "out.txt").read_text() == "new"
    (tmp_path / "link").symlink_to(tmp_path / "a" / "b" / "out.txt")
    (tmp_path / "a" / "b" / "out.txt").chmod(0o640)
    write_output(str(tmp_path / "link"), "newer")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a" / "b" / "out.txt").read_text() == "newer"
    assert (tmp_path / "a" / "b" / "out.txt").stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path / "a" / "b") == ["out.txt"]


def test_an_output_has_any_text(tmp_path):
    """Half of a surrogate pair is escaped, as on standard output."""
    write_output(str(tmp_path / "out"), "caf\u00e9 \ud800")
    assert (tmp_path / "out").read_bytes() == b"caf\xc3\xa9 \\ud800"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_an_output_can_be_a_pipe(tmp_path):
    """It is written to, and stays a pipe."""
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_output(path, "text")
    assert os.read(reader, 99) == b"text"
    os.close(reader)
    assert os.listdir(tmp_path) == ["pipe"]


@pytest.mark.parametrize(
    ("name", "reason"), [("", "is a directory"), ("file/out", "its directory is a file")]
)
def test_an_output_that_cannot_be_written(name, reason, tmp_path):
    """The reason is a few words."""
    (tmp_path / "file").write_text("old")
    with pytest.raises(NotWritten) as caught:
        write_output(str(tmp_path / name), "new")
    assert caught.value.reason == reason
    assert (tmp_path / "file").read_text() == "old"
