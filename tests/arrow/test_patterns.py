import re

import pytest
from hypothesis import given, settings
from tests.support import columns

from acmrules.arrow import patterns
from acmrules.faults import is_name
from acmrules.names import MAX_NAME_OCTETS
from acmrules.strategies import names


def matches(pattern, text):
    """Return whether a string matches a pattern; the two syntaxes differ in the end of a string."""
    return re.match(pattern.replace(r"\z", r"\Z"), text) is not None


class TestName:
    @given(columns.edge_texts())
    @settings(max_examples=200)
    def test_what_matches_is_a_canonical_name(self, text):
        """A string that matches is a name in canonical form, unless it is too long."""
        if len(text) <= MAX_NAME_OCTETS and matches(patterns.NAME, text):
            assert is_name(text)

    @given(names().map(str))
    def test_names_match(self, text):
        """Names match, unless they have A-labels."""
        assert matches(patterns.NAME, text) == ("xn--" not in text)

    @pytest.mark.parametrize(
        "label", ["a", "1", "ab", "a-b", "ab-c", "a--b", "a---b", "abc--d", "a" * 63, "-", "ab--c"]
    )
    def test_labels_are_those_of_names(self, label):
        """A label matches exactly if it may be in a name."""
        assert matches(rf"\A{patterns.LABEL}\Z", label) == is_name(f"{label}.io")

    @pytest.mark.parametrize("label", ["io", "a1", "1a", "a-1", "a" * 63, "1", "a", "12", "a-"])
    def test_last_labels_are_those_of_names(self, label):
        """A last label matches exactly if a name may end in it, unless its ends are digits."""
        assert matches(rf"\A{patterns.LAST_LABEL}\Z", label) == is_name(f"www.{label}")
