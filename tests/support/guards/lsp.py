"""The language server: a session opens all files of each case, in a workspace folder of its own."""

import atexit
import os

from tests.support.guards.cases import Row
from tests.support.lsp_client import Client, folder, offset, uri_of

SEVERITIES = {1: "error", 2: "warning", 3: "note"}
_sessions = []


def takes(_case):
    """Return whether an editor can open the files of a case."""
    return True


def session():
    """Return the session of all cases."""
    if not _sessions:
        _sessions.append(Client())
        atexit.register(_sessions[0].stop)
    return _sessions[0]


def findings(case):
    """Return the rows of the diagnostics of the case's files, which are all open."""
    client = session()
    texts = opened(client, case)
    found = [
        row(client, name, text, each)
        for name, text in texts.items()
        for each in client.diagnostics[uri_of(name)]
        if each["code"].startswith("ACM")
    ]
    closed(client, case)
    return sorted(found)


def opened(client, case):
    """Open the files of a case in the current folder, and return their texts."""
    event = {"added": [folder(os.curdir)], "removed": []}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    for name in case.texts:
        client.open(name)
    # The last outcome is that of all texts.
    for name in case.texts:
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri_of(name)}})
    client.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": uri_of(next(iter(case.texts)))},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": [], "only": ["source.none"]},
        },
    )
    return case.texts


def closed(client, case):
    """Close the files of a case, and its folder."""
    for name in case.texts:
        client.close(uri_of(name))
    event = {"added": [], "removed": [folder(os.curdir)]}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})


def row(client, name, text, diagnostic):
    """Return a diagnostic as a row."""
    del client
    start = diagnostic["range"]["start"]
    line = offset(text, {"line": start["line"], "character": 0})
    return Row(
        name,
        start["line"] + 1,
        offset(text, start) - line + 1,
        diagnostic["code"],
        SEVERITIES[diagnostic["severity"]],
        diagnostic["message"].partition("\nhelp: ")[0],
    )
