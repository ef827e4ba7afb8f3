"""Near misses: which of the known words somebody may have meant."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST = 64


def near(text: str, known: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """Return the known words within a few slips of `text`, the nearest first.

    A slip is a character too many, missing, wrong, or swapped with its neighbour; case is free.
    One slip in three characters is allowed, so that short words do not match everything.
    """
    if len(text) > _LONGEST:
        return ()
    folded = text.lower()
    allowed = max(1, len(text) // 3)
    slips = [(distance(folded, word.lower()), word) for word in known]
    return tuple(word for count, word in sorted(slips) if count <= allowed)[:most]


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that says what somebody may have meant, empty if nothing is.

    >>> did_you_mean("selekt", ["select", "ignore"])
    '; did you mean `select`?'
    """
    meant = " or ".join(f"`{word}`" for word in near(text, known))
    return f"; did you mean {meant}?" if meant else ""


def distance(one: str, other: str) -> int:
    """Count the slips between two texts (optimal string alignment)."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        current = [row]
        for column, b in enumerate(other, 1):
            best = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (a != b))
            if row > 1 and column > 1 and a == other[column - 2] and one[row - 2] == b:
                best = min(best, before[column - 2] + 1)
            current.append(best)
        before, previous = previous, current
    return previous[-1]


_SHOWN_OCTETS = 80


def quoted(value: object) -> str:
    """Return a value as a message shows it: in backticks, escaped, of bounded length."""
    text = str(value)
    if not text:
        return "empty text"
    if len(text) > _SHOWN_OCTETS:
        text = f"{text[: _SHOWN_OCTETS // 2]}…{text[-_SHOWN_OCTETS // 4 :]}"
    return f"`{printable(text)}`"


def printable(text: str) -> str:
    """Return a text with what would leave its line, or do things to a terminal, escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def quoted_list(values: Sequence[object], most: int = 3) -> str:
    """Return values as a message lists them, the first few shown and the others counted."""
    listed = ", ".join(map(quoted, values[:most]))
    return f"{listed} and {len(values) - most} more" if len(values) > most else listed
