"""The folders of a list of paths, compared with those on disk."""

import os

from hypothesis import given
from hypothesis import strategies as st

from acmrules.workspace.listing import DiskFolders, ListedFolders

PATHS = st.sets(st.sampled_from(["a.hcl", "d/a.hcl", "d/b", "d/e/a.hcl", "f/e/c/a.hcl"]))


@given(PATHS)
def test_listed_folders_are_like_those_on_disk(tmp_path_factory, paths):
    """A list of all files has the same folders and files as the disk."""
    top = tmp_path_factory.mktemp("top")
    for path in paths:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).touch()
    disk, listed = DiskFolders(), ListedFolders(str(top / path)[1:] for path in paths)
    for folder in ("", "d", "d/e", "f", "f/e", "none"):
        whole = os.path.join(top, folder)
        for suffix in ("", "a.hcl"):
            found = disk.entries(whole, lambda entry, end=suffix: entry.name.endswith(end))
            inside = whole[1:]
            same = listed.entries(inside, lambda entry, end=suffix: entry.name.endswith(end))
            assert same == found
        walked = {path[1:] for path in disk.walk(whole, "a.hcl")}
        assert {*listed.walk(whole[1:], "a.hcl")} == walked
    for path in paths:
        assert listed.is_file(str(top / path)[1:])
        assert not listed.is_file(str(top / path)[1:] + "x")


def test_entries_of_the_working_directory():
    """The working directory has an empty path, or a dot; paths above it are not in it."""
    listed = ListedFolders(["a", "d/b", "../c/e"])
    for folder in ("", "."):
        assert listed.entries(folder, lambda _: True) == (["a"], ["d"])
    assert listed.entries("../c", lambda _: True) == (["e"], [])
    assert listed.entries("", lambda entry: entry.is_dir(follow_symlinks=False)) == ([], ["d"])
