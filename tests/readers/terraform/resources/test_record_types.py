"""The resource types that create DNS records."""

import pytest

from acmrules.readers.terraform.resources.record_types import RECORD_TYPES


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_a_type_is_found_by_its_words(kind):
    """The test that spares most resources an evaluation looks for these words."""
    assert "record" in kind or "rrset" in kind


def test_types_are_sorted():
    """Route 53 is first, then the others by name."""
    first, *others = RECORD_TYPES
    assert first == "aws_route53_record"
    assert others == sorted(others)
