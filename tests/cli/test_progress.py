"""The progress line of a long run."""

import io

from acmrules.cli import progress
from acmrules.cli.progress import Progress


class Terminal(io.StringIO):
    """A terminal that records its output."""

    def isatty(self):
        """Return `True`."""
        return True


def test_progress_is_printed_after_a_second_and_ten_times_a_second(monkeypatch):
    """The line is cleared at the end."""
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    terminal = Terminal()
    line = Progress(terminal)
    line.step("a")
    assert terminal.getvalue() == ""
    now[0] = 1.5
    line.step("b")
    line.step("c")
    line.clear()
    assert terminal.getvalue() == "\r\x1b[K2 files, now b\r\x1b[K"


def test_progress_is_for_terminals(monkeypatch):
    """Nothing is printed to a log file, or in a short run."""
    monkeypatch.setattr(progress, "monotonic", iter(range(0, 100, 10)).__next__)
    file = io.StringIO()
    line = Progress(file)
    line.step("a")
    line.clear()
    assert file.getvalue() == ""
    terminal = Terminal()
    Progress(terminal).clear()
    assert terminal.getvalue() == ""
