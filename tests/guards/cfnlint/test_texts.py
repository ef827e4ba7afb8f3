"""Paths of positions, and templates as text."""

import json

from cfnlint.decode import cfn_yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.steps import steps_of

from acmrules.guards.cfnlint.texts import Paths, WrittenTemplate
from acmrules.lint import Location
from acmrules.syntax.source import Source

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab_é\"\\'\n :#", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner),
    max_leaves=12,
)
TEMPLATES = st.dictionaries(st.text("abc", min_size=1, max_size=3), VALUES, min_size=1)


def strings(node, path=()):
    """Yield the path and the value of each string in a template."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from strings(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from strings(value, (*path, index))
    elif isinstance(node, str):
        yield path, node


@settings(max_examples=40)
@given(TEMPLATES)
def test_the_text_of_a_template_is_the_template(template):
    """All values are in it, so acmrules reads what cfn-lint has read."""
    assert json.loads(WrittenTemplate(template).text) == template


@settings(max_examples=40)
@given(TEMPLATES)
def test_a_string_has_its_path_and_its_place(template):
    """The place is that of the characters in the text that cfn-lint read."""
    text = json.dumps(template, ensure_ascii=False, indent=1)
    tree = cfn_yaml.loads(text)
    written, paths = WrittenTemplate(tree), Paths(tree)
    lines = text.splitlines()
    for part in written._parts:
        if not isinstance(part.node, str) or part.place is None or not part.node:
            continue
        place, path = written.place(Location(Source("-", ""), part.start, part.end))
        line, start, line_end, end = place
        assert line == line_end
        shown = lines[line - 1][start - 1 : end - 1]
        assert shown in {part.node, json.dumps(part.node, ensure_ascii=False)}
        assert path == part.path == paths.path_to((line, start))


def test_a_part_of_a_string_has_its_own_place():
    """With quotes and without, but not if the string is on several lines."""
    tree = cfn_yaml.loads("a: x_y\nb: 'x_y'\nc: >-\n  x_y\n")
    written = WrittenTemplate(tree)
    places = []
    at = -1
    while (at := written.text.find("_", at + 1)) >= 0:
        places.append(written.place(Location(Source("-", ""), at, at + 1))[0])
    assert places == [(1, 5, 1, 6), (2, 6, 2, 7), (3, 4, 5, 1)]


def test_a_value_without_marks_has_the_place_of_what_contains_it():
    """Numbers have none, nor has a template that a program built."""
    tree = cfn_yaml.loads("a:\n  b: 5\n")
    written = WrittenTemplate(tree)
    at = written.text.index("5")
    (line, *_), path = written.place(Location(Source("-", ""), at, at + 1))
    assert (line, path) == (2, ("a", "b"))
    plain = WrittenTemplate({"a": 5})
    assert plain.place(Location(Source("-", ""), 6, 7)) == (None, ("a",))
    assert plain.place(None) == (None, ())
    assert Paths({"a": 5}).path_to((1, 1)) == ()


def test_parts_with_the_same_place_have_the_path_of_the_first():
    """A transform copies marks: that of a macro is the place of each copy."""
    key, other = cfn_yaml.loads("a: x\n"), cfn_yaml.loads("a: y\n")
    tree = [next(iter(key)), next(iter(other))]
    assert Paths(tree).path_to((1, 1)) == (0,)


def test_places_take_the_same_steps_in_a_longer_template():
    """Each finding of a long template is placed, so the time for one must not grow with it."""

    def steps(resources):
        text = "".join(f"  R{each}: {{Properties: {{Name: x}}}}\n" for each in range(resources))
        tree = cfn_yaml.loads(f"Resources:\n{text}")
        written, paths = WrittenTemplate(tree), Paths(tree)
        spans = [(each.start, each.end) for each in written._parts if each.node == "x"]
        assert len(spans) == resources

        def place_all():
            for span in spans:
                (line, column, *_), path = written.place(Location(Source("-", ""), *span))
                assert paths.path_to((line, column)) == path

        return steps_of(place_all) / resources

    assert steps(200) < 1.2 * steps(20)
