"""The command `baseline`, and `check` with a baseline."""

import os

from tests.support.commands import read, write_all

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
