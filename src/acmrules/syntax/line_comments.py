"""Comments in lists with one entry per line."""

from __future__ import annotations


def comments(text: str) -> set[int]:
    """Return the offset of the first `#` in each line that has one."""
    found: set[int] = set()
    start = 0
    for line in text.splitlines(keepends=True):
        sign = line.find("#")
        if sign >= 0:
            found.add(start + sign)
        start += len(line)
    return found


def closed_ranges(text: str) -> list[tuple[int, int]]:
    """Return the ranges inside which no comment can begin: comments, with their line breaks."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        sign = line.find("#")
        if sign >= 0:
            found.append((start + sign, start + len(line.rstrip("\r\n")) + 1))
        start += len(line)
    return found
