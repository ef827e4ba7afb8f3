"""Edits of templates in configurations of the Serverless Framework."""

import pytest
from hypothesis import given
from tests.readers.serverless.test_template import CERT, stack_of

from acmrules.readers.serverless.edits import aliased_as, edits, matches_after
from acmrules.readers.serverless.template import FILE
from acmrules.strategies import names
from acmrules.syntax.edits import EditError, ValueEdit, apply
from acmrules.syntax.source import Source

TEXT = """\
custom: {{domain: {0}}}  # kept
resources:
  Resources:
    Cert:
      Type: AWS::CertificateManager::Certificate
      Properties:
        DomainName: &name x.io
        SubjectAlternativeNames:
          - "{0}"
          - *name
          - ${{self:custom.domain}}
"""
NAMES = (*CERT, "Properties", "SubjectAlternativeNames")


@given(names())
def test_nothing_else_changes(after):
    """Changing a name edits only the text of the name, in the template and at a definition."""
    text = TEXT.format("a.io")
    tree = stack_of(text)
    for pointer in ((*NAMES, 0), (FILE, "custom", "domain")):
        change = ValueEdit(pointer, str(after))
        edited = apply(text, edits(tree, change))
        assert matches_after(tree.source, [(tree, change)], Source("serverless.yml", edited))
        start, end = tree.place(pointer)
        assert edited.startswith(text[:start].rstrip("\"'"))
        assert edited.endswith(text[end:].lstrip("\"'"))
        assert str(after) in edited


def test_items_are_added_and_removed():
    """The list is that of the template."""
    text = TEXT.format("a.io")
    tree = stack_of(text)
    assert "b.io" in apply(text, edits(tree, ValueEdit((*NAMES, 3), "b.io", insert=True)))
    removal = ValueEdit((*NAMES, 0), None)
    assert '"a.io"' not in apply(text, edits(tree, removal))


def test_the_value_of_a_variable_is_not_edited_where_it_is_used():
    """Only its definition can change."""
    text = (
        "custom: {names: [a.io]}\nresources:\n  Resources:\n    Cert:\n"
        "      Type: AWS::CertificateManager::Certificate\n"
        "      Properties: {SubjectAlternativeNames: '${self:custom.names}'}\n"
    )
    with pytest.raises(EditError, match="the value comes from a variable"):
        edits(stack_of(text), ValueEdit((*NAMES, 0), "b.io"))
    with pytest.raises(EditError, match="the value comes from a variable"):
        edits(stack_of(text), ValueEdit((*NAMES, 1), "b.io", insert=True))


def test_aliases_are_described():
    """An anchor is used elsewhere too."""
    tree = stack_of(TEXT.format("a.io"))
    assert aliased_as(tree, (*CERT, "Properties", "DomainName"))
    assert not aliased_as(tree, (*NAMES, 0))
