"""PEM: blocks of base64 between labels, in a text that may hold anything else.

Private keys lie in the same files. Of any block the label alone is kept until somebody asks for
its content, and nobody asks for that of a key.
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
_BESIDE = 64

PRIVATE_KEY = "PRIVATE KEY"
ENCRYPTED = "ENCRYPTED"
"""How the label of a private key ends, and begins where it is encrypted."""

DER = "DER"
"""The label that DER is given, which has none of its own; no other file has it."""

_SEQUENCE = b"\x30"


class Block(Value):
    """A block of a text: its label, and where that and the content stand, half-open.

    `closed` is `None` where no line ends the block.
    """

    label: str
    start: int
    opened: int
    closed: int | None

    @property
    def octets(self) -> int:
        """How many octets it has, from one label to the other, both included."""
        closed = self.closed or self.opened
        return closed - self.start + len(f"{END}{self.label}{_DASHES}")


def armoured(data: bytes) -> bytes:
    """Return the bytes of a file as text: DER as a block, all else as it is."""
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
    """Yield the blocks of a text, in order; a label counts where it has its line to itself."""
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
    """Say whether nothing but blanks stands beside a piece of text."""
    before = text[max(0, start - _BESIDE) : start].replace("\r", "\n").rpartition("\n")[2]
    after = text[end : end + _BESIDE].replace("\r", "\n").partition("\n")[0]
    return not (before + after).strip()


def content(text: str, block: Block) -> bytes:
    """Return what a block holds; raise `ValueError` where it does not end, or is no base64."""
    from binascii import a2b_base64

    if block.closed is None:
        raise ValueError(block.label)
    written = text[block.opened : block.closed].encode("ascii")
    return a2b_base64(b"".join(written.split()), strict_mode=True)


def masked(text: str, found: list[Block]) -> str:
    """Return a text with blanks for all but its labels and line ends, of the same length.

    This is what findings are shown in: whatever lies between or around the blocks, even what
    remains of a broken key, can be printed by nobody.
    """
    from re import sub

    pieces, end = [], 0
    for block in found:
        pieces.append(sub(r"[^\r\n]+", _blanks, text[end : block.start]))
        pieces.append(text[block.start : block.opened])
        end = block.opened
    pieces.append(sub(r"[^\r\n]+", _blanks, text[end:]))
    return "".join(pieces)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])
