"""A line on a terminal that shows the state of a run."""

import io

import pytest
from tests.support.terminals import Clock, Terminal

from acmrules.cli.output import SHOWN
from acmrules.cli.status_line import StatusLine, rate_text, time_text


def test_the_text_is_made_only_if_it_is_shown():
    """It is shown after the delay, ten times a second."""
    terminal, clock = Terminal(), Clock()
    line = StatusLine(terminal, delay=1, clock=clock)
    made = []
    for now in (0.5, 1.0, 1.05, 1.11):
        clock.now = now
        line.update(lambda now=now: made.append(now) or f"at {now}")
    assert made == [1.0, 1.11]
    assert terminal.getvalue() == "\r\x1b[Kat 1.0\r\x1b[Kat 1.11"
    assert line.seconds == 1.11


def test_what_is_printed_instead_removes_the_line():
    """The output knows what to remove as long as the line is shown."""
    terminal = Terminal()
    line = StatusLine(terminal, clock=Clock())
    line.update(lambda: "one")
    assert SHOWN[-1] == line.clear
    line.end("done")
    assert line.clear not in SHOWN
    assert terminal.getvalue() == "\r\x1b[Kone\r\x1b[Kdone\n"


@pytest.mark.parametrize(("terminal", "is_shown"), [(io.StringIO(), True), (Terminal(), False)])
def test_nothing_is_shown_elsewhere(terminal, is_shown):
    """Neither in a file, nor in a quiet run."""
    line = StatusLine(terminal, is_shown=is_shown, clock=Clock())
    line.update(lambda: "one")
    line.end("done")
    assert terminal.getvalue() == ""


def test_times_have_the_unit_that_fits():
    """Seconds, minutes from one on, and hours from two on."""
    texts = [time_text(each) for each in (0.4, 59.4, 60, 7140, 7200)]
    assert texts == ["0 s", "59 s", "1 min", "119 min", "2.0 h"]
    assert time_text(1.66, 1) == "1.7 s"


def test_a_rate_needs_a_second():
    """Before, it means nothing."""
    assert [rate_text(3000, seconds) for seconds in (0.9, 1.0, 2.0)] == [
        "",
        "3,000 a second",
        "1,500 a second",
    ]
