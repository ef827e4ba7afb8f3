"""The progress of reading an account."""

import io

import pytest
from tests.support.terminals import Clock, Terminal, shown_lines

from acmrules.cli.collecting import CollectWatch
from acmrules.network.aws import CollectProgress


@pytest.fixture
def clock():
    """Return a clock that can be set."""
    return Clock()


def test_the_line_has_the_rate_and_the_time_left(clock):
    """Once there is a rate."""
    terminal = Terminal()
    watch = CollectWatch(terminal, is_shown=True, clock=clock)
    watch.step(CollectProgress(0, 100, 17, 2))
    clock.now = 2.0
    watch.step(CollectProgress(50, 1100, 17, 3))
    clock.now = 2.05
    watch.step(CollectProgress(51, 1100, 17, 3))
    clock.now = 10.0
    watch.step(CollectProgress(100, 13_100, 17, 17))
    watch.clear()
    assert shown_lines(terminal) == [
        "0 of 100 certificates, 2 of 17 Regions",
        "50 of 1,100 certificates, 3 of 17 Regions, 25 a second, 42 s left",
        "100 of 13,100 certificates, 17 of 17 Regions, 10 a second, 22 min left",
    ]
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_nothing_is_shown_elsewhere(clock):
    """In a log, or if the run is quiet."""
    for terminal, is_shown in ((io.StringIO(), True), (Terminal(), False)):
        watch = CollectWatch(terminal, is_shown=is_shown, clock=clock)
        watch.step(CollectProgress(1, 1, 1, 1))
        watch.clear()
        assert terminal.getvalue() == ""


def test_the_summary_says_what_was_read(clock):
    """And how fast, if that took more than a second."""
    watch = CollectWatch(io.StringIO(), is_shown=True, clock=clock)
    assert watch.summary() == "read 0 certificates in 0 Regions in 0.0 s"
    watch.step(CollectProgress(1024, 1024, 17, 17))
    clock.now = 12.34
    assert watch.summary() == "read 1,024 certificates in 17 Regions in 12.3 s (83 a second)"
