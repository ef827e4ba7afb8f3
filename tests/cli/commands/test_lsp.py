"""The command `lsp`."""

import sys

from tests.support.lsp_client import Client

from acmrules.cli.main import CLEAN, UNREADABLE


def test_the_server_ends_with_the_session(tmp_path):
    """The exit code is 0, and standard output has nothing but messages."""
    client = Client([tmp_path])
    assert client.initialized["serverInfo"]["name"] == "acmrules"
    assert client.stop() == CLEAN


def test_a_session_that_ends_without_shutdown_is_an_error(tmp_path):
    """As the protocol has it."""
    client = Client([tmp_path])
    client.notify("exit", None)
    assert client.stop() == 1


def test_an_editor_that_is_gone_ends_the_server(tmp_path):
    """Its end of standard input is closed."""
    client = Client([tmp_path])
    client.process.stdin.close()
    assert client.process.wait(60) == CLEAN
    client.close_streams()


def test_without_pygls_the_message_has_the_command_that_installs_it(run, monkeypatch):
    """One sentence, and exit code 2."""
    monkeypatch.setitem(sys.modules, "pygls", None)
    code, out, err = run("lsp")
    assert (code, out) == (UNREADABLE, "")
    assert err.count("\n") == 1
    assert "`pip install 'acmrules[lsp]'`" in err


def test_the_command_takes_no_arguments(run):
    """Editors configure the server in the session."""
    code, _, err = run("lsp", "infra")
    assert code == UNREADABLE
    assert "only options" in err
