"""What the command line passes to a report: the size of the terminal, colors, and options."""

import io
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.commands import GOOD, read, write
from tests.support.terminals import Terminal, on_terminal

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


SETTINGS = (
    ("--color", {"always": True, "never": False}),
    ("NO_COLOR", {"1": False}),
    ("FORCE_COLOR", {"1": True, "3": True, "true": True, "0": False, "false": False}),
    ("CLICOLOR_FORCE", {"1": True}),
    ("TERM", {"dumb": False}),
    ("CLICOLOR", {"0": False}),
)
"""The settings of colors in order of precedence, with the values that decide."""

IDLE = {"NO_COLOR": "", "FORCE_COLOR": "", "CLICOLOR_FORCE": "0", "TERM": "xterm", "CLICOLOR": "1"}
"""Values that do not decide."""


@given(st.fixed_dictionaries({name: st.sampled_from(["", *values]) for name, values in SETTINGS}))
def test_the_first_setting_that_is_set_decides_about_colors(chosen):
    """Without any, colors are for terminals."""
    set_to = [values[chosen[name]] for name, values in SETTINGS if chosen[name]]
    for is_terminal in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            for name, idle in IDLE.items():
                patch.setenv(name, chosen[name] or idle)
            patch.setattr(sys, "stdout", Terminal() if is_terminal else io.StringIO())
            choice = chosen["--color"] or "auto"
            assert output.wants_color(choice) is (set_to[0] if set_to else is_terminal)


def test_color_is_for_terminals_that_want_it(run, monkeypatch):
    """`--color` decides in a pipe too."""
    write("site.yaml", BAD)
    assert "\x1b[" not in run("check", "site.yaml")[1]
    for form in ("text", "concise", "grouped"):
        assert "\x1b[31m" in run("check", "site.yaml", "--color=always", "--format", form)[1]
    assert "\x1b[" not in run("check", "site.yaml", "--color=always", "--format", "json")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("check", "site.yaml")[1]
    assert "\x1b[" not in run("check", "site.yaml", "--color", "never")[1]


@pytest.mark.parametrize(
    ("words", "colored"),
    [
        (("coverage", "a.brightharbor.io", "--", "b.brightharbor.io"), "31"),
        (("coverage", "site.yaml"), "1"),
        (("validation", "site.yaml"), "1"),
        (("plan", "a.brightharbor.io"), "1"),
        (("explain", "ACM101"), "1"),
        (("compare", "site.yaml", "bad.yaml"), "31"),
    ],
)
def test_other_commands_have_colors_in_text(words, colored, run):
    """Without them, the text is the same; the other formats have none."""
    write("site.yaml", GOOD)
    write("bad.yaml", BAD)
    plain = run(words[0], "--color=never", *words[1:])
    shown = run(words[0], "--color", "always", *words[1:])
    assert f"\x1b[{colored}m" in shown[1]
    assert re.sub(r"\x1b\[\d+m", "", shown[1]) == plain[1]
    assert (shown[0], shown[2]) == (plain[0], plain[2])
    assert "\x1b" not in run(words[0], "--color=always", "--format", "json", *words[1:])[1]


@pytest.mark.parametrize(
    ("destination", "form", "variables", "expected"),
    [
        ("| cat", "text", {"GITHUB_ACTIONS": "true"}, True),
        ("| cat", "grouped", {"GITLAB_CI": "true"}, True),
        ("| cat", "concise", {"GITHUB_ACTIONS": "true"}, False),
        ("| cat", "json", {"GITHUB_ACTIONS": "true"}, False),
        ("| cat", "text", {"CI": "true"}, False),
        ("| cat", "text", {"GITHUB_ACTIONS": "true", "TERM": "dumb"}, False),
        (">out; cat out", "text", {"GITHUB_ACTIONS": "true"}, False),
    ],
)
def test_logs_of_ci_systems_have_colors(destination, form, variables, expected, tmp_path):
    """Their logs are pipes; files, and formats that programs read, have none."""
    (tmp_path / "a.txt").write_text("a_b.brightharbor.io\n")
    command = f"{sys.executable} -m acmrules check a.txt --format {form} {destination}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env=os.environ | {"TERM": "xterm"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ACM101" in done.stdout
    assert ("\x1b[31m" in done.stdout) is expected


ABOUT_LINKS = (
    *("CI", "TERM", "TERM_PROGRAM", "VTE_VERSION", "COLORTERM", "FORCE_HYPERLINK"),
    *("DOMTERM", "WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID"),
)
"""The variables of terminals that show links, which the terminal of a developer may set."""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("variables", "options", "colors", "links"),
    [
        ({"TERM_PROGRAM": "WezTerm"}, (), True, True),
        ({"TERM": "xterm-kitty"}, ("--format", "concise"), True, True),
        ({"TERM": "xterm-kitty"}, ("--format", "grouped"), True, True),
        ({"VTE_VERSION": "5202"}, (), True, True),
        ({}, (), True, False),
        ({"VTE_VERSION": "4999"}, (), True, False),
        ({"TERM_PROGRAM": "WezTerm", "CI": "true"}, (), True, False),
        ({"TERM_PROGRAM": "WezTerm", "TERM": "tmux-256color"}, (), True, False),
        ({"TERM_PROGRAM": "WezTerm", "FORCE_HYPERLINK": "0"}, (), True, False),
        ({"TERM_PROGRAM": "WezTerm", "NO_COLOR": "1"}, (), False, False),
        ({"NO_COLOR": "1", "FORCE_HYPERLINK": "1"}, (), False, True),
        ({"TERM_PROGRAM": "WezTerm"}, ("--color", "never"), False, False),
    ],
)
def test_a_terminal_shows_colors_and_links(variables, options, colors, links, tmp_path):
    """The id of a rule and the location of a finding are links, if the terminal has them."""
    (tmp_path / "a.txt").write_text("a_b.brightharbor.io\n")
    kept = {name: value for name, value in os.environ.items() if name not in ABOUT_LINKS}
    words = [sys.executable, "-m", "acmrules", "check", "a.txt", *options]
    shown = on_terminal(words, tmp_path, kept | {"TERM": "xterm"} | variables)
    assert ("\x1b[31m" in shown) is colors
    assert ("\x1b]8;;https://" in shown) is links
    assert (f"\x1b]8;;file://{os.uname().nodename}{tmp_path}/a.txt\x1b\\" in shown) is links
    assert "--> a.txt:1:2" in shown or links or options


def test_a_file_contains_no_links(run, monkeypatch):
    """It has colors only if they are requested."""
    write("a.txt", "a_b.brightharbor.io\n")
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    run("check", "a.txt", "-o", "out")
    assert "\x1b" not in read("out")
    run("check", "a.txt", "-o", "out", "--color", "always")
    assert "\x1b[31m" in read("out")
    assert "\x1b]8" not in read("out")


def test_a_file_contains_no_workflow_commands(run):
    """A step may print it later."""
    write("##[error].txt", "a_b.brightharbor.io\n")
    printed = run("check", "##[error].txt")[1]
    assert r"##\x5berror]" in printed
    run("check", "##[error].txt", "-o", "out")
    assert read("out") == printed


def test_the_output_may_be_closed_early():
    """`acmrules facts | head -1` prints nothing to standard error."""
    command = f"{sys.executable} -m acmrules facts | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
