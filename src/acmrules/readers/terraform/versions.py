"""Versions of modules and providers, and the constraints that select them.

The rules are those of Terraform's version constraints
(https://developer.hashicorp.com/terraform/language/expressions/version-constraints).
"""

from __future__ import annotations

import re

Version = tuple[int, ...]
"""The numbers of a version: major, minor, patch."""

_LENGTH = 3
_VERSION = r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?"
_CONDITION = rf"\s*(=|!=|>=?|<=?|~>)?\s*({_VERSION})\s*"
_LATEST: Version = (10**9,) * _LENGTH


def version(text: str) -> Version:
    """Return a version, with zeros for missing numbers; raises `ValueError`."""
    found = re.fullmatch(_VERSION, text)
    if found is None:
        raise ValueError(text)
    return tuple(int(number or 0) for number in found.groups())


def bounds(constraint: str) -> tuple[Version, Version] | None:
    """Return the lowest version that a constraint allows, and the first one above it.

    `None` means that the constraint is not understood. Excluded versions (`!=`) are ignored.

    >>> bounds("~> 4.3"), bounds("3.2.1")
    (((4, 3, 0), (5, 0, 0)), ((3, 2, 1), (3, 2, 2)))
    """
    low: Version = (0,) * _LENGTH
    high = _LATEST
    for condition in constraint.split(",") if constraint.strip() else ():
        found = re.fullmatch(_CONDITION, condition)
        if found is None:
            return None
        operator, numbers = found[1] or "=", version(found[2])
        if operator in {"=", ">=", "~>"}:
            low = max(low, numbers)
        elif operator == ">":
            low = max(low, _after(numbers))
        if operator == "=":
            high = min(high, _after(numbers))
        elif operator == "<":
            high = min(high, numbers)
        elif operator == "<=":
            high = min(high, _after(numbers))
        elif operator == "~>":
            high = min(high, _above(numbers, found[2].count(".")))
    return low, high


def allows(constraint: str, numbers: Version) -> bool:
    """Return whether a constraint allows a version; one that is not understood allows any."""
    found = bounds(constraint)
    return found is None or found[0] <= numbers < found[1]


def _after(numbers: Version) -> Version:
    return (*numbers[:-1], numbers[-1] + 1)


def _above(numbers: Version, dots: int) -> Version:
    """Return the first version above those that `~>` allows."""
    if dots < _LENGTH - 1:
        return (numbers[0] + 1, 0, 0)
    return (numbers[0], numbers[1] + 1, 0)
