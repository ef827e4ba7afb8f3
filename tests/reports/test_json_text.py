"""JSON that every parser can read."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import texts, without_surrogates

from acmrules.reports.json_text import dumps, in_lines


@given(st.lists(texts()))
def test_strings_are_read_back(drawn):
    """All strings are written in ASCII and read back, except lone surrogates."""
    shown = dumps(drawn)
    assert shown.isascii()
    assert json.loads(shown) == [without_surrogates(text) for text in drawn]


ITEMS = st.lists(texts() | st.dictionaries(texts(), st.integers()), max_size=3)


@given(ITEMS | st.dictionaries(texts(), ITEMS | texts(), max_size=3))
def test_items_have_their_own_lines(drawn):
    """The lines are the same JSON, with one item per line."""
    shown = in_lines(drawn)
    assert json.loads(shown) == json.loads(dumps(drawn))
    holders = [drawn, *(drawn.values() if isinstance(drawn, dict) else ())]
    full = [holder for holder in holders if holder and not isinstance(holder, str)]
    assert shown.count("\n") == sum(1 + len(holder) for holder in full)
