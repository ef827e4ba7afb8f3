"""The progress of a bulk run."""

import io

import pytest
from tests.support.terminals import Clock, Terminal, shown_lines

from acmrules.bulk.progress import BulkProgress
from acmrules.cli.examining import BulkWatch


@pytest.fixture
def clock():
    """Return a clock that can be set."""
    return Clock()


def test_the_line_has_the_rate_the_share_and_the_time_left(clock):
    """The time left follows from what this run has done, not from the parts of an earlier one."""
    terminal = Terminal()
    watch = BulkWatch(terminal, is_shown=True, clock=clock)
    progress = BulkProgress(size=8000).with_part(1000, 2000, is_earlier=True)
    watch.step(progress)
    clock.now = 2.0
    watch.step(progress := progress.with_part(500, 1000, is_earlier=False))
    clock.now = 2.05
    watch.step(progress := progress.with_part(1, 1, is_earlier=False))
    clock.now = 1200.0
    watch.step(progress := progress.with_part(499, 999, is_earlier=False))
    watch.step(BulkProgress(1, 1, 10_000_000_000))
    clock.now = 1500.0
    watch.step(BulkProgress(1, 1000, 100_000_000))
    watch.finish()
    assert shown_lines(terminal) == [
        "1,000 rows, 25%",
        "1,500 rows, 38%, 250 a second, 10 s left",
        "2,000 rows, 50%, 1 a second, 40 min left",
        "1 row, 0%, 0 a second, 41666.2 h left",
        "1 row in 25 min (0 a second)\n",
    ]


def test_the_last_line_has_the_time_and_the_rows_of_an_earlier_run(clock):
    """It stays on the terminal."""
    terminal = Terminal()
    watch = BulkWatch(terminal, is_shown=True, clock=clock)
    clock.now = 4.0
    watch.step(BulkProgress(3000, 30, 30, 1000, 10))
    watch.finish()
    assert (
        shown_lines(terminal)[-1]
        == "2,000 rows in 4.0 s (500 a second), after 1,000 of an earlier run\n"
    )


def test_an_empty_input_has_no_rate(clock):
    """Nothing is divided by zero."""
    terminal = Terminal()
    watch = BulkWatch(terminal, is_shown=True, clock=clock)
    watch.step(BulkProgress())
    watch.finish()
    assert shown_lines(terminal) == ["0 rows, 100%", "0 rows in 0.0 s\n"]


def test_nothing_is_shown_elsewhere(clock):
    """In a log, or if the run is quiet."""
    for terminal, is_shown in ((io.StringIO(), True), (Terminal(), False)):
        watch = BulkWatch(terminal, is_shown=is_shown, clock=clock)
        watch.step(BulkProgress(1, 1, 1))
        watch.finish()
        assert terminal.getvalue() == ""
