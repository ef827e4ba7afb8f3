"""What the command line passes to a report: the size of the terminal, colors, and options."""

import io
import os
import subprocess
import sys

import pytest
from tests.support.commands import GOOD, write

from acmrules.cli import main, output

BAD = GOOD.replace("DomainName: brightharbor.io\n", "DomainName: bright_harbor.io\n")


@pytest.fixture
def checked(tmp_path, monkeypatch, capsys):
    """Return a function that checks two names and returns the output."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.txt").write_text("WWW.brightharbor.io\nbright_harbor.io\n")

    def call(*options):
        main.main(["check", "names.txt", "--as-of", "2026-11-23", *options])
        return capsys.readouterr().out

    return call


def test_without_a_terminal_the_size_is_80_by_24(monkeypatch):
    """`COLUMNS` and `LINES` override it, if they are numbers."""
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((0, 0)))
    for stated in ("many", "9" * 5000):
        monkeypatch.setenv("COLUMNS", stated)
        monkeypatch.setenv("LINES", stated)
        assert (output.terminal_width(), output.terminal_height()) == (80, 24)
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("LINES", "9")
    assert (output.terminal_width(), output.terminal_height()) == (50, 9)


def test_the_report_wraps_at_the_width_of_the_terminal(checked, monkeypatch):
    """A narrower terminal means more lines."""
    wide = checked()
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, wide.splitlines())) > 40
    assert checked().count("\n") > wide.count("\n")


def test_a_low_terminal_shows_statistics(checked, monkeypatch):
    """`--statistics` shows them on any terminal."""
    assert "rule    count" not in checked()
    assert "rule    count" in checked("--statistics")
    monkeypatch.setenv("LINES", "1")
    assert "rule    count" in checked()


def test_the_concise_and_grouped_formats(checked):
    """They show the same findings in less space."""
    assert "names.txt:2:7: error[ACM101] " in checked("--format", "concise")
    assert checked("--format", "grouped").startswith("names.txt\n  1:1")


def test_color_is_for_terminals_that_want_it(run, monkeypatch):
    """`NO_COLOR` and a dumb terminal turn colors off."""
    write("site.yaml", BAD)
    assert "\x1b[" not in run("check", "site.yaml")[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert output.wants_color()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.wants_color()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not output.wants_color()


def test_the_output_may_be_closed_early():
    """`acmrules facts | head -1` prints nothing to standard error."""
    command = f"{sys.executable} -m acmrules facts | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


class Terminal(io.StringIO):
    """A terminal that records its output."""

    def isatty(self):
        """Return `True`."""
        return True


def test_progress_is_printed_after_a_second_and_ten_times_a_second(monkeypatch):
    """The line is cleared at the end."""
    now = [0.0]
    monkeypatch.setattr(output, "monotonic", lambda: now[0])
    terminal = Terminal()
    line = output.Progress(terminal)
    line.step("a")
    assert terminal.getvalue() == ""
    now[0] = 1.5
    line.step("b")
    line.step("c")
    line.clear()
    assert terminal.getvalue() == "\r\x1b[K2 files, now b\r\x1b[K"


def test_progress_is_for_terminals(monkeypatch):
    """Nothing is printed to a log file, or in a short run."""
    monkeypatch.setattr(output, "monotonic", iter(range(0, 100, 10)).__next__)
    file = io.StringIO()
    line = output.Progress(file)
    line.step("a")
    line.clear()
    assert file.getvalue() == ""
    terminal = Terminal()
    output.Progress(terminal).clear()
    assert terminal.getvalue() == ""
