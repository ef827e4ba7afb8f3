"""The payload of stack and change set hooks."""

import io
import json
import urllib.request
from email.message import Message
from http.client import IncompleteRead
from urllib.error import HTTPError, URLError

import pytest

from acmrules.guards.hook import payload
from acmrules.guards.hook.faults import HookFault

URL = "https://s3.amazonaws.com/payload?X-Amz-Signature=secret"
CHANGE = {
    "logicalResourceId": "Site",
    "resourceType": "AWS::CertificateManager::Certificate",
    "action": "UPDATE",
    "beforeContext": '{"Properties": {}}',
    "afterContext": '{"Properties": {"A": "true"}}',
}


class Opener:
    """An opener of URLs that answers with some chunks, or raises an error."""

    def __init__(self, *chunks, error=None):
        self._chunks = [*chunks, b""]
        self._error = error
        self.opened = []
        self.closed = False

    def open(self, url, timeout):
        """Return the response."""
        self.opened.append((url, timeout))
        if self._error:
            raise self._error
        return self

    def read1(self, _limit):
        """Return the next chunk."""
        return self._chunks.pop(0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True


def fetch_with(opener, monkeypatch, url=URL):
    """Return what is fetched with an opener."""
    monkeypatch.setattr(urllib.request, "build_opener", lambda *_: opener)
    return payload.fetch(url)


def http_error(code):
    return HTTPError(URL, code, "secret", Message(), io.BytesIO(b"secret"))


def test_the_bytes_at_the_url_are_read_to_their_end(monkeypatch):
    """With a time limit for each step."""
    opener = Opener(b"{", b"}")
    assert fetch_with(opener, monkeypatch) == b"{}"
    assert opener.opened == [(URL, 5)]
    assert opener.closed


@pytest.mark.parametrize(
    ("error", "sentence", "retried"),
    [
        (http_error(403), "HTTP status 403", False),
        (http_error(307), "HTTP status 307", False),
        (http_error(503), "HTTP status 503", True),
        (URLError("s3.amazonaws.com"), "URLError", True),
        (TimeoutError("secret"), "TimeoutError", True),
        (IncompleteRead(b"secret"), "IncompleteRead", True),
    ],
)
def test_an_error_is_a_sentence_without_the_url(error, sentence, retried, monkeypatch):
    """Errors that may be temporary are tried again."""
    with pytest.raises(HookFault) as caught:
        fetch_with(Opener(error=error), monkeypatch)
    assert str(caught.value) == f"the templates cannot be fetched from S3: {sentence}"
    assert caught.value.retried is retried
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("url", ["", "http://s3.amazonaws.com/", "file:///etc/passwd", "HTTPS"])
def test_only_https_is_fetched(url, monkeypatch):
    """No other URL is opened."""
    opener = Opener(b"{}")
    with pytest.raises(HookFault, match="no `https` URL"):
        fetch_with(opener, monkeypatch, url)
    assert not opener.opened


@pytest.mark.parametrize("url", ["https://[", "https://s3/a b", "https://a:b/"])
def test_a_broken_url_is_a_fault(url):
    """Nothing of it is in the sentence."""
    with pytest.raises(HookFault) as caught:
        payload.fetch(url)
    assert str(caught.value) == "the URL of the payload is not valid"
    assert not caught.value.retried


def test_a_large_payload_is_a_fault(monkeypatch):
    """It is not read to its end."""
    chunk = b" " * (4 * 1024 * 1024)
    opener = Opener(*[chunk] * 9)
    with pytest.raises(HookFault, match="is larger than 10 MiB"):
        fetch_with(opener, monkeypatch)
    assert len(opener._chunks) == 7


def test_a_slow_payload_is_a_fault(monkeypatch):
    """Each step may be quick, and all of them slow."""
    moments = iter((0, 6, 14, 16))
    monkeypatch.setattr("time.monotonic", lambda: next(moments))
    with pytest.raises(HookFault, match="longer than 15 seconds") as caught:
        fetch_with(Opener(b"{", b" ", b" ", b"}"), monkeypatch)
    assert caught.value.retried


def test_no_redirection_is_followed(monkeypatch):
    """A presigned URL is valid for its own host."""
    handlers = []

    def build(handler):
        handlers.append(handler())
        return Opener(b"{}")

    monkeypatch.setattr(urllib.request, "build_opener", build)
    payload.fetch(URL)
    (handler,) = handlers
    assert isinstance(handler, urllib.request.HTTPRedirectHandler)
    assert handler.redirect_request(None, None, 301, "Moved", {}, "https://elsewhere") is None


def test_a_payload_has_templates():
    """A member may be missing, null or empty."""
    found = payload.parsed(b'{"template": "a", "previousTemplate": "b"}', "")
    assert (found.template, found.previous, found.change_set) == ("a", "b", "")
    for data in ({}, {"template": None, "previousTemplate": ""}, {"changedResources": []}):
        assert payload.parsed(json.dumps(data).encode(), "") == payload.HookPayload()


def test_changed_resources_are_a_change_set():
    """As `describe-change-set` prints one."""
    others = [None, {"logicalResourceId": 1}, {**CHANGE, "logicalResourceId": "A", "action": 1}]
    data = json.dumps({"changedResources": [CHANGE, *others]}).encode()
    found = payload.parsed(data, "arn:stack")
    assert found.resolved == {"Site", "A"}
    document = json.loads(found.change_set)
    assert document["StackId"] == "arn:stack"
    first, second = (each["ResourceChange"] for each in document["Changes"])
    assert first == {
        "Action": "Modify",
        "LogicalResourceId": "Site",
        "ResourceType": CHANGE["resourceType"],
        "BeforeContext": CHANGE["beforeContext"],
        "AfterContext": CHANGE["afterContext"],
    }
    assert second["Action"] == "Modify"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "the payload is not JSON"),
        (b"<Error/>", "the payload is not JSON"),
        (b'"\xff"', "the payload is not JSON"),
        (b"[]", "the payload is not a JSON object"),
        (b'{"template": {}}', "`template` in the payload is not a string"),
        (b'{"previousTemplate": 1}', "`previousTemplate` in the payload is not a string"),
    ],
)
def test_another_payload_is_a_fault(data, fault):
    """In one sentence."""
    with pytest.raises(HookFault) as caught:
        payload.parsed(data, "")
    assert str(caught.value) == fault
