"""What a bulk run shall do: its columns, its files, and what identifies it."""

import os
from datetime import date
from pathlib import Path

import pytest

from acmrules.arrow import COLUMNS
from acmrules.bulk import request as module
from acmrules.bulk.errors import BulkRunError
from acmrules.bulk.request import BulkRequest, find_files

DAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    """Work in a folder with a directory of files."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.csv", "in/b/c.txt.gz", "in/d.txt", "in/README", "one.csv"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("host\n")


def request(source, target, **options):
    """Return a request for a date."""
    return BulkRequest(source=source, target=target, as_of=DAY, **options)


def written(source, target):
    """Return the files that a run reads, and those that it writes."""
    files = find_files(request(source, target))
    return files.read, [(each.path, each.files) for each in files.written]


def test_a_file_becomes_a_file():
    """Whatever its name is."""
    assert written("one.csv", "out.parquet") == (("one.csv",), [("out.parquet", (0,))])


def test_a_directory_becomes_a_directory_unless_the_name_is_that_of_a_file():
    """Lists of names become CSV, because they have no columns."""
    read = ("in/a.csv", "in/b/c.txt.gz", "in/d.txt")
    assert written("in", "out") == (
        read,
        [("out/a.csv", (0,)), ("out/b/c.txt.csv.gz", (1,)), ("out/d.txt.csv", (2,))],
    )
    assert written("in", "out.csv") == (read, [("out.csv", (0, 1, 2))])
    assert written("in", "out.csv/")[1][0] == ("out.csv/a.csv", (0,))
    os.mkdir("dated.csv")
    assert written("in", "dated.csv")[1][0] == ("dated.csv/a.csv", (0,))
    assert find_files(request("in", "out")).ignored == ("in/README",)


def test_two_files_do_not_have_one_output():
    """A list of names may have the name of a table that exists."""
    Path("in/d.txt.csv").write_text("host\n")
    with pytest.raises(BulkRunError, match=r"two files have the same output `out/d\.txt\.csv`"):
        find_files(request("in", "out"))


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("in", "in/out.csv", "the output `in/out.csv` is in the input directory"),
        ("in", "in", "`in` is an input, so the output cannot replace it"),
        ("in/b", "in", "`in/c.txt.csv.gz` is an input, so the output cannot replace it"),
        ("one.csv", "in/../one.csv", "`in/../one.csv` is an input, so the output cannot"),
        ("out.csv.rejected.jsonl", "out.csv", "`out.csv.rejected.jsonl` is an input"),
    ],
)
def test_an_input_is_never_replaced(source, target, message):
    """Neither by the output nor by the files next to it."""
    Path("out.csv.rejected.jsonl").write_text('{"host": "a"}\n')
    os.symlink("b/c.txt.gz", "in/c.txt.csv.gz")
    with pytest.raises(BulkRunError) as caught:
        find_files(request(source, target))
    assert str(caught.value).startswith(message)


def test_columns_about_certificates_need_certificates():
    """Unless they are requested, which adds nulls."""
    others = [name for name in COLUMNS if name not in {"covering_name", "certificate"}]
    assert [*request("one.csv", "o.csv").added] == others
    assert request("one.csv", "o.csv", certificates=("x",)).added == tuple(COLUMNS)
    twice = ("certificate", "fault", "certificate")
    assert request("one.csv", "o.csv", columns=twice).added == ("certificate", "fault")


CHANGES = {
    "source": "in/a.csv",
    "as_of": date(2026, 1, 1),
    "is_today": True,
    "column": "id",
    "columns": ("fault",),
    "prefix": "x",
    "certificates": ("in/d.txt",),
    "suffix_list": "psl.dat",
}
"""Another value of each field that decides what the parts of a run are."""


def test_a_run_is_identified_by_all_of_its_request():
    """A change of any field is another run, unless it is the output, which has its own folder."""
    assert {*CHANGES} == {*BulkRequest.__annotations__} - {"target"}
    Path("psl.dat").write_text("com\n")
    one = request("one.csv", "out.csv")
    known = one.identity(["one.csv"], "2026")
    assert known == one.__replace__(target="b.csv").identity(["one.csv"], "2026")
    for field, value in CHANGES.items():
        assert known != one.__replace__(**{field: value}).identity(["one.csv"], "2026"), field
    orders = [("in/a.csv", "in/d.txt"), ("in/d.txt", "in/a.csv")]
    first, second = [one.__replace__(certificates=order).identity([], "") for order in orders]
    assert first != second


def test_a_run_is_identified_by_its_files_and_by_versions(monkeypatch):
    """The size and the time of each file count, also of certificates and of a suffix list."""
    Path("psl.dat").write_text("com\n")
    one = request("one.csv", "out.csv", suffix_list="psl.dat", certificates=("in/a.csv",))
    seen = [one.identity(["one.csv"], "2026"), one.identity(["one.csv"], "2027")]
    assert [*seen[0]["files"]] == ["one.csv", "in/a.csv", "psl.dat"]
    for path in seen[0]["files"]:
        os.utime(path, (1, 1))
        seen.append(one.identity(["one.csv"], "2027"))
        Path(path).write_text("other\n")
        os.utime(path, (1, 1))
        seen.append(one.identity(["one.csv"], "2027"))
    monkeypatch.setattr(module, "__version__", "0")
    seen.append(one.identity(["one.csv"], "2027"))
    monkeypatch.setattr(module.pa, "__version__", "0")
    seen.append(one.identity(["one.csv"], "2027"))
    assert all(known not in seen[:place] for place, known in enumerate(seen))


def test_a_directory_is_not_replaced():
    """Neither where a file of rows is written, nor where the rejected rows are."""
    os.makedirs("out.csv.rejected.jsonl")
    os.makedirs("out/a.csv")
    for source, target, path in [
        ("one.csv", "out.csv", "out.csv.rejected.jsonl"),
        ("in", "out", "out/a.csv"),
        ("one.csv", "in", "in"),
    ]:
        with pytest.raises(BulkRunError, match=rf"`{path}` is a directory; the output needs a fil"):
            find_files(request(source, target))
