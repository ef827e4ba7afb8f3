"""The titles of causes."""

import pytest

from acmrules.diagnosis.causes import TITLES
from acmrules.diagnosis.model import Cause


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_has_a_short_title(cause):
    """A title is a noun phrase of a few words, without a period."""
    title = TITLES[cause]
    assert 2 <= len(title.split()) <= 7
    assert title[0].islower() or title.split()[0].isupper()
    assert not title.endswith(".")


def test_titles_differ():
    """No two causes have one title."""
    assert len(set(TITLES.values())) == len(Cause)
