"""The language server: a session opens all files of each case, in a workspace folder of its own."""

import atexit
import os

from tests.support.guards.cases import Row
from tests.support.lsp_client import Client, offset, uri_of

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
        row(name, text, each)
        for name, text in texts.items()
        for each in client.diagnostics[uri_of(name)]
        if each["code"].startswith("ACM")
    ]
    closed(client)
    return sorted(found)


def opened(client, case):
    """Open the files of a case in the current folder, and return their texts."""
    client.move(added=[os.curdir])
    for name in case.texts:
        client.open(name)
    # An answer is for the texts of all open files.
    client.actions(uri_of(next(iter(case.texts))), only=["source.none"])
    return case.texts


def closed(client):
    """Close the files of a case, and its folder."""
    client.leave(os.curdir)


def row(name, text, diagnostic):
    """Return a diagnostic as a row."""
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
