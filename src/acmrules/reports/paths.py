"""File names for other programs: as relative paths, and as URIs."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from acmrules.values import Value

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_ESCAPED_BYTES = ("\udc80", "\udcff")


@lru_cache  # findings in the same file follow each other
def relative(file: str, folder: str = "") -> str:
    """Return the path of a file relative to a folder, or its absolute path outside of the folder.

    Without a folder, return the name unchanged.
    """
    if not folder or not file:
        return file
    root = posixpath.join(posixpath.normpath(folder), "")
    path = posixpath.normpath(posixpath.join(root, file))
    return path.removeprefix(root)


class LinkBase(Value):
    """What hyperlinks to files begin with: a computer, and the folder of relative names."""

    host: str
    folder: str

    def url(self, file: str) -> str:
        """Return the URL of a file.

        >>> LinkBase("harbor", "/srv/infra").url("../a b.yaml")
        'file://harbor/srv/a%20b.yaml'
        """
        path = posixpath.normpath(posixpath.join("/", self.folder, file))
        return f"file://{uri(self.host)}{uri(path).removeprefix('file://')}"


def uri(path: str) -> str:
    """Return a path as a URI reference, percent-encoded; an absolute path becomes a `file:` URI.

    >>> uri("infra/a b.yaml"), uri("/srv/x:y")
    ('infra/a%20b.yaml', 'file:///srv/x%3Ay')
    """
    whole = posixpath.isabs(path)
    if not _PLAIN.issuperset(path):
        path = "".join(c if c in _PLAIN else _percent(c) for c in path)
    return f"file:///{path.lstrip('/')}" if whole else path


def _percent(character: str) -> str:
    """Percent-encode a character, or the byte of a file name that is not UTF-8."""
    least, most = _ESCAPED_BYTES
    errors = "surrogateescape" if least <= character <= most else "surrogatepass"
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", errors))
