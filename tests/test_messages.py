"""Near misses, and numbers of things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.messages import counted, distance, near

words = st.text(alphabet="abc-", max_size=8)


@given(words, words)
def test_the_distance_is_symmetric_and_zero_for_equals_only(one, other):
    """The distance is the number of typing errors, in either direction."""
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("region", "region", 0),
        ("regoin", "region", 1),
        ("rgion", "region", 1),
        ("regions", "region", 1),
        ("legion", "region", 1),
        ("ca", "abc", 3),
        ("", "abc", 3),
    ],
)
def test_a_swap_of_neighbors_is_one_error(one, other, slips):
    """A swap, an extra, a missing and a wrong character are one error each."""
    assert distance(one, other) == slips


def test_the_nearest_known_words_come_first():
    """Case is ignored, dissimilar words are left out, and `most` limits the number."""
    known = ["--region", "--param", "--regions"]
    assert near("--REGIN", known) == ("--region", "--regions")
    assert near("--REGIN", known, most=1) == ("--region",)
    assert near("ab", ["xy"]) == ()
    assert near("x" * 65, ["x" * 65]) == ()


@pytest.mark.parametrize(("number", "words"), [(0, "0 days"), (1, "1 day"), (1000, "1,000 days")])
def test_counted(number, words):
    """Every number but one has the plural."""
    assert counted(number, "day") == words
