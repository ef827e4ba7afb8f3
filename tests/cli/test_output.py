"""What is printed: colors, and an output that is closed early."""

import subprocess
import sys

from tests.support.commands import GOOD, write

from acmrules.cli import output

BAD = GOOD.replace("DomainName: brightharbor.io\n", "DomainName: bright_harbor.io\n")


def test_colour_is_for_terminals_that_want_it(run, monkeypatch):
    """`NO_COLOR` and a dumb terminal are honoured."""
    write("site.yaml", BAD)
    assert "\x1b[" not in run("check", "site.yaml")[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert output.wants_color()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.wants_color()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not output.wants_color()


def test_a_reader_of_our_output_may_leave():
    """`acmrules facts | head -1` ends without a word on standard error."""
    command = f"{sys.executable} -m acmrules facts | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
