"""Settings of all tests: length of searches, no network, and the versions that a test installs."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

from acmrules.cli import main
from acmrules.cli.output import LOGS_WITH_COLORS

settings.register_profile("brief", max_examples=10, deadline=None)
settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Reports wrap at the size of the terminal, and use colors and links, as these state.
for name in (
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"),
    *("FORCE_HYPERLINK", *LOGS_WITH_COLORS),
):
    os.environ.pop(name, None)

# Some tests install acmrules: with these versions, unless `.ci/run` sets others.
for name in ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"):
    os.environ.setdefault(name, str(Path(__file__).parent / "constraints.txt"))


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuse every connection and every look-up of an address."""

    def refuse(*_, **__):
        raise AssertionError("a test reached for the network")

    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the working folder: a checkout with two folders below."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "infra" / "prod").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs a command in a checkout of its own.

    It returns the exit code, the output and the errors.
    """
    (tmp_path / ".git").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def call(*words):
        code = main.main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return call
