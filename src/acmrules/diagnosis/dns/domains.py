"""Names in DNS as canonical strings, and the names above them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def canonical(name: str) -> str:
    """Return a name in lowercase, without the final dot; the root is empty.

    >>> canonical("WWW.example.com.")
    'www.example.com'
    """
    return name.strip().lower().removesuffix(".")


def parents(name: str) -> Iterator[str]:
    """Yield a name and the names above it, up to the top-level domain.

    >>> [*parents("www.example.com")]
    ['www.example.com', 'example.com', 'com']
    """
    while name:
        yield name
        name = name.partition(".")[2]


def is_within(name: str, domain: str) -> bool:
    """Return whether a name is a domain or below it; the root contains all names."""
    return not domain or name == domain or name.endswith(f".{domain}")
