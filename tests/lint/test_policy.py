"""The policy of an organization, as data; its rules are tested in `rules/test_policy.py`."""

from acmrules.lint.policy import Policy
from acmrules.workspace.settings_file import _POLICY


def test_every_member_is_a_setting():
    """A setting has the name of its member, with hyphens."""
    assert [name.replace("-", "_") for name in _POLICY] == [*Policy._fields]


def test_an_empty_policy_allows_everything():
    """A policy without settings differs from one that allows nothing."""
    assert {getattr(Policy(), field) for field in Policy._fields} == {None}
    assert Policy(wildcard_zones=()) != Policy()
