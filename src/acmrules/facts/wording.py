"""Values of facts as a person reads them."""

from __future__ import annotations

from enum import Enum

from acmrules.values import Value


def format_value(value: object) -> str:
    """Return a fact's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple) and value and all(map(_is_pair, value)):
        return "; ".join(f"{key}: {format_value(own)}" for key, own in value)
    if isinstance(value, tuple):
        return ", ".join(map(format_value, value)) or "none"
    if isinstance(value, Value):
        fields = type(value)._fields
        return ", ".join(f"{field} {format_value(getattr(value, field))}" for field in fields)
    return str(value)


def _is_pair(item: object) -> bool:
    """Return whether an item is a key with its value."""
    match item:
        case (str(), _):
            return True
    return False
