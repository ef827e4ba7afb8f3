"""One run over paths, and how it tells how far it is."""

import io
from datetime import date

import pytest

from acmrules.lint import run
from acmrules.lint.run import Progress, Run
from acmrules.lint.settings import Settings
from acmrules.lint.terms import Lookup
from acmrules.suffixlists import NoSuffixList, default_suffixes

DAY = date(2026, 11, 23)


def runner(suffixes=default_suffixes):
    return Run(Lookup(Settings({}), DAY, suffixes).terms)


def test_the_bench_is_made_when_there_is_something_to_judge(tmp_path):
    """A folder without certificates needs no rules and no list."""
    (tmp_path / "a.yaml").write_text("just: text\n")

    def refuse():
        raise AssertionError("not needed")

    idle = runner(refuse)
    idle.take(str(tmp_path))
    report = idle.report(DAY)
    assert (report.findings, report.files, report.suffix_list) == ((), 0, "")


def test_what_several_files_say_is_kept_in_their_order(tmp_path):
    """Requests and files are counted, a path is taken once."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("bad_name.io\n")
    both = runner()
    for name in ("b.txt", "a.txt", "./b.txt", "b.txt"):
        both.take(str(tmp_path / name))
    report = both.report(DAY)
    assert [finding.file[-5:] for finding in report.findings] == ["b.txt", "a.txt"]
    assert (report.requests, report.files) == (2, 2)
    assert report.suffix_list.startswith("20")


def test_a_list_that_is_missing_ends_the_run(tmp_path):
    """It is the matter of all files, not of the one that needed it first."""
    (tmp_path / "a.txt").write_text("a.io\n")

    def missing():
        raise NoSuffixList("x", "y")

    with pytest.raises(NoSuffixList):
        runner(missing).take(str(tmp_path / "a.txt"))


class Terminal(io.StringIO):
    """A terminal that keeps what it is told."""

    def isatty(self):
        """Be one."""
        return True


def test_progress_speaks_after_a_second_and_ten_times_a_second(monkeypatch):
    """It wipes its line at the end."""
    now = [0.0]
    monkeypatch.setattr(run, "monotonic", lambda: now[0])
    terminal = Terminal()
    progress = Progress(terminal)
    progress.step("a")
    assert terminal.getvalue() == ""
    now[0] = 1.5
    progress.step("b")
    progress.step("c")
    progress.clear()
    assert terminal.getvalue() == "\r\x1b[K2 files, now b\r\x1b[K"


def test_progress_is_for_terminals(monkeypatch):
    """A log file hears nothing, and a short run says nothing."""
    monkeypatch.setattr(run, "monotonic", iter(range(0, 100, 10)).__next__)
    file = io.StringIO()
    progress = Progress(file)
    progress.step("a")
    progress.clear()
    assert file.getvalue() == ""
    terminal = Terminal()
    Progress(terminal).clear()
    assert terminal.getvalue() == ""


def test_a_file_without_documents_is_not_counted(tmp_path):
    """A template that names the resource type in a comment holds nothing to judge."""
    path = tmp_path / "a.yaml"
    path.write_text("Resources: {}\n# AWS::CertificateManager::Certificate\n")
    idle = runner()
    idle.take(str(path))
    assert idle.report(DAY).files == 0
