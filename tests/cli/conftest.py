"""Fixtures for the tests of the command line."""

import pytest

from acmrules.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs a command in a checkout of its own.

    It returns the exit code, the output and the errors.
    """
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def call(*words):
        code = main.main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return call
