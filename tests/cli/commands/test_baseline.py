"""The command `baseline`, and `check` with a baseline."""

import json
import os
import subprocess
import sys

import pytest
from tests.support.commands import ENVIRONMENTS, read, write_all

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE

BAD = "a_b.brightharbor.io\n"


def test_a_baseline_keeps_the_entries_of_excluded_files(run):
    """Excluded files are not checked, so their entries are not stale."""
    write_all({"a.txt": BAD, "b.txt": BAD, ".acmrules.toml": ""})
    assert run("baseline", "a.txt", "b.txt")[0] == CLEAN
    before = read(".acmrules-baseline.json")
    write_all({"a.txt": "brightharbor.io\n", ".acmrules.toml": 'exclude = ["a.txt"]\n'})
    out = run("check", "a.txt", "b.txt")[1]
    assert "1 finding in the baseline" in out
    assert "stale" not in out
    assert run("baseline", "--prune", "a.txt", "b.txt")[0] == CLEAN
    assert read(".acmrules-baseline.json") == before


def test_a_baseline_can_be_turned_off(run):
    """The null device is no baseline, whatever files exist, and it cannot be written."""
    write_all({"a.txt": BAD, "own.json": '{"version": 1, "findings": {}}'})
    assert run("baseline", "a.txt")[0] == CLEAN
    assert run("check", "a.txt")[0] == CLEAN
    code, out, _ = run("check", "--baseline", os.devnull, "a.txt")
    assert (code, "in the baseline" in out) == (FOUND, False)
    write_all({".acmrules.toml": 'baseline = "own.json"\n'})
    assert "off" in run("settings", "--baseline", os.devnull)[1]
    message = f"nothing can be written into `{os.devnull}`"
    assert message in run("baseline", "--baseline", os.devnull, "a.txt")[2]
    assert "no file `gone.json`" in run("check", "--baseline", "gone.json", "a.txt")[2]


def test_a_baseline_that_cannot_be_written_is_reported(run):
    """It is an error of the caller, not a defect."""
    write_all({"a.txt": BAD})
    code, _, err = run("baseline", "--baseline", "gone/own.json", "a.txt")
    message = "acmrules: gone/own.json: not written: no such file or directory\n"
    assert (code, err) == (UNREADABLE, message)


def test_an_invalid_baseline_is_not_overwritten(run):
    """The error has the file and the position."""
    write_all({"a.txt": BAD, ".acmrules-baseline.json": "{"})
    code, _, err = run("baseline", "a.txt")
    assert (code, ".acmrules-baseline.json:1:2: is not a baseline" in err) == (UNREADABLE, True)
    assert read(".acmrules-baseline.json") == "{"


FULL_DISK = """
import resource, sys
from acmrules.cli.main import main

resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
sys.exit(main(["baseline", "a.txt"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are those of POSIX")
def test_a_full_disk_loses_no_baseline(run):
    """If the file cannot be written completely, the old one remains, and no other file."""
    write_all({"a.txt": BAD})
    assert run("baseline", "a.txt")[0] == CLEAN
    before, names = read(".acmrules-baseline.json"), os.listdir()
    write_all({"a.txt": BAD + "b_c.brightharbor.io\n"})
    # With `-B`: Python 3.11 caches a module that does not fit as bytecode without its end.
    command = [sys.executable, "-B", "-c", FULL_DISK]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == UNREADABLE
    assert ".acmrules-baseline.json: not written: file too large" in done.stderr
    assert (read(".acmrules-baseline.json"), os.listdir()) == (before, names)


def test_what_utf8_cannot_encode_is_escaped_in_a_baseline(run):
    """A lone surrogate, a file name that is not UTF-8, and an override of the text direction."""
    request = {"DomainName": "\ud800_\u202e.brightharbor.io", "ValidationMethod": "DNS"}
    name = os.fsdecode(b"site-\xff.json")
    write_all({name: json.dumps(request)})
    code, out, err = run("baseline", name)
    assert (code, out, err) == (CLEAN, "", "acmrules: 1 in .acmrules-baseline.json, 0 before\n")
    text = read(".acmrules-baseline.json")
    assert all(line.isprintable() for line in text.split("\n"))
    code, out, _ = run("check", name)
    assert (code, "1 finding in the baseline" in out) == (CLEAN, True)
    assert run("baseline", name)[2] == "acmrules: 1 in .acmrules-baseline.json, 1 before\n"
    assert read(".acmrules-baseline.json") == text


def test_a_baseline_is_not_written_through_a_link_out_of_the_tree(run, tmp_path_factory):
    """A link within the tree stays a link; the file behind one that leaves it is not changed."""
    outside = tmp_path_factory.mktemp("outside") / "own.json"
    outside.write_text('{"version": 1, "findings": {}}\n')
    write_all({"a.txt": BAD})
    os.symlink(outside, ".acmrules-baseline.json")
    code, _, err = run("baseline", "a.txt")
    assert code == UNREADABLE
    assert ".acmrules-baseline.json: not written: it is a link to a file elsewhere" in err
    assert outside.read_text() == '{"version": 1, "findings": {}}\n'
    os.remove(".acmrules-baseline.json")
    os.symlink("own.json", ".acmrules-baseline.json")
    assert run("baseline", "a.txt")[0] == CLEAN
    assert os.path.islink(".acmrules-baseline.json")
    assert "a_b.brightharbor.io" in read("own.json")


def test_a_baseline_that_cannot_be_written_keeps_no_other_one_from_it(run):
    """Each baseline is written, or the reason is reported."""
    write_all({"a/a.txt": BAD, "b/b.txt": BAD})
    empty = '{"version": 1, "findings": {}}\n'
    write_all({"a/own.json": empty, "b/.acmrules-baseline.json": empty})
    os.rename("a/own.json", "own.json")
    os.symlink(os.path.abspath("own.json"), "a/.acmrules-baseline.json")
    os.chdir("b")
    code, _, err = run("baseline", "../a/a.txt", "b.txt")
    assert (code, "it is a link to a file elsewhere" in err) == (UNREADABLE, True)
    assert "acmrules: 1 in .acmrules-baseline.json, 0 before\n" in err


def test_the_findings_of_environments_are_recorded(run):
    """A run that finds the environments has them in its baseline."""
    bad = {**ENVIRONMENTS, "env/dev.tfvars": 'domain = "a_b.brightharbor.io"\n'}
    write_all(bad)
    assert run("check", ".")[0] == FOUND
    assert run("baseline", ".")[0] == CLEAN
    assert run("check", ".")[0] == CLEAN
