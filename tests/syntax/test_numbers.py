"""Decimal numbers: only those that Python and Terraform represent alike are known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.numbers import LARGEST, exact_number, is_exact, is_printable


@given(st.decimals(allow_nan=False, allow_infinity=False) | st.integers().map(Decimal))
def test_a_known_number_has_all_its_digits(number):
    """A number is known only if its digits are those that are written."""
    found = exact_number(str(number))
    assert found is None or Decimal(repr(found)) == number
    assert isinstance(found, int) or found is None or found != int(found)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1e3", 1000),
        ("1.50", 1.5),
        ("1e60", 10**60),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), None),
        ("9" * 5_000, None),
        ("0." + "1" * 5_000, None),
        ("1e400", None),
        ("-0", None),
        ("-0.0", None),
        ("0.0", 0),
        ("1.00000000000000000001", None),
        ("1e-7", None),
        ("1e-400", None),
        ("1e-99999999999999999999", None),
        ("0e99999999999999999999", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_numbers(written, found):
    """A number with too many digits, a negative zero and what is not finite are unknown."""
    assert exact_number(written) == found
    assert isinstance(exact_number(written), type(found))


@pytest.mark.parametrize("written", ["", "x", "0x1"])
def test_invalid_numbers(written):
    """Text that is not a decimal number raises an error."""
    with pytest.raises(ValueError, match="could not convert"):
        exact_number(written)


def test_calculations():
    """Only sums of powers of two are exact, and numbers without an exponent are printable."""
    assert [is_exact(number) for number in (1, 0.5, 2.75, 0.1)] == [True, True, True, False]
    assert [is_printable(number) for number in (0.1, 1e-7, 1e22)] == [True, False, False]
