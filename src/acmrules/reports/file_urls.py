"""The URLs of files, for hyperlinks in reports for people."""

from __future__ import annotations

import os

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def file_url(path: str, host: str = "") -> str:
    """Return the URL of an absolute path.

    >>> file_url("/srv/a b.tf", "harbor")
    'file://harbor/srv/a%20b.tf'
    """
    return f"file://{_encoded(host)}{_rooted(path)}"


def relative_url(base: str, name: str) -> str:
    """Return the URL of a file; `base` is the URL of the folder that a relative name starts from.

    >>> relative_url("file://harbor/srv/infra", "../x.tf")
    'file://harbor/srv/x.tf'
    """
    host, slash, folder = base.removeprefix("file://").partition("/")
    if os.path.isabs(name):
        return f"file://{host}{_rooted(name)}"
    names = folder.split("/") if folder else []
    for part in name.split(os.sep):
        if part == "..":
            names = names[:-1]
        elif part not in {"", "."}:
            names.append(_encoded(part))
    return f"file://{host}{slash}{'/'.join(names)}"


def _rooted(path: str) -> str:
    encoded = _encoded(path.replace(os.sep, "/"))
    return encoded if encoded.startswith("/") else f"/{encoded}"


def _encoded(text: str) -> str:
    """Return text in which each other octet is a percent sign and its number."""
    octets = text.encode(errors="surrogateescape" if _is_from_system(text) else "replace")
    return "".join(chr(octet) if octet in _PLAIN else f"%{octet:02X}" for octet in octets)


def _is_from_system(text: str) -> bool:
    """Return whether surrogates stand for the octets of a name, as Python reads names of files."""
    try:
        text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return False
    return True
