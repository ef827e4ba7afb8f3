"""The records of CSV (RFC 4180), also of files with stray quotes.

A record ends with LF or CR LF; a single CR is a character. A quote is special at the start of a
field. If no quote closes the field before a delimiter or the end of a line, the record cannot be
read: it is its first line, and the next record begins after it.
"""

from __future__ import annotations

import re
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE = b'"'


def is_regular(content: bytes, delimiter: bytes) -> bool:
    """Return whether quotes in whole records are around fields only.

    Every reader finds the same fields in them.
    """
    parts = content.split(QUOTE)
    if len(parts) == 1:
        return True
    if len(parts) % 2 == 0:
        return False
    # Every second part is within quotes. An empty part between two of them is a doubled quote.
    outside = parts[::2]
    needed = len(outside) - 1 - outside[1:-1].count(b"")
    joined = QUOTE.join(outside)
    opened = joined.count(delimiter + QUOTE) + joined.count(b'\n"') + (not outside[0])
    closed = sum(map(joined.count, (QUOTE + delimiter, b'"\n', b'"\r\n'))) + (not outside[-1])
    return opened == closed == needed


def records(
    content: bytes, delimiter: bytes, *, is_end: bool = True
) -> Iterator[tuple[int, int, bool]]:
    """Yield where each record begins and ends, and whether it can be read.

    If the content is not at the end of the file, stop before a record that more content decides.
    """
    field_end = _field_ends(delimiter)
    start = 0
    quote = content.find(QUOTE)
    while start < len(content):
        line_end = content.find(b"\n", start) + 1
        if not line_end and not is_end:
            return
        line_end = line_end or len(content)
        if 0 <= quote < start:
            quote = content.find(QUOTE, start)
        end = line_end
        if start <= quote < line_end:
            end = _end_of_record(content, field_end, start, is_end=is_end)
            if end == _UNDECIDED:
                return
        yield start, end or line_end, end != _STRAY
        start = end or line_end


_STRAY, _UNDECIDED = 0, -1


@cache
def _field_ends(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(b"[" + delimiter + rb"\n]")


def _end_of_record(
    content: bytes, field_end: re.Pattern[bytes], start: int, *, is_end: bool
) -> int:
    """Return where a record with quotes ends, `_STRAY`, or `_UNDECIDED`."""
    position = start
    while True:
        if content.startswith(QUOTE, position):
            closing = _closing_quote(content, position + 1)
            if closing < 0:
                return _STRAY if is_end else _UNDECIDED
            position = closing + 1
            after = content[position : position + 2]
            if not is_end and after in {b"", b"\r"}:
                return _UNDECIDED
            if after not in {b"", b"\r\n"} and not field_end.match(after):
                return _STRAY
        found = field_end.search(content, position)
        if found is None:
            return len(content) if is_end else _UNDECIDED
        position = found.end()
        if found[0] == b"\n":
            return position


def _closing_quote(content: bytes, position: int) -> int:
    """Return where the quote is that closes a field, or -1 if there is none."""
    while (position := content.find(QUOTE, position)) >= 0:
        if not content.startswith(QUOTE, position + 1):
            return position
        position += 2
    return -1


def fields(record: bytes, delimiter: bytes) -> list[bytes]:
    """Return the fields of a record that can be read, without its line end."""
    found: list[bytes] = []
    field_end = _field_ends(delimiter)
    position = 0
    while True:
        if record.startswith(QUOTE, position):
            closing = _closing_quote(record, position + 1)
            found.append(record[position + 1 : closing].replace(b'""', QUOTE))
            end = closing + 1
        else:
            ending = field_end.search(record, position)
            end = ending.start() if ending else len(record)
            found.append(record[position:end])
        if end >= len(record):
            return found
        position = end + 1
