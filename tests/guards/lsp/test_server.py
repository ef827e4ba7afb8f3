"""Laws of a session: whatever is edited, the last text counts."""

import asyncio

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lsprotocol import types
from tests.support.guards.lsp import session
from tests.support.lsp_client import edited, span

from acmrules.guards.lsp import folders, server
from acmrules.guards.lsp.features import create

LINES = st.sampled_from(
    [
        "# \U0001f600 caf\u00e9",
        "DomainName: www.brightharbor.io",
        "DomainName: localhost",
        "DomainName: \U0001f600.brightharbor.io",
        "ValidationMethod: DNS",
        "ValidationMethod: [",
        "SubjectAlternativeNames: [a_b.brightharbor.io, www.brightharbor.io]",
        "",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.builds(lambda lines, end: end.join(lines), st.lists(LINES, max_size=5), ENDS)
EDITS = st.tuples(
    *(st.tuples(st.integers(0, 5), st.integers(0, 40)) for _ in range(2)), TEXTS | ENDS
)


@settings(max_examples=25)
@given(TEXTS, st.lists(TEXTS | EDITS, min_size=1, max_size=5))
@example("# \U0001f600\nValidationMethod: [", [((1, 17), (1, 20), "\n")])
def test_edits_end_with_the_diagnostics_of_the_last_text(text, steps):
    """As if the document had been opened with it."""
    client = session()
    uri = client.open("untitled:edited", text, language="yaml")
    version = 1
    for version, step in enumerate(steps, 2):
        if isinstance(step, str):
            text = step
            client.change(uri, version, step)
            continue
        (start, end), new = sorted(step[:2]), step[2]
        text = edited(text, [{"range": span(*start, *end), "newText": new}])
        client.change(uri, version, (span(*start, *end), new))
    after_edits = client.published(uri, version)
    client.close(uri)
    assert client.published(uri) == []
    client.open(uri, text, version=1_000, language="yaml")
    assert client.published(uri, 1_000) == after_edits
    client.close(uri)
    client.published(uri)


def test_an_exception_in_a_check_is_one_diagnostic(monkeypatch, tmp_path):
    """The log of the client has the bug, and the next text is checked."""
    monkeypatch.chdir(tmp_path)
    sent, logged = [], []
    check = folders.Folder.check

    def broken(folder, documents, step=None):
        if any("bug" in each.text for each in documents.values()):
            raise ZeroDivisionError("oops")
        return check(folder, documents, step)

    monkeypatch.setattr(folders.Folder, "check", broken)
    monkeypatch.setattr(
        server.Server, "text_document_publish_diagnostics", lambda _, params: sent.append(params)
    )
    monkeypatch.setattr(
        server.Server, "window_log_message", lambda _, params: logged.append(params)
    )

    async def edit():
        made = create()
        document = server.OpenDocument.of("untitled:a", "", "yaml", 1, "# bug\n")
        made.open(document)
        folder, _ = made.places["untitled:a"]
        await made.schedule.current(folder)
        whole = types.TextDocumentContentChangeWholeDocument("DomainName: localhost\n")
        made.change("untitled:a", 2, [whole])
        await made.schedule.current(folder)
        made.schedule.close()

    asyncio.run(edit())
    assert "ZeroDivisionError: oops" in logged[0].message
    (bug,) = sent[0].diagnostics
    assert bug.code == "bug"
    assert "ACM101" in [each.code for each in sent[-1].diagnostics]
