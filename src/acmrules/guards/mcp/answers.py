"""Answers within two kilobytes: pages of items, with what was not checked on each page."""

from __future__ import annotations

import json
from types import MappingProxyType

from acmrules.guards.mcp.bounds import Refused
from acmrules.messages import counted
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Data = Mapping[str, str | int | bool | None]
    """The structured content of an item; members that are `None` or empty are left out."""

MOST_BYTES = 1950
"""The most bytes of the text and the structured content of an answer, as JSON."""

_MOST_OF_PIECE = 420
"""The most bytes of the text of an item; longer texts are several items."""

_MOST_OF_UNCHECKED = 420
_MOST_OF_SUMMARY = 360
_MOST_OF_STRING = 420
"""The most bytes of a string in the structured content of an item."""

_MOST_OF_ITEM = 620
"""The most bytes of the structured content of an item."""

_ELLIPSIS = "…"


class AnswerItem(Value):
    """A result: its lines, and its structured content, which is empty for a continuation."""

    text: str
    data: Data = MappingProxyType({})


class Answer(Value):
    """The results of a call, complete; `page` chooses what is shown.

    `unchecked` are sentences about what was not checked or not decided. `noun` is what an item is.
    """

    summary: str
    items: tuple[AnswerItem, ...]
    exit_code: int = 0
    counts: Mapping[str, int] = MappingProxyType({})
    unchecked: tuple[str, ...] = ()
    noun: str = "item"
    narrowed_by: str = "`paths`"

    def as_unchecked(self) -> Answer:
        """Return the answer that lists what was not checked instead of the results."""
        listed = tuple(AnswerItem(sentence, {"unchecked": sentence}) for sentence in self.unchecked)
        return self.__replace__(items=listed, noun="unchecked thing")


class AnswerPage(Value):
    """What is sent: the text, and the structured content."""

    text: str
    data: Mapping[str, Any]

    @property
    def size(self) -> int:
        """The bytes of both as JSON."""
        return _bytes(self.text) + _bytes(self.data)


def page(answer: Answer, offset: int = 0, *, lists_unchecked: bool = False) -> AnswerPage:
    """Return the items from an offset that fit; raises `Refused` if there is no such item."""
    if lists_unchecked:
        answer = answer.as_unchecked()
    items = [part for item in answer.items for part in _parts(item)]
    if offset and offset >= len(items):
        raise Refused(f"`offset` is {offset}, but the answer has {counted(len(items), 'item')}")
    best = _page(answer, items, offset, offset, lists_unchecked=lists_unchecked)
    for end in range(offset + 1, len(items) + 1):
        larger = _page(answer, items, offset, end, lists_unchecked=lists_unchecked)
        if larger.size > MOST_BYTES and end > offset + 1:
            break
        best = larger
    return best


def _page(
    answer: Answer, items: Sequence[AnswerItem], start: int, end: int, *, lists_unchecked: bool
) -> AnswerPage:
    """Return the page of the items from `start` up to `end`."""
    lines = [_cut(answer.summary, _MOST_OF_SUMMARY)]
    if answer.unchecked and not lists_unchecked:
        lines += _unchecked(answer.unchecked)
    lines += [item.text for item in items[start:end]]
    data: dict[str, Any] = {
        "exit_code": answer.exit_code,
        "counts": {**answer.counts},
        "unchecked": len(answer.unchecked),
        "total": len(items),
    }
    if end < len(items):
        more = counted(len(items) - end, f"more {answer.noun}")
        lines.append(f"{more}: call again with `offset` {end}, or narrow by {answer.narrowed_by}.")
        data["next_offset"] = end
    data["items"] = [{**item.data} for item in items[start:end] if item.data]
    return AnswerPage("\n".join(lines), data)


def _unchecked(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the number of sentences, and the first ones."""
    listed: list[str] = []
    room = _MOST_OF_UNCHECKED
    for sentence in sentences:
        room -= _bytes(sentence) + len("- ")
        if room < 0:
            break
        listed.append(f"- {sentence}")
    hidden = len(sentences) - len(listed)
    where = '; `show: "unchecked"` lists ' + ("all" if listed else "them")
    yield f"Not checked or not decided: {len(sentences):,}{where if hidden else ''}."
    yield from listed


def _parts(item: AnswerItem) -> Iterator[AnswerItem]:
    """Yield an item, or its parts if its text is long; the first one has the content."""
    first, *others = pieces(clean(item.text), _MOST_OF_PIECE) or [""]
    yield AnswerItem(first, _fitting(item.data))
    for text in others:
        yield AnswerItem(text)


def _fitting(data: Data) -> dict[str, str | int | bool]:
    """Return the structured content of an item without empty members, shortened if it is long."""
    found = {
        name: clean(value) if isinstance(value, str) else value
        for name, value in data.items()
        if value not in (None, "")
    }
    most = _MOST_OF_STRING
    result = found
    while any(isinstance(value, str) and _bytes(value) > most for value in result.values()) or (
        _bytes(result) > _MOST_OF_ITEM
    ):
        result = {
            name: _cut(value, most) if isinstance(value, str) else value
            for name, value in found.items()
        } | {"cut": True}
        most = most * 3 // 4
        if _bytes(result) <= _MOST_OF_ITEM:
            break
    return result


def pieces(text: str, most: int) -> list[str]:
    """Return text in pieces of at most some bytes, at the ends of lines where that is possible."""
    found: list[str] = []
    rest = ""
    for line in text.rstrip("\n").split("\n"):
        joined = f"{rest}\n{line}" if rest else line
        if _bytes(joined) <= most:
            rest = joined
            continue
        if rest:
            found.append(rest)
        *whole, rest = _broken(line, most)
        found += whole
    return [*found, rest] if rest else found


def _broken(line: str, most: int) -> Iterator[str]:
    """Yield a line in pieces, at spaces where that is possible."""
    while _bytes(line) > most:
        head = _head(line, most)
        space = head.rfind(" ", len(head) // 2)
        end = space + 1 if space > 0 else len(head)
        yield line[:end].rstrip(" ")
        line = line[end:]
    yield line


def _cut(text: str, most: int) -> str:
    """Return text of at most some bytes, with an ellipsis if it is shortened."""
    return text if _bytes(text) <= most else _head(text, most - len(_ELLIPSIS.encode())) + _ELLIPSIS


def _head(text: str, most: int) -> str:
    """Return the longest beginning of text with at most some bytes, at least one character."""
    low, high = 1, min(len(text), max(most, 1))
    while low < high:
        middle = (low + high + 1) // 2
        if _bytes(text[:middle]) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low]


def clean(text: str) -> str:
    """Return text without lone surrogates, which JSON parsers reject."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _bytes(value: object) -> int:
    """Return the number of bytes of a value as JSON."""
    return len(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


_CODES = {
    0: "Exit code 0.",
    1: "Exit code 1: this fails the command.",
    2: "Exit code 2: an input cannot be read, or was not checked as the settings require.",
    3: "Exit code 3: a bug in acmrules.",
}


def summary(sentence: str, code: int) -> str:
    """Return the first line of an answer: a sentence, and the exit code of the command."""
    return f"{sentence[:1].upper()}{sentence[1:]}. {_CODES[code]}"
