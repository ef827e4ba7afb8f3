"""The command `mcp`: its errors, the skill, and that it serves until the input ends."""

import subprocess
import sys
from contextlib import nullcontext

import pytest

from acmrules.cli.commands.mcp import _raise_first
from acmrules.cli.main import CLEAN, UNREADABLE, main
from acmrules.cli.parser import UsageError
from acmrules.guards.mcp.skill import skill_text


def test_the_skill_is_printed(capsys, monkeypatch):
    """The skill needs no extra."""
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert main(["mcp", "--skill"]) == CLEAN
    assert capsys.readouterr().out == skill_text()


@pytest.mark.parametrize("missing", ["mcp_types", "mcp.server.lowlevel", "anyio"])
def test_the_extra_is_missing(capsys, monkeypatch, missing):
    """Without the extra, or with version 1 of it, one sentence has the command to install it."""
    monkeypatch.delitem(sys.modules, "acmrules.guards.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    assert main(["mcp"]) == UNREADABLE
    assert capsys.readouterr().err == (
        "acmrules: `acmrules mcp` needs the package `mcp` from 2.1 up to 3;"
        " install it with `pip install 'acmrules[mcp]'`\n"
    )


def test_a_bug_is_not_a_missing_extra(capsys, monkeypatch):
    """A module of acmrules that is missing is reported as a bug."""
    monkeypatch.delitem(sys.modules, "acmrules.guards.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "acmrules.guards.mcp.calls", None)
    assert main(["mcp"]) == 3
    assert "a bug in acmrules" in capsys.readouterr().err


def test_a_directory_does_not_exist(capsys):
    """The error names the directory."""
    assert main(["mcp", ".", "absent"]) == UNREADABLE
    assert capsys.readouterr().err == "acmrules: absent: no such directory\n"
    assert main(["mcp", __file__]) == UNREADABLE
    assert capsys.readouterr().err == f"acmrules: {__file__}: is not a directory\n"


def test_the_server_ends_with_its_input(tmp_path):
    """A client that closes the input at once gets exit code 0, and no output."""
    done = subprocess.run(
        [sys.executable, "-m", "acmrules", "mcp"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_standard_input_is_closed(tmp_path):
    """Without a client, one sentence says so."""
    done = subprocess.run(
        ["bash", "-c", 'exec "$0" -m acmrules mcp <&-', sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == UNREADABLE
    assert done.stderr == ("acmrules: cannot use standard input and output: bad file descriptor\n")


@pytest.mark.parametrize(
    ("fault", "raised"),
    [(BrokenPipeError(), None), (ValueError("x"), ValueError), (OSError(9, "Bad"), UsageError)],
)
def test_errors_of_the_tasks_of_the_server(fault, raised):
    """A client that is gone is no error; others are reported as everywhere."""
    group = ExceptionGroup("tasks", [ExceptionGroup("inner", [fault])])
    with pytest.raises(raised) if raised else nullcontext():
        _raise_first(group)
