"""What a worker does with each piece of a bulk run."""

import json
import os
import pickle
from datetime import date

import pyarrow as pa
import pytest

from acmrules.arrow import CertificateNames, examine
from acmrules.bulk.files.encoding import OutputTable
from acmrules.bulk.files.formats import TableForm
from acmrules.bulk.files.pieces import FilePiece, RejectedRow
from acmrules.bulk.files.tables import TableSchema
from acmrules.bulk.task import FileTask, Task, suffixes_of
from acmrules.bulk.work_folder import WorkFolder
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import InputError

DAY = date(2026, 11, 30)
ROWS = pa.schema({"host": pa.string(), "fault": pa.string()})
LINES = b"www.brightharbor.io,x\n\xff.brightharbor.io,y\nz\nb_c.brightharbor.io,\n"


def a_task(folder, columns, certificates=None):
    """Return the task of a CSV file."""
    form = TableForm("csv")
    table = TableSchema("hosts.csv", form, ROWS, len(LINES))
    empty = pa.RecordBatch.from_pylist([], schema=ROWS)
    schema = examine(empty, "host", columns=columns, prefix="acm_").schema
    file = FileTask("in\n.csv", table, "host", OutputTable(form, schema))
    return Task(folder, (file,), columns, "acm_", certificates, "publicsuffixlist", DAY)


def test_a_part_has_the_rows_the_rejected_ones_and_the_counts(tmp_path):
    """In the order of the piece; bytes that are not UTF-8 are kept."""
    certificates = CertificateNames({"arn:1": ["*.brightharbor.io"]})
    task = a_task(str(tmp_path), ("fault", "certificate"), certificates)
    long = RejectedRow(9, b"l\xff", "is too long")
    make_part = pickle.loads(pickle.dumps(task)).part_maker()
    make_part(FilePiece(3, 0, 2, LINES, 99, (long,)))
    assert (tmp_path / "part-000000003").read_text() == (
        "www.brightharbor.io,x,,arn:1\nb_c.brightharbor.io,,UNDERSCORE,\n"
    )
    lines = (tmp_path / "rejected-000000003").read_text().splitlines()
    rejected = [*map(json.loads, lines)]
    assert [(row["file"], row["place"]) for row in rejected] == [
        ("in\n.csv", 9),
        ("in\n.csv", 3),
        ("in\n.csv", 4),
    ]
    kept = [row["row"].encode("utf-8", "surrogateescape") for row in rejected]
    assert kept == [b"l\xff", b"\xff.brightharbor.io,y", b"z"]
    (tmp_path / "job.json").write_text("{}")
    with WorkFolder(str(tmp_path)) as folder:
        counts = folder.counts(3)
    assert (counts.rows, counts.rejected, counts.valid, counts.covered) == (2, 3, 1, 1)
    assert counts.faults == {"UNDERSCORE": 1}
    assert counts.reasons[0] == "in\n.csv:9: is too long"


def test_a_part_has_the_answers_of_the_list_and_of_the_date_of_the_run(tmp_path):
    """A list of the user, and rules that begin on a date, are those of the whole run."""
    list_path = tmp_path / "list.dat"
    list_path.write_text("io\nbrightharbor.io\narpa\n")
    lines = b"www.brightharbor.io,x\n2.0.192.in-addr.arpa,y\n"
    rows = []
    for number, day in enumerate((date(2026, 3, 14), date(2026, 3, 15))):
        task = a_task(str(tmp_path), ("public_suffix", "rule_ids"))
        task = task.__replace__(suffix_list=str(list_path), as_of=day)
        task.part_maker()(FilePiece(number, 0, 2, lines, 99))
        rows.append((tmp_path / f"part-00000000{number}").read_text().splitlines())
    assert rows[0] == ["www.brightharbor.io,x,brightharbor.io,", "2.0.192.in-addr.arpa,y,arpa,"]
    assert rows[1] == [rows[0][0], f"{rows[0][1]}ACM108"]


def test_what_is_counted_is_examined(tmp_path):
    """Rules are counted if they are added, and certificates if there are some."""
    task = a_task(str(tmp_path), ("rule_ids", "fault"))
    assert task.examined == ("rule_ids", "fault", "canonical_name")
    assert a_task(str(tmp_path), ("fault",), CertificateNames({})).examined == (
        "fault",
        "canonical_name",
        "covering_name",
    )


def test_the_default_list_is_read_once(tmp_path):
    """Another one is read from its source."""
    assert suffixes_of("publicsuffixlist") is default_suffixes()
    (tmp_path / "list.dat").write_text("io\nbrightharbor.io\n")
    own = suffixes_of(str(tmp_path / "list.dat"))
    assert own.public_suffix("www.brightharbor.io") == "brightharbor.io"


def test_a_pipe_is_not_a_suffix_list(tmp_path):
    """Each worker reads the list, and a pipe has its content once."""
    os.mkfifo(tmp_path / "list.dat")
    with pytest.raises(InputError, match=r"list\.dat: is not a regular file"):
        suffixes_of(str(tmp_path / "list.dat"))
