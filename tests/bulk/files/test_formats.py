"""Formats of files by their names."""

import pytest

from acmrules.bulk.files.formats import (
    CSV,
    JSON_LINES,
    PARQUET,
    TEXT,
    TSV,
    TableForm,
    form_of,
    input_files,
)
from acmrules.errors import InvalidArgument
from acmrules.syntax.source import InputError


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.parquet", TableForm(PARQUET)),
        ("x.gz/A.CSV", TableForm(CSV)),
        ("a.b.csv.gz", TableForm(CSV, "gzip")),
        ("a.tsv.zst", TableForm(TSV, "zstd")),
        ("a.jsonl.bz2", TableForm(JSON_LINES, "bz2")),
        ("a.ndjson", TableForm(JSON_LINES)),
        ("a.txt.xz", TableForm(TEXT, "xz")),
    ],
)
def test_the_end_of_the_name_is_the_format(name, form):
    """Case does not matter, and a compression is added."""
    assert form_of(name) == form


@pytest.mark.parametrize("name", ["a", "csv", "a.gz", "a.parquet.gz", "a.csv.gz.gz", "a.xlsx"])
def test_another_end_is_an_error_with_the_known_ones(name):
    """Parquet has a compression of its own."""
    with pytest.raises(InvalidArgument, match=r"is unknown; .* `\.ndjson`, `\.txt`.* `\.bz2`"):
        form_of(name)


def test_only_csv_and_tsv_have_a_delimiter():
    """Other formats have no fields."""
    kinds = (CSV, TSV, JSON_LINES, TEXT, PARQUET)
    assert [TableForm(kind).delimiter for kind in kinds] == [",", "\t", "", "", ""]


def test_a_folder_is_its_files_in_order(tmp_path):
    """Hidden files and those of other programs are left out, unknown formats are apart."""
    names = ["b.csv", "a/z.csv.gz", "a/.x.csv", "_SUCCESS", "_temporary/p.csv", ".h/p.csv", "r.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [
        [str(tmp_path / name) for name in each] for each in (["a/z.csv.gz", "b.csv"], ["r.md"])
    ]
    assert [*map(list, input_files(str(tmp_path)))] == found


def test_a_file_is_itself(tmp_path):
    """A path that is missing is an error."""
    file = tmp_path / "_a.csv"
    file.touch()
    assert input_files(str(file)) == ((str(file),), ())
    with pytest.raises(InputError, match="no such file or directory"):
        input_files(f"{file}x")


def test_links_to_folders_are_not_followed(tmp_path):
    """They are among the files, so that they are reported; one may be a cycle."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("name\n")
    (tmp_path / "in" / "up").symlink_to("..")
    folder = str(tmp_path / "in")
    assert input_files(folder) == ((f"{folder}/a.csv",), (f"{folder}/up",))
