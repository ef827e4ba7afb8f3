"""The command `bulk`."""

import json
import os
import re
import subprocess
import sys

import pytest
from tests.support.commands import read, write
from tests.support.terminals import Terminal

from acmrules.arrow import COLUMNS
from acmrules.bulk import running
from acmrules.bulk.errors import BulkRunError
from acmrules.cli.commands import bulk
from acmrules.cli.main import BUG, CLEAN, UNREADABLE
from acmrules.cli.table import COLUMN_NAMES

HOSTS = "host,owner\nwww.brightharbor.io,web\na_b.brightharbor.io,shop\n"
CERTIFICATES = "certificate,name\narn:1,*.brightharbor.io\n"
DAY = ("--as-of", "2026-11-30")
INTERRUPTED = 130


@pytest.fixture(autouse=True)
def _hosts(tmp_path, monkeypatch):
    """Work in a folder with a file of hosts."""
    monkeypatch.chdir(tmp_path)
    write("hosts.csv", HOSTS)


def test_the_columns_on_the_help_page_are_those_of_the_library():
    """The help page does not load pyarrow."""
    assert tuple(COLUMNS) == COLUMN_NAMES


def test_rows_that_were_all_read_are_a_success(run):
    """Invalid names are results; the output has the counts."""
    code, out, err = run("bulk", "hosts.csv", "out.csv", *DAY)
    assert (code, err) == (CLEAN, "")
    assert out == (
        "2 rows of 1 file in out.csv\n"
        "  valid names    1\n"
        "  invalid names  1\n"
        "\n"
        "Faults\n"
        "  UNDERSCORE  1  contains an underscore, which is not allowed in certificate\n"
        "                 names\n"
        "\n"
        "Rules (`acmrules explain RULE` explains them)\n"
        "  ACM101  1  A name is not a valid domain name.\n"
    )
    assert read("out.csv").count("\n") == 3


def test_rejected_rows_have_an_exit_code(run):
    """They are next to the output, and the first three of them are shown."""
    write("hosts.csv", HOSTS + "x,y,z\n" * 5)
    code, out, err = run("bulk", "hosts.csv", "out.csv", "--columns", "fault", *DAY)
    assert (code, err) == (UNREADABLE, "")
    assert out.endswith(
        "Rejected rows: 5, in out.csv.rejected.jsonl\n"
        "  hosts.csv:4: the row has 3 fields, not 2\n"
        "  hosts.csv:5: the row has 3 fields, not 2\n"
        "  hosts.csv:6: the row has 3 fields, not 2\n"
        "  and 2 more\n"
    )
    rejected = [json.loads(line) for line in read("out.csv.rejected.jsonl").splitlines()]
    assert [row["place"] for row in rejected] == [4, 5, 6, 7, 8]
    assert {row["row"] for row in rejected} == {"x,y,z"}


def test_json_has_the_counts(run):
    """What was not examined is null."""
    write("certificates.csv", CERTIFICATES)
    words = ("--certificates", "certificates.csv", "--format", "json", *DAY)
    counts = json.loads(run("bulk", "hosts.csv", "out.csv", *words)[1])
    assert (counts["rows"], counts["covered"], counts["not_covered"]) == (2, 1, 0)
    assert counts["faults"] == {"UNDERSCORE": 1}
    assert counts["rules"] == {"ACM101": 1}
    words = ("--columns", "fault", "--format", "json", *DAY)
    counts = json.loads(run("bulk", "hosts.csv", "out.csv", *words)[1])
    assert (counts["covered"], counts["rules"], counts["rejected"]) == (None, None, None)


def test_invalid_names_of_certificates_are_reported(run):
    """Also in a quiet run, because they change the result."""
    write("certificates.csv", CERTIFICATES + "arn:2,a_b.brightharbor.io\n")
    words = ("--certificates", "certificates.csv", "--quiet", *DAY)
    code, _, err = run("bulk", "hosts.csv", "out.csv", *words)
    assert (code, err) == (CLEAN, "acmrules: 1 invalid name of certificates covers nothing\n")


def test_a_quiet_run_does_not_report_what_it_continues(run, monkeypatch):
    """It reports what the result depends on."""

    def stopped(_request, _jobs, _step, notice, remark):
        notice("one")
        remark("two")
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_bulk", stopped)
    reported = [run("bulk", "hosts.csv", "out.csv", *words)[2] for words in ((), ("--quiet",))]
    assert reported[0].replace("acmrules: two\n", "", 1) == reported[1] != reported[0]
    assert reported[1].startswith("acmrules: one\nacmrules: interrupted")


def test_a_certificate_covers_names_until_it_expires(run):
    """The date of the run decides."""
    described = {
        "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
        "DomainName": "www.brightharbor.io",
        "SubjectAlternativeNames": ["www.brightharbor.io"],
        "Status": "ISSUED",
        "NotAfter": "2026-12-15T00:00:00+00:00",
    }
    write("account.json", json.dumps({"Certificate": described}))
    words = ("bulk", "hosts.csv", "out.csv", "--certificates", "account.json", "--format", "json")
    covered = [
        json.loads(run(*words, "--as-of", day)[1])["covered"]
        for day in ("2026-12-01", "2026-12-31")
    ]
    assert covered == [1, 0]


def test_a_run_without_a_date_may_be_continued_tomorrow(run, monkeypatch):
    """The request states whether the date is that of the clock."""
    seen = []

    def stopped(request, *_):
        seen.append(request.is_today)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_bulk", stopped)
    for words in ((), DAY):
        run("bulk", "hosts.csv", "out.csv", *words)
    assert seen == [True, False]


def test_options_choose_the_columns(run):
    """In their order, with a prefix."""
    options = ("--columns", "fault,canonical_name", "--prefix", "acm_", "--column", "host")
    assert run("bulk", "hosts.csv", "out.csv", *options, *DAY)[0] == CLEAN
    assert read("out.csv").splitlines()[0] == "host,owner,acm_fault,acm_canonical_name"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("hosts.csv",), "`bulk` needs an input and an output, for example `acmrules bulk hosts"),
        (("hosts.csv", "a", "b"), "`bulk` accepts at most 2 paths"),
        (("none.csv", "out.csv"), "none.csv: no such file or directory"),
        (("-", "out.csv"), "`bulk` reads and writes files with names"),
        (
            ("hosts.csv", "out.csv", "--columns", "fault,covering_name"),
            "the column `covering_name` needs `--certificates`",
        ),
        (("hosts.csv", "out.xlsx"), "the format of `out.xlsx` is unknown"),
        (("hosts.csv", "out.txt"), "`.txt` has no columns"),
        (("hosts.csv", "./hosts.csv"), "`./hosts.csv` is an input, so the output cannot replace"),
        (("hosts.csv", "link.csv"), "`link.csv` is an input, so the output cannot replace it"),
        (("hosts.csv", "folder"), "`folder` is a directory; the output needs a file"),
        (("folder", "folder/out"), "the output `folder/out` is in the input directory"),
        (("empty", "out"), "empty: contains no file of a known format"),
        (("folder", "up"), "`up` is an input, so the output cannot replace it"),
        (("hosts.csv", "pipe.csv"), "`pipe.csv` is not a regular file"),
        (("hosts.csv", "out.csv", "--jobs", "0"), "expected a number from 1 to 256, not `0`"),
        (("hosts.csv", "out.csv", "--columns", "falt"), "unknown value `falt`; did you mean"),
        (("hosts.csv", "out.csv", "--column", "x\n"), "`hosts.csv` has no column `x\\n`"),
        (("hosts.csv", "out.csv", "--prefix", "\x1b"), "only printable characters, unlike `\\x1b`"),
        (("hosts.csv", "out.csv", "--suffix-list", "no"), "cannot read the public suffix list"),
        (("hosts.csv", "out.csv", "--certificates", "no"), "no: no such file"),
        (("hosts.csv", "file/out.csv"), "file/out.csv.work: not a directory; when this is fixed"),
    ],
)
def test_a_run_that_cannot_begin_is_one_line(words, message, run):
    """Nothing is written, and nothing is left."""
    write("folder/a.csv", HOSTS)
    write("file", "")
    os.mkdir("empty")
    os.symlink("hosts.csv", "link.csv")
    os.symlink("folder", "up")
    os.mkfifo("pipe.csv")
    before = sorted(os.listdir()), read("hosts.csv")
    code, out, err = run("bulk", *words, *DAY)
    assert (code, out) == (UNREADABLE, "")
    assert message in err
    assert err.count("\n") == 1
    assert (sorted(os.listdir()), read("hosts.csv")) == before


def test_files_that_are_not_read_are_listed(run):
    """Also with characters that control a terminal."""
    for name in ("a.csv", "\x1b[2J.md", "b.md", "c.md", "d.md"):
        write(f"in/{name}", HOSTS)
    write("in/e\n.csv", "a,b\n1,2\n")
    code, _, err = run("bulk", "in", "out", *DAY)
    assert code == UNREADABLE
    assert err.splitlines()[0] == (
        "acmrules: in: leaves out 4 files of unknown format: `\\x1b[2J.md`, `b.md`, `c.md` and 1"
        " more"
    )
    assert err.splitlines()[1].startswith("acmrules: `in/e\\n.csv` has")
    assert run("bulk", "in", "out", *DAY, "--quiet")[2] == err


def test_an_interrupt_is_one_line(run, monkeypatch):
    """The exit code is that of a shell."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_bulk", interrupted)
    assert run("bulk", "hosts.csv", "out.csv") == (
        INTERRUPTED,
        "",
        "acmrules: interrupted; run the same command again to continue\n",
    )


@pytest.mark.parametrize(("is_bug", "code"), [(True, BUG), (False, UNREADABLE)])
def test_a_run_that_fails_is_one_line(is_bug, code, run, monkeypatch):
    """A bug has an exit code of its own."""

    def failed(*_):
        raise BulkRunError("the disk\n is full", is_bug)

    monkeypatch.setattr(running, "run_bulk", failed)
    assert run("bulk", "hosts.csv", "out.csv") == (code, "", "acmrules: the disk\\n is full\n")


def test_a_terminal_shows_the_progress(run, monkeypatch):
    """The last line has the time; a quiet run shows nothing."""
    for words, shown in (((), True), (("--quiet",), False)):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        assert run("bulk", "hosts.csv", "out.csv", *DAY, *words)[0] == CLEAN
        last = r"\A\r\x1b\[K0 rows, 0%.*\r\x1b\[K2 rows in [\d.]+ s( \(\d+ a second\))?\n\Z"
        assert bool(re.search(last, terminal.getvalue(), re.DOTALL)) == shown
        assert bool(terminal.getvalue()) == shown


def test_one_process_for_each_core_that_is_available(monkeypatch):
    """Where the system does not limit them, all cores count."""
    monkeypatch.setattr(os, "sched_getaffinity", {0: {1, 5}}.get, raising=False)
    assert bulk._cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert bulk._cores() == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert bulk._cores() == 1


def test_pyarrow_is_needed():
    """The message has the command that installs it."""
    program = "import sys; sys.modules['pyarrow'] = None; from acmrules.cli.main import program"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; program()", "bulk", "hosts.csv", "out.csv"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    message = "pyarrow is not installed; run `pip install 'acmrules[arrow]'`"
    assert (done.returncode, done.stdout) == (UNREADABLE, "")
    assert done.stderr == f"acmrules: {message}\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_line(run):
    """Nothing is written."""
    os.mkdir("shut", 0o500)
    code, out, err = run("bulk", "hosts.csv", "shut/out.csv")
    assert (code, out) == (UNREADABLE, "")
    assert err == (
        "acmrules: shut/out.csv.work: permission denied; when this is fixed, run the same command"
        " again to continue\n"
    )


def test_a_full_disk_is_one_line(run, monkeypatch):
    """The run can be continued."""
    replace = os.replace

    def full(source, target):
        if "counts-" in target:
            raise OSError(28, "No space left on device", source)
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    code, out, err = run("bulk", "hosts.csv", "out.csv", "--jobs", "1", *DAY)
    assert (code, out) == (UNREADABLE, "")
    assert err.endswith(
        ": no space left on device; when this is fixed, run the same command again to continue\n"
    )
    assert err.count("\n") == 1
    monkeypatch.setattr(os, "replace", replace)
    assert run("bulk", "hosts.csv", "out.csv", *DAY)[0] == CLEAN
