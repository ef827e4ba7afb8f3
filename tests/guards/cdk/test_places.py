"""The resource and the path at a position of a template."""

import json

from hypothesis import given
from hypothesis import strategies as st

from acmrules.guards.cdk.places import TemplatePlaces

KEYS = st.text(st.sampled_from('abé😀"\\.{}[]:, '), min_size=1, max_size=4)
VALUES = st.recursive(
    st.one_of(st.text(max_size=3), st.integers(), st.booleans(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
RESOURCES = st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=2), max_size=2)


def places_of(data, indent):
    """Yield the pointers of data with the line and the column of each, as JSON is written."""
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    offset = 0

    def walk(value, pointer):
        nonlocal offset
        if isinstance(value, str):
            offset = text.index('"', offset) + 1
            yield pointer, offset
            offset += len(json.dumps(value, ensure_ascii=False)) - 1
        elif isinstance(value, dict | list):
            opening = "{" if isinstance(value, dict) else "["
            offset = text.index(opening, offset)
            yield pointer, offset
            offset += 1
            for step, item in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(value, dict):
                    offset = text.index('"', offset) + 1
                    yield (*pointer, step), offset
                    offset += len(json.dumps(step, ensure_ascii=False)) - 1
                    offset = text.index(":", offset) + 1
                yield from walk(item, (*pointer, step))
            offset = text.index("}" if isinstance(value, dict) else "]", offset) + 1
        else:
            written = json.dumps(value)
            offset = text.index(written, offset)
            yield pointer, offset
            offset += len(written)

    for pointer, place in walk(data, ()):
        before = text[:place]
        yield pointer, before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1


@given(st.fixed_dictionaries({"Resources": RESOURCES, "Outputs": RESOURCES}), st.integers(0, 2))
def test_each_value_is_found_at_its_position(tmp_path_factory, data, indent):
    """The place of a member is that of its key, and also that of its value."""
    file = tmp_path_factory.mktemp("cdk") / "a.template.json"
    file.write_text(json.dumps(data, indent=indent or None, ensure_ascii=False), "utf-8")
    places = TemplatePlaces()
    for pointer, line, column in places_of(data, indent or None):
        assert places.pointer(str(file), line, column) == pointer
        logical_id, path = places.resource(str(file), line, column)
        if pointer[:1] == ("Resources",) and len(pointer) > 1:
            assert (logical_id, path) == (pointer[1], ".".join(map(str, pointer[2:])))
        else:
            assert (logical_id, path) == ("", ".".join(map(str, pointer)))


def test_a_place_in_a_string_is_that_of_the_string(tmp_path):
    """As is a place in a space after a value."""
    file = tmp_path / "a.template.json"
    file.write_text('{"Resources": {"Cert": {"Type": "T"  }}}')
    found = [TemplatePlaces().resource(str(file), 1, column) for column in (17, 24, 34, 37)]
    assert found == [("Cert", ""), ("Cert", ""), ("Cert", "Type"), ("Cert", "Type")]


def test_a_position_outside_the_text_has_no_place(tmp_path):
    """Nor has a position of a file that cannot be read."""
    file = tmp_path / "a.template.json"
    file.write_text("{}")
    for name, line in (("a.template.json", 2), ("a.template.json", 0), ("none.json", 1)):
        assert TemplatePlaces().resource(str(tmp_path / name), line, 1) == ("", "")
    file.write_text("{")
    assert TemplatePlaces().resource(str(file), 1, 1) == ("", "")
