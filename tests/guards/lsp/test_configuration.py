"""The configuration of a client."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.guards.lsp.configuration import Configuration, configuration_of

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def test_members_are_read_with_and_without_a_section():
    """Some editors send all their settings, others a section."""
    members = {"region": "eu-west-1", "asOf": "2027-03-15", "run": "onSave", "settings": "a.toml"}
    expected = Configuration("eu-west-1", date(2027, 3, 15), "a.toml", "onSave")
    assert configuration_of(members) == (expected, [])
    assert configuration_of({"acmrules": members}) == (expected, [])


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"region": "europe"}, "europe"),
        ({"region": 5}, "must be a string"),
        ({"asOf": "tomorrow"}, "must be a date"),
        ({"run": "always"}, "onSave"),
        ({"regio": "eu-west-1"}, "unknown"),
    ],
)
def test_a_wrong_member_is_reported_and_the_others_count(members, word):
    """The sentence names the member."""
    found, (fault,) = configuration_of({**members, "suppressionReason": "x"})
    assert word in fault
    assert f"acmrules.{next(iter(members))}" in fault
    assert found == Configuration(reason="x")


def test_an_empty_member_is_none():
    """Editors send the defaults of their settings."""
    members = {"region": "", "asOf": None, "settings": ""}
    assert configuration_of(members) == (Configuration(), [])


@given(st.dictionaries(st.sampled_from(["region", "asOf", "settings", "run", "x"]), DATA) | DATA)
def test_no_configuration_is_an_exception(data):
    """Wrong ones are faults."""
    found, faults = configuration_of(data)
    assert isinstance(found, Configuration)
    assert all(fault.startswith("`acmrules.") for fault in faults)
