"""The parts of ARNs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.arns import Arn, arn_of

PART = st.text("abc-1", max_size=5)


@given(PART, PART, PART, PART, st.text("ab:/", max_size=8))
def test_parts_are_those_between_colons(partition, service, region, account, resource):
    """The parts of an ARN are read as they were joined, and a resource may contain colons."""
    parts = (partition, service, region, account, resource)
    assert arn_of(":".join(("arn", *parts))) == Arn(*parts)


@pytest.mark.parametrize(
    ("text", "found"), [("", Arn()), ("alb", Arn()), ("arn:aws:acm", Arn("aws", "acm"))]
)
def test_missing_parts_are_empty(text, found):
    """A string that is not an ARN has no parts, and one that is cut has the first ones."""
    assert arn_of(text) == found
