"""PEM: blocks of base64 between labels, with any content between them.

The same files contain private keys. A block has only its label and its position. The content is
decoded on request, and never for a key.
"""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

BEGIN = "-----BEGIN "
END = "-----END "
_DASHES = "-----"
_LONGEST_LABEL = 64
_CHECKED_AROUND = 64

CERTIFICATES = ("CERTIFICATE", "X509 CERTIFICATE")
"""The labels of certificates."""

PRIVATE_KEY = "PRIVATE KEY"
ENCRYPTED = "ENCRYPTED"
"""The last words in the label of a private key, and the first word if it is encrypted."""

_ENCRYPTED_HEADER = "Proc-Type: 4,ENCRYPTED"

DER = "DER"
"""The label for converted DER, which has no label of its own; no real file uses it."""

_SEQUENCE = b"\x30"


class Block(Value):
    """A block: its label, and the offsets of the label and the content.

    The content is between `opened` and `closed`, which is `None` if the end label is missing.
    """

    label: str
    start: int
    opened: int
    closed: int | None

    @property
    def octets(self) -> int:
        """The length in octets, including both labels."""
        closed = self.closed or self.opened
        return closed - self.start + len(f"{END}{self.label}{_DASHES}")


def armoured(data: bytes) -> bytes:
    """Return DER as a PEM block, and any other bytes unchanged."""
    if data[:1] != _SEQUENCE:
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        from binascii import b2a_base64

        begin, end = (f"{mark}{DER}{_DASHES}\n".encode() for mark in (BEGIN, END))
        return begin + b2a_base64(data) + end
    return data


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of text in order. Each label must be alone on its line."""
    start = text.find(BEGIN)
    while start >= 0:
        label_start = start + len(BEGIN)
        dashes = text.find(_DASHES, label_start, label_start + _LONGEST_LABEL + len(_DASHES))
        following = text.find(BEGIN, label_start)
        label, opened = text[label_start : max(dashes, label_start)], dashes + len(_DASHES)
        if label.isprintable() and dashes >= 0 and _has_line(text, start, opened):
            end = f"{END}{label}{_DASHES}"
            closed = text.find(end, opened, following if following >= 0 else len(text))
            ends = closed >= 0 and _has_line(text, closed, closed + len(end))
            yield Block(label, start, opened, closed if ends else None)
        start = following


def _has_line(text: str, start: int, end: int) -> bool:
    """Return whether only whitespace is next to a piece of text in its line."""
    before = text[max(0, start - _CHECKED_AROUND) : start].replace("\r", "\n").rpartition("\n")[2]
    after = text[end : end + _CHECKED_AROUND].replace("\r", "\n").partition("\n")[0]
    return not (before + after).strip()


def content(text: str, block: Block) -> bytes:
    """Return the decoded content of a block; raise `ValueError` if it is open or invalid."""
    from binascii import a2b_base64

    if block.closed is None:
        raise ValueError(block.label)
    encoded = text[block.opened : block.closed].encode("ascii")
    return a2b_base64(b"".join(encoded.split()), strict_mode=True)


def key_label(text: str, block: Block) -> str:
    """Return the label of a private key; it starts with `ENCRYPTED` if the key is encrypted.

    OpenSSL's older form has a header for this instead. Returns an empty string for other blocks.
    """
    if not block.label.endswith(PRIVATE_KEY):
        return ""
    is_encrypted = text.startswith(_ENCRYPTED_HEADER, text.find("\n", block.opened) + 1)
    return f"{ENCRYPTED} {block.label}" if is_encrypted else block.label


def without_keys(text: str) -> str | None:
    """Return text of the same length with spaces instead of the content of private keys.

    Returns `None` if a key may be outside of a block, such as in a string of JSON.
    """
    from re import sub

    pieces, end, marks = [], 0, text.count(f"{PRIVATE_KEY}{_DASHES}")
    found = [*blocks(text)]
    following = [*(block.start for block in found[1:]), len(text)]
    for block, limit in zip(found, following, strict=False):
        if block.label.endswith(PRIVATE_KEY):
            closed = limit if block.closed is None else block.closed
            header = f"\n{_ENCRYPTED_HEADER}" if key_label(text, block) != block.label else ""
            pieces.append(text[end : block.opened] + header)
            pieces.append(sub(r"[^\r\n]+", _blanks, text[block.opened + len(header) : closed]))
            end = closed
            marks -= 1 if block.closed is None else 2
    return "".join(pieces) + text[end:] if marks <= 0 else None


def masked(text: str, labeled: list[Block]) -> str:
    """Return text of the same length in which only labels and line breaks are left.

    Findings are shown in the result, so that they cannot print a key, not even a broken one.
    """
    from re import sub

    pieces, end = [], 0
    for block in labeled:
        pieces.append(sub(r"[^\r\n]+", _blanks, text[end : block.start]))
        pieces.append(text[block.start : block.opened])
        end = block.opened
    pieces.append(sub(r"[^\r\n]+", _blanks, text[end:]))
    return "".join(pieces)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])
