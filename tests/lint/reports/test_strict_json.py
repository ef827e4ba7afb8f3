"""JSON that every reader takes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.lint.reports.strict_json import dumps
from reports_shared import carried, texts


@given(st.lists(texts()))
def test_what_can_be_carried_is_carried(drawn):
    """Any texts come back, but for halves of characters, and are written in ASCII."""
    shown = dumps(drawn)
    assert shown.isascii()
    assert json.loads(shown) == [carried(text) for text in drawn]


@pytest.mark.parametrize("text", ["a", "\U0001f98a", "\ud83e"])
def test_indentation_is_kept(text):
    """Whatever is in it, the text is laid out as asked."""
    assert dumps([text], 2).startswith('[\n  "')
