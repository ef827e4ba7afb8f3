"""Versions of modules and their constraints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.terraform.versions import allows, bounds, version

VERSIONS = st.tuples(*[st.integers(0, 20)] * 3)


def written(numbers):
    """Return a version as it is written."""
    return ".".join(map(str, numbers))


@pytest.mark.parametrize(
    ("constraint", "allowed", "refused"),
    [
        ("", ["0.0.1", "99.0.0"], []),
        ("4.3.2", ["4.3.2"], ["4.3.1", "4.3.3"]),
        ("= 4.3.2", ["4.3.2"], ["4.3.3"]),
        ("~> 4.3", ["4.3.0", "4.9.9"], ["4.2.9", "5.0.0"]),
        ("~> 4.3.1", ["4.3.1", "4.3.9"], ["4.4.0", "4.3.0"]),
        ("~> 4", ["4.0.0", "4.9.0"], ["5.0.0"]),
        (">= 3, < 5", ["3.0.0", "4.9.9"], ["2.9.9", "5.0.0"]),
        ("> 3.0.0,<= 3.0.2", ["3.0.1", "3.0.2"], ["3.0.0", "3.0.3"]),
        ("!= 3.0.0", ["2.0.0"], []),
        ("latest", ["1.0.0"], []),
    ],
)
def test_a_constraint_allows_versions(constraint, allowed, refused):
    """The operators are those of Terraform, and what is not understood allows any version."""
    assert all(allows(constraint, version(each)) for each in allowed)
    assert not any(allows(constraint, version(each)) for each in refused)


@given(VERSIONS, VERSIONS)
def test_bounds_agree_with_the_order_of_versions(numbers, other):
    """A comparison allows exactly the versions that are on its side."""
    text = written(numbers)
    assert allows(f">= {text}", other) is (other >= numbers)
    assert allows(f"> {text}", other) is (other > numbers)
    assert allows(f"< {text}", other) is (other < numbers)
    assert allows(f"<= {text}", other) is (other <= numbers)
    assert allows(text, other) is (other == numbers)


@pytest.mark.parametrize("text", ["", "x", "1.2.3.4", "1.2-beta", "-1"])
def test_other_strings_are_not_versions(text):
    """A string that is not a version raises an error, and makes a constraint unknown."""
    with pytest.raises(ValueError, match=f"^{text}$"):
        version(text)
    assert bounds(f">= {text}") is None
