"""Edits of manifests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.kubernetes.edits import aliased_as, edits, matches_after
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.options import Parameters
from acmrules.strategies import names
from acmrules.syntax.edits import ValueEdit, apply
from acmrules.syntax.source import Source

YAML = """\
apiVersion: v1  # first
kind: Secret
---
kind: Certificate
spec:
  domainName: &name "{0}"  # kept
  subjectAlternativeNames:
    - {1}
    - *name
"""
JSON = """\
{{"kind": "Secret"}}
{{"kind": "Certificate", "spec": {{
  "domainName": "{0}",  "subjectAlternativeNames": ["{1}", "{0}"]}}}}
"""
SPEC = (1, "spec")


def manifests(text):
    """Return the manifests of a file, and their source."""
    source = Source("acm.json" if text[0] == "{" else "acm.yaml", text)
    return Manifests(source, Parameters({})), source


@given(names(), names(), st.sampled_from([YAML, JSON]))
def test_nothing_else_changes(before, after, written_as):
    """Changing a name edits only the text of the name."""
    tree, source = manifests(
        written_as.format("a.io", f"'{before}'" if "---" in written_as else before)
    )
    pointer = (*SPEC, "subjectAlternativeNames", 0)
    change = ValueEdit(pointer, str(after))
    text = apply(source.text, edits(tree, change))
    changed, other = manifests(text)
    assert matches_after(source, [(tree, change)], other)
    assert changed.data[1]["spec"]["subjectAlternativeNames"] == [str(after), "a.io"]
    start, end = tree.place(pointer)
    assert text == source.text[:start] + str(after) + source.text[end:]


def test_an_item_is_taken_out_and_one_put_in():
    """Items are added and removed in the right manifest."""
    tree, source = manifests(YAML.format("a.io", "b.io"))
    alternatives = (*SPEC, "subjectAlternativeNames")
    removal = ValueEdit((*alternatives, 0), None)
    text = apply(source.text, edits(tree, removal))
    assert text == source.text.replace("    - b.io\n", "")
    addition = ValueEdit((*alternatives, 2), "c.io", insert=True)
    text = apply(source.text, edits(tree, addition))
    assert text == f"{source.text}    - c.io\n"
    assert matches_after(source, [(tree, addition)], manifests(text)[1])
    assert not matches_after(source, [(tree, removal)], manifests(text)[1])


@pytest.mark.parametrize(("way", "repeated"), [(("domainName",), True), ((), False)])
def test_anchors(way, repeated):
    """A value that an alias repeats is reported as aliased."""
    tree, _ = manifests(YAML.format("a.io", "b.io"))
    assert bool(aliased_as(tree, (*SPEC, *way))) == repeated
