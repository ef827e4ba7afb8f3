"""YAML texts: the same data as the loaders', long forms of functions, and positions."""

import importlib
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY, NOT_RENDERED
from acmrules.syntax.yaml import tree as yaml_tree

TEXTS = st.text("ab1-.:*'\" \u00fc\U0001f600\n", max_size=6)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


def tree_of(text, *, texts=True, module=yaml_tree):
    """Return the only tree in a file."""
    (tree,) = module.trees(Source("t.yaml", text), texts=texts)
    return tree


def at(text, *pointer):
    """Return the text at the position of a value."""
    start, end = tree_of(text).place(pointer)
    return text[start:end]


@given(VALUES, st.booleans(), st.sampled_from([None, "'", '"', "|"]))
def test_data(data, flow, style):
    """Strings, lists and mappings are read in every style."""
    text = yaml.safe_dump(data, default_flow_style=flow, default_style=style, allow_unicode=True)
    assert tree_of(text).data == data
    assert tree_of(text, texts=False).data == data


@pytest.mark.parametrize(
    ("written", "data"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B", {"Fn::GetAtt": "A.B"}),
        ("!Sub ['${a}', {a: !Ref B}]", {"Fn::Sub": ["${a}", {"a": {"Ref": "B"}}]}),
        ("!Transform {Name: x}", {"Fn::Transform": {"Name": "x"}}),
        ("!If [A, !Ref B, !Ref C]", {"Fn::If": ["A", {"Ref": "B"}, {"Ref": "C"}]}),
        ("! A", "A"),
        ("!!str A", "A"),
        ("!!binary QQ==", "QQ=="),
    ],
)
def test_tags(written, data):
    """A short form becomes the mapping of its long form; other YAML tags are ignored."""
    assert tree_of(f"x: {written}").data == {"x": data}


@pytest.mark.parametrize(
    ("written", "as_text", "as_data"),
    [
        ("5", "5", 0),
        ("1.50", "1.50", 0),
        ("2010-09-09", "2010-09-09", 0),
        ("True", "true", True),
        ("FALSE", "false", True),
        ("yes", "yes", True),
        ("~", None, None),
        ("", None, None),
        ("'~'", "~", "~"),
        ("!!str 5", "5", "5"),
        ("!!int 5", "5", 0),
        ("a", "a", "a"),
    ],
)
def test_other_than_texts(written, as_text, as_data):
    """In templates, numbers and similar scalars are strings; elsewhere, they keep their type."""
    assert tree_of(f"x: {written}").data == {"x": as_text}
    assert tree_of(f"x: {written}", texts=False).data == {"x": as_data}


TEXT = """\
plain: a.io   # comment
single: 'b.io'
double: "c.io"
escaped: "\\u00fc.io"
doubled: 'it''s'
folded: >-
  d.io
block: |
  e.io
anchored: &anchor f.io
alias: *anchor
tagged: !Sub "*.${A}"
branches: !If
- C
- [g.io]
- !Ref B
"quoted key": {h.io: i.io}
lines: j.io
  k.io
string: !!str l.io
list:
- m.io
# comment

next: ""
"""


@pytest.mark.parametrize(
    ("pointer", "written"),
    [
        (["plain"], "a.io"),
        (["plain", KEY], "plain"),
        (["single"], "b.io"),
        (["double"], "c.io"),
        (["escaped"], "\\u00fc.io"),
        (["doubled"], "it''s"),
        (["folded"], "d.io"),
        (["block"], "e.io\n"),
        (["anchored"], "f.io"),
        (["alias"], "f.io"),
        (["tagged"], '!Sub "*.${A}"'),
        (["branches", "Fn::If", 1], "[g.io]"),
        (["branches", "Fn::If", 1, 0], "g.io"),
        (["branches", "Fn::If", 1, 0, KEY], "g"),
        (["branches", "Fn::If", 2], "!Ref B"),
        (["quoted key", KEY], "quoted key"),
        (["quoted key", "h.io", KEY], "h.io"),
        (["quoted key", "h.io"], "i.io"),
        (["lines"], "j.io\n  k.io"),
        (["string"], "l.io"),
        (["list", 0], "m.io"),
        (["next"], ""),
        ([KEY], "p"),
    ],
)
def test_places(pointer, written):
    """The position of a value excludes its quotes; that of an expression includes its tag."""
    assert at(TEXT, *pointer) == written


def test_merged_mappings():
    """Merge keys add missing members, and earlier sources take precedence."""
    text = """\
base: &base {a: 1, b: 1, c: 1}
other: &other {b: 2, d: 2}
merged:
  <<: [*other, *base]
  c: 3
once: {c: 4, <<: *base, "<<": literal, ? [x] : y}
"""
    data = tree_of(text).data
    assert data["merged"] == {"a": "1", "b": "2", "c": "3", "d": "2"}
    assert data["once"] == {"a": "1", "b": "1", "c": "4", "<<": "literal"}
    assert [at(text, "merged", key) for key in "abcd"] == ["1", "2", "3", "2"]
    assert at(text, "once", "c") == "4"
    assert at(text, "once", "<<") == "literal"


def test_repeated_key():
    """The last of equal keys counts, as in the loaders."""
    text = "a: 1\na: 2\n"
    assert tree_of(text).data == {"a": "2"}
    assert tree_of(text).place(("a",)) == (8, 9)


def test_shared_values():
    """All aliases of an anchor have the same data."""
    data = tree_of("a: &a [x]\nb: [*a, *a]\n").data
    assert data["b"][0] is data["a"]


def test_documents():
    """Each document in a file is a tree, with positions from the beginning of the file."""
    text = "--- {a: b}\n--- {c: d}\n...\n"
    first, second = yaml_tree.trees(Source("t.yaml", text))
    assert (first.data, second.data) == ({"a": "b"}, {"c": "d"})
    assert text[slice(*second.place(("c",)))] == "d"


BOMB = "a: &a0 [x, x]\n" + "".join(f"b{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [b", "t.yaml:1:6: not valid YAML: did not find expected ',' or ']'"),
        ('a: "b', "t.yaml:1:6: not valid YAML: found unexpected end of stream"),
        ("a: *b", "t.yaml:1:4: not valid YAML: found undefined alias"),
        ("a:\n\tb: c", "t.yaml:2:1: not valid YAML: found character that cannot start any token"),
        ("a: \0", "t.yaml: not valid YAML: contains the character U+0000"),
        ("a: \ud800", "t.yaml: not valid YAML: contains half of a surrogate pair"),
        (
            "a: !!python/object/apply:os.system [id]",
            (
                "t.yaml:1:4: contains the tag `!!python/object/apply:os.system`,"
                " which creates a Python object"
            ),
        ),
        ("a: &a [*a]", "t.yaml:1:4: contains an anchor with its own alias"),
        ("a: &a\n  <<: *a", "t.yaml:1:4: contains an anchor with its own alias"),
        (BOMB, "t.yaml:16:6: contains aliases that expand to more than 500,000 values"),
        ("[" * 10_000 + "]" * 10_000, "t.yaml: is nested too deeply"),
        ("- " * 10_000 + "a", "t.yaml: is nested too deeply"),
        ("[" * 1_001 + "]" * 1_001, "t.yaml: is nested too deeply"),
        ("[" * 800 + "]" * 800, "t.yaml: is nested too deeply"),
        ("a: [" + "b, " * 500_001 + "]", "t.yaml: contains more than 500,000 values"),
        ("{% if a %}\nb: c\n{% endif %}", f"t.yaml:1:2: {NOT_RENDERED}"),
        ("a: {{ b }} c", f"t.yaml:1:12: {NOT_RENDERED}"),
        ("a: '{{resolve:ssm:b}}", "t.yaml:1:22: not valid YAML: found unexpected end of stream"),
    ],
    ids=lambda value: value[:40],
)
def test_unreadable(text, fault):
    """Invalid or harmful YAML is reported in one line with its position."""
    with pytest.raises(InputError) as caught:
        list(yaml_tree.trees(Source("t.yaml", text)))
    assert str(caught.value) == fault


def test_long_but_flat():
    """A file with many brackets that are not nested is read."""
    assert len(tree_of(f"a: [{'[], ' * 6_000}]").data["a"]) == 6_000


def test_without_libyaml(monkeypatch):
    """Without libyaml, the slower parser of PyYAML returns the same data."""
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    slow = importlib.reload(yaml_tree)
    try:
        tree = tree_of(TEXT, module=slow)
        assert slow._Composer.__mro__[2].__name__ == "Reader"
        with pytest.raises(InputError, match="is nested too deeply"):
            tree_of("[" * 900 + "]" * 900, module=slow)
    finally:
        monkeypatch.undo()
        importlib.reload(yaml_tree)
    assert tree.data == tree_of(TEXT).data
    for key in tree.data:
        assert tree.place((key,)) == tree_of(TEXT).place((key,))
