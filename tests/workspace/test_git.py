"""Files at a revision: what differs, their content, and the reasons why they are unknown."""

import os
import subprocess
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.git import commit, git

from acmrules.syntax.source import InputError, Source
from acmrules.workspace import files
from acmrules.workspace import git as history
from acmrules.workspace.git import CommitLog, FileChange, GitError, Revision


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Run the test in its own folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def revision():
    """Return a function that opens revisions; they are closed after the test."""
    opened = []

    def open_one(*words):
        opened.append(Revision(*words))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def edits(revision, *untracked):
    return {(each.before, each.after, each.content) for each in revision.edits(untracked)}


def test_a_clean_tree(here, revision):
    """A clean tree has no difference from its own commit."""
    commit(here, {"a.yaml": "a", "b/c.yaml": "c"})
    assert edits(revision("HEAD"), ".") == set()


def test_edits(here, revision):
    """Edited, deleted, new and staged files are listed, and ignored files are not."""
    commit(here, {".gitignore": "*.log", "same": "s", "edited": "a", "gone": "b", "staged": "c"})
    (here / "edited").write_text("z")
    (here / "gone").unlink()
    (here / "staged").write_text("z")
    git(here, "add", "staged")
    (here / "new").write_text("n")
    (here / "x.log").write_text("n")
    found = edits(revision("HEAD"), ".")
    assert found == {
        ("edited", "edited", True),
        ("gone", None, True),
        ("staged", "staged", True),
        (None, "new", True),
    }


def test_untracked_files_of_paths(here, revision):
    """Untracked files are listed only within the requested paths."""
    commit(here, {"a/x": "x"})
    for name in ("a/new", "b", "*"):
        (here / name).write_text("n")
    assert edits(revision("HEAD")) == set()
    assert edits(revision("HEAD"), "a") == {(None, "a/new", True)}
    assert edits(revision("HEAD"), "*") == {(None, "*", True)}


def test_renamed(here, revision):
    """A renamed file is one edit, of its content, too, if that differs."""
    text = "".join(f"line {number}\n" for number in range(50))
    commit(here, {"a": text, "b": text.replace("line", "row")})
    git(here, "mv", "a", "c")
    git(here, "mv", "b", "d")
    (here / "d").write_text(text.replace("line", "row") + "more\n")
    assert edits(revision("HEAD")) == {("a", "c", False), ("b", "d", True)}


@settings(max_examples=10, deadline=None)
@given(
    name=st.text(
        st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20
    )
)
def test_names_of_any_kind(tmp_path_factory, name):
    """A file with any name is found, with its old content."""
    folder = tmp_path_factory.mktemp("repo")
    path = f"{name}.yaml"
    commit(folder, {"other": ""})
    commit(folder, {path: "before"})
    (folder / path).write_text("after")
    found = Revision("HEAD", str(folder))
    try:
        [edit] = found.edits([str(folder)])
        seen = os.path.relpath(folder / path)
        assert edit == FileChange(seen, seen)
        assert found.read(seen) == b"before"
    finally:
        found.close()


@pytest.mark.parametrize("name", ["a\nb.yaml", 'a"b.yaml', " a", "-f", "ü.yaml", "a\tb", ":(top)x"])
def test_names_that_git_quotes(here, revision, name):
    """Names with newlines and quotes are returned unchanged, and never used as options."""
    commit(here, {name: "before", "zz": ""})
    (here / name).write_text("after")
    found = revision("HEAD")
    assert edits(found, name) == {(name, name, True)}
    assert found.read(name) == b"before"


def test_names_that_are_not_text(here, revision):
    """A name that is not UTF-8 is handled like any other."""
    name = os.fsdecode(b"\xff.yaml")
    commit(here, {name: "before"})
    (here / name).write_text("after")
    found = revision("HEAD")
    assert edits(found) == {(name, name, True)}
    assert found.read(name) == b"before"


def test_from_other_folders(here, revision, monkeypatch):
    """Names are relative to the working folder, inside and outside of the repository."""
    commit(here / "repo", {"top": "a", "in/side": "b"})
    for name in ("top", "in/side"):
        (here / "repo" / name).write_text("z")
    assert edits(revision("HEAD", "repo")) == {
        ("repo/top", "repo/top", True),
        ("repo/in/side", "repo/in/side", True),
    }
    monkeypatch.chdir(here / "repo" / "in")
    found = revision("HEAD")
    assert edits(found) == {("../top", "../top", True), ("side", "side", True)}
    assert (found.read("../top"), found.read("side")) == (b"a", b"b")


def test_through_a_link(here, revision):
    """A link to a repository finds the same repository."""
    commit(here / "repo", {"a": "a"})
    (here / "link").symlink_to("repo")
    (here / "repo" / "b").write_text("b")
    assert len(edits(revision("HEAD", "link"), "link")) == 1


def test_links_and_submodules(here, revision):
    """Links and submodules are no files themselves; a link in a module is followed."""
    commit(here / "sub", {"x": "x"})
    commit(here / "repo", {"shared/p.tf": "p", "a/main.tf": "m"})
    (here / "repo" / "a" / "p.tf").symlink_to("../shared/p.tf")
    (here / "repo" / "a" / "loop.tf").symlink_to("loop.tf")
    (here / "repo" / "a" / "out.tf").symlink_to("../../../out.tf")
    git(
        here / "repo",
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        "../sub",
        "a/s.tf",
    )
    commit(here / "repo", {})
    commit(here / "sub", {"x": "y"})
    found = revision("HEAD", "repo")
    files_of = list(found.module("repo/a"))
    assert [(each.name, each.text) for each in files_of if isinstance(each, Source)] == [
        ("repo/a/main.tf", "m"),
        ("repo/a/p.tf", "p"),
    ]
    assert sorted(str(each) for each in files_of if isinstance(each, InputError)) == [
        "repo/a/loop.tf: is not a regular file at `HEAD`",
        "repo/a/out.tf: does not exist at `HEAD`",
        "repo/a/s.tf: is not a regular file at `HEAD`",
    ]
    (here / "repo" / "a" / "p.tf").unlink()
    assert edits(found) == set()
    (here / "repo" / "a" / "p.tf").write_text("own")
    assert edits(found) == {(None, "repo/a/p.tf", True)}


def test_modules(here, revision):
    """The files of a module are those that Terraform loads, without folders below."""
    commit(
        here, {"main.tf": "a", "x.auto.tfvars": "b", "y.yaml": "", "in/main.tf": "c", ".h.tf": ""}
    )
    found = revision("HEAD")
    assert [each.name for each in found.module("")] == ["main.tf", "x.auto.tfvars"]
    assert [each.name for each in found.module("in")] == ["in/main.tf"]
    assert [*map(str, found.module("nowhere"))] == ["nowhere: no such file or directory"]
    assert sorted(found.listed()) == [".h.tf", "in/main.tf", "main.tf", "x.auto.tfvars", "y.yaml"]


def test_module_that_is_not_text(here, revision):
    """A file that is not UTF-8 does not hide the others."""
    commit(here, {"a.tf": b"\xff", "b.tf": "b"})
    first, second = revision("HEAD").module("")
    assert (str(first), second.text) == ("a.tf:1:1: is not UTF-8: byte 0xff", "b")


def test_a_huge_blob(here, revision, monkeypatch):
    """A blob that is too large is rejected without reading it, and later ones are read."""
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    commit(here, {"huge": "x" * 1_000_000, "small": "s"})
    found = revision("HEAD")
    with pytest.raises(InputError, match="huge: is larger than"):
        found.read("huge")
    assert found.read("small") == b"s"


def test_a_missing_object(here, revision):
    """A blob that the clone lacks is reported, and nothing is fetched."""
    commit(here, {"a": "lost", "b": "b"})
    blob = git(here, "rev-parse", "HEAD:a")
    (here / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found = revision("HEAD")
    with pytest.raises(InputError, match="a: is not in this clone at `HEAD`"):
        found.read("a")
    assert found.read("b") == b"b"


def test_a_process_that_dies(here, revision):
    """If the process that reads objects ends, the error is reported without a wait."""
    commit(here, {"a": "a", "b": "b"})
    found = revision("HEAD")
    assert found.read("a") == b"a"
    found._objects.kill()
    found._objects.wait()
    with pytest.raises(InputError, match="is not in this clone"):
        found.read("b")
    assert found.read("b") == b"b"


def test_unmerged(here, revision):
    """A file with a conflict is edited."""
    commit(here, {"a": "base\n"})
    git(here, "switch", "-q", "-c", "other")
    commit(here, {"a": "theirs\n"})
    git(here, "switch", "-q", "main")
    commit(here, {"a": "ours\n"})
    with pytest.raises(subprocess.CalledProcessError):
        git(here, "merge", "other")
    found = revision("HEAD")
    assert edits(found) == {("a", "a", True)}
    assert found.read("a") == b"ours\n"


@pytest.mark.parametrize("name", ["", "-p", "--output=/tmp/x", "a\nb", "\0"])
def test_invalid_revisions(here, name):
    """An option, or a string with control characters, is rejected before git runs."""
    commit(here, {"a": "a"})
    with pytest.raises(GitError, match=r"^`.*` is not a valid revision"):
        Revision(name)


@pytest.mark.parametrize(
    "name", ["nothing", "HEAD~9", "HEAD:a", "HEAD^{tree}", "HEAD..HEAD", "HEAD HEAD"]
)
def test_unknown_revisions(here, name):
    """A revision must be exactly one commit."""
    commit(here, {"a": "a"})
    with pytest.raises(GitError, match="there is no revision"):
        Revision(name)


def test_names_of_revisions(here, revision):
    """A commit, a branch, a tag of either kind, and a relative name are revisions."""
    name = commit(here, {"a": "a"})
    git(here, "tag", "light")
    git(here, "tag", "-a", "heavy", "-m", "x")
    for each in (name, name[:9], "main", "light", "heavy", "HEAD@{0}", "@"):
        assert edits(revision(each)) == set()


def test_shallow(here):
    """In a shallow clone, the error explains why a revision is missing."""
    commit(here / "whole", {"a": "a"})
    commit(here / "whole", {"a": "b"})
    git(here, "clone", "-q", "--depth", "1", f"file://{here}/whole", "part")
    with pytest.raises(GitError, match="there is no revision `HEAD~1`; the clone is shallow"):
        Revision("HEAD~1", "part")


def test_no_repository(here, monkeypatch):
    """Outside of a repository the error of git is reported."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    with pytest.raises(GitError, match="not a git repository"):
        Revision("HEAD")


def test_no_git(here, monkeypatch):
    """Without git the error says that git is missing."""
    commit(here, {"a": "a"})
    monkeypatch.setenv("PATH", str(here))
    with pytest.raises(GitError, match="`git` is not installed"):
        Revision("HEAD")


@pytest.mark.skipif(os.name == "nt", reason="Windows runs other files")
def test_a_git_that_is_no_program(here, monkeypatch):
    """The error says that git cannot be run, and why."""
    commit(here, {"a": "a"})
    (here / "git").write_text("not a program")
    (here / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(here))
    with pytest.raises(GitError, match="cannot run `git`: exec format error"):
        Revision("HEAD")


def test_a_git_that_fails_without_a_message(here, monkeypatch):
    """A git that fails without a message raises `GitError` with one."""
    (here / "git").write_text("#!/bin/sh\nexit 3\n")
    (here / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(here))
    with pytest.raises(GitError, match="git failed without a message"):
        Revision("HEAD")


def test_a_path_outside_of_the_repository(here):
    """A path outside of the repository has no history in it."""
    commit(here / "repo", {"a": "a"})
    commit(here / "repo2", {"a": "a"})
    for path in ("other", "repo2/a", "repo/../repo2"):
        with pytest.raises(GitError, match="is outside the repository"):
            Revision("HEAD", "repo").edits([path])


def test_a_bare_repository(here):
    """A repository without a working folder cannot be compared."""
    git(here, "init", "-q", "--bare", "bare")
    with pytest.raises(GitError, match="the repository is bare"):
        Revision("HEAD", "bare")


def test_another_time_of_change(here, revision):
    """A file with a new time and the same content is not an edit."""
    commit(here, {"a": "a"})
    os.utime(here / "a", (0, 0))
    assert edits(revision("HEAD"), ".") == set()


def test_one_process_reads_all(here, revision, monkeypatch):
    """Git is started six times, however many files there are."""
    commit(here, {f"{number}.tf": str(number) for number in range(30)})
    started = []
    real = history.Revision._started

    def counting(self, *words):
        started.append(words)
        return real(self, *words)

    monkeypatch.setattr(history.Revision, "_started", counting)
    found = revision("HEAD")
    found.edits(["."])
    assert len([*found.module("")]) == 30
    assert [words[0] for words in started] == [
        *("rev-parse", "rev-parse", "diff", "ls-files", "ls-tree", "cat-file")
    ]


LAST = date(2026, 11, 23)


@pytest.fixture
def line(tmp_path, monkeypatch):
    """Return a repository with three commits: a file is added, edited and moved."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {"a.yaml": "one\n" * 9, "b.tf": "1"}, "2025-06-01")
    commit(tmp_path, {"a.yaml": "one\n" * 9 + "two\n"}, "2026-01-01")
    commit(tmp_path, {"a.yaml": None, "sub/c.yaml": "one\n" * 9 + "two\n"}, "2026-11-23")
    line = CommitLog("HEAD")
    yield line
    line.close()


def committed_edits(commits):
    return [each.edits for each in commits]


def test_commits_are_in_order(line):
    """The commits are in the order of their dates, each with its edits and its parent."""
    commits = line.commits(LAST)
    assert [str(each.day) for each in commits] == ["2025-06-01", "2026-01-01", "2026-11-23"]
    assert [each.parent for each in commits] == [None, *(each.name for each in commits[:2])]
    assert committed_edits(commits) == [
        (FileChange(None, "a.yaml"), FileChange(None, "b.tf")),
        (FileChange("a.yaml", "a.yaml"),),
        (FileChange("a.yaml", "sub/c.yaml", content=False),),
    ]


@pytest.mark.parametrize(
    ("until", "since", "days"),
    [
        (LAST, date(2026, 1, 1), ["2026-01-01", "2026-11-23"]),
        (LAST, date(2026, 1, 2), ["2026-11-23"]),
        (date(2026, 11, 22), None, ["2025-06-01", "2026-01-01"]),
        (date(2025, 5, 31), None, []),
    ],
)
def test_days(line, until, since, days):
    """The first and the last date are included."""
    assert [str(each.day) for each in line.commits(until, since)] == days


def test_commits_after_a_revision(line):
    """Commits that are ancestors of another revision can be left out."""
    assert len(line.commits(LAST, after=CommitLog("HEAD~1"))) == 1
    assert line.commits(LAST, after=CommitLog("HEAD")) == []


def test_paths(line):
    """Only commits that changed the requested paths are listed."""
    assert [each.edits for each in line.commits(LAST, paths=["b.tf"])] == [
        (FileChange(None, "b.tf"),)
    ]
    assert line.commits(LAST, paths=["."]) == line.commits(LAST)
    assert line.commits(LAST, paths=["nothing"]) == []
    with pytest.raises(GitError, match="outside the repository"):
        line.commits(LAST, paths=["../elsewhere"])


@pytest.mark.usefixtures("line")
def test_names_are_relative(tmp_path, monkeypatch):
    """Names are relative to the working folder."""
    monkeypatch.chdir(tmp_path / "sub")
    last = CommitLog("HEAD").commits(LAST)[-1]
    assert last.edits == (FileChange("../a.yaml", "c.yaml", content=False),)


def test_content_of_commits(line):
    """Files are read as of each commit, by one process for all."""
    first, second, third = line.commits(LAST)
    assert line.at(first.name, first.after).read("a.yaml") == b"one\n" * 9
    assert line.at(second.name, second.after).read("a.yaml").endswith(b"two\n")
    assert line.at(first.name, second.before).read("a.yaml") == b"one\n" * 9
    later = line.at(third.name, third.after)
    assert sorted(later.listed()) == ["b.tf", "sub/c.yaml"]
    assert [source.text for source in later.module("")] == ["1"]
    with pytest.raises(InputError, match="does not exist"):
        later.read("a.yaml")


def test_links_and_submodules_in_commits(tmp_path, monkeypatch):
    """Only regular files have edits; a file that becomes a link is removed."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {"a.yaml": "1", "b.yaml": "2"})
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "c.yaml").symlink_to("a.yaml")
    commit(tmp_path, {})
    assert CommitLog("HEAD").commits(LAST)[-1].edits == (FileChange("b.yaml", None),)


def test_merges(tmp_path, monkeypatch):
    """A branch counts once, on the day of the merge, with its final content."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {"a.yaml": "1"}, "2026-01-01")
    git(tmp_path, "checkout", "-q", "-b", "branch")
    commit(tmp_path, {"b.yaml": "1"}, "2026-02-01")
    commit(tmp_path, {"b.yaml": "2"}, "2026-03-01")
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, {"a.yaml": "2"}, "2026-04-01")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "merge", "branch", day="2026-05-01")
    line = CommitLog("HEAD")
    commits = line.commits(LAST)
    assert [str(each.day) for each in commits] == ["2026-01-01", "2026-04-01", "2026-05-01"]
    assert commits[-1].edits == (FileChange(None, "b.yaml"),)
    assert line.at(commits[-1].name, commits[-1].after).read("b.yaml") == b"2"
    line.close()


def test_beginnings(line, tmp_path, monkeypatch):
    """The first date is known, and whether there may be earlier commits."""
    assert line.begins() == date(2025, 6, 1)
    assert line.day() == LAST
    assert not line.is_shallow()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(clone))
    monkeypatch.chdir(clone)
    assert CommitLog("HEAD").is_shallow()
    assert CommitLog("HEAD").begins() == LAST


@pytest.mark.parametrize("name", ["a\nb.yaml", "é.yaml", ":(top)x.yaml", "a b.yaml", "-x.yaml"])
def test_odd_names(tmp_path, monkeypatch, name):
    """A file with any name is found."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {name: "1"})
    line = CommitLog("HEAD")
    [only] = line.commits(LAST, paths=[name])
    assert only.edits == (FileChange(None, name),)
    assert line.at(only.name, only.after).read(name) == b"1"
    line.close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("log.decorate", "full"),
        ("log.diffMerges", "off"),
        ("diff.renames", "false"),
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ],
)
def test_settings_of_git(line, tmp_path, setting, value):
    """The log settings of the user have no effect."""
    expected = line.commits(LAST)
    git(tmp_path, "config", setting, value)
    assert line.commits(LAST) == expected
