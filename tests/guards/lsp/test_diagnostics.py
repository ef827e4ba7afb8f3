"""Diagnostics of reports; those of all cases are compared in `test_same_findings.py`."""

from lsprotocol import types
from tests.support.guards.lsp import session

from acmrules.guards.lsp.diagnostics import Writer, diagnostics_of
from acmrules.guards.lsp.documents import Encoding, OpenDocument
from acmrules.guards.lsp.folders import WHOLE, Configuration, Folder
from acmrules.guards.lsp.schedule import Outcome
from acmrules.model.placed import Location
from acmrules.syntax.source import InputError, Position, Source, UnreadSource, offset_of

UNKNOWN = """\
Parameters:
  Name: {Type: String}
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: !Ref Name, ValidationMethod: DNS}
"""


def writer(encoding="utf-16"):
    """Return a writer of diagnostics."""
    return Writer(Encoding(encoding), lambda path: f"file:///{path}")


def test_an_unknown_name_is_one_hint(tmp_path, monkeypatch):
    """It has the number of rules that wait for it."""
    monkeypatch.chdir(tmp_path)
    session().move(added=[tmp_path])
    found = session().published(session().open("site.yaml", UNKNOWN))
    session().leave(tmp_path)
    hints = [each for each in found if each["code"] == "undecided"]
    (hint,) = [each for each in hints if "`Name`" in each["message"]]
    assert hint["severity"] == 4
    assert "rules wait for it" in hint["message"]


def test_an_error_has_the_rest_of_its_line():
    """Of the open text; without that, its place is all that is known."""
    source = Source("a", "x: \U0001f600\ny: [\n")
    error = InputError("a", "is wrong", Position(2, 4))
    assert writer().unreadable(error, source).range == types.Range(
        types.Position(1, 3), types.Position(1, 4)
    )
    place = types.Position(1, 3)
    assert writer().unreadable(error, None).range == types.Range(place, place)
    beyond = InputError("a", "is wrong", Position(9, 1))
    assert writer().unreadable(beyond, source).range.start == types.Position(8, 0)
    assert writer().unreadable(InputError("a", "is gone"), source).range.end.line == 0


def test_a_place_in_a_file_that_was_not_read_is_its_line_and_column():
    """Such as the related location in a plan."""
    source = UnreadSource("a")
    start, end = (offset_of(Position(3, column)) for column in (2, 5))
    found = writer().range(Location(source, start, end))
    assert found == types.Range(types.Position(2, 1), types.Position(2, 4))


def test_a_fault_of_a_check_is_a_diagnostic_of_each_document(tmp_path):
    """So that an editor does not show old findings."""
    folder = Folder(str(tmp_path), Configuration(), "", WHOLE)
    folder.documents["a.yaml"] = OpenDocument.of("file:///a.yaml", "/a.yaml", "yaml", 1, "")
    found = diagnostics_of(writer(), folder, Outcome(None, "a bug"))
    (bug,) = found["a.yaml"]
    assert (bug.code, bug.message) == ("bug", "a bug")
