"""Arguments of calls: what the schemas refuse is refused with one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from acmrules.guards.mcp.arguments import require_valid
from acmrules.guards.mcp.bounds import Refused
from acmrules.guards.mcp.tools import ARGUMENTS, BY_NAME

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 10**8),
    st.sampled_from(["", "note", "unchecked", "2026-11-30", "site.yaml", "x" * 5000]),
    st.lists(st.sampled_from(["", "a.yaml", 1]), max_size=2),
    st.just(["a.yaml"] * 101),
    st.dictionaries(st.sampled_from(["a.yaml", "b"]), st.sampled_from(["x", 1]), max_size=2),
)


@given(
    st.sampled_from([*BY_NAME]),
    st.dictionaries(st.sampled_from([*ARGUMENTS, "path"]), VALUES, max_size=3),
)
def test_arguments_are_valid_if_the_schema_accepts_them(tool, arguments):
    """The check agrees with the schema that clients see, and its sentence is short."""
    if Draft202012Validator(BY_NAME[tool].input_schema).is_valid(arguments):
        require_valid(tool, arguments)
        return
    with pytest.raises(Refused) as caught:
        require_valid(tool, arguments)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    ("tool", "arguments", "fault"),
    [
        ("check", {"pats": ["a"]}, "unknown argument `pats`; did you mean `paths`?"),
        ("check", {"paths": "a"}, "the argument `paths` must be a list"),
        ("check", {"paths": []}, "the argument `paths` must not be empty"),
        ("check", {"paths": ["a", 1]}, "the argument `paths[1]` must be a string"),
        ("check", {"texts": {"a": 1}}, "the argument `texts.a` must be a string"),
        ("check", {"show": "all"}, "the argument `show` must be one of results, unchecked"),
        ("check", {"as_of": "now"}, "the argument `as_of` must be a date such as 2026-03-15"),
        ("check", {"offset": -1}, "the argument `offset` must be at least 0"),
        ("explain", {}, "the argument `query` is missing"),
    ],
)
def test_a_fault_is_one_sentence(tool, arguments, fault):
    """The sentence names the argument, and what it must be."""
    with pytest.raises(Refused) as caught:
        require_valid(tool, arguments)
    assert str(caught.value) == fault
