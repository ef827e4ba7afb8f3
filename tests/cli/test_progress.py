"""The line of progress on a terminal."""

import io
import os
import sys
from itertools import count

import pytest
from tests.support.terminals import Terminal, on_terminal

from acmrules.cli import main, output, parser, progress, stages
from acmrules.cli.options import CHECK


def test_progress_is_printed_after_a_second_and_ten_times_a_second():
    """The line is cleared at the end."""
    now = [0.0]
    terminal = Terminal()
    line = progress.Progress(terminal, clock=lambda: now[0])
    line.step("a")
    assert terminal.getvalue() == ""
    now[0] = 1.5
    line.step("b")
    line.step("c")
    line.clear()
    assert terminal.getvalue() == "\r\x1b[K2 files, now b\r\x1b[K"


def test_a_problem_replaces_the_line_of_progress(monkeypatch):
    """It has a line of its own, and the next file is counted below it."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    line = progress.Progress(terminal, clock=count(0, 10).__next__)
    line.step("a")
    output.print_problem("x")
    line.step("b")
    line.clear()
    assert terminal.getvalue() == (
        "\r\x1b[K1 file, now a\r\x1b[Kacmrules: x\n\r\x1b[K2 files, now b\r\x1b[K"
    )


def test_an_interrupted_run_removes_its_line_of_progress(monkeypatch):
    """The prompt of the shell follows at the beginning of a line."""
    terminal = Terminal()

    def interrupted(_):
        progress.Progress(terminal, clock=count(0, 10).__next__).step("a")
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_run", interrupted)
    assert main.main(["check", "."]) == 130
    assert terminal.getvalue().endswith("now a\r\x1b[K")


def test_the_progress_of_a_large_file_counts_its_requests():
    """Those of a small one are not counted, so that the line does not flicker."""
    now = [0.0]
    terminal = Terminal()
    line = progress.Progress(terminal, clock=lambda: now[0])
    line.step("a.yaml")
    line.checked(0, 10_000)
    assert terminal.getvalue() == ""
    now[0] = 1.5
    line.checked(10, 299)
    line.checked(1234, 10_000)
    line.checked(1235, 10_000)
    line.clear()
    assert terminal.getvalue() == "\r\x1b[K1,234 of 10,000 requests\r\x1b[K"


@pytest.mark.parametrize(
    ("words", "stream", "is_counted"),
    [
        ([], io.StringIO(), False),
        (["-q"], Terminal(), False),
        ([], Terminal(), True),
        (["-v"], io.StringIO(), False),
        (["-v"], Terminal(), True),
    ],
)
def test_nothing_is_counted_without_a_terminal(words, stream, is_counted, monkeypatch):
    """The stages get no function to call, and neither do those of a quiet run."""
    monkeypatch.setattr("sys.stderr", stream)
    options = parser.parse(CHECK, [*words, "."])
    assert (stages.progress_of(options).checked is not None) == is_counted


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_terminal_shows_how_many_requests_are_checked(tmp_path):
    """The clock of the run is a day ahead with each call, so that the line is shown at once."""
    (tmp_path / "a.jsonl").write_text('{"DomainName": "a.brightharbor.io"}\n' * 400)
    program = (
        "import itertools, sys, time\n"
        "time.monotonic = itertools.count(0, 86400).__next__\n"
        "from acmrules.cli import main\n"
        "main.main(['check', 'a.jsonl', '--format', 'json=out.json'])"
    )
    shown = on_terminal([sys.executable, "-c", program], tmp_path, os.environ)
    assert "\r\x1b[K123 of 400 requests" in shown
    assert shown.endswith("\r\x1b[K")


def test_progress_is_for_terminals():
    """Nothing is printed to a log file, or in a short run."""
    file = io.StringIO()
    line = progress.Progress(file, clock=count(0, 10).__next__)
    line.step("a")
    line.clear()
    assert file.getvalue() == ""
    terminal = Terminal()
    progress.Progress(terminal).clear()
    assert terminal.getvalue() == ""
