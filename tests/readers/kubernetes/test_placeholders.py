"""Placeholders in manifests: the known and the unknown parts of strings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.evaluated import Node, unwrap
from acmrules.readers.kubernetes.placeholders import filled
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.source import Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved


def filled_text(text, **values):
    """Return a string after the replacement."""
    [tree] = trees(Source("a.yaml", "a: b"))
    return filled(text, (), tree, values)


def to_fill(label):
    """Return an unknown value that the reader of any format recognizes."""
    return Unknown(label, is_placeholder=True)


def written(value):
    """Return the source text of a value."""
    return value.label if isinstance(value, Unknown) else str(value)


def templates():
    """Draw strings with placeholders as parts: a literal, or a name and its syntax."""
    literals = st.text("ab.*-", min_size=1, max_size=4).map(lambda text: (None, text))
    ways = st.sampled_from(["${%s}", "$(%s)", "{{ %s }}", "{{- %s -}}"])
    names = st.sampled_from(["X", "HOST"])
    return st.lists(literals | st.tuples(names, ways), max_size=5)


def text_of(template):
    """Return the source text of a template."""
    return "".join(text if name is None else text % name for name, text in template)


@given(templates())
def test_what_is_unknown_is_written_as_it_was(template):
    """A string with placeholders has literal and unknown parts."""
    value = filled_text(text_of(template))
    assert written(value) == text_of(template)
    known = [text for name, text in template if name is None]
    assert isinstance(value, str) == (len(known) == len(template))


@given(templates(), st.text("abc.", max_size=3))
def test_what_is_given_is_put_in_place(template, value):
    """If every value is set, all placeholders are replaced."""
    found = filled_text(text_of(template), X=value, HOST="host")
    given_values = {"X": value, "HOST": "host"}
    replaced = "".join(text if name is None else given_values[name] for name, text in template)
    assert unwrap(found) == replaced


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$NAME", Unknown("$NAME")),
        ("$NAME.a.io", Unresolved((Unknown("$NAME"), ".a.io"))),
        ("*.${NAME}", Unresolved(("*.", Unknown("${NAME}")))),
        ("${NAME:0:3}.io", Unresolved((Unknown("${NAME:0:3}"), ".io"))),
        ("{{ .a }}{{ .b }}", Unresolved((Unknown("{{ .a }}"), Unknown("{{ .b }}")))),
        ('{{ "a\n" }}', Unknown('{{ "a\n" }}')),
        (
            "{{ if .a }}b.{{ else }}{{ .c }}{{ end }}d.io",
            Unresolved((Unknown("{{ if .a }}b.{{ else }}{{ .c }}{{ end }}"), "d.io")),
        ),
        ("{% if a %}b.{% endif %}io", Unresolved((Unknown("{% if a %}b.{% endif %}"), "io"))),
        ("{{ .iffy }}", Unknown("{{ .iffy }}")),
        ("{{ host }}", to_fill("{{ host }}")),
        ("<FQDN>", to_fill("<FQDN>")),
        ("<sub>.a.io", Unresolved((to_fill("<sub>"), ".a.io"))),
        (
            "arn:aws:acm:us-east-1:<your-id>:certificate/1",
            Unresolved(("arn:aws:acm:us-east-1:", to_fill("<your-id>"), ":certificate/1")),
        ),
        ("a <b@c> d", "a <b@c> d"),
        ("$5 and $", "$5 and $"),
        ("", ""),
    ],
)
def test_examples(text, value):
    """Placeholders of shells, Kustomize and Helm are recognized, and whole values in `<>`."""
    assert filled_text(text) == value


def test_a_value_has_a_note_of_its_origin():
    """Values of the user and defaults have notes."""
    assert filled_text("$A.io", A="a").note == "value given for `A`"
    assert filled_text("<A>", A="a").note == "value given for `A`"
    assert unwrap(filled_text("b.<A>.io", A="a")) == "b.a.io"
    default = filled_text("${A:-a}.${B:=b}.io")
    assert isinstance(default, Node)
    assert (unwrap(default), default.note) == ("a.b.io", "default of `A`")
    assert default.origin is not None
    assert unwrap(filled_text("${A:-a}.io", A="c")) == "c.io"
    assert unwrap(filled_text("${A:-a}.$B")) == Unresolved(("a.", Unknown("$B")))


def test_data_keeps_its_shape():
    """Placeholders are replaced in lists and mappings, and only in strings."""
    [tree] = trees(Source("a.yaml", "a: [b, ~, {}]\nb: {c: $D}"))
    assert filled(tree.data, (), tree, {}) == {
        "a": ["b", None, {}],
        "b": {"c": Unknown("$D")},
    }


def test_a_template_outside_of_a_text():
    """Template syntax outside of strings is an error."""
    [tree] = trees(Source("a.yaml", "a:\n  b: {{ toYaml .Values.b }}"))
    with pytest.raises(TypeMismatchError, match="render") as caught:
        filled(tree.data, (), tree, {})
    assert (caught.value.pointer, caught.value.fault) == (("a", "b"), NOT_RENDERED)
