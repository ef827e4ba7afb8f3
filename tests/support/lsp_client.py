"""A client of the language server, which speaks the protocol with the real process."""

import contextlib
import json
import os
import queue
import re
import subprocess
import sys
import threading
from pathlib import Path

TIMEOUT = 120
LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".tf": "terraform"}


class Client:
    """A session with the server: requests, notifications, and what the server has sent.

    `capabilities` are those of the client, and `configuration` is what it answers when the server
    wants its settings. `diagnostics` are the last ones by URI.
    """

    def __init__(self, folders=(), capabilities=None, options=None, configuration=None, env=None):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "acmrules", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
        )
        self.configuration = configuration
        self.received = []
        self.diagnostics = {}
        self.versions = {}
        self.errors = []
        self.opened = set()
        self._ids = 0
        self._queue = queue.Queue()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=target, daemon=True)
            for target in (self._read, self._read_errors)
        ]
        for thread in self._threads:
            thread.start()
        self.initialized = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": None,
                "capabilities": capabilities or {},
                "initializationOptions": options,
                "workspaceFolders": [folder(each) for each in folders] or None,
            },
        )
        self.notify("initialized", {})

    # Messages

    def _read(self):
        stream = self.process.stdout
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode("ascii").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
                header = stream.readline()
            self._queue.put(json.loads(stream.read(length)))
        self._queue.put(None)

    def _read_errors(self):
        self.errors += [line.decode() for line in self.process.stderr]

    def _send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        with self._lock:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
            self.process.stdin.flush()

    def notify(self, method, params):
        """Send a notification."""
        self._send({"method": method, "params": params})

    def start(self, method, params):
        """Send a request, and return its number."""
        self._ids += 1
        self._send({"id": self._ids, "method": method, "params": params})
        return self._ids

    def request(self, method, params=None):
        """Return the result of a request."""
        return self.result(self.start(method, params))

    def result(self, number):
        """Return the result of a started request."""
        message = self.wait(lambda each: each.get("id") == number and "method" not in each)
        assert "error" not in message, message["error"]
        return message["result"]

    def wait(self, is_wanted, timeout=TIMEOUT):
        """Return the first new message that is wanted; answer and keep all others."""
        while True:
            message = self._queue.get(timeout=timeout)
            assert message is not None, "".join(self.errors)
            self.received.append(message)
            self._note(message)
            if is_wanted(message):
                return message

    def _note(self, message):
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params["diagnostics"]
            self.versions[params["uri"]] = params.get("version")
        elif method is not None and "id" in message:
            answer = None
            if method == "workspace/configuration":
                answer = [self.configuration for _ in message["params"]["items"]]
            self._send({"id": message["id"], "result": answer})

    def sent(self, method):
        """Return the parameters of the messages of a method that were received."""
        return [each["params"] for each in self.received if each.get("method") == method]

    # Documents

    def open(self, path, text=None, version=1, language=None):
        """Open a file, or a document of a URI, and return its URI."""
        uri = path if ":" in str(path) else uri_of(path)
        if text is None:
            text = Path(path).read_bytes().decode()
        language = language or LANGUAGES.get(os.path.splitext(str(path))[1], "plaintext")
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.opened.add(uri)
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri, version, *changes):
        """Change a document: each change is the whole text, or new text with its range."""
        events = [
            {"text": each} if isinstance(each, str) else {"range": each[0], "text": each[1]}
            for each in changes
        ]
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": events})

    def close(self, uri):
        """Close a document."""
        self.opened.discard(uri)
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def published(self, uri, version=None):
        """Return the next diagnostics of a document, those of a version if it is given."""

        def is_wanted(message):
            params = message.get("params") or {}
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and version in (None, params.get("version"))
            )

        return self.wait(is_wanted)["params"]["diagnostics"]

    def actions(self, uri, where=None, only=None):
        """Return the code actions of a range, by default of the whole document."""
        context = {"diagnostics": [], **({"only": only} if only else {})}
        where = where or span(0, 0, 1_000_000, 0)
        params = {"textDocument": {"uri": uri}, "range": where, "context": context}
        return self.request("textDocument/codeAction", params)

    def hover(self, uri, line, character):
        """Return the Markdown of the hover at a place, or `None`."""
        place = {"line": line, "character": character}
        found = self.request(
            "textDocument/hover", {"textDocument": {"uri": uri}, "position": place}
        )
        return found and found["contents"]["value"]

    def move(self, added=(), removed=()):
        """Add and remove workspace folders."""
        event = {"added": [*map(folder, added)], "removed": [*map(folder, removed)]}
        self.notify("workspace/didChangeWorkspaceFolders", {"event": event})

    def leave(self, *folders):
        """Close all documents, and remove workspace folders, so that another test can begin."""
        for uri in [*self.opened]:
            self.close(uri)
        self.move(removed=folders)

    def stop(self):
        """End the session, and return the exit code."""
        with contextlib.suppress(Exception):
            self.request("shutdown")
            self.notify("exit", None)
        code = self.process.wait(TIMEOUT)
        self.close_streams()
        return code

    def close_streams(self):
        """Release the streams of a process that has ended."""
        for thread in self._threads:
            thread.join(TIMEOUT)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()


def uri_of(path):
    """Return the URI of a file."""
    return Path(os.path.abspath(path)).as_uri()


def folder(path):
    """Return a workspace folder."""
    return {"uri": uri_of(path), "name": os.path.basename(path)}


def span(line, character, last_line, last_character):
    """Return a range."""
    return {
        "start": {"line": line, "character": character},
        "end": {"line": last_line, "character": last_character},
    }


# Edits


def edits_of(action):
    """Return the edits of an action by URI."""
    edit = action["edit"]
    if "documentChanges" in edit:
        return {each["textDocument"]["uri"]: each["edits"] for each in edit["documentChanges"]}
    return edit["changes"]


def edited(text, edits):
    """Return text with the edits of the protocol, whose characters are UTF-16 units."""
    spots = [
        (offset(text, each["range"]["start"]), offset(text, each["range"]["end"]), each["newText"])
        for each in edits
    ]
    for start, end, new in sorted(spots, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def offset(text, place):
    """Return the offset of a place in text."""
    lines = lines_of(text)
    if place["line"] >= len(lines):
        return len(text)
    before = sum(map(len, lines[: place["line"]]))
    line = lines[place["line"]].rstrip("\r\n").encode("utf-16-le")
    return before + len(line[: 2 * place["character"]].decode("utf-16-le", "ignore"))


def lines_of(text):
    """Return the lines of text, with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text)
