"""What the writers of all tools share: the members of a request, and addresses."""

from __future__ import annotations

from acmrules.api_parameters import ONLY_OF_API, members, refuse, unknowns
from acmrules.errors import NotExpressible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


__all__ = [
    "ONLY_OF_API",
    "TTL",
    "NotExpressible",
    "addresses",
    "members",
    "refuse",
    "unknowns",
    "words_of",
]

TTL = 300
"""The time to live of validation records in seconds."""


def addresses(
    texts: Iterable[str], joined: Callable[[list[str]], str], taken: Iterable[str] = ()
) -> list[str]:
    """Return a distinct address for each text, made of its words."""
    counts = {address.lower(): 1 for address in taken}
    found = []
    for text in texts:
        words = words_of(text) or ["certificate"]
        plain = address = joined(words)
        while address.lower() in counts:
            counts[plain.lower()] += 1
            address = joined([*words, str(counts[plain.lower()])])
        counts[address.lower()] = 1
        found.append(address)
    return found


def words_of(name: str) -> list[str]:
    """Return the words in a name, from which an address can be made.

    >>> words_of("*.my-site.io")
    ['wildcard', 'my', 'site', 'io']
    """
    text = name.replace("*", "wildcard")
    return "".join(c if c.isascii() and c.isalnum() else " " for c in text).split()
