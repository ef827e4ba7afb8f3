"""Clients that break the protocol, or use what it allows, in sessions with the real process."""

import pytest
from tests.support.lsp_client import Client

WATCHING = {
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}, "configuration": True}
}
HOVER = {"textDocument": {"uri": "untitled:a"}, "position": {"line": 0, "character": 0}}
REQUEST = "DomainName: localhost\nValidationMethod: DNS\n"


class Refusing(Client):
    """A client that answers the requests of the server with errors."""

    def _note(self, message):
        if "method" in message and "id" in message:
            error = {"code": -32601, "message": "not here"}
            self._send({"id": message["id"], "error": error})
        else:
            super()._note(message)


@pytest.fixture
def client(tmp_path, monkeypatch):
    """Return a client of a process of its own."""
    monkeypatch.chdir(tmp_path)
    client = Client([tmp_path])
    yield client
    if client.process.poll() is None:
        client.stop()


def error(client, number):
    """Return the code and the message of the error that answers a request."""
    found = client.wait(lambda each: each.get("id") == number and "method" not in each)["error"]
    return found["code"], found["message"]


@pytest.mark.parametrize(
    "params",
    [
        None,
        [],
        {"textDocument": {}},
        {"textDocument": {"uri": "untitled:a"}, "position": {"line": -1, "character": 0}},
        {"textDocument": {"uri": "untitled:a"}, "position": {"line": "x", "character": 0}},
    ],
)
def test_a_request_with_wrong_parameters_has_an_answer(client, params):
    """It is an error, without a message for the user, and the session goes on."""
    assert error(client, client.start("textDocument/hover", params)) == (-32602, "Invalid Params")
    assert client.hover("untitled:a", 0, 0) is None
    assert client.sent("window/showMessage") == []


def test_a_change_of_a_document_that_is_not_open_is_logged(client):
    """No message for the user, and the session goes on."""
    client.change("untitled:a", 2, REQUEST)
    client.wait(lambda each: each.get("method") == "window/logMessage")
    uri = client.open("untitled:a", REQUEST, language="yaml")
    assert [each["code"] for each in client.published(uri)] == ["ACM101"]
    assert client.sent("window/showMessage") == []


def test_requests_after_the_end_have_an_error(client):
    """The client waits for no answer in vain."""
    client.request("shutdown")
    for method, params in (("textDocument/hover", HOVER), ("shutdown", None)):
        assert error(client, client.start(method, params)) == (-32600, "the session is shut down")
    client.notify("exit", None)
    assert client.process.wait(60) == 0
    client.close_streams()


def test_a_late_cancel_is_not_reported(client):
    """A client may cancel a request whose answer is on its way."""
    number = client.start("textDocument/hover", HOVER)
    client.result(number)
    client.notify("$/cancelRequest", {"id": number})
    client.result(client.start("textDocument/hover", HOVER))
    assert client.stop() == 0
    assert client.errors == []


def test_a_client_may_refuse_what_the_server_requests(tmp_path, monkeypatch):
    """The log has the reason, the user has no message, and documents are checked."""
    monkeypatch.chdir(tmp_path)
    client = Refusing([tmp_path], capabilities=WATCHING)
    for _ in range(2):
        client.wait(lambda each: each.get("method") == "window/logMessage")
    uri = client.open("untitled:a", REQUEST, language="yaml")
    assert [each["code"] for each in client.published(uri)] == ["ACM101"]
    logged = [each["message"] for each in client.sent("window/logMessage")]
    assert logged == [
        "Changes of files on disk are not reported: not here",
        "The configuration cannot be read: not here",
    ]
    assert client.sent("window/showMessage") == []
    assert client.stop() == 0
    assert client.errors == []
