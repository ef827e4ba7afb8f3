"""Values of facts as a person reads them."""

from __future__ import annotations

from enum import Enum

from acmrules.facts.fact import Meaning
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = {
    "api": "API",
    "cloudformation": "CloudFormation",
    "terraform": "Terraform",
    "kubernetes": "Kubernetes",
}
"""The names of fields, where they differ from those in the code."""


def format_value(value: object, text: Callable[[object], str] = str) -> str:
    """Return a fact's value in words; `text` formats its strings and numbers."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple) and value and all(map(_is_pair, value)):
        return "; ".join(f"{text(key)}: {format_value(own, text)}" for key, own in value)
    if isinstance(value, tuple):
        return ", ".join(format_value(each, text) for each in value) or "none"
    if isinstance(value, Meaning):
        return f"{text(value.means)}. What to do: {text(value.do)}"
    if isinstance(value, Value):
        given = {field: getattr(value, field) for field in type(value)._fields}
        return "; ".join(f"{_NAMES.get(k, k)}: {format_value(v, text)}" for k, v in given.items())
    return text(value)


def _is_pair(item: object) -> bool:
    """Return whether an item is a key with its value."""
    match item:
        case (str(), _):
            return True
    return False
