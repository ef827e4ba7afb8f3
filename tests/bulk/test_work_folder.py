"""The work folder of a bulk run."""

import os
from pathlib import Path

import pytest

from acmrules.bulk import work_folder
from acmrules.bulk.counts import Counts
from acmrules.bulk.errors import BulkRunError
from acmrules.bulk.work_folder import WorkFolder, write_part

RUN = {"acmrules": "1", "inputs": {"a.csv": [3, 4]}, "`--columns`": ["fault"], "as_of": None}


@pytest.fixture
def path(tmp_path):
    """Return the path of a work folder."""
    return str(tmp_path / "out.csv.work")


def three_rows():
    """Return the counts of three rows."""
    counts = Counts()
    counts.rows = 3
    return counts


def test_a_run_finds_the_parts_that_are_finished(path):
    """A part is finished when its counts are there."""
    with WorkFolder(path) as folder:
        assert not folder.begin(RUN)
        write_part(path, 7, b"rows", b"", three_rows())
        write_part(path, 8, b"rows", b"rejected", three_rows())
        os.unlink(work_folder.counts_file(path, 7))
        Path(work_folder.part_file(path, 9)).write_bytes(b"more")
        Path(path, "counts-000000010.1.tmp").write_bytes(b"{")
    with WorkFolder(path) as folder:
        assert folder.begin(RUN)
        assert [folder.is_finished(number) for number in range(6, 11)] == [
            False,
            False,
            True,
            False,
            False,
        ]
        assert folder.finished == 1
        assert folder.counts(8).to_data() == three_rows().to_data()
        assert not [name for name in os.listdir(path) if name.endswith(".tmp")]


@pytest.mark.parametrize("name", ["part-000000001", "rejected-000000001", "counts-000000001"])
@pytest.mark.parametrize("lost", [b"", bytes(4), bytes(8)])
def test_a_part_that_lost_bytes_is_not_finished(path, name, lost):
    """A computer that fails may keep the name of a file, but not its content."""
    with WorkFolder(path) as folder:
        folder.begin(RUN)
        write_part(path, 1, b"rows", b"rejected", three_rows())
    Path(path, name).write_bytes(lost)
    with WorkFolder(path) as folder:
        assert folder.begin(RUN)
        assert folder.finished == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"acmrules": "2"}, "acmrules was `1`, and is now `2`"),
        ({"acmrules": None}, "acmrules was `1`, and is now not set"),
        ({"inputs": {"a.csv": [3, 5]}}, "the file `a.csv` has changed"),
        ({"inputs": {}}, "the file `a.csv` no longer exists"),
        ({"inputs": RUN["inputs"] | {"b\n.csv": [1, 1]}}, "the file `b\\n.csv` is new"),
        (
            {"`--columns`": ["fault", "certificate"]},
            "`--columns` was `fault`, and is now `fault, certificate`",
        ),
    ],
)
def test_parts_of_another_run_are_refused(path, changed, words):
    """The message has the first difference, and the way out; nothing is removed."""
    with WorkFolder(path) as folder:
        folder.begin(RUN)
        write_part(path, 1, b"rows", b"", three_rows())
    before = sorted(os.listdir(path))
    with WorkFolder(path) as folder, pytest.raises(BulkRunError) as caught:
        folder.begin(RUN | changed)
    assert str(caught.value) == (
        f"{path}: contains parts of another run: {words}; delete this directory to start again"
    )
    assert sorted(os.listdir(path)) == before


def test_two_runs_do_not_share_a_folder(path):
    """The second one ends at once, also if the first one has written nothing yet."""
    message = "another run is using it; wait until it ends"
    with WorkFolder(path), pytest.raises(BulkRunError, match=message):
        WorkFolder(path)
    with WorkFolder(path) as folder:
        assert not folder.begin(RUN)


def test_a_folder_that_was_removed_is_locked_again(path, monkeypatch):
    """A run may begin while another one removes the folder."""
    first = WorkFolder(path)
    lock = work_folder.fcntl.flock
    removals = [first.remove]

    def flock(file, operation):
        while removals:
            removals.pop()()
            first.__exit__()
        lock(file, operation)

    monkeypatch.setattr(work_folder.fcntl, "flock", flock)
    with WorkFolder(path) as second:
        assert os.listdir(path) == ["lock"]
        with pytest.raises(BulkRunError, match="another run"):
            WorkFolder(path)
        second.begin(RUN)


def test_a_removal_that_was_interrupted_leaves_nothing_to_continue(path, monkeypatch):
    """What identifies the run is removed first, and the next run starts again."""
    unlink = os.unlink

    def interrupted(file):
        if not file.endswith("job.json"):
            raise KeyboardInterrupt
        unlink(file)

    with WorkFolder(path) as folder, monkeypatch.context() as patch:
        folder.begin(RUN)
        write_part(path, 1, b"rows", b"", three_rows())
        patch.setattr(work_folder.os, "listdir", lambda _: ["counts-000000001", "job.json"])
        patch.setattr(work_folder.os, "unlink", interrupted)
        with pytest.raises(KeyboardInterrupt):
            folder.remove()
    with WorkFolder(path) as folder:
        assert not folder.begin({"acmrules": "9"})
        assert folder.finished == 0
        assert sorted(os.listdir(path)) == ["job.json", "lock"]
        folder.remove()
    assert not os.path.exists(path)


def test_the_folder_of_another_program_is_left_alone(path):
    """A directory may have this name already."""
    write_folder = Path(path)
    write_folder.mkdir()
    (write_folder / "notes.txt").write_text("mine")
    with pytest.raises(BulkRunError, match=r"contains `notes.txt`, which acmrules did not write"):
        WorkFolder(path)
    assert (write_folder / "notes.txt").read_text() == "mine"


def test_a_file_that_cannot_be_written_leaves_nothing(path, monkeypatch):
    """The disk may be full."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    with WorkFolder(path) as folder:
        folder.begin(RUN)
        before = sorted(os.listdir(path))
        monkeypatch.setattr(work_folder.os, "replace", fail)
        with pytest.raises(OSError, match=f"No space left on device: '{path}/part-000000001'"):
            write_part(path, 1, b"rows", b"", three_rows())
        assert sorted(os.listdir(path)) == before


@pytest.mark.parametrize("identity", ["[1]", '"x"', "1", "null", "[" * 200_000, "", "{", "\udcff"])
def test_an_identity_that_is_not_an_object_is_none(path, identity):
    """What is in the folder is removed, and a run begins."""
    os.mkdir(path)
    Path(path, "job.json").write_bytes(identity.encode("utf-8", "surrogateescape"))
    Path(path, "part-000000000").write_bytes(b"rows")
    with WorkFolder(path) as folder:
        assert not folder.begin(RUN)
    assert sorted(os.listdir(path)) == ["job.json", "lock"]


def test_an_identity_of_other_types_is_that_of_another_run(path):
    """The message has what differs."""
    with WorkFolder(path) as folder:
        folder.begin(RUN | {"acmrules": {}})
    with (
        WorkFolder(path) as folder,
        pytest.raises(BulkRunError, match=r"acmrules was `\{\}`, and is now `1`"),
    ):
        folder.begin(RUN)


def test_a_part_of_an_unknown_name_is_not_of_a_run(path):
    """A run writes no such file, so it is not removed."""
    os.mkdir(path)
    Path(path, "counts-000000001.5").write_bytes(b"")
    with pytest.raises(BulkRunError, match=r"contains `counts-000000001\.5`"):
        WorkFolder(path)
