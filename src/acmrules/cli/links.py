"""Whether the terminal shows hyperlinks (OSC 8), and what links to files begin with.

No terminal answers this question, so the variables of those that show them are known. They are
those of other programs, such as the Rust library `supports-hyperlinks`.
"""

from __future__ import annotations

import os
import sys

from acmrules.reports.paths import LinkBase

_PROGRAMS = frozenset(
    ("Hyper", "iTerm.app", "terminology", "WezTerm", "vscode", "ghostty", "rio", "Tabby", "zed")
)
_TERMINALS = frozenset(
    ("xterm-kitty", "xterm-ghostty", "alacritty", "alacritty-direct", "foot", "contour")
)
_VARIABLES = ("DOMTERM", "WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID")
_MULTIPLEXERS = ("screen", "tmux")
"""The beginnings of `TERM` in programs that may not pass links on to their terminal."""

_FIRST_VTE = 5000


def links_of_terminal() -> LinkBase | None:
    """Return what links to files begin with, or `None` if there are to be no links.

    `FORCE_HYPERLINK` decides, whatever the output is; its value `0` turns links off.
    """
    forced = os.environ.get("FORCE_HYPERLINK", "").strip()
    if forced == "0" or not (forced or (sys.stdout.isatty() and _shows_links())):
        return None
    return LinkBase(_host(), os.getcwd().replace(os.sep, "/"))


def _shows_links() -> bool:
    variable = os.environ.get
    term = variable("TERM", "")
    if variable("CI") or term == "dumb" or term.startswith(_MULTIPLEXERS):
        return False
    vte = variable("VTE_VERSION", "")
    return (
        any(map(variable, _VARIABLES))
        or variable("TERM_PROGRAM") in _PROGRAMS
        or term in _TERMINALS
        or variable("COLORTERM") == "xfce4-terminal"
        or (vte.isdecimal() and int(vte[:9]) >= _FIRST_VTE)
    )


def _host() -> str:
    """Return the name of this computer, so that a terminal elsewhere does not open its own file."""
    return os.uname().nodename if hasattr(os, "uname") else ""
