"""Questions about partly known names, answered yes, no, or `None` where fragments do not decide.

Equal expressions are equal texts, whatever the unknown things in them hold.
"""

from __future__ import annotations

from acmrules.names import DomainName, WildcardDomainName
from acmrules.request import Malformed, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.request import ListedName

    Signs = tuple[str | Unknown, ...]
    """A text as characters and unknown things."""


def signs(name: ListedName | str) -> Signs | None:
    """Return a text as folded characters and unknown things; `None` for unknown many names."""
    if isinstance(name, Unresolved):
        return tuple(
            sign
            for part in name.parts
            for sign in (part.lower() if isinstance(part, str) else (part,))
        )
    if isinstance(name, DomainName | WildcardDomainName | Malformed | str):
        return tuple(str(name).lower())
    return None


def base(name: Signs) -> Signs:
    """Return a name without the `*.` it may begin with."""
    return name[2:] if name[:2] == ("*", ".") else name


def same(one: Signs | None, other: Signs | None) -> bool | None:
    """Say whether two texts are the same.

    >>> same(signs("www.brightharbor.io"), signs("brightharbor.io"))
    False
    """
    if one is None or other is None:
        return None
    if one == other:
        return True
    if _unknowns(one) == _unknowns(other) and len(one) != len(other):
        return False
    if _differ(one, other) or _differ(one[::-1], other[::-1]):
        return False
    return None


def is_within(name: Signs | None, domain: Signs | None) -> bool | None:
    """Say whether a name is a domain or below it; a wildcard is where its parent is."""
    if name is None or domain is None:
        return None
    name = base(name)
    below = (".", *domain)
    if name == domain or name[-len(below) :] == below:
        return True
    return False if _differ(name[::-1], below[::-1]) and same(name, domain) is False else None


def is_under(name: ListedName, suffix: str) -> bool | None:
    """Say whether a name is a suffix such as `amazonaws.com`, or ends in it."""
    tail, complete = known_tail(name)
    if f".{tail}".endswith(f".{suffix}"):
        return True
    if complete or (tail and not f".{suffix}".endswith(f".{tail}")):
        return False
    return None


def known_tail(name: ListedName) -> tuple[str, bool]:
    """Return the labels that are known at the end of a name, and whether it has no others."""
    if isinstance(name, DomainName | WildcardDomainName):
        return str(name), True
    if isinstance(name, Unresolved):
        return name.tail.lower().partition(".")[2], False
    return "", False


def _unknowns(text: Signs) -> list[str]:
    return sorted(sign.label for sign in text if isinstance(sign, Unknown))


def _differ(one: Signs, other: Signs) -> bool:
    """Say whether two texts, read side by side from the left, must part somewhere."""
    for a, b in zip(one, other, strict=False):
        if a != b:
            return isinstance(a, str) and isinstance(b, str)
    rest: Iterable[str | Unknown] = one[len(other) :] or other[len(one) :]
    return any(isinstance(sign, str) for sign in rest)
