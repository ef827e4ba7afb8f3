"""New texts as edits."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.support.lsp_client import edited

from acmrules.guards.lsp.diagnostics import Writer
from acmrules.guards.lsp.documents import Encoding, OpenDocument
from acmrules.guards.lsp.edits import changes, workspace_edit

TEXTS = st.lists(st.sampled_from(["a: 1", "b: \U0001f600", "", "- c\r"]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS)
def test_changes_make_one_text_of_another(before, after):
    """They are in order and do not overlap, and change nothing if nothing has changed."""
    made = [*changes(before, after)]
    assert bool(made) == (before != after)
    text = before
    for start, end, new in reversed(made):
        text = text[:start] + new + text[end:]
    assert text == after
    assert all(one[1] <= other[0] for one, other in pairwise(made))


@given(TEXTS, TEXTS)
def test_an_editor_gets_the_new_text(before, after):
    """Positions are those of the client."""
    writer = Writer(Encoding(), lambda path: f"file:///{path}")
    edit = workspace_edit(writer, {}, {"a": before}, {"a": after}, is_versioned=False)
    plain = [
        {
            "range": {
                "start": {"line": e.range.start.line, "character": e.range.start.character},
                "end": {"line": e.range.end.line, "character": e.range.end.character},
            },
            "newText": e.new_text,
        }
        for e in edit.changes["file:///a"]
    ]
    assert edited(before, plain) == after


def test_open_documents_have_a_version():
    """Other files have none."""
    writer = Writer(Encoding(), lambda path: f"file:///{path}")
    document = OpenDocument.of("file:///open", "/open", "yaml", 7, "a")
    texts = {"open": "a", "closed": "a"}
    new = dict.fromkeys(texts, "b")
    edit = workspace_edit(writer, {"open": document}, texts, new, is_versioned=True)
    versions = {e.text_document.uri: e.text_document.version for e in edit.document_changes}
    assert versions == {"file:///open": 7, "file:///closed": None}
