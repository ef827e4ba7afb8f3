"""Patterns with possessive groups, compiled for versions of Python that do not restore them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.hcl import native
from acmrules.syntax.hcl.possessive import compiled

PATTERNS = (
    native._COMMENT,
    native._GAP,
    native._NUMBER,
    native._PLAIN,
    native._VALUE,
    r"(?:ab?c)++d?",
    r"((?:a|b(?!a))*+)(c)?",
)
TEXTS = st.text(alphabet='/*#\n "\\$%{}ab.c1eE+-', max_size=12)


@pytest.mark.skipif(not native._RESTORES, reason="possessive groups are at fault here")
@pytest.mark.parametrize("pattern", PATTERNS)
@given(TEXTS)
def test_the_same_strings_match(pattern, text):
    """Each match and each of its groups is that of the possessive pattern."""
    expected, found = re.match(pattern, text), compiled(pattern).match(text)
    assert (found and (found[0], found.groups())) == (expected and (expected[0], expected.groups()))


def test_a_repetition_that_fails_halfway_is_left_out():
    """The match ends before it, in every version of Python."""
    assert compiled(r"(?:ab?c)++").match("acab")[0] == "ac"
    assert compiled(native._COMMENT).match("/* a * b */")
