"""The objects in a file, and the entries of comma-separated strings."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.cluster.objects import entries
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.options import Parameters
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unknown, Unresolved

SECRET = ("", "Secret")


def manifests(text, **values):
    """Return the manifests of a file."""
    return Manifests(Source("all.yaml", text), Parameters(values))


def secrets(text, **values):
    """Return the Secrets of a file."""
    return list(manifests(text, **values).objects({SECRET}))


def annotated(value, **values):
    """Return the manifests of a Secret with an annotation, and the annotation."""
    text = f"{{kind: Secret, apiVersion: v1, metadata: {{annotations: {{a/b: {value}}}}}}}"
    tree = manifests(text, **values)
    [secret] = tree.objects({SECRET})
    return tree, secret.annotation("a/b")


@given(st.lists(st.text("aB.:/", max_size=4)), st.sampled_from([",", ", ", " , "]))
def test_entries_are_what_was_joined(texts, comma):
    """Every entry has its own location, without the whitespace around it."""
    tree, found = annotated(f"'{comma.join(texts)}'")
    read_entries = entries(found)
    assert [text for text, _, _ in read_entries] == [text for text in texts if text]
    for text, pointer, _ in read_entries:
        start, end = tree.place(pointer)
        assert tree.source.text[start:end] == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('" $A , b$C"', [Unresolved((Unknown("$A"),)), Unresolved(("b", Unknown("$C")))]),
        ('"$A,$B"', [Unresolved((Unknown("$A"),)), Unresolved((Unknown("$B"),))]),
        ("$A$B", [Unresolved((Unknown("$A"), Unknown("$B")))]),
        ('"a,,$B.c,"', ["a", Unresolved((Unknown("$B"), ".c"))]),
        ('"$GIVEN, c"', ["a", "b", "c"]),
        ("~", []),
    ],
)
def test_entries_known_in_part(value, expected):
    """Commas separate partly known entries too, even in replaced placeholders."""
    _, found = annotated(value, GIVEN="a,b")
    assert [text for text, _, _ in entries(found)] == expected


def test_an_entry_of_a_placeholder_has_its_location():
    """An entry of a replaced placeholder has the location of the placeholder."""
    tree, found = annotated("$GIVEN", GIVEN="a,b")
    locations = [tree.place(pointer) for _, pointer, _ in entries(found)]
    assert [tree.source.text[start:end] for start, end in locations] == ["$GIVEN", "$GIVEN"]
    assert {origin.note for _, _, origin in entries(found)} == {"value given for `GIVEN`"}


def test_the_definition_of_a_default():
    """The definition of a default is in the placeholder."""
    tree, found = annotated("'${A:-b.io}'")
    _, pointer, origin = found
    assert tree.place(origin.pointer) == tree.place(pointer)
    assert origin.note == "default of `A`"


FILE = """\
# comment
kind: Secret
apiVersion: v1
metadata: {name: one, namespace: a}
---
kind: List
apiVersion: v1
items:
  - {kind: Secret, apiVersion: v1, metadata: {generateName: two-}}
  - [kind]
  - {kind: Secret, apiVersion: other/v1}
---
---
- kind: Secret
---
{kind: Secret, apiVersion: v1, metadata: ~}
---
kind: List
items: {kind: Secret}
"""


def test_objects_of_a_file():
    """Objects are found in every document and list, with namespace and name."""
    found = secrets(FILE)
    assert [each.address for each in found] == ["a/one", "two-", "Secret"]
    assert [each.fields.pointer for each in found] == [(0,), (1, "items", 0), (4,)]
    assert [each.namespace for each in found] == ["a", "", ""]
    tree = manifests(FILE)
    line = [tree.source.position(tree.place(each.head)[0]).line for each in found]
    assert line == [2, 9, 16]


def test_json_values():
    """A file may contain several JSON values."""
    one = '{"kind": "Secret", "apiVersion": "v1"}'
    assert [each.fields.pointer for each in secrets(f"{one}\n{one}")] == [(0,), (1,)]


def test_an_error_has_no_index_of_the_manifest():
    """Errors do not mention the index of the manifest."""
    tree = manifests("a: b\n---\nkind: Secret\napiVersion: v1\nmetadata: [a]")
    with pytest.raises(TypeMismatchError) as caught:
        list(tree.objects({SECRET}))
    error = tree.unreadable(caught.value)
    assert str(error) == "all.yaml:5:11: `metadata` must be a mapping, not a list"


def test_the_name_may_be_a_placeholder():
    """An unknown name is kept as written."""
    [secret] = secrets("{kind: Secret, apiVersion: v1, metadata: {name: $NAME, namespace: '<ns>'}}")
    assert secret.address == "<ns>/$NAME"


def test_what_kubernetes_needs_is_named_after_it(monkeypatch):
    """Without PyYAML, the error names the extra for Kubernetes."""
    monkeypatch.delitem(sys.modules, "acmrules.syntax.yaml.tree", raising=False)
    monkeypatch.delattr("acmrules.syntax.yaml.tree", raising=False)
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(InputError, match=r"install acmrules\[kubernetes\]"):
        Manifests(Source("t.yaml", "kind: Ingress"), Parameters({}))
