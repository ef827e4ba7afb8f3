"""Parts of messages: quoted values, numbers of things, and suggestions for misspelled words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST = 64


def near(text: str, known: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """Return the known words that are similar to `text`, the closest first.

    The measure is the number of typing mistakes: a character that is extra, missing, wrong, or
    swapped with its neighbor. Case does not matter. One mistake per three characters is allowed,
    so that short words do not match everything.
    """
    if len(text) > _LONGEST:
        return ()
    folded = text.lower()
    allowed = max(1, len(text) // 3)
    # The distance is at least the difference of the lengths.
    candidates = (word for word in known if abs(len(word) - len(text)) <= allowed)
    slips = [(distance(folded, word.lower()), word) for word in candidates]
    return tuple(word for count, word in sorted(slips) if count <= allowed)[:most]


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Return the end of a message with suggestions, or an empty string if there are none.

    >>> did_you_mean("selekt", ["select", "ignore"])
    '; did you mean `select`?'
    """
    meant = " or ".join(f"`{word}`" for word in near(text, known))
    return f"; did you mean {meant}?" if meant else ""


def choose_from(word: str, known: Iterable[str], most: int | None = None) -> str:
    """Return the end of a message about an unknown word: suggestions, or the words to use.

    >>> choose_from("selekt", ["select", "ignore"]), choose_from("x", ["select", "ignore"])
    ('; did you mean `select`?', '; use one of `select`, `ignore`')
    """
    words = [*known]
    return (
        did_you_mean(word, words)
        or f"; use one of {quoted_list(words, len(words) if most is None else most)}"
    )


def distance(one: str, other: str) -> int:
    """Return the edit distance of two strings (optimal string alignment)."""
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
    """Quote a value for a message: in backticks, escaped, and shortened if it is long."""
    text = str(value)
    if not text:
        return "an empty string"
    if len(text) > _SHOWN_OCTETS:
        text = f"{text[: _SHOWN_OCTETS // 2]}…{text[-_SHOWN_OCTETS // 4 :]}"
    return f"`{printable(text)}`"


def printable(text: str, keep: str = "") -> str:
    """Escape characters that would break a line or control a terminal, except those to `keep`.

    Everything that comes from outside (files, names, options, the output of other programs) is
    printed through this function.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in text)


def quoted_list(values: Sequence[object], most: int = 3) -> str:
    """Quote the first `most` values for a message, and count the others."""
    listed = ", ".join(map(quoted, values[:most]))
    return f"{listed} and {len(values) - most} more" if len(values) > most else listed


def counted(number: int, noun: str) -> str:
    """Return a number with a noun, in the plural unless the number is one."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
