"""Patterns of `.gitignore`, compared with `git check-ignore` on drawn patterns in one tree."""

import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.git import ignored

from acmrules.workspace.gitignore import IgnorePatterns, lines_of
from acmrules.workspace.settings import ExcludePatterns

NAMES = ("a", "b", "ab", "a.b", "]", "[", "-", "^", "!", "#", "A", "é", "a b", "a ", "\\")
FOLDERS = ("a", "b", "ab", "é", "a/b", "a/b/a", "]", "]/a", "!", "b/ab", "b/ab/a", "b/ab/a/b")
EVERY = [*NAMES, *(f"{folder}/{name}" for folder in FOLDERS for name in NAMES)]
FILES = [path for path in EVERY if path not in FOLDERS]

PARTS = (
    *("a", "b", "ab", "a.b", "é", "*", "**", "?", "/", "/", "**/", "/**", "/**/", "*/**", "*/"),
    *(
        "[ab]",
        "[^a]",
        "[!a]",
        "[]]",
        "[]-a]",
        "[a-b]",
        "[b-a]",
        "[^b-a]",
        "[\\]]",
        "[a-\\b]",
        "[é]",
    ),
    *("[[:alpha:]]", "[^[:punct:]]", "[[:nothing:]]", "[[:a]", "[a", "[a-", "[/]", "[^/]", "[!"),
    *("\\a", "\\*", "\\/", "\\", "!", "#", " ", "-", "^", "]"),
)


def patterns():
    """Draw lines that often match files of the tree."""
    begin = st.sampled_from(["", "", "", "!", "/", "!/", "\\!", "\\#"])
    parts = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join)
    end = st.sampled_from(["", "", "/", " ", "\\ ", "  ", "\t", "\r"])
    return st.builds("{}{}{}".format, begin, parts, end)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Return a Git checkout with the files."""
    root = tmp_path_factory.mktemp("tree")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for file in FILES:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def every_path(root):
    """Return the paths of a tree without that of Git, and those of its folders."""
    found = {}
    for above, folders, files in os.walk(root):
        folders[:] = [folder for folder in folders if folder != ".git"]
        for name in (*folders, *files):
            found[os.path.relpath(os.path.join(above, name), root)] = name in folders
    found.pop(".gitignore", None)
    return found


@given(st.lists(patterns(), min_size=1, max_size=4))
def test_patterns_match_what_git_ignores(tree, lines):
    """The patterns of a file ignore the files and folders that Git ignores."""
    data = "\n".join(lines).encode()
    (tree / ".gitignore").write_bytes(data)
    paths = every_path(tree)
    read = IgnorePatterns(lines_of(data))
    ours = {
        path for path, is_folder in paths.items() if read.ignores_within(path, is_folder=is_folder)
    }
    assert ours == {*ignored(tree, paths)}


@given(st.lists(patterns(), min_size=1, max_size=4))
def test_exclude_patterns_match_what_git_ignores(tree, lines):
    """The setting `exclude` has the patterns of one `.gitignore` in its folder."""
    lines = [line.removesuffix("\r") for line in lines]
    (tree / ".gitignore").write_text("\n".join(lines))
    paths = every_path(tree)
    excluded = ExcludePatterns(str(tree), tuple(lines))
    ours = {
        path
        for path, is_folder in paths.items()
        if excluded.covers(f"{tree}/{path}", is_folder=is_folder)
    }
    assert ours == {*ignored(tree, paths)}
