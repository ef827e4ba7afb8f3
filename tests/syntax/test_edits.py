"""Edits of all formats: the editors, how edits are applied, and the layout around a value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers import registry
from acmrules.syntax.edits import (
    TextEdit,
    TextLayout,
    ValueEdit,
    alter,
    apply,
    by_tree,
    editor_of,
    trees_match_after,
)
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import Source

STACK = {
    "Resources": {
        "Site": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {"DomainName": "a.io", "SubjectAlternativeNames": ["b.io"]},
        }
    }
}
OBJECT = """\
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
spec:
  domainName: a.io
  subjectAlternativeNames: [b.io]
"""
RESOURCE = """\
resource "aws_acm_certificate" "site" {
  domain_name               = "a.io"
  subject_alternative_names = ["b.io"]
}
"""


@pytest.mark.parametrize(
    ("editor", "name", "text"),
    [
        ("acmrules.syntax.json.edits", "t.json", json.dumps(STACK, indent=1)),
        ("acmrules.syntax.yaml.edits", "t.yaml", f"# kept\n---\n{STACK}\n"),
        ("acmrules.readers.kubernetes.edits", "acm.yaml", OBJECT),
        ("acmrules.readers.terraform.edits", "main.tf", RESOURCE),
        ("acmrules.readers.name_lists", "names.txt", "a.io\nb.io\n"),
    ],
)
def test_editors(editor, name, text):
    """The editor of each format replaces a value, and recognizes the text that results."""
    source = Source(name, text)
    if name.endswith(".tf"):
        [declaration] = registry.configuration(lambda _: [source]).declarations("")
    else:
        [declaration] = registry.read(source)
    locations = declaration.variants[0].locations
    tree, (pointer, _) = locations.tree, locations.pointer(("names", 1))
    module, change = editor_of(tree), ValueEdit(pointer, "c.io")
    assert module.__name__ == editor
    assert module.aliased_as(tree, pointer) == ""
    after = Source(name, apply(text, module.edits(tree, change)))
    assert after.text == text.replace("b.io", "c.io")
    assert module.matches_after(source, [(tree, change)], after)
    assert not module.matches_after(source, [(tree, change)], source)


@given(st.lists(st.tuples(st.text("ab\n"), st.text("cd"), st.text("ef")), max_size=5))
def test_apply(pieces):
    """Edits replace their ranges in any order, and leave the text between them unchanged."""
    edits, wanted, text = [], "", ""
    for kept, old, new in pieces:
        start = len(text) + len(kept)
        edits.insert(0, TextEdit(None, start, start + len(old), new))
        text += kept + old + "|"
        wanted += kept + new + "|"
    assert apply(text, edits) == wanted


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (ValueEdit(("a", 0), "x"), {"a": ["x", "c"]}),
        (ValueEdit(("a", 0), None), {"a": ["c"]}),
        (ValueEdit(("a",), None), {}),
        (ValueEdit(("a", 2), "x", insert=True), {"a": ["b", "c", "x"]}),
        (ValueEdit(("d",), ["x"], insert=True), {"a": ["b", "c"], "d": ["x"]}),
    ],
)
def test_alter(change, after):
    """A change replaces, removes or inserts a value in a list or a mapping."""
    data = {"a": ["b", "c"]}
    alter(data, change)
    assert data == after


def test_changes_of_one_list():
    """Changes to one list are applied from the last index to the first."""
    tree = JsonTree(Source("t.json", '["a", "b", "c"]'))
    changes = [
        (tree, ValueEdit((0,), None)),
        (tree, ValueEdit((2,), None)),
        (tree, ValueEdit((1,), "x")),
    ]
    assert [change.pointer for change in by_tree(changes)[0]] == [(2,), (1,), (0,)]
    assert trees_match_after([tree], changes, [JsonTree(Source("t.json", '["x"]'))])
    assert not trees_match_after([tree], [], [JsonTree(Source("t.json", '["y"]'))])


@pytest.mark.parametrize(
    ("text", "value", "edits"),
    [
        ("a\n b  # c\nd", "b", [(2, 10, "")]),
        ("a\r\nb", "b", [(1, 4, "")]),
        ("a\nb", "b", [(1, 3, "")]),
        ("b", "b", [(0, 1, "")]),
        ("a b", "b", None),
        ("b a", "b", None),
    ],
)
def test_lines_of_a_value(text, value, edits):
    """A value that is alone on its line is removed with the line."""
    start = text.index(value)
    assert TextLayout(text, "#[^\n]*").without_lines(start, start + len(value)) == edits
