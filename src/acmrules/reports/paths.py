"""The names of files as other programs look for them: from a folder on, as URIs."""

from __future__ import annotations

import posixpath
from functools import lru_cache

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_ESCAPED_BYTES = ("\udc80", "\udcff")


@lru_cache  # what is said of one file comes together
def relative(file: str, folder: str = "") -> str:
    """Return a file's path from a folder on, with slashes; a whole path if it lies elsewhere.

    Without a folder, the name as it was given.
    """
    if not folder or not file:
        return file
    root = posixpath.join(posixpath.normpath(folder), "")
    path = posixpath.normpath(posixpath.join(root, file))
    return path.removeprefix(root)


def uri(path: str) -> str:
    """Return a path as a reference: percent-encoded, and a `file:` address if it is a whole path.

    >>> uri("infra/a b.yaml"), uri("/srv/x:y")
    ('infra/a%20b.yaml', 'file:///srv/x%3Ay')
    """
    whole = posixpath.isabs(path)
    if not _PLAIN.issuperset(path):
        path = "".join(c if c in _PLAIN else _percent(c) for c in path)
    return f"file:///{path.lstrip('/')}" if whole else path


def _percent(character: str) -> str:
    """Encode a character; one that stands for a byte of a name which is not UTF-8, as that byte."""
    least, most = _ESCAPED_BYTES
    errors = "surrogateescape" if least <= character <= most else "surrogatepass"
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", errors))
