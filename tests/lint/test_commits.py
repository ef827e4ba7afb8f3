"""The commits that lead to a revision: which, in what order, and files as they left them."""

from datetime import date

import pytest

from acmrules.lint.commits import Line
from acmrules.lint.history import Edit, NoHistory
from acmrules.lint.source import Unreadable
from committing import commit, git

LAST = date(2026, 11, 23)


@pytest.fixture
def line(tmp_path, monkeypatch):
    """Return the line of a repository with three commits: a file comes, is edited, and moves."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {"a.yaml": "one\n" * 9, "b.tf": "1"}, "2025-06-01")
    commit(tmp_path, {"a.yaml": "one\n" * 9 + "two\n"}, "2026-01-01")
    commit(tmp_path, {"a.yaml": None, "sub/c.yaml": "one\n" * 9 + "two\n"}, "2026-11-23")
    line = Line("HEAD")
    yield line
    line.close()


def edits(commits):
    return [each.edits for each in commits]


def test_first_one_first(line):
    """The commits come in the order of the days, each with its files and what was before it."""
    commits = line.commits(LAST)
    assert [str(each.day) for each in commits] == ["2025-06-01", "2026-01-01", "2026-11-23"]
    assert [each.parent for each in commits] == [None, *(each.name for each in commits[:2])]
    assert edits(commits) == [
        (Edit(None, "a.yaml"), Edit(None, "b.tf")),
        (Edit("a.yaml", "a.yaml"),),
        (Edit("a.yaml", "sub/c.yaml", content=False),),
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
    """Both the first day and the last one are whole days that count."""
    assert [str(each.day) for each in line.commits(until, since)] == days


def test_behind_a_revision(line):
    """What leads to another revision is left out."""
    assert len(line.commits(LAST, after=Line("HEAD~1"))) == 1
    assert line.commits(LAST, after=Line("HEAD")) == []


def test_paths(line):
    """Of other paths nothing is told, and a commit that touched none of these is none."""
    assert [each.edits for each in line.commits(LAST, paths=["b.tf"])] == [(Edit(None, "b.tf"),)]
    assert line.commits(LAST, paths=["."]) == line.commits(LAST)
    assert line.commits(LAST, paths=["nothing"]) == []
    with pytest.raises(NoHistory, match="outside of the repository"):
        line.commits(LAST, paths=["../elsewhere"])


@pytest.mark.usefixtures("line")
def test_names_as_seen(tmp_path, monkeypatch):
    """Names are seen from the working folder."""
    monkeypatch.chdir(tmp_path / "sub")
    last = Line("HEAD").commits(LAST)[-1]
    assert last.edits == (Edit("../a.yaml", "c.yaml", content=False),)


def test_texts(line):
    """Files are read as each commit has them, by one process for all."""
    first, second, third = line.commits(LAST)
    assert line.at(first.name, first.after).data("a.yaml") == b"one\n" * 9
    assert line.at(second.name, second.after).data("a.yaml").endswith(b"two\n")
    assert line.at(first.name, second.before).data("a.yaml") == b"one\n" * 9
    later = line.at(third.name, third.after)
    assert sorted(later.listed()) == ["b.tf", "sub/c.yaml"]
    assert [source.text for source in later.module("")] == ["1"]
    with pytest.raises(Unreadable, match="is not there"):
        later.data("a.yaml")


def test_links_and_submodules(tmp_path, monkeypatch):
    """What is no regular file is no edit; one that becomes a link goes."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {"a.yaml": "1", "b.yaml": "2"})
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "c.yaml").symlink_to("a.yaml")
    commit(tmp_path, {})
    assert Line("HEAD").commits(LAST)[-1].edits == (Edit("b.yaml", None),)


def test_merges(tmp_path, monkeypatch):
    """A branch counts once, on the day it was merged, with all that became of it."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {"a.yaml": "1"}, "2026-01-01")
    git(tmp_path, "checkout", "-q", "-b", "branch")
    commit(tmp_path, {"b.yaml": "1"}, "2026-02-01")
    commit(tmp_path, {"b.yaml": "2"}, "2026-03-01")
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, {"a.yaml": "2"}, "2026-04-01")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "merge", "branch", day="2026-05-01")
    line = Line("HEAD")
    commits = line.commits(LAST)
    assert [str(each.day) for each in commits] == ["2026-01-01", "2026-04-01", "2026-05-01"]
    assert commits[-1].edits == (Edit(None, "b.yaml"),)
    assert line.at(commits[-1].name, commits[-1].after).data("b.yaml") == b"2"
    line.close()


def test_beginnings(line, tmp_path, monkeypatch):
    """The first day of all is known, and whether there may be days before it."""
    assert line.begins() == date(2025, 6, 1)
    assert line.day() == LAST
    assert not line.is_shallow()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(clone))
    monkeypatch.chdir(clone)
    assert Line("HEAD").is_shallow()
    assert Line("HEAD").begins() == LAST


@pytest.mark.parametrize("name", ["a\nb.yaml", "é.yaml", ":(top)x.yaml", "a b.yaml", "-x.yaml"])
def test_odd_names(tmp_path, monkeypatch, name):
    """Whatever a file is called, it is found."""
    monkeypatch.chdir(tmp_path)
    commit(tmp_path, {name: "1"})
    line = Line("HEAD")
    [only] = line.commits(LAST, paths=[name])
    assert only.edits == (Edit(None, name),)
    assert line.at(only.name, only.after).data(name) == b"1"
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
    """What its user likes to see in a log is not in ours."""
    expected = line.commits(LAST)
    git(tmp_path, "config", setting, value)
    assert line.commits(LAST) == expected
