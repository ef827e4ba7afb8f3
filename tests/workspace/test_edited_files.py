"""The files that were edited since a revision; how they are compared is tested with `compare`."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from acmrules.workspace.edited_files import folder_of, renamed_folders

FOLDERS = st.sampled_from(["no-such-a", "no-such-a/b", "no-such-c"])


def test_the_folder_of_a_path_exists(tmp_path, monkeypatch):
    """That of a file that was removed may be gone too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    found = [folder_of(path) for path in ("a", "a/site.yaml", "a/b/site.yaml", "b/c.yaml", ".")]
    assert found == ["a", "a", "a", ".", "."]


@given(st.dictionaries(FOLDERS, FOLDERS), st.sets(FOLDERS))
def test_a_folder_was_renamed_if_it_is_new_and_the_old_one_is_gone(moves, had):
    """Files that moved into a folder that the revision has are no rename of a folder."""
    revision = SimpleNamespace(listed=lambda: [f"{folder}/x.tf" for folder in had])
    renamed = {f"{new}/main.tf": f"{old}/main.tf" for new, old in moves.items()}
    expected = {new: old for new, old in moves.items() if new != old and new not in had}
    assert renamed_folders(renamed, revision) == expected


def test_a_folder_that_is_still_there_was_not_renamed(tmp_path, monkeypatch):
    """Only some of its files moved."""
    monkeypatch.chdir(tmp_path)
    revision = SimpleNamespace(listed=lambda: ["old/main.tf", "old/x.tf"])
    renamed = {"new/main.tf": "old/main.tf"}
    assert renamed_folders(renamed, revision) == {"new": "old"}
    (tmp_path / "old").mkdir()
    assert renamed_folders(renamed, revision) == {}
