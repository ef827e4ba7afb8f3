"""Where to split text, so that each piece has whole records."""

from __future__ import annotations

from acmrules.bulk.files.records import QUOTE, is_regular, records

LONGEST_RECORD = 16 * 1024 * 1024
"""The bytes of the longest record; a longer one cannot be read."""


def whole_records(window: bytes, delimiter: bytes) -> int:
    """Return how many bytes of a window are whole records; more content may follow.

    Without a delimiter, records are lines.
    """
    if not delimiter or QUOTE not in window:
        return window.rfind(b"\n") + 1
    end = _last_even_line(window)
    if end and is_regular(window[:end], delimiter):
        return end
    end = 0
    for _, end, _ in records(window, delimiter, is_end=False):  # noqa: B007  (the last one counts)
        pass
    return end


def _last_even_line(window: bytes) -> int:
    """Return the end of the last line after an even number of quotes, or 0."""
    end = window.rfind(b"\n") + 1
    quotes = window.count(QUOTE, 0, end)
    while end and quotes % 2:
        before = window.rfind(b"\n", 0, end - 1) + 1
        quotes -= window.count(QUOTE, before, end)
        end = before
    return end
