"""Bulk runs: their output, and what a run continues after another one has ended early."""

import csv
import errno
import io
import json
import os
import re
import signal
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.support import bulk_runs
from tests.support.bulk_files import (
    DAY,
    Stop,
    content,
    examine_file,
    in_small_pieces,
    table,
)
from tests.support.bulk_tasks import children, is_running, wait_until

from acmrules.bulk.errors import BulkRunError
from acmrules.bulk.files.decompressing import decompressed
from acmrules.bulk.files.encoding import compressed
from acmrules.bulk.files.formats import form_of
from acmrules.bulk.request import BulkRequest
from acmrules.bulk.running import run_bulk
from acmrules.messages import counted
from acmrules.syntax.source import InputError


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    """Work in a folder with a file of names, in small pieces."""
    monkeypatch.chdir(tmp_path)
    in_small_pieces(monkeypatch)
    Path("hosts.csv").write_text(table())


def test_a_row_has_its_columns_and_the_answers():
    """The columns of the input are unchanged; the counts are those of the rows."""
    summary = examine_file(columns=("canonical_name", "fault"))
    lines = Path("out.csv").read_text().splitlines()
    assert lines[:4] == [
        "host,id,canonical_name,fault",
        "www.brightharbor.io,1,www.brightharbor.io,",
        "a_b.brightharbor.io,2,,UNDERSCORE",
        "*.shop.lighthouse.io,3,*.shop.lighthouse.io,",
    ]
    counts = summary.counts
    assert len(lines) - 1 == counts.rows == counts.valid + counts.invalid + counts.empty
    assert (counts.rows, counts.rejected) == (18, 3)
    assert counts.faults["UNDERSCORE"] == 3
    assert counts.reasons[0] == "hosts.csv:4: the row has 3 fields, not 2"
    assert sorted(os.listdir()) == ["hosts.csv", "out.csv", "out.csv.rejected.jsonl"]
    rejected = [
        json.loads(line) for line in Path("out.csv.rejected.jsonl").read_text().splitlines()
    ]
    assert [(row["place"], row["row"]) for row in rejected] == [
        (place, "one,two,three") for place in (4, 12, 20)
    ]


@pytest.mark.parametrize(
    ("target", "between"), [("out.csv", 1), ("out.parquet", 4), ("out.csv.gz", 5)]
)
def test_a_run_that_ends_early_anywhere_is_continued(target, between, monkeypatch):
    """Before each of its steps; the result is that of a run without an interruption."""
    whole = examine_file(target=target)
    expected = content()
    stop = Stop(monkeypatch)
    stop.run(None, lambda: examine_file(target=target))
    assert content() == expected
    assert stop.steps > 30
    for number in range(0, stop.steps, between):
        for path in Path().glob("out*"):
            path.unlink()
        assert stop.run(number, lambda: examine_file(target=target))
        # The next run ends early too, and the last one does not.
        stop.run(max(number // 2, 5), lambda: examine_file(target=target))
        summary = examine_file(target=target)
        assert content() == expected
        assert summary.counts.to_data() == whole.counts.to_data()


def test_finished_parts_are_not_made_again(monkeypatch):
    """The run reads the input again, and examines the rest of it."""
    stop = Stop(monkeypatch)
    stop.run(None, lambda: examine_file(target="other.csv"))
    stop.run(stop.steps // 4, examine_file)
    work = Path("out.csv.work")
    numbers = [path.name[-9:] for path in work.glob("counts-*") if path.suffix != ".tmp"]
    earlier = {work / f"part-{each}": (work / f"part-{each}").stat().st_ino for each in numbers}
    assert earlier
    seen, notices = [], []
    request = BulkRequest(source="hosts.csv", target="out.csv", as_of=DAY)

    def step(progress):
        seen.append(progress)
        assert {path: path.stat().st_ino for path in earlier} == earlier

    run_bulk(request, 1, step, remark=notices.append)
    assert notices == [f"continuing an earlier run, which finished {counted(len(earlier), 'part')}"]
    assert (seen[0].rows, seen[0].size) == (0, seen[-1].size)
    assert 0 < seen[-1].earlier_rows < seen[-1].rows == 21
    assert 0 < seen[-1].earlier_position <= seen[-1].position == seen[-1].size
    assert Path("out.csv").read_bytes() == Path("other.csv").read_bytes()


def test_an_input_that_has_changed_is_refused(monkeypatch):
    """The message has the way out, and what was there is still there."""
    Path("out.csv").write_text("old")
    Stop(monkeypatch).run(12, examine_file)
    Path("hosts.csv").write_text(table(41))
    with pytest.raises(BulkRunError, match=r"the file `hosts.csv` has changed; delete this direct"):
        examine_file()
    assert Path("out.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": ("fault",)}, "`--columns` was `canonical_name, fault, "),
        ({"prefix": "acm_"}, "`--prefix` was not set, and is now `acm_`"),
        ({"as_of": date(2026, 1, 1)}, "`--as-of` was `2026-11-30`, and is now `2026-01-01`"),
        ({"column": "id"}, "`--column` was not set, and is now `id`"),
    ],
)
def test_other_options_are_refused(options, words, monkeypatch):
    """Parts of two runs are never mixed."""
    Stop(monkeypatch).run(12, examine_file)
    with pytest.raises(BulkRunError) as caught:
        examine_file(**options)
    assert f"out.csv.work: contains parts of another run: {words}" in str(caught.value)


def test_a_run_that_is_continued_tomorrow_has_the_date_of_its_beginning(monkeypatch):
    """Unless an option has the date."""
    begun = {"as_of": date(2027, 1, 1), "is_today": True}
    Stop(monkeypatch).run(12, lambda: examine_file(**begun))
    summary = examine_file(as_of=date(2027, 1, 2), is_today=True)
    assert summary.as_of == date(2027, 1, 1)
    assert examine_file(as_of=date(2027, 1, 2), is_today=True).as_of == date(2027, 1, 2)


def test_a_file_that_changes_during_the_run_is_reported():
    """Its parts are removed, because they may be of both contents."""

    def step(_):
        with open("hosts.csv", "a", encoding="utf-8") as file:
            file.write("late.brightharbor.io,9\n")

    request = BulkRequest(source="hosts.csv", target="out.csv", as_of=DAY)
    with pytest.raises(BulkRunError, match=r"`hosts.csv` has changed during the run; run it again"):
        run_bulk(request, 1, step)
    assert os.listdir() == ["hosts.csv"]


def test_a_write_protected_output_is_an_error(monkeypatch):
    """It is not replaced, and the parts are kept."""
    Path("out.csv").write_text("old")
    monkeypatch.setattr(os, "access", lambda path, _: not path.endswith("out.csv"))
    with pytest.raises(BulkRunError, match=r"out.csv: it is write-protected; when this is fixed"):
        examine_file()
    assert Path("out.csv").read_text() == "old"
    assert os.path.exists("out.csv.work/job.json")


def test_an_output_keeps_its_permissions_and_its_link():
    """It is replaced, and the link to it stays."""
    Path("real.csv").write_text("old")
    Path("real.csv").chmod(0o640)
    os.symlink("real.csv", "out.csv")
    examine_file()
    assert Path("real.csv").stat().st_mode & 0o777 == 0o640
    assert os.readlink("out.csv") == "real.csv"
    assert Path("real.csv").read_text().startswith("host,id,canonical_name")


def test_rejected_rows_of_an_earlier_run_are_removed():
    """The file next to the output is always about this output."""
    examine_file()
    assert Path("out.csv.rejected.jsonl").exists()
    Path("hosts.csv").write_text("host\nwww.brightharbor.io\n")
    assert examine_file().rejected == ""
    assert sorted(os.listdir()) == ["hosts.csv", "out.csv"]


def test_an_input_without_rows_has_an_output_without_rows():
    """With the columns."""
    Path("hosts.csv").write_text("host,id\n")
    for target in ("out.csv", "out.parquet"):
        summary = examine_file(target=target)
        assert summary.counts.rows == 0
    assert Path("out.csv").read_text().startswith("host,id,canonical_name,")
    assert pq.read_table("out.parquet").num_rows == 0


def test_a_column_that_is_only_counted_is_not_written():
    """A column of the input may have its name."""
    Path("hosts.csv").write_text("host,fault\na_b.brightharbor.io,mine\n")
    summary = examine_file(columns=("canonical_name",))
    assert Path("out.csv").read_text().splitlines() == [
        "host,fault,canonical_name",
        "a_b.brightharbor.io,mine,",
    ]
    assert summary.counts.faults == {"UNDERSCORE": 1}
    with pytest.raises(
        InputError, match=r"^hosts.csv: has the column `fault` already; use `--prefix`"
    ):
        examine_file(columns=("fault",))
    examine_file(columns=("fault",), prefix="acm_")
    assert Path("out.csv").read_text().splitlines()[0] == "host,fault,acm_fault"


def test_a_directory_becomes_a_directory():
    """Each file has its own columns and its own output; what is not read is reported."""
    Path("in/deep").mkdir(parents=True)
    Path("in/a.csv").write_text(table(9))
    Path("in/deep/b.csv").write_text("name\nwww.brightharbor.io\n")
    Path("in/c\n.csv").write_text("a,b\n1,2\n")
    Path("in/notes.md").write_text("")
    notices = []
    request = BulkRequest(source="in", target="out", as_of=DAY, columns=("fault",))
    summary = run_bulk(request, notice=notices.append)
    assert sorted(content("out")) == ["a.csv", "deep/b.csv"]
    assert Path("out/deep/b.csv").read_text() == "name,fault\nwww.brightharbor.io,\n"
    assert (summary.files, summary.counts.rows, len(summary.not_read)) == (2, 8, 1)
    assert summary.counts.reasons == ["a.csv:4: the row has 3 fields, not 2"]
    assert notices[0] == "in: leaves out 1 file of unknown format: `notes.md`"
    assert "several columns" in notices[1] or "no column" in notices[1]
    assert sorted(os.listdir()) == ["hosts.csv", "in", "out", "out.rejected.jsonl"]


def names_in(path):
    """Return the canonical names in a file."""
    form = form_of(str(path))
    if form.format == "parquet":
        return pq.read_table(path)["canonical_name"].to_pylist()
    text = b"".join(chunk for chunk, _ in decompressed(str(path), form.compression)).decode()
    if form.format == "jsonl":
        return [json.loads(line)["canonical_name"] for line in text.splitlines()]
    reader = csv.DictReader(io.StringIO(text), delimiter=form.delimiter)
    return [row["canonical_name"] or None for row in reader]


def test_a_directory_has_files_of_all_formats():
    """Each is written in its own format, and compressed as it was; lists of names become CSV."""
    hosts = [f"h{number}.brightharbor.io" for number in range(9)] + ["a_b.brightharbor.io"]
    rows = {
        ".csv": "host\n" + "".join(f"{host}\n" for host in hosts),
        ".tsv": "host\tid\n" + "".join(f"{host}\t1\n" for host in hosts),
        ".jsonl": "".join(json.dumps({"host": host}) + "\n" for host in hosts),
        ".txt": "".join(f"{host}\n" for host in hosts),
    }
    os.mkdir("in")
    for end, text in rows.items():
        for last, compression in (("", ""), (".gz", "gzip"), (".zst", "zstd"), (".xz", "xz")):
            Path(f"in/x{end}{last}").write_bytes(compressed(text.encode(), compression))
    pq.write_table(pa.table({"host": hosts}), "in/x.parquet")
    summary = examine_file(source="in", target="out")
    assert (summary.files, summary.not_read, summary.counts.rejected) == (17, (), 0)
    for path in Path("out").iterdir():
        assert names_in(path) == [*hosts[:-1], None], path
    assert summary.counts.faults == {"UNDERSCORE": 17}
    examine_file(source="hosts.csv", target="hosts.jsonl.gz")
    again = examine_file(source="hosts.jsonl.gz", target="again.parquet", prefix="x_")
    assert again.counts.rejected == 0
    assert pq.read_table("again.parquet").column_names[0] == "host"


def test_a_directory_can_become_one_file():
    """If all files have the same columns; the order is that of their names."""
    Path("in").mkdir()
    Path("in/b.csv").write_text("host\nb.brightharbor.io\n")
    Path("in/a.csv").write_text("host\na.brightharbor.io\n")
    summary = examine_file(source="in", columns=("fault",))
    assert Path("out.csv").read_text().split() == [
        "host,fault",
        "a.brightharbor.io,",
        "b.brightharbor.io,",
    ]
    assert summary.files == 1
    Path("in/c.csv").write_text("other\nc.brightharbor.io\n")
    with pytest.raises(InputError, match=r"has other columns than `in/a.csv`"):
        examine_file(source="in")


def test_a_file_of_a_directory_that_ends_early_has_no_output():
    """Its rows are neither counted nor among those that are rejected; other files are written."""
    os.mkdir("in")
    whole = compressed(table(24).encode(), "gzip")
    for name, data in (("b", whole), ("c", whole[:-9]), ("d", whole), ("e", whole[:-9])):
        Path(f"in/{name}.csv.gz").write_bytes(data)
    notices = []
    request = BulkRequest(source="in", target="out", as_of=DAY)
    summary = run_bulk(request, notice=notices.append)
    assert [*content("out")] == ["b.csv.gz", "d.csv.gz"]
    assert summary.not_read == tuple(notices)
    not_read = [text.partition(":")[0] for text in summary.not_read]
    assert not_read == ["in/c.csv.gz", "in/e.csv.gz"]
    assert (summary.counts.rows, summary.counts.rejected) == (36, 6)
    rejected = [
        json.loads(line)["file"] for line in Path("out.rejected.jsonl").read_text().splitlines()
    ]
    assert rejected == ["b.csv.gz"] * 3 + ["d.csv.gz"] * 3
    with pytest.raises(InputError, match="corrupt or incomplete"):
        examine_file(source="in/c.csv.gz", target="c.csv")
    assert not os.path.exists("c.csv.work")


@pytest.mark.parametrize("target", ["out.csv", "out.parquet"])
def test_an_output_is_on_the_disk_before_it_has_its_name(target, monkeypatch):
    """If the computer fails, the old output or the new one is there, whole."""
    flushed, replaced = {}, []
    replace = os.replace

    def note(file):
        flushed[os.fstat(file).st_ino] = os.fstat(file).st_size

    def checked(path, new):
        if ".work" not in new:
            state = os.stat(path)
            replaced.append((os.path.basename(new), flushed.get(state.st_ino) == state.st_size))
        replace(path, new)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(os, "replace", checked)
    examine_file(target=target)
    assert sorted(replaced) == [(target, True), (f"{target}.rejected.jsonl", True)]


@pytest.mark.slow
def test_the_number_of_processes_does_not_change_the_result(monkeypatch):
    """Each byte is the same."""
    in_small_pieces(monkeypatch, bulk_runs.PIECE_BYTES)
    Path("hosts.csv").write_text(table(8_000))
    results = []
    for jobs in (1, 3):
        examine_file(jobs=jobs)
        results.append((Path("out.csv").read_bytes(), Path("out.csv.rejected.jsonl").read_bytes()))
    assert results[0] == results[1]


def kill_one_run(killed, parts):
    """Start a run, and kill some of its processes when it has finished a number of parts."""
    process = bulk_runs.start("hosts.csv", "out.csv", 2)
    wait_until(lambda: bulk_runs.finished("out.csv") >= parts and children(process.pid))
    workers = children(process.pid)
    for each in [process.pid] * (killed != "worker") + workers[:1] * (killed != "parent"):
        os.kill(each, signal.SIGKILL)
    _, errors = process.communicate()
    assert process.returncode == (2 if killed == "worker" else -signal.SIGKILL)
    assert ("a worker was killed by SIGKILL" in errors) == (killed == "worker")
    wait_until(lambda: not any(map(is_running, workers)))


@pytest.mark.slow
def test_a_run_that_is_killed_is_continued(monkeypatch):
    """After `kill -9` of the parent, of a worker, and of both, the result has each byte."""
    in_small_pieces(monkeypatch, bulk_runs.PIECE_BYTES)
    Path("hosts.csv").write_text(table(40_000))
    examine_file(target="whole.csv")
    parts = 0
    for killed in ("parent", "worker", "both"):
        parts += 7
        kill_one_run(killed, parts)
        assert not Path("out.csv").exists()
    process = bulk_runs.start("hosts.csv", "out.csv", 2)
    _, errors = process.communicate()
    assert process.returncode == 2
    assert "continuing an earlier run, which finished" in errors
    assert Path("out.csv").read_bytes() == Path("whole.csv").read_bytes()
    rejected = [Path(f"{name}.csv.rejected.jsonl").read_bytes() for name in ("out", "whole")]
    assert rejected[0] == rejected[1]


@pytest.mark.slow
def test_an_interrupted_run_ends_with_one_line_and_is_continued(monkeypatch):
    """The workers end too, and the exit code is 130; two runs do not work on one output."""
    in_small_pieces(monkeypatch, bulk_runs.PIECE_BYTES)
    Path("hosts.csv").write_text(table(40_000))
    process = bulk_runs.start("hosts.csv", "out.csv", 2)
    wait_until(lambda: bulk_runs.finished("out.csv") >= 2)
    workers = children(process.pid)
    with pytest.raises(BulkRunError, match=r"out.csv.work: another run is using it"):
        examine_file()
    process.send_signal(signal.SIGINT)
    assert process.communicate() == (
        "",
        "acmrules: interrupted; run the same command again to continue\n",
    )
    assert process.returncode == 130
    assert not any(map(is_running, workers))
    again = bulk_runs.start("hosts.csv", "out.csv", 2)
    again.communicate()
    assert again.returncode == 2
    examine_file(target="whole.csv")
    assert Path("out.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_what_identifies_a_run_of_a_directory_are_the_files_that_can_be_read():
    """A link to nothing is reported, and the other files are written."""
    Path("in").mkdir()
    Path("in/a.csv").write_text("host\nwww.brightharbor.io\n")
    os.symlink("nothing", "in/b.csv")
    notices = []
    request = BulkRequest(source="in", target="out", as_of=DAY)
    summary = run_bulk(request, notice=notices.append)
    assert summary.not_read == ("in/b.csv: no such file or directory",) == (*notices,)
    assert list(content("out")) == ["a.csv"]


def test_a_run_without_the_date_of_its_beginning_is_refused(monkeypatch):
    """A file of the work folder may be damaged."""
    begun = {"as_of": date(2027, 1, 1), "is_today": True}
    Stop(monkeypatch).run(12, lambda: examine_file(**begun))
    job = Path("out.csv.work/job.json")
    for damaged in ("7", '"x"'):
        job.write_text(re.sub(r'("the date": ).*', rf"\g<1>{damaged}", job.read_text()))
        with pytest.raises(BulkRunError, match="parts of another run: the date was "):
            examine_file(as_of=date(2027, 1, 2), is_today=True)


def test_a_folder_in_a_directory_that_cannot_be_read_is_reported(monkeypatch):
    """The other files are written to a directory, and not to one file, which would lack rows."""
    Path("in/closed").mkdir(parents=True)
    Path("in/a.csv").write_text("host\nwww.brightharbor.io\n")
    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, partial(refuse, getattr(os, name)))
    assert examine_file(source="in", target="out").not_read == ("in/closed: permission denied",)
    assert Path("out/a.csv").exists()
    with pytest.raises(InputError, match="in/closed: permission denied"):
        examine_file(source="in", target="out.csv")


def refuse(function, path):
    """Call a function, unless the path is of a folder that cannot be read."""
    if path == "in/closed":
        raise PermissionError(errno.EACCES, "Permission denied", path)
    return function(path)
