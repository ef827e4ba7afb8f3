"""Which terminals show hyperlinks; what they look like is tested on a terminal."""

import os
import sys

import pytest
from tests.support.terminals import Terminal

from acmrules.cli import links
from acmrules.reports.paths import LinkBase

UNSET = (
    *("CI", "TERM", "TERM_PROGRAM", "VTE_VERSION", "COLORTERM", "FORCE_HYPERLINK"),
    *("DOMTERM", "WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID"),
)


@pytest.fixture
def shows_links(monkeypatch, tmp_path):
    """Return a function that returns whether there are links with some variables."""
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(output=None, **variables):
        monkeypatch.setattr(sys, "stdout", output or Terminal())
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return bool(links.links_of_terminal())

    return call


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"VTE_VERSION": "5000"}, True),
        ({"VTE_VERSION": "9" * 5000}, True),
        ({"VTE_VERSION": "4602"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"COLORTERM": "xfce4-terminal"}, True),
        ({"COLORTERM": "truecolor"}, False),
        ({"WT_SESSION": "1"}, True),
        ({"KONSOLE_VERSION": "220401"}, True),
        ({"WT_SESSION": "1", "CI": "1"}, False),
        ({"WT_SESSION": "1", "TERM": "dumb"}, False),
        ({"WT_SESSION": "1", "TERM": "screen"}, False),
        ({"FORCE_HYPERLINK": "1", "CI": "1", "TERM": "dumb"}, True),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "1"}, False),
    ],
)
def test_variables_identify_terminals_with_links(variables, expected, shows_links):
    """An unknown terminal has none, because it may print the sequence as text."""
    assert shows_links(**variables) is expected


def test_a_pipe_has_links_if_they_are_forced(shows_links, tmp_path):
    """As in other programs."""
    with open(tmp_path / "out", "w") as pipe:
        assert not shows_links(pipe, WT_SESSION="1")
        assert shows_links(pipe, FORCE_HYPERLINK="1")


def test_links_begin_with_the_current_directory(shows_links, tmp_path):
    """The name of the computer is part of them, where the system has one."""
    assert shows_links(FORCE_HYPERLINK="1")
    host = os.uname().nodename if hasattr(os, "uname") else ""
    assert links.links_of_terminal() == LinkBase(host, str(tmp_path))
