"""The documents of a file as one tree."""

from acmrules.readers.account.documents import Documents, ObjectIn
from acmrules.syntax.source import Source


def documents(text, name="x.json"):
    return Documents(Source(name, text))


def test_a_pointer_begins_with_the_document():
    """The place of a value is that in its document."""
    tree = documents('{"a": 1}\n[{"b": "two"}]')
    assert [*tree.objects()] == [ObjectIn((0,), {"a": 1}), ObjectIn((1, 0), {"b": "two"})]
    start, end = tree.place((1, 0, "b"))
    assert tree.source.text[start:end] == "two"
    assert tree.place(()) == (0, 0)


def test_documents_of_yaml_are_objects_too():
    """Documents of YAML are as those of JSON."""
    tree = documents("a: 1\n---\n- b: two\n", "x.yaml")
    assert [each.pointer for each in tree.objects()] == [(0,), (1, 0)]
