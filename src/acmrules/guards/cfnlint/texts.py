"""Places in templates: paths of positions, and templates without a file as text.

cfn-lint passes a template as a tree whose nodes have marks: their lines and columns, which start
at 0. Standard input and the API have no file, so their text is written from the tree.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint import Location

    Path = tuple[str | int, ...]
    Place = tuple[int, int, int, int]


def path_to(template: object, position: tuple[int, int]) -> Path:
    """Return the path of the innermost value at a line and a column, which start at 1."""
    path: list[str | int] = []
    node = template
    while True:
        before = [each for each in _children(node) if each[0] <= position]
        if not before:
            return tuple(path)
        _, step, node = max(before, key=lambda each: each[0])
        path.append(str(step) if isinstance(step, str) else step)


def _children(node: object) -> Iterator[tuple[tuple[int, int], str | int, object]]:
    """Yield the start, the key or index, and the value of each part of a node that has a mark."""
    if isinstance(node, dict):
        for key, value in node.items():
            if start := _start(key):
                yield start, key, value
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if start := _start(value):
                yield start, index, value


def _start(node: object) -> tuple[int, int] | None:
    mark = getattr(node, "start_mark", None)
    return None if mark is None else (mark.line + 1, mark.column + 1)


@dataclass(frozen=True)
class Part:
    """A value or a key in the JSON: its offsets, its node, and its path in the template."""

    start: int
    end: int
    node: object
    path: Path

    @property
    def place(self) -> Place | None:
        """The place of the node, `None` if it has no marks."""
        first = getattr(self.node, "start_mark", None)
        last = getattr(self.node, "end_mark", None)
        if first is None or last is None:
            return None
        return first.line + 1, first.column + 1, last.line + 1, last.column + 1

    def place_of(self, start: int, end: int) -> Place | None:
        """Return the place of a range of offsets within the part.

        That of characters of a string is exact if it is on one line and has no escapes.
        """
        own = self.place
        if own is None or not isinstance(self.node, str) or own[0] != own[2]:
            return own
        quote = (own[3] - own[1] - len(self.node)) / 2
        if quote not in {0, 1} or self.end - self.start != len(self.node) + 2:
            return own
        origin = own[1] + int(quote) - self.start - 1
        first = max(start, self.start + 1)
        last = min(end, self.end - 1)
        return own[0], first + origin, own[2], last + origin


class WrittenTemplate:
    """A template as JSON text, with the node of each offset."""

    def __init__(self, template: object) -> None:
        self._written: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._value(template, ())
        self.text = "".join(self._written)

    def place(self, location: Location | None) -> tuple[Place | None, Path]:
        """Return the place and the path of the innermost marked part around a location."""
        if location is None:
            return None, ()
        start, end = location.start, location.end
        around = [each for each in self._parts if each.start <= start and end <= each.end]
        around.sort(key=lambda each: each.end - each.start)
        path = around[0].path if around else ()
        for part in around:
            if (place := part.place_of(start, end)) is not None:
                return place, path
        return None, path

    def _write(self, text: str) -> None:
        self._written.append(text)
        self._length += len(text)

    def _value(self, node: object, path: Path) -> None:
        start = self._length
        if isinstance(node, dict):
            self._items("{}", node, path)
        elif isinstance(node, list):
            self._items("[]", node, path)
        else:
            self._write(json.dumps(node, ensure_ascii=False, default=str))
        self._parts.append(Part(start, self._length, node, path))

    def _items(self, brackets: str, node: dict[object, object] | list[object], path: Path) -> None:
        self._write(brackets[0])
        for index, each in enumerate(node):
            self._write(", " if index else "")
            if isinstance(node, dict):
                start = self._length
                self._write(json.dumps(str(each), ensure_ascii=False))
                self._parts.append(Part(start, self._length, each, (*path, str(each))))
                self._write(": ")
                self._value(node[each], (*path, str(each)))
            else:
                self._value(each, (*path, index))
        self._write(brackets[1])
