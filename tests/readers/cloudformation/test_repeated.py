"""Resources with the same logical ID."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.cloudformation import reader
from acmrules.readers.cloudformation.repeated import hidden
from acmrules.readers.options import Parameters
from acmrules.syntax.source import Source

NO_PARAMETERS = Parameters({})


def template(form, entries):
    """Return a template with a certificate for each logical ID and name, which may repeat."""
    parts = []
    for logical_id, name in entries:
        properties = {"DomainName": name, "ValidationMethod": "DNS"}
        resource = {"Type": "AWS::CertificateManager::Certificate", "Properties": properties}
        parts.append(f'"{logical_id}": {json.dumps(resource)}')
    if form == "json":
        return Source("t.json", '{"Resources": {' + ",\n".join(parts) + "}}")
    lines = "".join(f"  {part}\n" for part in parts)
    return Source("t.yaml", f"Resources:\n{lines}")


def names(declarations):
    """Return the names of requests as they are written at their locations."""
    found = []
    for declaration in declarations:
        (variant,) = declaration.variants
        location = variant.location(("names", 0))
        assert str(variant.request.names[0]) == location.text
        found.append((declaration.address, location.text, location.source))
    return found


@pytest.mark.parametrize("form", ["json", "yaml"])
@given(
    entries=st.lists(
        st.tuples(st.sampled_from(["A", "B", "Cert"]), st.integers(0, 9)), min_size=1, max_size=6
    )
)
def test_all_of_them_are_read(form, entries):
    """The reader and the hidden declarations together are all entries, at their places."""
    entries = [(key, f"n{number}.io") for key, number in entries]
    source = template(form, entries)
    found, notes = hidden(source, NO_PARAMETERS)
    both = names([*found, *reader.read(source, NO_PARAMETERS)])
    assert sorted((key, name) for key, name, _ in both) == sorted(entries)
    assert all(where is source for _, _, where in both)
    assert len(notes) == len(found) == len(entries) - len(dict(entries))
    assert all(source.text[n.location.start : n.location.end] == n.what[1:-1] for n in notes)


def test_the_note_says_where_the_other_one_is():
    """A stack has the last one, so the note of the first one has its line."""
    source = template("yaml", [("Cert", "a.io"), ("Cert", "b.io")])
    _, (note,) = hidden(source, NO_PARAMETERS)
    assert (note.line, note.what) == (2, "`Cert`")
    assert note.why == "is declared again on line 3, and a stack has only one of them"


def test_an_invalid_one_does_not_affect_the_other():
    """The stack has the last one, which is valid."""
    valid = template("yaml", [("Cert", "a.io")]).text
    broken = "  Cert: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: []}}\n"
    source = Source("t.yaml", valid.replace("Resources:\n", f"Resources:\n{broken}"))
    declared, (note,) = hidden(source, NO_PARAMETERS)
    assert (declared, note.line) == ([], 2)
    assert len(reader.read(source, NO_PARAMETERS)) == 1
