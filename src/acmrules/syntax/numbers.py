"""Decimal numbers that Python and Terraform, which calculates with 512 bits, represent alike."""

from __future__ import annotations

LARGEST = 10**100
"""The largest number whose digits are certain to be the same."""

_LONGEST = 200


def exact_number(written: str) -> int | float | None:
    """Return a decimal number, `None` if it has too many digits; raises `ValueError`."""
    digits = written.removeprefix("-")
    if digits.isdecimal() and digits.isascii():
        if len(digits) > _LONGEST:
            return None
        whole = int(written)
        # A zero with a sign keeps it.
        return whole if abs(whole) <= LARGEST and (whole or digits == written) else None
    from decimal import Decimal, InvalidOperation
    from math import isfinite

    found = float(written)
    if len(digits) > _LONGEST or not isfinite(found):
        return None
    try:
        exact = Decimal(written)
    except InvalidOperation:
        return None  # The exponent has too many digits.
    if not exact:
        return None if exact.is_signed() else 0
    if exact == exact.to_integral_value() and abs(exact) <= LARGEST:
        return int(exact)
    return found if is_printable(found) and Decimal(repr(found)) == exact else None


def is_printable(number: float) -> bool:
    """Return whether the shortest digits of a number are those that Terraform prints."""
    return "e" not in repr(number)


def is_exact(number: float) -> bool:
    """Return whether a number equals its decimal digits, so that calculations are exact."""
    if isinstance(number, int):
        return True
    from fractions import Fraction

    return Fraction(number) == Fraction(repr(number))
